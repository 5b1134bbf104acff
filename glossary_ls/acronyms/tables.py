"""Definitions in tables. It must not know markup: cells are separated by `CELL`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms import phrases
from glossary_ls.acronyms.alignment import good_after, good_within
from glossary_ls.acronyms.bounds import Range, split
from glossary_ls.acronyms.dismissal import cannot_start
from glossary_ls.acronyms.forms import is_short, words_of
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.prose import BREAK, CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT_HEAD = lazily(
    rf"(?:acronym|abbreviation|abbr(?:ev)?\.?|initialism|short(?: form| name)?)s?|{phrases.SHORT_HEADS}",
    re.IGNORECASE,
)
_LONG_HEAD = lazily(
    rf"{phrases.LONG_HEADS}|(?:meaning|expansion|expanded(?: form)?|stands for|long form"
    r"|(?:in )?full(?: (?:form|name|term|title|words?))?|spelt out|spelled out|definition|name|term"
    r"|description)s?",
    re.IGNORECASE,
)
#: The heads of a table of terms, which are not all acronyms.
_TERM_HEAD = lazily(r"(?:term|word|concept)s?(?:\s*/\s*\w+|\s+(?:and|or)\s+\w+)?", re.IGNORECASE)
_MEANING_HEAD = lazily(
    r"(?:meaning|definition|explanation|expansion|description)s?|stands for|(?:long|full) (?:form|name)"
    r"|what it (?:means|is)",
    re.IGNORECASE,
)
_SHORT_CELL = lazily(r"\W*([^\W_](?:[^\W_]|[-/&+.](?=[^\W_])){1,11}?)(s?)\W*")
_SHAPE = lazily(r"[A-Z].*[A-Z0-9]|[a-z][A-Z]|[a-z]\d+[a-z]|\d[A-Z]")
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
            place = short_in(text, cells[heads[0]])
            long = _stripped(text, cells[heads[1]])
            if place is not None and long[1] - long[0] > place[1] - place[0]:
                yield place, fitting(text, place, long) or long
            continue
        yield from _adjacent(text, cells)


def _adjacent(text: str, cells: list[Range]) -> Iterator[tuple[Range, Range]]:
    for index, cell in enumerate(cells):
        place = short_in(text, cell)
        if place is None:
            continue
        for other in (index + 1, index - 1):
            if 0 <= other < len(cells):
                long = fitting(text, place, cells[other])
                if long is not None:
                    yield place, long
                    break


def _glossary_columns(text: str, cells: list[Range]) -> tuple[int, int] | None:
    """Return the columns of short and long forms, if the header of the table names them."""
    heads = [text[slice(*_stripped(text, cell))] for cell in cells]
    for short_head, long_head in ((_SHORT_HEAD, _LONG_HEAD), (_TERM_HEAD, _MEANING_HEAD)):
        shorts = [index for index, head in enumerate(heads) if short_head.fullmatch(head)]
        longs = [index for index, head in enumerate(heads) if long_head.fullmatch(head)]
        if shorts and longs:
            return shorts[0], longs[0]
    return None


def fitting(text: str, place: Range, cell: Range) -> Range | None:
    """Return the range in a cell that fits the letters of the short form at `place`, or None."""
    short = text[slice(*place)]
    if cannot_start(text, cell[0], short):
        return None
    words = words_of(text, *cell)
    if len(words) < 2:
        return None
    for find, among in ((good_within, words), (good_after, words[: 2 * len(short) + 6])):
        fit = find(text, short, among, _TOLERANCE)
        if fit is not None and len(text[fit.start : fit.end].split()) > 1:
            return fit.start, fit.end
    return None


def short_in(text: str, cell: Range) -> Range | None:
    """Return the range of the short form that a cell consists of, without a plural ending, or None."""
    match = _SHORT_CELL.fullmatch(text, *cell)
    if match is None or not is_short(match[1]) or not _SHAPE.search(match[1]):
        return None
    return match.span(1)


def _stripped(text: str, cell: Range) -> Range:
    start, end = cell
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")]":
        end -= 1
    return start, end
