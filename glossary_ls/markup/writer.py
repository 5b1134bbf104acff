"""Building the readable text and the regions of a block together, for parsers that go from left to right.

This module must not know any markup language.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span, stripped
from glossary_ls.markup.block import Block, Extent, Region, State, block_extent
from glossary_ls.markup.prose import ProseBuilder

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_span_of = attrgetter("span")

#: How many characters after a block are searched for the end of what is open in it.
_AHEAD = 10_000


class Writer:
    """The readable text and the regions of a block while it is parsed; offsets are relative to the block.

    `kind`, if set, overrides the kind of all text but links: a heading inside a docstring is part of that.
    """

    __slots__ = ("_extent", "_lookahead", "_source", "_start", "builder", "kind", "regions", "text")

    def __init__(self, source: str, start: int, extent: Extent | None = None) -> None:
        """Begin the block of `source` at `start`, up to the next blank line unless `extent` is given."""
        self._source = source
        self._start = start
        self._extent = extent or block_extent(source, start)
        self._lookahead = self._extent.following + 1
        self.text = source[start : self._extent.text]
        self.kind: RegionKind | None = None
        self.builder = ProseBuilder(self.text)
        self.regions: list[Region] = []

    def mask(self, places: Iterable[int]) -> None:
        """Replace characters by spaces, before anything is written."""
        characters = list(self.text)
        for place in places:
            characters[place] = " "
        self.text = "".join(characters)
        self.builder = ProseBuilder(self.text)

    def code(self, start: int, end: int, content: int, content_end: int) -> None:
        """Append inline code; `content` to `content_end` is the code between the delimiters."""
        self.hide(start, end, RegionKind.CODE_INLINE)
        self.builder.add(*stripped(self.text, content, content_end), RegionKind.CODE_INLINE)

    def hide(self, start: int, end: int, kind: RegionKind) -> None:
        """Add a region, unless it is empty."""
        if start < end:
            self.regions.append(Region(Span(start, end), kind))

    def hide_line(self, start: int, end: int, kind: RegionKind | None) -> None:
        """Add the region of a line, merged with that of the line before if the kinds are equal.

        Without a kind it is markup, which has no region.
        """
        self.builder.break_()
        if kind is None:
            return
        last = self.regions[-1] if self.regions else None
        if last and last.kind is kind and start < end and self.text[last.span.end : start].isspace():
            self.regions[-1] = Region(Span(last.span.start, end), kind)
        else:
            self.hide(start, end, kind)

    def opaque(self, start: int, end: int, kind: RegionKind) -> None:
        """Add a region, and a placeholder to the text."""
        self.hide(start, end, kind)
        self.builder.opaque()

    def closes(self, delimiters: re.Pattern[str], end: int) -> bool:
        """Return whether the first of some `delimiters` after `end` is a closer in one of the next blocks.

        Closers are the matches with a group.
        """
        limit = min(self._extent.text + _AHEAD, len(self._source))
        found = delimiters.search(self._source, self._start + end, limit)
        if found is None:
            self._lookahead = max(self._lookahead, limit + (limit == len(self._source)))
            return False
        # What follows a delimiter may belong to it.
        self._lookahead = max(self._lookahead, found.end() + 1)
        return found.start() >= self._extent.text and found[1] is not None

    def block(self, state: State) -> Block:
        """Return the block, with the state after it."""
        if len(self.regions) > 1:
            self.regions.sort(key=_span_of)
        length, lookahead = self._extent.end - self._start, self._lookahead - self._start
        return Block(length, lookahead, self.builder.build(), tuple(self.regions), state)
