"""The readable text of a block, with a mapping of its characters to the document.

Markup is removed, white space and line breaks are collapsed to one space, and content that is not text (an
address, an image, a formula) is replaced by a placeholder. So a phrase is found in spite of line breaks,
emphasis and links. This module must not know any markup language: parsers build a `Prose` with a
`ProseBuilder`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span

#: Separates texts that do not form a sentence: table rows, list items, headings, paragraphs.
BREAK = "\n"

#: Separates the cells of a table row.
CELL = "\x1f"

#: Says that the markup defines a term: between a term and its definition, before the opening bracket of the
#: definition (`<abbr title>`), or before a term that the rest of the sentence defines (`<dfn>`).
DEFINES = "\x1e"

#: Replaces content that is not text, so that the words around it are not adjacent.
OPAQUE = "\ufffc"

#: The last parts of a text after which a separator is redundant, an empty one for the start of the text. A
#: `BREAK` after a `CELL` is not, which may be an empty cell; nor is a `CELL`, to keep the columns.
_REDUNDANT = {
    " ": frozenset({"", " ", BREAK, CELL, DEFINES}),
    BREAK: frozenset({"", BREAK}),
    **dict.fromkeys((CELL, DEFINES), frozenset[str]()),
}

#: Words separated by single spaces. Unicode spaces of other widths are collapsed like any white space.
_WORD = r"[^ \t\r\n\f\v\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]++"
_WORDS = re.compile(rf"{_WORD}(?: {_WORD})*+")

#: What comes before the first word of a sentence: the end of another one, or nothing but brackets and marks.
_OPENING = re.compile(
    rf"(?:^|[{BREAK}{CELL}]|[.!?][\"'\u2019\u201d)*]*\s)(?:\[[ xX]\] )?[\"'\u2018\u201c(\[*]*$"
)
_MOST_BEFORE = 24


def opens_sentence(text: str, flat: int) -> bool:
    """Return whether a sentence, a heading, an item or a cell of a readable text starts at an offset."""
    start = max(flat - _MOST_BEFORE, 0)
    before = text[start:flat]
    return _OPENING.search(before if start == 0 else f"x{before}") is not None


class Piece(NamedTuple):
    """A range of the document that is copied to the readable text unchanged.

    `flat` is its start in `Prose.text`, `start` its start in the document (relative to the block), `length`
    its length in code points. A tuple, because there is one for every line.
    """

    flat: int
    start: int
    length: int
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Prose:
    """The readable text of a block and the pieces that it is made of, in ascending order."""

    text: str
    pieces: tuple[Piece, ...]

    def piece_at(self, flat: int) -> Piece:
        """Return the last piece that starts at or before `flat`, an offset in `text`."""
        index = bisect_right(self.pieces, flat, key=lambda piece: piece.flat) - 1
        return self.pieces[max(index, 0)] if self.pieces else _NOWHERE

    def kind_at(self, flat: int) -> RegionKind:
        """Return the kind of region of the character at `flat`."""
        return self.piece_at(flat).kind

    def offset(self, flat: int) -> int:
        """Return the offset in the document, relative to the block, of the character at `flat`."""
        piece = self.piece_at(flat)
        return piece.start + min(max(flat - piece.flat, 0), piece.length)

    def flat_at(self, offset: int) -> int | None:
        """Return the offset in `text` of a character of the block; None for one that is not readable."""
        for piece in self.pieces:
            if piece.start <= offset < piece.start + piece.length:
                return piece.flat + offset - piece.start
        return None

    def span(self, start: int, end: int) -> Span:
        """Return the span in the document, relative to the block, of the non-empty `text[start:end]`."""
        first, last = self.offset(start), self.offset(end - 1)
        return Span(min(first, last), max(first, last) + 1)


#: The piece of a text that consists of placeholders.
_NOWHERE = Piece(0, 0, 0, RegionKind.PROSE)

EMPTY = Prose("", ())


class PlacedProse(NamedTuple):
    """The readable text of a block, and the offset of the block."""

    start: int
    prose: Prose

    def shifted(self, by: int) -> PlacedProse:
        """Return the same text, `by` code points further on."""
        return PlacedProse(self.start + by, self.prose)


class ProseBuilder:
    """Builds a `Prose` from left to right. All offsets are relative to the start of the block."""

    __slots__ = ("_length", "_parts", "_pieces", "_source")

    def __init__(self, source: str) -> None:
        """`source` is the text of the block."""
        self._source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def add(self, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Append `source[start:end]` with white space collapsed."""
        position = start
        for words in _WORDS.finditer(self._source, start, end):
            first, last = words.span()
            if first > position:
                self.space()
            self._pieces.append(Piece(self._length, first, last - first, kind))
            self._parts.append(words[0])
            self._length += last - first
            position = last
        if position < end:
            self.space()

    def space(self) -> None:
        """Append a space, unless the text ends with a separator."""
        self.separate(" ")

    def break_(self) -> None:
        """Append the end of a sentence."""
        self.separate(BREAK)

    def cell(self) -> None:
        """Append the start of the next cell of a row."""
        self.separate(CELL)

    def separate(self, separator: str) -> None:
        """Append a space, `BREAK`, `CELL` or `DEFINES`, instead of a space before it, unless it is redundant.

        `DEFINES` replaces a `BREAK`, too, because the end of the term is none of a sentence.
        """
        last = self._parts[-1] if self._parts else ""
        if (last == " " and separator != " ") or (last == BREAK and separator == DEFINES):
            self._parts[-1] = separator
        elif last not in _REDUNDANT[separator]:
            self._parts.append(separator)
            self._length += 1

    def mark(self, text: str) -> None:
        """Append characters that are not in the document."""
        self._parts.append(text)
        self._length += len(text)

    def opaque(self) -> None:
        """Append a placeholder for content that is not text."""
        self.mark(OPAQUE)

    def build(self) -> Prose:
        """Return the result, without trailing separators."""
        while self._parts and self._parts[-1] in {" ", BREAK}:
            self._length -= len(self._parts.pop())
        if not self._parts:
            return EMPTY
        return Prose("".join(self._parts), tuple(self._pieces))
