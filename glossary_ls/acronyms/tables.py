"""Definitions in tables and definition lists. It must not know markup: cells are separated by `CELL`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import fit_after, fit_within, is_good, is_short, words_of
from glossary_ls.acronyms.bounds import Range, split
from glossary_ls.markup.prose import BREAK, CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT_HEAD = re.compile(
    r"(?:acronym|abbreviation|abbr\.?|initialism|short(?: form| name)?)s?", re.IGNORECASE
)
_LONG_HEAD = re.compile(
    r"(?:meaning|expansion|expanded(?: form)?|stands for|long form|full (?:form|name|term)|spelt out|"
    r"spelled out|definition|name|term|description)s?",
    re.IGNORECASE,
)
_SHORT_CELL = re.compile(r"\W*([^\W_](?:[^\W_]|[-/&+.](?=[^\W_])){1,11}?)(s?)\W*")
_TOLERANCE = 0.5


def table_definitions(text: str) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of short and long forms in adjacent cells of a row."""
    heads: tuple[int, int] | None = None
    for number, row in enumerate(split(text, (0, len(text)), BREAK)):
        cells = split(text, row, CELL)
        if len(cells) < 2:
            continue
        if number == 0:
            heads = _glossary_columns(text, cells)
            if heads is not None:
                continue
        if heads is not None and max(heads) < len(cells):
            place = _short(text, cells[heads[0]])
            long = _stripped(text, cells[heads[1]])
            if place is not None and long[1] - long[0] > place[1] - place[0]:
                yield place, _fitting(text, place, long) or long
            continue
        yield from _adjacent(text, cells)


def _adjacent(text: str, cells: list[Range]) -> Iterator[tuple[Range, Range]]:
    for index, cell in enumerate(cells):
        place = _short(text, cell)
        if place is None:
            continue
        for other in (index + 1, index - 1):
            if 0 <= other < len(cells):
                long = _fitting(text, place, cells[other])
                if long is not None:
                    yield place, long
                    break


def _glossary_columns(text: str, cells: list[Range]) -> tuple[int, int] | None:
    """Return the columns of short and long forms, if the header of the table names them."""
    heads = [text[slice(*_stripped(text, cell))] for cell in cells]
    shorts = [index for index, head in enumerate(heads) if _SHORT_HEAD.fullmatch(head)]
    longs = [index for index, head in enumerate(heads) if _LONG_HEAD.fullmatch(head)]
    return (shorts[0], longs[0]) if shorts and longs else None


def _fitting(text: str, place: Range, cell: Range) -> Range | None:
    short = text[slice(*place)]
    words = words_of(text, *cell)
    if len(words) < 2:
        return None
    for fit in (fit_within(short, words), fit_after(short, words[: 2 * len(short) + 6])):
        if (
            fit is not None
            and is_good(fit, text, short, _TOLERANCE)
            and len(text[fit.start : fit.end].split()) > 1
        ):
            return fit.start, fit.end
    return None


def _short(text: str, cell: Range) -> Range | None:
    match = _SHORT_CELL.fullmatch(text, *cell)
    if (
        match is None
        or not is_short(match[1])
        or not re.search(r"[A-Z].*[A-Z0-9]|[a-z][A-Z]|[a-z]\d+[a-z]|\d[A-Z]", match[1])
    ):
        return None
    return match.span(1)


def _stripped(text: str, cell: Range) -> Range:
    start, end = cell
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")]":
        end -= 1
    return start, end
