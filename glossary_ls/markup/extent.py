"""How far a block reaches: the lines up to the next blank line, and the blank lines after them.

Every parser cuts its document here, whatever the markup, so that an edit stays inside its block. A line is
blank when it holds spaces and tabs only; lines end at LF, CRLF and lone CR (see `text`). This module must not
know any markup language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The end of a line as a regular expression; it never takes the LF of a CRLF for a line end of its own.
EOL = r"(?:\n|\r\n?+)"

#: A line with its terminator; group 1 is its content.
LINE = re.compile(r"([^\r\n]*+)(?:\n|\r\n?+|\Z)")

_GAP = re.compile(rf"{EOL}[ \t]*+{EOL}")
_BLANK_LINES = re.compile(rf"((?:[ \t]*+{EOL})*+)[ \t]*+")


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a block ends, as offsets into the document.

    `text` is the end of its last line that is not blank, `end` that of the whole block. `following` is the
    first character of the next block that is not white space: what the search had to look at to be sure.
    """

    text: int
    end: int
    following: int


def extent(source: str, start: int) -> Extent:
    """Return the extent of the block that starts at `start`; `following` is the end if none does."""
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
