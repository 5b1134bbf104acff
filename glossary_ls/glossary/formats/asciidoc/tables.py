"""Tables of AsciiDoc as rows of cells. This module must not know the context of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.reading.drafts import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary_ls.glossary.reading.lines import Line
    from glossary_ls.glossary.reading.tables import Row

#: The bar of a cell, with how often it is repeated and how many columns it covers.
_CELL = lazily(
    r"(?:(?:^|(?<=\s))(?:(?P<times>\d{1,3})\*|(?:(?P<columns>\d{1,3})(?:\.\d{1,3})?|\.\d{1,3})\+)?[<^>]?(?:\.[<^>])?[adehlmsv]?)?"
    r"(?<!\\)\|"
)
_COLUMNS = lazily(r"cols\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^,\]\s]+))")
_TIMES = lazily(r"\s*(\d{1,3})\*")
_HEADER = lazily(
    r"%header|options\s*=\s*[\"']?[^\"'\]]*header|%autowidth\.header|opts\s*=\s*[\"']?[^\"'\]]*header"
)
_MOST_COLUMNS = 50


def rows_of(lines: Sequence[Line], style: str, inline: Callable[[str], str]) -> tuple[tuple[Row, ...], bool]:
    """Return the rows of a table, and whether the first one is a header; `style` is the line above it."""
    cells: list[list[tuple[int, str]]] = []
    spans: list[int] = []
    first_count = 0
    for line in lines:
        bars = [*_CELL.finditer(line.text)]
        before = bars[0].start() if bars else len(line.text)
        if cells and line.text[:before].strip():
            cells[-1].append((line.start, line.text[:before].strip()))
        elif cells and not line.text:
            cells[-1].append((line.start, ""))
        for number, bar in enumerate(bars):
            end = bars[number + 1].start() if number + 1 < len(bars) else len(line.text)
            text = line.text[bar.end() : end].strip()
            start = (
                line.start
                + bar.end()
                + (len(line.text[bar.end() : end]) - len(line.text[bar.end() : end].lstrip()))
            )
            repeated = min(int(bar["times"] or 1), _MOST_COLUMNS)
            for _ in range(repeated):
                cells.append([(start, text)])
                spans.append(min(int(bar["columns"] or 1), _MOST_COLUMNS))
        first_count = first_count or len(cells)
    count = _columns(style) or sum(spans[:first_count]) or 1
    written = [line.text for line in lines]
    implied = len(written) > 1 and bool(written[0]) and not written[1] and first_count == count
    rows: list[Row] = []
    row: list[Piece] = []
    for parts, width in zip(cells, spans, strict=True):
        row.append(_piece(parts, inline))
        row += [Piece("", row[-1].span)] * (width - 1)
        if len(row) >= count:
            rows.append(tuple(row))
            row = []
    if row:
        rows.append(tuple(row))
    return tuple(rows), implied or _HEADER.search(style) is not None


def _piece(parts: Sequence[tuple[int, str]], inline: Callable[[str], str]) -> Piece:
    lines = [text.replace("\\|", "|") for _, text in parts]
    text = "\n".join(lines).strip()
    start = parts[0][0]
    end = next((at + len(each) for at, each in reversed(parts) if each), start)
    return Piece(inline(text), Span(start, end))


def _columns(style: str) -> int:
    """Return how many columns a style gives a table; 0 if it does not say."""
    found = _COLUMNS.search(style)
    if not found:
        return 0
    written = found[1] or found[2] or found[3] or ""
    count = 0
    for part in re.split(r"[,;]", written):
        times = _TIMES.match(part)
        count += int(times[1]) if times else 1
    return count
