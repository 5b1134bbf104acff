"""Tables of reStructuredText: grid tables, simple tables and comma-separated values.

The lines of a cell are joined, so that no phrase in it is split. This module must not know the context of a
table.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import stripped
from glossary_ls.markup.restructuredtext.inline import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.markup.restructuredtext.layout import Line
    from glossary_ls.markup.writer import Writer

GRID_BORDER = lazily(r"\+[-=+]*[-=]\+[ \t]*\Z")
GRID_LINE = lazily(r"[+|]")
SIMPLE_BORDER = lazily(r"=+(?:[ ]+=+)+[ \t]*\Z")
_SPAN_BORDER = lazily(r"-+(?:[ ]+-+)*[ \t]*\Z")
COLUMN = lazily(r"=+")
_SEPARATION = lazily(r"[-=+]*")
_ITEM = lazily(r"(?:[-*+|]|[0-9]{1,3}[.)])(?=[ \t])[ \t]*")
_FIELD = lazily(r'[ \t]*(?:"((?:[^"]|"")*+)"|([^,]*+))[^,]*(?:,|\Z)')


class Rows:
    """Collects the lines of the cells of a row, and writes the complete row."""

    __slots__ = ("_cells", "_writer")

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._cells: dict[int, list[tuple[int, int]]] = {}

    def part(self, column: int, start: int, end: int) -> None:
        """Add a line of the cell in `column`."""
        text = self._writer.text
        start, end = stripped(text, start, end)
        if start < end and not _SEPARATION.fullmatch(text, start, end):
            self._cells.setdefault(column, []).append((start, end))

    def flush(self, columns: int) -> None:
        """Write the row, which has `columns` cells."""
        if not self._cells:
            return
        self._writer.builder.break_()
        for column in range(columns):
            if column:
                self._writer.builder.cell()
            for index, (start, end) in enumerate(self._cells.get(column, ())):
                item = _ITEM.match(self._writer.text, start, end)
                if item and (index or not column):
                    self._writer.builder.break_()
                elif index:
                    self._writer.builder.space()
                inline(self._writer, item.end() if item else start, end, RegionKind.TABLE)
        self._writer.builder.break_()
        self._cells = {}


def read_grid(writer: Writer, lines: Sequence[Line]) -> None:
    """Parse a grid table, whose first line is its top border."""
    rows = Rows(writer)
    columns: list[int] = []
    for line in lines:
        text = writer.text[line.start : line.stop]
        if GRID_BORDER.match(text):
            rows.flush(len(columns) - 1)
            columns = [index for index, char in enumerate(text) if char == "+"]
            continue
        bounds = [index for index in columns if text[index : index + 1] in {"|", "+"}]
        for left, right in pairwise(bounds):
            rows.part(columns.index(left), line.start + left + 1, line.start + right)
    rows.flush(len(columns) - 1)


def read_simple_row(writer: Writer, rows: Rows, line: Line, columns: Sequence[int]) -> None:
    """Parse a line of a simple table that is not a border; `columns` are relative to the line."""
    if _SPAN_BORDER.match(writer.text, line.start, line.stop):
        rows.flush(len(columns))
        return
    if line.indent <= columns[0]:
        rows.flush(len(columns))
    for index, left in enumerate(columns):
        right = columns[index + 1] if index + 1 < len(columns) else line.stop - line.physical
        start = max(line.physical + left, line.start)
        rows.part(index, start, min(line.physical + right, line.stop))


def read_values(writer: Writer, line: Line) -> None:
    """Parse a line of comma-separated values."""
    writer.builder.break_()
    for found in _FIELD.finditer(writer.text, line.start, line.stop):
        if found.start() == line.stop:
            break
        if found.start() > line.start:
            writer.builder.cell()
        inline(writer, *found.span(1 if found[1] is not None else 2), RegionKind.TABLE)
    writer.builder.break_()
