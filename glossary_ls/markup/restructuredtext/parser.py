"""reStructuredText, as docutils and Sphinx read it.

This module cuts a document into blocks and carries from one to the next what is open; the lines of a block
are read by `lines`, what stands in them by `inline` and `tables`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.extent import EOL, extent
from glossary_ls.markup.restructuredtext.layout import ROOT, RstState
from glossary_ls.markup.restructuredtext.lines import read_lines
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State

#: Lines like those of a mail, which open the documents of some collections (`PEP: 8`).
_HEADER = re.compile(
    rf"\ufeff?[A-Z][A-Za-z-]*:(?:[ \t][^\r\n]*)?{EOL}"
    rf"(?:(?:[A-Z][A-Za-z-]*:(?=[ \t\r\n]|\Z)|[ \t]+)[^\r\n]*(?:{EOL}|\Z))+\Z"
)


def parse(source: str, start: int, state: State) -> Block:
    """Read a block of reStructuredText."""
    reach = extent(source, start)
    writer = Writer(source[start : reach.text])
    if state is None and _HEADER.match(writer.text):
        writer.hide(0, len(writer.text), RegionKind.FRONT_MATTER)
        return writer.block(start, reach, len(source), ROOT)
    contexts = state.contexts if isinstance(state, RstState) else ()
    after = read_lines(writer, 0, len(writer.text), contexts) if writer.text else contexts
    return writer.block(start, reach, len(source), RstState(after))
