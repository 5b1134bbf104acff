"""Answers: how a row of `requests` becomes a reply, and the requests that need a function of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

import glossary_ls.lsp.locations  # noqa: F401  because it registers conversions
from glossary_ls.lsp.convert import Context, documentation, offset_from, span_from, to_lsp
from glossary_ls.lsp.messages import Json, find, need
from glossary_ls.lsp.requests import Extra, Feature, Takes, load

if TYPE_CHECKING:
    from glossary_ls.document import Document
    from glossary_ls.lsp.session import Session
    from glossary_ls.text import Encoding


def answer(session: Session, feature: Feature, params: object) -> Json:
    """Answer a request; a document that is not open, or a feature that is off, has null for an answer."""
    uri = need(params, str, "textDocument", "uri")
    document = session.workspace.snapshot(uri)
    given = () if document is None else arguments(feature, document, params, session.flags.encoding)
    if document is None:
        session.notice("unknown document", f"{feature.method} for {uri}, which is not open")
        return None
    if not getattr(document.settings, feature.setting):
        return None
    extra: dict[str, object] = {}
    if feature.extra is Extra.ASKED:
        # Clients that offer while somebody types call that "invoked" as well; a trigger character differs.
        extra["asked"] = (
            find(params, "context", "triggerKind") != types.CompletionTriggerKind.TriggerCharacter
        )
    found = load(feature.run)(document, *given, **extra)
    return to_lsp(found, Context(uri, document, session.flags, session.corpus))


def resolve_completion(session: Session, item: object) -> Json:
    """Add to a completion item what its term means."""
    return _resolved(session, item, "documentation", markdown=session.flags.markdown_documentation)


def resolve_hint(session: Session, hint: object) -> Json:
    """Add to an inlay hint what its term means."""
    return _resolved(session, hint, "tooltip", markdown=True)


def pull_diagnostics(session: Session, params: object) -> Json:
    """Answer a client that asks for the findings of a document."""
    uri = need(params, str, "textDocument", "uri")
    return session.publisher.report(uri, find(params, "previousResultId"))


def arguments(feature: Feature, document: Document, params: object, encoding: Encoding) -> tuple[object, ...]:
    """Return what a feature's function takes besides the document."""
    match feature.takes:
        case Takes.POSITION:
            return (offset_from(params, document.text, encoding),)
        case Takes.RANGE:
            return (span_from(params, document.text, encoding),)
        case Takes.DOCUMENT:
            return ()


def _resolved(session: Session, item: object, field: str, *, markdown: bool) -> Json:
    resolved = dict(need(item, dict))
    uri, name, sense = (find(item, "data", field_) for field_ in ("uri", "term", "sense"))
    document = session.workspace.snapshot(uri) if isinstance(uri, str) else None
    if document is not None and isinstance(name, str):
        text = documentation(name, Context(str(uri), document, session.flags), markdown=markdown, sense=sense)
        if text is not None:
            resolved[field] = text
    return resolved
