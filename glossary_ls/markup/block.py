"""Blocks: the units in which a document is parsed, and reparsed after an edit.

A parser is a function that parses one block at a time from left to right. It depends on earlier blocks only
through `state`, so that the same text with the same incoming state gives the same block. The incremental scan
relies on this. All parsers divide a document alike: a block extends up to the next blank line and the blank
lines after it, so that an edit affects only its block. A line is blank if it contains only spaces and tabs;
lines end at LF, CRLF and a lone CR (see `text`). This module must not know any markup language.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.prose import EMPTY, Prose

if TYPE_CHECKING:
    from glossary_ls.base.model import RegionKind
    from glossary_ls.base.text import Span

#: A line terminator as a regular expression; it never matches only a part of a CRLF.
EOL = r"(?:\n|\r\n?+)"

#: A line with its terminator; group 1 is its content.
LINE = lazily(r"([^\r\n]*+)(?:\n|\r\n?+|\Z)")

_GAP = lazily(rf"{EOL}[ \t]*+{EOL}")
_LINE_END = lazily(EOL)
_BLANK_LINES = lazily(rf"((?:[ \t]*+{EOL})*+)[ \t]*+")

#: Blocks of more characters, such as logs, are divided between lines: a key costs as much as its block.
LONGEST = 100_000

#: The state of a parser between two blocks: hashable, compared by value, None at the start.
State = Hashable


@dataclass(frozen=True, slots=True)
class Region:
    """A range of a block that is neither readable text nor markup (code, an address ...), relative to it."""

    span: Span
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Block:
    """A parsed block.

    `length` is its length in the document, including trailing blank lines (never 0). `lookahead` is the
    number of characters from its start that the result depends on: at least `length`, and beyond the end of
    the document if it depends on that end. An edit after them cannot change the block. `regions` are in
    ascending order and do not overlap; text that is in no region and in no piece of `prose` is markup.
    `state` is the incoming state of the next block.
    """

    length: int
    lookahead: int
    prose: Prose = EMPTY
    regions: tuple[Region, ...] = ()
    state: State = None


#: Returns the block of a document that starts at an offset, the start of a line before the end, given the
#: state there. It never raises.
Parser = Callable[[str, int, State], Block]


class Extent(NamedTuple):
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
    longest = start + LONGEST
    gap = _GAP.search(source, start, longest)
    if gap is not None and (gap.end() < longest or gap.end() == len(source)):
        return _blank_lines(source, gap.start(), gap.start())
    if longest >= len(source):
        return Extent(len(source), len(source), len(source))
    return _cut(source, start, longest)


def _cut(source: str, start: int, longest: int) -> Extent:
    """Return the extent of a block that is too long: up to the last line end, or the first one after that."""
    cut = source.rfind("\n", start, longest) + 1
    if cut == 0:
        line_end = _LINE_END.search(source, start)
        cut = line_end.end() if line_end else len(source)
    return Extent(cut, cut, max(cut, longest))


def _blank_lines(source: str, text: int, start: int) -> Extent:
    found = _BLANK_LINES.match(source, start)
    if found is None or found.end() == len(source):
        return Extent(text, len(source), len(source))
    return Extent(text, found.end(1), found.end())
