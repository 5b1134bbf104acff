"""A report on coverage as plain text. For people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.cli.coverage_report.tables import LABELS, headline, narrowed, tables
from glossary_ls.cli.reporters.look import GUTTER, PATH, PLAIN
from glossary_ls.cli.reporters.safe import clipped, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.cli.coverage_report.tables import Table
    from glossary_ls.cli.reporters.look import Look
    from glossary_ls.features.coverage.report import Report

#: The width of the widest cell; the other outputs have all of it.
_WIDEST = 80


def lines(report: Report, limit: int, look: Look | None) -> Iterator[str]:
    """Yield the report, with at most `limit` rows of each table, 0 for all; `look` is that of a terminal."""
    paint = (look or PLAIN).paint
    yield paint(headline(report), PATH, "")
    yield ""
    digits = max(len(str(number)) for number in report.terms.values())
    for each, number in report.terms.items():
        yield f"  {number:>{digits}}  {LABELS[each]}"
    for table in tables(report):
        if table.rows:
            yield ""
            yield paint(f"{table.title} ({len(table.rows)})", PATH, "")
            most = limit or len(table.rows)
            yield from _rows(narrowed(replace(table, rows=table.rows[:most])), look)
            if len(table.rows) > most:
                yield f"  and {len(table.rows) - most} more"


def _rows(table: Table, look: Look | None) -> Iterator[str]:
    heads = [column.head for column in table.columns]
    shown = [[clipped(visible(str(cell)), _WIDEST) for cell in row] for row in table.rows]
    widths = [max(map(width, cells)) for cells in zip(heads, *shown, strict=True)]
    room = look.width if look else 0
    yield (look or PLAIN).paint(_line(heads, widths, table, room), GUTTER, "")
    for row in shown:
        yield _line(row, widths, table, room)


def _line(row: Sequence[str], widths: Sequence[int], table: Table, room: int) -> str:
    """Return a row, cut at the width of the terminal, if there is one."""
    cells = []
    for cell, column, size in zip(row, table.columns, widths, strict=True):
        blanks = " " * (size - width(cell))
        cells.append(f"{blanks}{cell}" if column.is_number else f"{cell}{blanks}")
    line = f"  {'  '.join(cells)}".rstrip()
    return clipped(line, room) if room else line
