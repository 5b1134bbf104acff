"""Rows and cells of tables whose cells are separated by commas, semicolons or tabs, with their places.

The dialect is that of the `csv` module of the standard library, which tells no spans. A quote that is not
closed ends with its line. This module must not know what a glossary is.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text

_SEPARATORS = ",;\t|"

#: The number of lines from which the separator is detected.
_SAMPLE = 10

_LETTER = lazily(r"\w")
_QUOTED = lazily(r'"[^"]*"')


class Row(NamedTuple):
    """A row that is not blank: its offset, and its text without the line end."""

    start: int
    text: str


class Cell(NamedTuple):
    """What a cell holds, and where it is written, without quotes and the blanks around it."""

    text: str
    span: Span
    is_open: bool = False


def separator_of(text: Text, preferred: str) -> str:
    """Return the sign that separates cells: the one that most lines have as often as the first one."""
    lines = [line for line in islice(text.lines, _SAMPLE) if line.strip()]
    counts = {sign: [_QUOTED.sub("", line).count(sign) for line in lines] for sign in _SEPARATORS}

    def fit(sign: str) -> tuple[int, bool, int]:
        found = counts[sign]
        return sum(count == found[0] > 0 for count in found), sign == preferred, max(found, default=0)

    return max(_SEPARATORS, key=fit) if lines else preferred


@memo.recent(8)
def _patterns(separator: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns for a row, and for a cell of one.

    A cell has groups for what is in quotes and behind them, for what is in quotes on several lines, or
    without quotes. In quotes, two of them stand for one. A quote that is not closed takes the rest of its
    line; so that the next quote does not close it, nothing stands behind what is on several lines.
    """
    sign = re.escape(separator)
    rest = rf"[^{sign}\r\n]*+"
    line, lines = (rf'[^{end}"]*+(?:""[^{end}"]*+)*+' for end in (r"\r\n", ""))
    quoted = rf'"({line})"({rest})|"({lines})"[ \u00a0]*+(?=[{sign}\r\n]|\Z)'
    cell = rf'(?:[ \u00a0]*+(?:{quoted})|("[^\r\n]*+|{rest}))'
    return (
        re.compile(rf"({cell}(?:{sign}{cell})*+)(?:\r{1, 3}\n|\r|\n|\Z)"),
        re.compile(rf"(?:^|{sign}){cell}"),
    )


def rows(source: str, separator: str) -> Iterator[Row]:
    """Yield the rows in which something is written."""
    pattern, _ = _patterns(separator)
    for found in pattern.finditer(source, int(source.startswith("\ufeff"))):
        if _LETTER.search(found[1]) or any(cell.text for cell in cells(found[1], separator)):
            yield Row(found.start(), found[1])


def cells(row: str, separator: str) -> Iterator[Cell]:
    """Yield the cells of a row; spans count from its start."""
    _, pattern = _patterns(separator)
    for found in pattern.finditer(row):
        quoted, behind, lines, plain = found.groups()
        if plain is not None:
            span = Span(*stripped(row, *found.span(4)))
            yield Cell(plain.strip(), span, is_open=plain.startswith('"'))
        elif lines is not None:
            yield Cell(lines.replace('""', '"').strip(), Span(*stripped(row, *found.span(3))))
        else:
            end = found.end() if behind.strip() else found.end(1)
            span = Span(*stripped(row, found.start(1), end))
            yield Cell((quoted.replace('""', '"') + behind).strip(), span)
