"""Parsing reStructuredText into blocks, with the open contexts as the state between them.

This module must not know the line structure (see `lines`) nor inline markup (see `inline`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.extent import EOL, block_extent
from glossary_ls.markup.restructuredtext.layout import ROOT, RstState
from glossary_ls.markup.restructuredtext.lines import read_lines
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State

#: An RFC 2822 header, as at the start of PEPs (`PEP: 8`).
_HEADER = re.compile(
    rf"\ufeff?[A-Z][A-Za-z-]*:(?:[ \t][^\r\n]*)?{EOL}"
    rf"(?:(?:[A-Z][A-Za-z-]*:(?=[ \t\r\n]|\Z)|[ \t]+)[^\r\n]*(?:{EOL}|\Z))+\Z"
)


def parse(source: str, start: int, state: State) -> Block:
    """Parse a block of reStructuredText."""
    extent = block_extent(source, start)
    writer = Writer(source[start : extent.text])
    if state is None and _HEADER.match(writer.text):
        writer.hide(0, len(writer.text), RegionKind.FRONT_MATTER)
        return writer.block(start, extent, len(source), ROOT)
    contexts = state.contexts if isinstance(state, RstState) else ()
    after = read_lines(writer, 0, len(writer.text), contexts) if writer.text else contexts
    return writer.block(start, extent, len(source), RstState(after))
