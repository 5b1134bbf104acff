"""Plain text: paragraphs parted by blank lines, items, and addresses. Everything else is words."""

from __future__ import annotations

import re

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.addresses import MARK, address_at, has_address
from glossary_ls.markup.block import Block, Region, State
from glossary_ls.markup.extent import extent
from glossary_ls.markup.prose import ProseBuilder

#: The mark of an item at the start of its line, or a line of nothing but signs.
_ITEM = re.compile(
    r"(?:\A|(?<=[\r\n]))[ \t]*(?:[-*+\u2022]|\(?[0-9]{1,3}[.)])[ \t]+"
    r"|(?:\A|(?<=[\r\n]))[ \t]*([-=~*_#.+^])\1{2,}[ \t]*(?=[\r\n]|\Z)"
)


def parse(source: str, start: int, state: State) -> Block:  # noqa: ARG001  because every parser is called alike
    """Read a block of plain text."""
    reach = extent(source, start)
    text = source[start : reach.text]
    builder = ProseBuilder(text)
    regions: list[Region] = []
    position = 0
    for item in _ITEM.finditer(text):
        _add(text, position, item.start(), builder, regions)
        builder.break_()
        position = item.end()
    _add(text, position, len(text), builder, regions)
    return Block(
        reach.end - start, min(reach.following, len(source)) + 1 - start, builder.build(), tuple(regions)
    )


def _add(text: str, start: int, end: int, builder: ProseBuilder, regions: list[Region]) -> None:
    position = start
    if has_address(text, start, end):
        for mark in MARK.finditer(text, start, end):
            found = address_at(text, mark.start(), position, end) if mark.start() >= position else None
            if found is not None:
                builder.add(position, found[0])
                builder.opaque()
                regions.append(Region(Span(*found), RegionKind.URL))
                position = found[1]
    builder.add(position, end)
