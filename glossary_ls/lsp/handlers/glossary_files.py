"""Requests about a whole glossary file: its outline, its folds, and a code lens above each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.features import code_lens, folding, symbols
from glossary_ls.lsp import from_lsp, to_lsp
from glossary_ls.lsp.from_lsp import position
from glossary_ls.lsp.handlers.request import DocumentRequest, Request, context_of
from glossary_ls.lsp.searches import FoundUses

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from glossary_ls.features.library import Step
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: The client's command that shows places, for clients that list it among their experimental commands.
_SHOW_REFERENCES = "glossary_ls.showReferences"


def document_symbols(context: DocumentContext, _params: None) -> Json:
    """Answer `textDocument/documentSymbol`."""
    return to_lsp.document_symbols(symbols.document_symbols(context.document), context)


def folding_ranges(context: DocumentContext, _params: None) -> Json:
    """Answer `textDocument/foldingRange`."""
    return to_lsp.folding_ranges(folding.folds(context.document))


def code_lenses(context: DocumentContext, _params: None) -> Json:
    """Answer `textDocument/codeLens`."""
    return to_lsp.code_lenses(code_lens.lenses(context.document), context)


def resolve_lens(session: Session, lens: dict[str, Json]) -> Answer:
    """Answer `codeLens/resolve` with how often the term is used."""
    context = context_of(session, lens)
    steps = None
    if context is not None:
        start = position(lens, "range", "start")
        offset = context.document.text.offset_at(*start, context.encoding)
        steps = code_lens.uses_at(context.document, offset, context.library)
    if steps is None or context is None:
        return {**lens, "command": {"title": "", "command": ""}}
    found = FoundUses(context)
    return found.search(_counted(lens, steps, found))


def _counted(lens: dict[str, Json], steps: Iterable[Step], found: FoundUses) -> Generator[None, None, Json]:
    places = yield from found.collect(steps)
    command: dict[str, Json] = {"title": code_lens.title(len(places)), "command": ""}
    if places and found.context.flags.shows_references:
        start = lens["range"]["start"] if isinstance(lens["range"], dict) else None
        command["command"] = _SHOW_REFERENCES
        command["arguments"] = [found.context.uri, start, places]
    return {**lens, "command": command}


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, document_symbols, from_lsp.nothing, "symbols"),
    DocumentRequest(types.TEXT_DOCUMENT_FOLDING_RANGE, folding_ranges, from_lsp.nothing, "folding"),
    DocumentRequest(types.TEXT_DOCUMENT_CODE_LENS, code_lenses, from_lsp.nothing, "code_lens"),
    Request(types.CODE_LENS_RESOLVE, resolve_lens, from_lsp.item, needs_all_open=True),
)
