"""The text of a block as a reader reads it, with every character traceable to the document.

Markup is gone, runs of white space and line breaks are one space, and things that are not words (an address,
an image, a formula) are one placeholder. Matching and the search for definitions work on this text, so that
neither a line break nor emphasis nor a link can hide a phrase from them. The module must not know any markup
language: the parsers of `regions` build a `Prose` with a `ProseBuilder`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span

#: Separates what a reader does not read as one sentence: table cells, list items, headings, paragraphs.
BREAK = "\n"

#: Separates the cells of a table row, and a term from its definition in a definition list.
CELL = "\x1f"

#: Stands for something that is not words, so that the words around it are not neighbours.
OPAQUE = "\ufffc"

#: What makes a further separator superfluous, by separator: a row may end with an empty cell.
_SEPARATORS = {" ": frozenset({" ", BREAK, CELL}), BREAK: frozenset({" ", BREAK})}

#: Words with nothing but single spaces between them; a space of another width is white space like any.
_WORD = r"[^ \t\r\n\f\v\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]++"
_WORDS = re.compile(rf"{_WORD}(?: {_WORD})*+")


class Piece(NamedTuple):
    """A run of characters taken over from the document unchanged.

    `flat` is where it starts in `Prose.text`, `start` where it starts in the document (relative to the
    block), `length` how many code points it has. A tuple, because there is one for every line.
    """

    flat: int
    start: int
    length: int
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Prose:
    """The readable text of a block and the pieces it was put together from, in ascending order."""

    text: str
    pieces: tuple[Piece, ...]

    def piece_at(self, flat: int) -> Piece:
        """Return the last piece that starts at or before `flat`, a place in `text`."""
        index = bisect_right(self.pieces, flat, key=lambda piece: piece.flat) - 1
        return self.pieces[max(index, 0)] if self.pieces else _NOWHERE

    def kind_at(self, flat: int) -> RegionKind:
        """Return the kind of region that the character at `flat` belongs to."""
        return self.piece_at(flat).kind

    def offset(self, flat: int) -> int:
        """Return where the character at `flat` stands in the document, relative to the block."""
        piece = self.piece_at(flat)
        return piece.start + min(max(flat - piece.flat, 0), piece.length)

    def span(self, start: int, end: int) -> Span:
        """Return the document's span, relative to the block, of `text[start:end]`, which is not empty."""
        first, last = self.offset(start), self.offset(end - 1)
        return Span(min(first, last), max(first, last) + 1)


#: The piece that everything comes from in a text without words (nothing but placeholders).
_NOWHERE = Piece(0, 0, 0, RegionKind.PROSE)

EMPTY = Prose("", ())


class ProseBuilder:
    """Puts a `Prose` together from left to right. All offsets are relative to the start of the block."""

    __slots__ = ("_length", "_parts", "_pieces", "_source")

    def __init__(self, source: str) -> None:
        """`source` is the text of the block."""
        self._source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def add(self, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Take over `source[start:end]`; each run of white space in it becomes one space."""
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
        """Separate words, unless something already does."""
        self._separate(" ")

    def break_(self) -> None:
        """End a sentence: no phrase goes across."""
        if self._parts and self._parts[-1] == " ":
            self._parts[-1] = BREAK
        else:
            self._separate(BREAK)

    def cell(self) -> None:
        """Begin the next cell of a row; empty cells count, so that a cell's column can be told."""
        if self._parts and self._parts[-1] == " ":
            self._parts[-1] = CELL
        else:
            self._parts.append(CELL)
            self._length += 1

    def mark(self, text: str) -> None:
        """Put characters that make the text readable and stand nowhere in the document."""
        self._parts.append(text)
        self._length += len(text)

    def opaque(self) -> None:
        """Put a placeholder for something that is not words."""
        self._parts.append(OPAQUE)
        self._length += 1

    def build(self) -> Prose:
        """Return what was put together so far, without separators at its end."""
        while self._parts and self._parts[-1] in {" ", BREAK}:
            self._length -= len(self._parts.pop())
        if not self._parts:
            return EMPTY
        return Prose("".join(self._parts), tuple(self._pieces))

    def _separate(self, mark: str) -> None:
        if self._parts and self._parts[-1] not in _SEPARATORS[mark]:
            self._parts.append(mark)
            self._length += 1
