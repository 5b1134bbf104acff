"""Semantic tokens: five numbers for each token, relative to the token before it (LSP 3.17).

The last answer about each document is kept as a list of numbers, from which the next delta is computed.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.base.text import common_prefix, common_suffix
from glossary_ls.features import semantic_tokens
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.handlers.request import DocumentRequest
from glossary_ls.lsp.session import TokenResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.base.text import Encoding, Span, Text
    from glossary_ls.features.semantic_tokens import Token
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
        data = _encoded(semantic_tokens.tokens(document), document.text, context.encoding)
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
    start = common_prefix(old, new)
    behind = min(common_suffix(old, new), min(len(old), len(new)) - start)
    data = [*new[start : len(new) - behind]]
    return [{"start": start, "deleteCount": len(old) - behind - start, "data": [*data]}]


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
