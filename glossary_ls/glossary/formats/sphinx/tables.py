"""Tables of reStructuredText as rows of cells: grid, simple, lists and comma-separated values.

This module must not know the context of a table.
"""

from __future__ import annotations

import csv
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.lines import Line, indented

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from glossary_ls.glossary.reading.tables import Row

    Inline = Callable[[str], str]

GRID_BORDER = lazily(r"\+(?:[-=]+\+)+")
SIMPLE_BORDER = lazily(r"=+(?:[ ]+=+)+")
_UNDERLINE = lazily(r"-+(?:[ ]+-+)*")
_ITEM = lazily(r"(?:[-*+]|[0-9]{1,3}[.)])\s")
_COLUMN = lazily(r"=+")
_SEPARATORS = {"tab": "\t", "space": " "}


class Cells:
    """Collects the lines of the cells of a row."""

    def __init__(self, inline: Inline) -> None:
        self.rows: list[Row] = []
        self._inline = inline
        self._texts: dict[int, list[Line]] = {}

    def add(self, column: int, line: Line) -> None:
        """Add a line of the cell in `column`."""
        if line.text:
            self._texts.setdefault(column, []).append(line)

    def close(self) -> None:
        """End the row."""
        if self._texts:
            first = min(lines[0].start for lines in self._texts.values())
            cells = range(max(self._texts) + 1)
            self.rows.append(tuple(self._cell(self._texts.get(column, []), first) for column in cells))
        self._texts = {}

    def _cell(self, lines: Sequence[Line], first: int) -> Piece:
        if not lines:
            return Piece("", Span(first, first))
        joined = "".join(("\n" if _ITEM.match(line.text) else " ") + line.text for line in lines)
        text = self._inline(joined.strip())
        return Piece(text, Span(lines[0].start, lines[-1].end))


def grid(lines: Sequence[Line], inline: Inline) -> tuple[tuple[Row, ...], bool]:
    """Return the rows of a grid table, and whether the first one is a header."""
    cells = Cells(inline)
    columns = [at for at, char in enumerate(lines[0].text) if char == "+"]
    has_header = False
    for line in lines[1:]:
        if GRID_BORDER.fullmatch(line.text):
            cells.close()
            has_header = has_header or ("=" in line.text and len(cells.rows) == 1)
            continue
        bars = [at for at, char in enumerate(line.text) if char == "|"]
        # Characters of double width move the bars, so that only their number counts.
        bounds = (
            bars if len(bars) == len(columns) else [at for at in columns if line.text[at : at + 1] in "|+"]
        )
        for number, (left, right) in enumerate(pairwise(bounds)):
            column = number if bounds is bars else columns.index(left)
            part = line.text[left + 1 : right].rstrip()
            blanks = len(part) - len(part.lstrip())
            cells.add(column, Line(line.start + left + 1 + blanks, part.lstrip(), 0))
    cells.close()
    return tuple(cells.rows), has_header


def simple(lines: Sequence[Line], inline: Inline) -> tuple[tuple[Row, ...], bool]:
    """Return the rows of a simple table, and whether the first one is a header."""
    cells = Cells(inline)
    starts = [found.start() for found in _COLUMN.finditer(lines[0].text)]
    left = lines[0].indent
    borders = 0
    has_header = False
    for line in lines:
        if SIMPLE_BORDER.fullmatch(line.text) or (_UNDERLINE.fullmatch(line.text) and borders):
            cells.close()
            borders += 1
            has_header = has_header or (borders == 2 and len(cells.rows) == 1)
            continue
        at = line.indent - left
        if not line.text or at < (starts[1] if len(starts) > 1 else 1):
            cells.close()
        for column, start in enumerate(starts):
            end = starts[column + 1] if column + 1 < len(starts) else len(line.text) + at
            if end > at and start < at + len(line.text):
                part = line.text[max(start - at, 0) : end - at].rstrip()
                blanks = len(part) - len(part.lstrip())
                cells.add(column, Line(line.start + max(start - at, 0) + blanks, part.lstrip(), 0))
    cells.close()
    # Without a third border there is no header.
    return tuple(cells.rows), has_header and borders > 2


def simple_end(lines: Sequence[Line], start: int) -> int:
    """Return the number of the line behind a simple table."""
    end = start + 1
    borders = 0
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if SIMPLE_BORDER.fullmatch(line.text):
            borders += 1
            end = number + 1
            if borders > 1 or number + 1 == len(lines) or not lines[number + 1].text:
                return end
        elif line.text and line.indent < lines[start].indent:
            return end
    return end


def list_table(lines: Sequence[Line], inline: Inline) -> tuple[Row, ...]:
    """Return the rows of a nested list."""
    rows: list[Row] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.text.startswith(("* -", "- *", "+ -", "* *")):
            continue
        end = indented(lines, at, line.indent)
        rows.append(tuple(_list_cells([line.cut(1), *lines[at:end]], inline)))
        at = max(end, at)
    return tuple(rows)


def _list_cells(lines: Sequence[Line], inline: Inline) -> list[Piece]:
    cells: list[Piece] = []
    mark, column = lines[0].text[:1], lines[0].indent
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.text.startswith(mark) or line.indent != column:
            continue
        end = indented(lines, at, column)
        body = [line.cut(1), *lines[at:end]]
        joined = "".join(
            ("\n" if _ITEM.match(each.text) else " ") + each.text if each.text else "\n\n" for each in body
        )
        text = inline(joined.strip())
        last = next((each for each in reversed(body) if each.text), line)
        cells.append(Piece(text, Span(line.start, last.end)))
        at = max(end, at)
    return cells


def values(lines: Sequence[Line], options: Mapping[str, str], inline: Inline) -> tuple[tuple[Row, ...], bool]:
    """Return the rows of comma-separated values, and whether the first one is a header."""
    written = options.get("delim", ",")
    separator = _SEPARATORS.get(written, written)
    rows: list[Row] = []
    kept = [line for line in lines if line.text]
    if len(separator) != 1 or separator in {'"', "\\"}:
        separator = ","
    reader = csv.reader(
        (f"{line.text}\n" for line in kept), delimiter=separator, skipinitialspace=separator != " "
    )
    done = 0
    try:
        for row in reader:
            span = Span(kept[done].start, kept[reader.line_num - 1].end)
            done = reader.line_num
            rows.append(tuple(Piece(inline(cell.strip()), span) for cell in row))
    except csv.Error:
        # A quote that is not closed takes in more than a cell can hold.
        pass
    if header := options.get("header"):
        place = Span(kept[0].start, kept[0].start) if kept else Span(0, 0)
        names = next(csv.reader([header], skipinitialspace=True), [])
        rows.insert(0, tuple(Piece(inline(name.strip()), place) for name in names))
    return tuple(rows), bool(header) or options.get("header-rows", "0") not in {"0", ""}
