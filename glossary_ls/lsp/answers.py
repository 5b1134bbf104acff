"""Answers: how a row of `requests` becomes a reply, and the requests that need a function of their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

import glossary_ls.lsp.whole_files  # noqa: F401  because it registers conversions
from glossary_ls.features import render
from glossary_ls.features.inlay_hints import noted_at, spelling_out
from glossary_ls.lsp.locations import location
from glossary_ls.lsp.messages import Json, find, need, position
from glossary_ls.lsp.requests import Extra, Feature, Takes, load
from glossary_ls.lsp.to_lsp import Context, markup, offset_from, span_from, term_named, text_range, to_lsp
from glossary_ls.workspace import check_all

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Encoding
    from glossary_ls.lsp.session import Session


def answer(session: Session, feature: Feature, params: object) -> Json:
    """Answer a request; a document that is not open, or a feature that is off, has null for an answer."""
    asked = question(session, feature, params)
    if asked is None:
        return None
    uri, document, given = asked
    extra: dict[str, object] = {}
    if feature.extra is Extra.ASKED:
        # Clients that offer while somebody types call that "invoked" as well; a trigger character differs.
        extra["asked"] = (
            find(params, "context", "triggerKind") != types.CompletionTriggerKind.TriggerCharacter
        )
        # Of all files when they were looked at, else of those that are open.
        known = session.checker.uses
        extra["uses"] = check_all.counting(
            partial(check_all.uses_in_open, session.workspace) if known is None else lambda: known
        )
    found = load(feature.run)(document, *given, **extra)
    return to_lsp(found, Context(uri, document, session.flags, session.corpus))


def resolve_completion(session: Session, item: object) -> Json:
    """Add to a completion item what its term means."""
    found = _term_of(session, item)
    if found is None:
        return dict(need(item, dict))
    document, term = found
    markdown = session.flags.markdown_documentation
    text = render.documentation(term, document.glossary, markdown=markdown)
    return {**need(item, dict), "documentation": markup(text, markdown=markdown)}


def resolve_hint(session: Session, hint: object) -> Json:
    """Add to an inlay hint what its term means, where it leads, and how the text would say it itself."""
    resolved: dict[str, Json] = dict(need(hint, dict))
    found = _term_of(session, hint)
    if found is None:
        return resolved
    document, term = found
    later, encoding = session.flags.hint_resolves, session.flags.encoding
    at = document.text.offset_at(*position(hint, "position"), encoding)
    noted = noted_at(document, at, term)
    parted = isinstance(find(hint, "label"), list)
    part: dict[str, Json] = dict(need(hint, dict, "label", 0)) if parted else {}
    leads = parted and "label.location" in later
    if leads and noted and session.flags.asks_at_locations:
        # It has its hover and its definition there, wherever the entry is.
        here = need(hint, str, "data", "uri")
        part["location"] = {"uri": here, "range": text_range(noted, document.text, encoding)}
    else:
        if leads and (where := location(term, session.corpus, encoding)):
            part["location"] = where
        text = markup(render.documentation(term, document.glossary, markdown=True), markdown=True)
        if parted and "label.tooltip" in later:
            part["tooltip"] = text
        elif "tooltip" in later:
            resolved["tooltip"] = text
    if parted:
        resolved["label"] = [part]
    if noted and "textEdits" in later and (edits := spelling_out(document, noted, term)):
        resolved["textEdits"] = [
            {"range": text_range(edit.span, document.text, encoding), "newText": edit.new} for edit in edits
        ]
    return resolved


def pull_diagnostics(session: Session, params: object) -> Json:
    """Answer a client that asks for the findings of a document."""
    uri = need(params, str, "textDocument", "uri")
    return session.publisher.report(uri, find(params, "previousResultId"))


def question(
    session: Session, feature: Feature, params: object
) -> tuple[str, Document, tuple[Any, ...]] | None:
    """Return the document that a request is about and what else the feature's function takes.

    None if the document is not open, or the feature is off for it.
    """
    uri = need(params, str, "textDocument", "uri")
    document = session.workspace.snapshot(uri)
    if document is None:
        session.notice("unknown document", f"{feature.method} for {uri}, which is not open")
        return None
    given = _arguments(feature, document, params, session.flags.encoding)
    return (uri, document, given) if getattr(document.settings, feature.setting) else None


def _arguments(feature: Feature, document: Document, params: object, encoding: Encoding) -> tuple[Any, ...]:
    match feature.takes:
        case Takes.POSITION:
            return (offset_from(params, document.text, encoding),)
        case Takes.RANGE:
            return (span_from(params, document.text, encoding),)
        case Takes.DOCUMENT:
            return ()


def _term_of(session: Session, item: object) -> tuple[Document, Term] | None:
    """Return the term that an item leads back to, and the document that it was made for."""
    uri, name, sense = (find(item, "data", field) for field in ("uri", "term", "sense"))
    document = session.workspace.snapshot(uri) if isinstance(uri, str) else None
    if document is None or not isinstance(name, str):
        return None
    term = term_named(name, document.glossary, sense)
    return (document, term) if term else None
