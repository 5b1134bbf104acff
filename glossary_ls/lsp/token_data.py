"""Semantic tokens over the wire: five numbers for each, counted from the one before it (LSP 3.17).

What the numbers of a chunk are, apart from the first two, depends on the chunk alone. So they are kept as
text for as long as no edit changes them, and the answer about a large document is put together from them;
a client that has an earlier answer gets what is different from it.
"""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from glossary_ls.base.text import common_prefix, common_suffix
from glossary_ls.features.semantic_tokens import MODIFIERS, tokens, tokens_in
from glossary_ls.lsp.answers import question
from glossary_ls.lsp.messages import Written, find
from glossary_ls.lsp.token_result import Piece, TokenResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Encoding, Text
    from glossary_ls.features.semantic_tokens import Stretch, Tokens
    from glossary_ls.lsp.messages import Json
    from glossary_ls.lsp.requests import Feature
    from glossary_ls.lsp.session import Session

#: How many numbers a token has.
_EACH = 5


class _Fragment(NamedTuple):
    """The tokens of a stretch: where the first one stands, all numbers behind its place, and the last place.

    Lines count from the one that the stretch starts with.
    """

    first: tuple[int, int]
    rest: str
    last: tuple[int, int]
    length: int


_NEVER = TokenResult(0, ())
_NUMBERS = count(1)

#: What was made of stretches that start with a line.
_FRAGMENTS: WeakKeyDictionary[Stretch, dict[Encoding, _Fragment]] = WeakKeyDictionary()


def answer(session: Session, feature: Feature, params: object) -> Json | Written:
    """Answer with all tokens of a document, or with what has changed since the answer that the client has."""
    asked = question(session, feature, params)
    if asked is None:
        return None
    uri, document, _ = asked
    pieces = tuple(_pieces(tokens(document), document.text, session.flags.encoding))
    last = session.token_results.get(uri, _NEVER)
    number = last.number if last.pieces == pieces else next(_NUMBERS)
    session.token_results[uri] = TokenResult(number, pieces)
    if last is not _NEVER and find(params, "previousResultId") == str(last.number):
        return Written(f'{{"resultId": "{number}", "edits": [{_edit(last.pieces, pieces)}]}}')
    return Written(f'{{"resultId": "{number}", "data": [{_joined(pieces)}]}}')


def answer_in(session: Session, feature: Feature, params: object) -> Json | Written:
    """Answer with the tokens of a range."""
    asked = question(session, feature, params)
    if asked is None:
        return None
    _, document, (span,) = asked
    pieces = tuple(_pieces(tokens_in(document, span), document.text, session.flags.encoding))
    return Written(f'{{"data": [{_joined(pieces)}]}}')


def _joined(pieces: Sequence[Piece]) -> str:
    return ",".join([piece.text for piece in pieces])


def _edit(old: Sequence[Piece], new: Sequence[Piece]) -> str:
    """Return the one edit that makes the new numbers of the old ones; nothing where they are the same."""
    if old == new:
        return ""
    before = common_prefix(old, new)
    behind = min(common_suffix(old, new), min(len(old), len(new)) - before)
    start = sum(piece.length for piece in old[:before])
    deleted = sum(piece.length for piece in old[before : len(old) - behind])
    data = _joined(new[before : len(new) - behind])
    return f'{{"start": {start}, "deleteCount": {deleted}, "data": [{data}]}}'


def _pieces(found: Tokens, text: Text, encoding: Encoding) -> Iterator[Piece]:
    line = character = 0
    for start, stretch in found.stretches:
        if stretch.tokens:
            base = text.line_index(start)
            fragment = _fragment(stretch, start, base, text, encoding)
            down = base + fragment.first[0] - line
            along = fragment.first[1] - (0 if down else character)
            yield Piece(f"{down},{along},{fragment.rest}", fragment.length)
            line, character = base + fragment.last[0], fragment.last[1]


def _fragment(stretch: Stretch, start: int, base: int, text: Text, encoding: Encoding) -> _Fragment:
    if text.line_start(base) != start:
        # What stands before it on its line counts as well.
        return _made(stretch, start, base, text, encoding)
    known = _FRAGMENTS.setdefault(stretch, {})
    if encoding not in known:
        known[encoding] = _made(stretch, start, base, text, encoding)
    return known[encoding]


def _made(stretch: Stretch, start: int, base: int, text: Text, encoding: Encoding) -> _Fragment:
    ends = chain.from_iterable((start + token.span.start, start + token.span.end) for token in stretch.tokens)
    places = text.positions(ends, encoding)
    rows: list[str] = []
    line = character = 0
    for token, (at_line, at), (_, end) in zip(stretch.tokens, places, places, strict=False):
        if rows:
            rows.append(f"{at_line - line},{at - character if at_line == line else at}")
        else:
            first = at_line - base, at
        rows.append(f"{end - at},0,{1 << MODIFIERS.index(token.modifier)}")
        line, character = at_line, at
    return _Fragment(first, ",".join(rows), (line - base, character), _EACH * len(stretch.tokens))
