"""The readable text of a block, with a mapping of its characters to the document.

Markup and invisible characters are removed, white space and line breaks are collapsed to one space, letters
are composed (NFC), character references are resolved, and content that is not text (an address, an image, a
formula) is replaced by a placeholder. So a phrase is found in spite of line breaks,
emphasis and links. This module must not know any markup language: parsers build a `Prose` with a
`ProseBuilder`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from html import unescape
from operator import attrgetter
from typing import NamedTuple

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.matching.words import changes, is_plain, spelled

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
_WORDS = lazily(rf"{_WORD}(?: {_WORD})*+")

#: What comes before the first word of a sentence: the end of another one, or nothing but brackets and marks.
_OPENING = lazily(rf"(?:^|[{BREAK}{CELL}]|[.!?][\"'\u2019\u201d)*]*\s)(?:\[[ xX]\] )?[\"'\u2018\u201c(\[*]*$")
_MOST_BEFORE = 24


def opens_sentence(text: str, flat: int) -> bool:
    """Return whether a sentence, a heading, an item or a cell of a readable text starts at an offset."""
    start = max(flat - _MOST_BEFORE, 0)
    before = text[start:flat]
    return _OPENING.search(before if start == 0 else f"x{before}") is not None


class Piece(NamedTuple):
    """A range of the document that is copied to the readable text, or the range that one letter is read from.

    `flat` is its start in `Prose.text`, `start` its start in the document (relative to the block), `length`
    its length in the readable text in code points, and `extent` that in the document, 0 if it is the same. A
    tuple, because there is one for every line.
    """

    flat: int
    start: int
    length: int
    kind: RegionKind
    extent: int = 0

    @property
    def end(self) -> int:
        """Its end in the document."""
        return self.start + (self.extent or self.length)


_start = attrgetter("start")

#: `_new(Piece, (...))` makes a tuple in a third of the time that `Piece(...)` takes.
_new = tuple.__new__


@dataclass(frozen=True, slots=True)
class Prose:
    """The readable text of a block and the pieces that it is made of, in ascending order."""

    text: str
    pieces: tuple[Piece, ...]

    def piece_at(self, flat: int) -> Piece:
        """Return the last piece that starts at or before `flat`, an offset in `text`."""
        # A tuple compares without a call of a key.
        index = bisect_left(self.pieces, (flat + 1,)) - 1
        return self.pieces[max(index, 0)] if self.pieces else _NOWHERE

    def kind_at(self, flat: int) -> RegionKind:
        """Return the kind of region of the character at `flat`."""
        return self.piece_at(flat).kind

    def offset(self, flat: int) -> int:
        """Return the offset in the document, relative to the block, of the character at `flat`."""
        piece = self.piece_at(flat)
        at = max(flat - piece.flat, 0)
        return piece.start + at if at < piece.length else piece.end

    def flat_at(self, offset: int) -> int | None:
        """Return the offset in `text` of a character of the block; None for one that is not readable."""
        piece = self.piece_of(offset)
        return piece and piece.flat + min(offset - piece.start, piece.length - 1)

    def piece_of(self, offset: int) -> Piece | None:
        """Return the piece that a character of the block is read as; None for one that is not readable."""
        at = bisect_right(self.pieces, offset, key=_start) - 1
        if at >= 0 and self.pieces[at].start <= offset < self.pieces[at].end:
            return self.pieces[at]
        # The long form of an `abbr` is read behind the short one.
        return next((piece for piece in self.pieces if piece.start <= offset < piece.end), None)

    def span(self, start: int, end: int) -> Span:
        """Return the span in the document, relative to the block, of the non-empty `text[start:end]`."""
        first, last = self.offset(start), self.offset(end - 1)
        piece = self.piece_at(end - 1)
        after = piece.end if piece.extent and end - piece.flat == piece.length else last + 1
        return Span(min(first, last), max(first + 1, after))


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

    __slots__ = ("_length", "_parts", "_pieces", "_plain", "_source")

    def __init__(self, source: str) -> None:
        """`source` is the text of the block."""
        self._source = source
        self._plain = is_plain(source)
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def add(self, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Append `source[start:end]` with white space collapsed."""
        if not self._plain:
            for first, last, written in changes(self._source, start, end):
                if start < first:
                    self._copy(start, first, kind)
                self._write(first, last, written, kind)
                start = last
        self._copy(start, end, kind)

    def reference(self, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Append what a character reference stands for; nothing that would end a sentence or a cell."""
        written = spelled(unescape(self._source[start:end]))
        if written.isprintable() and not (
            written.isspace() or (written.startswith("&") and len(written) > 1)
        ):
            self._write(start, end, written, kind)
        elif written:
            self.space()

    def _write(self, start: int, end: int, written: str, kind: RegionKind) -> None:
        """Append what `source[start:end]` is read as."""
        if written:
            self._pieces.append(_new(Piece, (self._length, start, len(written), kind, end - start)))
            self.mark(written)

    def _copy(self, start: int, end: int, kind: RegionKind) -> None:
        position = start
        pieces, parts = self._pieces, self._parts
        for words in _WORDS.finditer(self._source, start, end):
            first, last = words.span()
            if first > position:
                # As `space`, for every line: white space between words is not redundant.
                if position > start:
                    parts.append(" ")
                    self._length += 1
                else:
                    self.space()
            pieces.append(_new(Piece, (self._length, first, last - first, kind, 0)))
            parts.append(words[0])
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
