"""The extent of a block: the lines up to the next blank line, and the blank lines after them.

All parsers split documents this way, so that an edit affects only its block. A line is blank if it contains
only spaces and tabs; lines end at LF, CRLF and a lone CR (see `text`). This module must not know any markup
language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A line terminator as a regular expression; it never matches only a part of a CRLF.
EOL = r"(?:\n|\r\n?+)"

#: A line with its terminator; group 1 is its content.
LINE = re.compile(r"([^\r\n]*+)(?:\n|\r\n?+|\Z)")

_GAP = re.compile(rf"{EOL}[ \t]*+{EOL}")
_BLANK_LINES = re.compile(rf"((?:[ \t]*+{EOL})*+)[ \t]*+")


@dataclass(frozen=True, slots=True)
class Extent:
    """The end of a block, as offsets into the document.

    `text` is the end of its last line that is not blank, `end` that of the block. `following` is the first
    character of the next block that is not white space, on which the result depends.
    """

    text: int
    end: int
    following: int


def block_extent(source: str, start: int) -> Extent:
    """Return the extent of the block at `start`; `following` of the last block is the end of the source."""
    if source[start] in " \t\r\n":
        blank = _blank_lines(source, start, start)
        if blank.end > start:
            return blank
    gap = _GAP.search(source, start)
    if gap is None:
        return Extent(len(source), len(source), len(source))
    return _blank_lines(source, gap.start(), gap.start())


def _blank_lines(source: str, text: int, start: int) -> Extent:
    found = _BLANK_LINES.match(source, start)
    if found is None or found.end() == len(source):
        return Extent(text, len(source), len(source))
    return Extent(text, found.end(1), found.end())
