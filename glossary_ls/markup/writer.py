"""Writes down what a parser decides about each stretch of a block: words for a reader, or something else.

The parsers go through a block from left to right and say of each stretch what it is; a `Writer` keeps the
readable text and the regions in step. This module must not know any markup language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.addresses import MARK, address_at, has_address
from glossary_ls.markup.block import Block, Region, State
from glossary_ls.markup.prose import ProseBuilder

if TYPE_CHECKING:
    from glossary_ls.markup.extent import Extent


class Writer:
    """The readable text and the regions of a block while it is read; offsets are relative to the block.

    `kind`, when given, is what all words of the block are to the reader, whatever the markup says: the words
    of a heading inside a docstring belong to the docstring.
    """

    __slots__ = ("builder", "kind", "regions", "text")

    def __init__(self, text: str, kind: RegionKind | None = None) -> None:
        self.text = text
        self.kind = kind
        self.builder = ProseBuilder(text)
        self.regions: list[Region] = []

    def words(self, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Take over text for the reader; the addresses in it become placeholders."""
        kind = self.kind_of(kind)
        position = start
        if has_address(self.text, start, end):
            for mark in MARK.finditer(self.text, start, end):
                if mark.start() >= position:
                    found = address_at(self.text, mark.start(), position, end)
                    if found is not None:
                        self.builder.add(position, found[0], kind)
                        self.opaque(*found, RegionKind.URL)
                        position = found[1]
        self.builder.add(position, end, kind)

    def kind_of(self, kind: RegionKind) -> RegionKind:
        """Return the kind that words get which the markup makes `kind`."""
        return kind if self.kind is None or kind is RegionKind.LINK else self.kind

    def code(self, start: int, end: int, content: int, content_end: int) -> None:
        """Take over a piece of code in running text, which stands between marks."""
        self.hide(start, end, RegionKind.CODE_INLINE)
        while content < content_end and self.text[content].isspace():
            content += 1
        while content < content_end and self.text[content_end - 1].isspace():
            content_end -= 1
        self.builder.add(content, content_end, RegionKind.CODE_INLINE)

    def hide(self, start: int, end: int, kind: RegionKind = RegionKind.MARKUP) -> None:
        """Put down what no reader reads, if it is anything at all."""
        if start < end:
            self.regions.append(Region(Span(start, end), kind))

    def hide_line(self, start: int, end: int, kind: RegionKind) -> None:
        """Put down a line that no reader reads; with the same kind of line before it, it is one region."""
        self.builder.break_()
        last = self.regions[-1] if self.regions else None
        if last and last.kind is kind and start < end and self.text[last.span.end : start].isspace():
            self.regions[-1] = Region(Span(last.span.start, end), kind)
        else:
            self.hide(start, end, kind)

    def opaque(self, start: int, end: int, kind: RegionKind = RegionKind.MARKUP) -> None:
        """Put a placeholder for something that is not words."""
        self.hide(start, end, kind)
        self.builder.opaque()

    def block(self, start: int, reach: Extent, size: int, state: State) -> Block:
        """Return the block that starts at `start` of a document with `size` characters."""
        self.regions.sort(key=lambda region: region.span)
        return Block(
            reach.end - start,
            min(reach.following, size) + 1 - start,
            self.builder.build(),
            tuple(self.regions),
            state,
        )
