"""Hover, completion and inlay hints: what terms mean, and the keys of glossary files.

Documentation, tooltips and text edits are resolved on demand.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.features import completion, inlay_hints, keys, listing, render
from glossary_ls.features.hover import hover as hover_at
from glossary_ls.lsp import from_lsp, to_lsp
from glossary_ls.lsp.from_lsp import find, need, position
from glossary_ls.lsp.handlers.request import DocumentRequest, Request, context_of
from glossary_ls.workspace import check_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span
    from glossary_ls.features.hover import Hover
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Json
    from glossary_ls.lsp.session import Session


def hover(context: DocumentContext, offset: int) -> Json:
    """Answer `textDocument/hover`."""
    if key := keys.key_help(context.document, offset):
        return to_lsp.key_help(key, context)
    found = hover_at(context.document, offset)
    if found is None:
        return None
    contents = _contents(found, context)
    if not contents:
        return None
    extra: dict[str, Json] = {}
    if found.senses and context.flags.links_terms:
        best = found.senses[0]
        related: list[Json] = [*listing.relatives(best, context.document.glossary)]
        extra["glossary_ls"] = {"name": best.name, "uri": context.uri, "related": related}
    return to_lsp.hover(found.span, contents, extra, context)


def _contents(found: Hover, context: DocumentContext) -> str:
    """Return the contents of a hover in JSON; nothing without a text.

    They are remembered, because a document names the same terms again and again: rendering and encoding them
    took more than half of a hover.
    """
    texts = context.session.hover_texts.at(context.session.workspace.revision)
    glossary = context.document.glossary
    # Terms by identity, which is cheap to compare: the glossary in the key keeps them alive.
    senses, others = tuple(map(id, found.senses)), tuple(map(id, found.others))
    key = glossary, senses, others, found.in_texts, found.doubtful
    if (contents := texts.get(key)) is None:
        markdown = context.flags.markdown_hover
        # A client that links the terms itself leads to its own view of them.
        named = partial(_linked, context) if markdown and not context.flags.links_terms else None
        text = render.render(found, glossary, markdown=markdown, named=named)
        contents = json.dumps(to_lsp.markup(text, markdown=markdown)) if text else ""
        texts[key] = contents
    return contents


def _linked(context: DocumentContext, name: str) -> str:
    """Return the name of a term as Markdown, as a link to its entry if a glossary has one."""
    shown, library = render.escape(name), context.session.library
    for term in context.document.glossary.senses(name):
        if place := library.locate(term):
            return f"[{shown}]({library.uri(place.file.path)}#L{place.line + 1})"
    return shown


def complete(context: DocumentContext, params: tuple[int, bool]) -> Json:
    """Answer `textDocument/completion`; terms that the workspace uses often come first."""
    offset, is_invoked = params
    workspace, known = context.session.workspace, context.session.checker.uses
    # The uses in all files as of the last check, else those in the open documents.
    uses = check_all.counting(partial(check_all.uses_in_open, workspace) if known is None else lambda: known)
    found = keys.complete_key(context.document, offset) or completion.complete(
        context.document, offset, asked=is_invoked, uses=uses
    )
    return to_lsp.completions(found, context)


def resolve_completion(session: Session, item: dict[str, Json]) -> Json:
    """Answer `completionItem/resolve` with the item and its term's documentation."""
    found = _term_of(session, item)
    return {**item, "documentation": to_lsp.documentation(found[1], found[0])} if found else item


def hint_list(context: DocumentContext, span: Span) -> Json:
    """Answer `textDocument/inlayHint`."""
    return [to_lsp.inlay_hint(hint, context) for hint in inlay_hints.inlay_hints(context.document, span)]


def resolve_hint(session: Session, hint: dict[str, Json]) -> Json:
    """Answer `inlayHint/resolve` with what the client asks for later: tooltip, location and text edits."""
    found = _term_of(session, hint)
    if found is None:
        return hint
    context, term = found
    document, resolves = context.document, session.flags.hint_resolves
    offset = document.text.offset_at(*position(hint, "position"), context.encoding)
    name = inlay_hints.noted_at(document, offset, term)
    resolved = dict(hint)
    has_parts = isinstance(find(hint, "label"), list)
    part: dict[str, Json] = dict(need(hint, dict, "label", 0)) if has_parts else {}
    leads = has_parts and "label.location" in resolves
    if leads and name and session.flags.asks_at_locations:
        # The client shows the hover and the definition of that place.
        part["location"] = {"uri": context.uri, "range": context.range(name)}
    else:
        if leads and (where := next(to_lsp.term_locations((term,), session.library, context.encoding))):
            part["location"] = where
        if has_parts and "label.tooltip" in resolves:
            part["tooltip"] = _tooltip(context, term)
        elif "tooltip" in resolves:
            resolved["tooltip"] = _tooltip(context, term)
    if has_parts:
        resolved["label"] = [part]
    if name and "textEdits" in resolves and (edits := inlay_hints.spelling_out(document, name, term)):
        resolved["textEdits"] = [*to_lsp.text_edits(document.text, edits, context.encoding)]
    return resolved


def _tooltip(context: DocumentContext, term: Term) -> Json:
    text = render.documentation(term, context.document.glossary, markdown=True)
    return to_lsp.markup(text, markdown=True)


def _term_of(session: Session, item: Mapping[str, Json]) -> tuple[DocumentContext, Term] | None:
    """Return the term that an item leads back to, and the document that the item was made for."""
    context = context_of(session, item)
    name = find(item, "data", "term")
    if context is None or not isinstance(name, str):
        return None
    term = to_lsp.term_named(name, context.document.glossary, find(item, "data", "sense"))
    return (context, term) if term else None


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_HOVER, hover, from_lsp.offset, "hover"),
    DocumentRequest(types.TEXT_DOCUMENT_COMPLETION, complete, from_lsp.completion, "completion"),
    DocumentRequest(types.TEXT_DOCUMENT_INLAY_HINT, hint_list, from_lsp.span, "inlay_hints"),
    Request(types.COMPLETION_ITEM_RESOLVE, resolve_completion, from_lsp.item),
    Request(types.INLAY_HINT_RESOLVE, resolve_hint, from_lsp.item),
)
