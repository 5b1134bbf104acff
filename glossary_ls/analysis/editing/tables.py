"""Tables whose layout depends on the length of their cells: a cell that grows widens its column.

These are the grid and simple tables of reStructuredText (docutils, "reStructuredText Markup Specification",
Tables) and Markdown tables that are padded so that their bars stand below each other. A table whose columns
cannot be told for certain cannot be mended. This module must not know what is edited and why.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.analysis.editing.titles import width
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, content_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.text import Text

IS_NOT_MENDED = "another length would break the layout of its table"

_GRID_LINE = lazily(r"\s*[+|]")
_GRID_BORDER = lazily(r"\s*\+(?:[-=]+\+)+\s*$")
_SIMPLE_BORDER = lazily(r"\s*=+(?: +=+)+\s*$")
_SIMPLE_SPAN = lazily(r"\s*-+(?: +-+)*\s*$")
_DELIMITER = lazily(r"[\s>]*\|?\s*:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*\|?\s*$")
_BAR = lazily(r"(?<!\\)\||(?<=-)\+(?=-)")

#: The most lines of a table above and below an edit.
_MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in one line; `sign` fills a part of a border, and what is `clipped` ends with its line."""

    span: Span
    sign: str = ""
    clipped: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of each line of a table by column; None if its columns are not certain.

    Whether its last column is `open`, so that its cells may have any length.
    """

    rows: tuple[tuple[Cell, ...], ...] | None
    open: bool = False


def table_at(text: Text, language: str, line: int) -> Table | None:
    """Return the table that a line belongs to; None for one whose layout does not depend on its cells."""
    if language == "restructuredtext":
        if _GRID_LINE.match(text.lines[line]):
            return _grid(text, _around(text.lines, line, lambda row: bool(_GRID_LINE.match(row))))
        return _simple(text, line)
    rows = _around(text.lines, line, lambda row: "|" in row)
    if any(map(_DELIMITER.match, text.lines[rows.start : rows.stop])):
        return _padded(text, rows)
    return None


def widened(text: Text, table: Table, edits: Sequence[TextEdit]) -> tuple[TextEdit, ...] | None:
    """Return the edits of a table around `edits` of its cells, or None if they would tear it."""
    source = text.source
    if table.rows is None:
        return None
    grown = {
        cell: sum(len(edit.new) - len(edit.span) for edit in edits if _is_in(edit.span, cell.span))
        for row in table.rows
        for cell in row
    }
    placed = sum(_is_in(edit.span, cell.span) for cell in grown for edit in edits)
    if placed != len(edits) or any("\n" in edit.new for edit in edits):
        return None
    found: list[TextEdit] = []
    columns = list(zip(*table.rows, strict=True))
    for column in columns[:-1] if table.open else columns:
        most = max(len(cell.span) for cell in column)
        needed = (_content(cell.span.of(source)) + grown[cell] for cell in column if not cell.sign)
        wider = max(max(needed, default=0) - most, 0)
        found += (edit for cell in column for edit in _padding(cell, wider - grown[cell], source))
    return tuple(found)


def _content(written: str) -> int:
    """Return the length of what is in a cell, with one space behind it if it has any."""
    return len(written.rstrip()) + written.endswith(" ")


def _padding(cell: Cell, by: int, source: str) -> Iterator[TextEdit]:
    """Yield the edit that makes the padding of a cell, or its part of a border, longer or shorter."""
    end = cell.span.end
    if cell.clipped or by == 0:
        return
    if cell.sign:
        end = cell.span.start + cell.span.of(source).rindex(cell.sign) + 1
    yield TextEdit(Span(end, end), (cell.sign or " ") * by) if by > 0 else TextEdit(Span(end + by, end), "")


def _is_in(span: Span, cell: Span) -> bool:
    return cell.start <= span.start and span.end <= cell.end


def _around(lines: Sequence[str], line: int, belongs: Callable[[str], bool]) -> range:
    """Return the lines around one that belong together."""
    first = last = line
    while first > 0 and line - first < _MOST_LINES and belongs(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and last - line < _MOST_LINES and belongs(lines[last + 1]):
        last += 1
    return range(first, last + 1)


def _bare(text: Text, line: int) -> str:
    return text.lines[line][: content_length(text.lines[line])].rstrip()


def _grid(text: Text, lines: range) -> Table:
    """Return a grid table of which no cell spans columns; one that spans rows is no obstacle."""
    bare = [_bare(text, line) for line in lines]
    border = bare[0]
    bounds = [at for at, sign in enumerate(border) if sign == "+"]
    if not _GRID_BORDER.match(border) or any(
        width(row) != len(row) or len(row) != len(border) or any(row[at] not in "+|" for at in bounds)
        for row in bare
    ):
        return Table(None)
    columns = [(left + 1, right) for left, right in pairwise(bounds)]
    return Table(tuple(_cells(text, line, columns, _sign) for line in lines))


def _sign(written: str) -> str:
    """Return the sign that a part of a border consists of, or an empty string."""
    return written[0] if written[:1] in {"-", "="} and set(written) == {written[0]} else ""


def _simple(text: Text, line: int) -> Table | None:
    """Return a simple table without cells that span columns; None if the line is in no table."""
    lines = text.lines
    first = _border(lines, range(line, max(line - _MOST_LINES, -1), -1))
    last = _border(lines, range(line, min(line + _MOST_LINES, len(lines))))
    if first is None or last is None:
        return None
    border = _bare(text, first)
    columns = [match.span() for match in re.finditer("=+", border)]
    gaps = [(left, right) for (_, left), (right, _) in pairwise(columns)]
    for index in range(first, last + 1):
        row = _bare(text, index)
        is_other_border = bool(_SIMPLE_BORDER.match(row)) and row != border
        is_torn = any(row[left:right].strip() for left, right in gaps)
        if width(row) != len(row) or _SIMPLE_SPAN.match(row) or is_other_border or is_torn:
            return Table(None)
    # What is in the last column may be longer than its border.
    columns[-1] = columns[-1][0], max(len(_bare(text, index)) for index in range(first, last + 1))
    rows = (_cells(text, index, columns, _sign) for index in range(first, last + 1))
    return Table(tuple(rows), open=True)


def _border(lines: Sequence[str], among: range) -> int | None:
    """Return the first line of some that is the outer border of a simple table."""
    for line in among:
        outside = line - 1 if among.step < 0 else line + 1
        beside = lines[outside] if 0 <= outside < len(lines) else ""
        if _SIMPLE_BORDER.match(lines[line]) and not beside.strip():
            return line
    return None


def _padded(text: Text, lines: range) -> Table | None:
    """Return a Markdown table whose bars stand below each other; None for any other."""
    bare = [_bare(text, line) for line in lines]
    bars = [[match.start() for match in _BAR.finditer(row)] for row in bare]
    if any(row != bars[0] for row in bars):
        return None
    columns = list(pairwise(bars[0]))
    return Table(tuple(_cells(text, line, [(a + 1, b) for a, b in columns], _delimiting) for line in lines))


def _delimiting(written: str) -> str:
    """Return the sign of a delimiter, or an empty string."""
    return "-" if written.strip(" :-") == "" and "-" in written else ""


def _cells(
    text: Text, line: int, bounds: Iterable[tuple[int, int]], sign: Callable[[str], str]
) -> tuple[Cell, ...]:
    """Return the cells of a line between pairs of columns."""
    start, row = text.line_start(line), _bare(text, line)
    return tuple(
        Cell(
            Span(start + min(left, len(row)), start + min(right, len(row))),
            sign(row[left:right]),
            clipped=len(row) < right,
        )
        for left, right in bounds
    )
