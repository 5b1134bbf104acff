"""Semantic tokens: five numbers for each token, relative to the token before it (LSP 3.17).

The last answer about each document is kept as a list of numbers, from which the next delta is computed.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.base.memo import about
from glossary_ls.base.text import Text, common_ends
from glossary_ls.features import semantic_tokens
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.handlers.request import DocumentRequest
from glossary_ls.lsp.session import TokenResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Encoding, Span
    from glossary_ls.features.semantic_tokens import Group, Token
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Json

_numbers = count(1)

_BITS = {modifier: 1 << number for number, modifier in enumerate(semantic_tokens.MODIFIERS)}


def full(context: DocumentContext, previous: object) -> Json:
    """Answer `textDocument/semanticTokens/full` and its delta to the answer with the id `previous`."""
    results = context.session.token_results
    last, document = results.get(context.uri), context.document
    if last is not None and last.document is document:
        data = last.data
    else:
        data = _joined(document, context.encoding)
    number = last.id if last is not None and last.data == data else str(next(_numbers))
    result = results[context.uri] = TokenResult(document, number, data)
    if last is not None and previous == last.id:
        return {"resultId": result.id, "edits": _edits(last.data, data)}
    return {"resultId": result.id, "data": [*data]}


def in_range(context: DocumentContext, span: Span) -> Json:
    """Answer `textDocument/semanticTokens/range`."""
    found = semantic_tokens.tokens_in(context.document, span)
    return {"data": [*_encoded(found, context.document.text, context.encoding)]}


def _edits(old: Sequence[int], new: Sequence[int]) -> list[Json]:
    """Return the one edit that turns the old numbers into the new ones, or none."""
    if old == new:
        return []
    start, behind = common_ends(old, new)
    data = [*new[start : len(new) - behind]]
    return [{"start": start, "deleteCount": len(old) - behind - start, "data": [*data]}]


def _joined(document: Document, encoding: Encoding) -> list[int]:
    """Return the numbers of all tokens."""
    text = document.text
    data: list[int] = []
    last = 0
    for start, group in semantic_tokens.groups(document):
        numbers, line = _of_group(group, text.source[start : start + group.length], encoding)
        if numbers:
            first, at = text.line_index(start), len(data)
            data += numbers
            data[at] += first - last
            last = first + line
    return data


@about
def _of_group(group: Group, source: str, encoding: Encoding) -> tuple[Sequence[int], int]:
    """Return the numbers of the tokens in a part of a document, and the line of the last one in it."""
    numbers = _encoded(group.tokens, Text(source), encoding)
    return numbers, sum(numbers[::5])


def _encoded(tokens: Sequence[Token], text: Text, encoding: Encoding) -> list[int]:
    places = text.ranges([token[:2] for token in tokens], encoding)
    data: list[int] = []
    line = character = 0
    for (at_line, at, _, end), token in zip(places, tokens, strict=True):
        relative = at - character if at_line == line else at
        data += (at_line - line, relative, end - at, 0, _BITS[token.modifier])
        line, character = at_line, at
    return data


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, full, from_lsp.nothing, "semantic_tokens"),
    DocumentRequest(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA,
        full,
        from_lsp.previous_result,
        "semantic_tokens",
    ),
    DocumentRequest(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, in_range, from_lsp.span, "semantic_tokens"),
)
