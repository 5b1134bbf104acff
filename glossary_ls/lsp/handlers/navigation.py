"""Navigation: definitions, references, highlights, links, and the symbols of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.base import paths
from glossary_ls.features import definition as definitions
from glossary_ls.features import links, references
from glossary_ls.features.symbols import workspace_symbols
from glossary_ls.lsp import from_lsp, to_lsp
from glossary_ls.lsp.handlers.request import DocumentRequest, Request
from glossary_ls.lsp.searches import FoundUses

if TYPE_CHECKING:
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session


def definition(context: DocumentContext, offset: int) -> Json:
    """Answer `textDocument/definition` and `textDocument/declaration`."""
    found = definitions.definition(context.document, offset, context.library)
    return [link for each in found if (link := to_lsp.definition_link(each, context))]


def find_references(context: DocumentContext, params: tuple[int, bool]) -> Answer:
    """Answer `textDocument/references` with the uses of a term in the workspace."""
    offset, declaration = params
    steps = references.references(context.document, offset, context.library, declaration=declaration)
    found = FoundUses(context)
    return found.search(found.collect(steps), "Looking for uses")


def highlights(context: DocumentContext, offset: int) -> Json:
    """Answer `textDocument/documentHighlight`."""
    found = references.highlights(context.document, offset)
    return [{"range": each, "kind": 1} for each in context.ranges(found)] if found is not None else None


def document_links(context: DocumentContext, _params: None) -> Json:
    """Answer `textDocument/documentLink`."""
    return [_document_link(link, context) for link in links.links(context.document)]


def _document_link(value: links.DocumentLink, context: DocumentContext) -> Json:
    target: str | None = value.url or None
    if value.where is not None:
        path, line = value.where
        target = f"{context.library.uri(path)}#L{line}"
    link: dict[str, Json] = {"range": context.range(value.span), "target": target}
    if context.flags.link_tooltips:
        link["tooltip"] = value.tooltip
    return link


def find_symbols(session: Session, query: str) -> Json:
    """Answer `workspace/symbol` with the terms of all active glossaries."""
    workspace = session.workspace
    inside = [paths.join(root, "x") for root in workspace.roots] or [""]
    inside += [path for uri in workspace.open_uris() if (path := workspace.path_of(uri))]
    enabled = [path for path in inside if workspace.settings_of(path).symbols]
    found = workspace_symbols(dict.fromkeys(map(workspace.glossary_of, enabled)), query)
    places = to_lsp.term_locations((each.term for each in found), session.library, session.flags.encoding)
    return [
        {
            "name": each.term.name,
            "kind": to_lsp.TERM_SYMBOL,
            "containerName": each.container,
            "location": place,
        }
        for each, place in zip(found, places, strict=True)
        if place is not None
    ]


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_DEFINITION, definition, from_lsp.offset, "navigation"),
    DocumentRequest(types.TEXT_DOCUMENT_DECLARATION, definition, from_lsp.offset, "navigation"),
    DocumentRequest(
        types.TEXT_DOCUMENT_REFERENCES,
        find_references,
        from_lsp.references,
        "navigation",
        needs_all_open=True,
    ),
    DocumentRequest(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights, from_lsp.offset, "navigation"),
    DocumentRequest(types.TEXT_DOCUMENT_DOCUMENT_LINK, document_links, from_lsp.nothing, "navigation"),
    Request(types.WORKSPACE_SYMBOL, find_symbols, from_lsp.query),
)
