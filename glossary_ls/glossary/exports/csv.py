"""A table of comma-separated values: a row for each term. A cell may hold Markdown, and several lines."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import ALL_KEYS, LeftOut, Writer, Written
from glossary_ls.glossary.exports.labeled import values
from glossary_ls.glossary.exports.texts import in_order
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.literal import CELL_SEPARATOR, COLUMNS, LABELS, LISTS, NAMES, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_SPECIAL = lazily(r'[",;|\t\n]|^\s|\s$')
_LINE_END = lazily(r"\r\n?")

#: The first columns, then the others.
_LABELS = (*COLUMNS, *(label for label in LABELS if label not in COLUMNS))


def write(export: Export) -> Written:
    """Return the table with a header; other columns than the first ones are there if a cell has a text."""
    items = in_order(export.items)
    rows = [list(_cells(item.term)) for item in items]
    used = [label in COLUMNS or any(row[at] for row in rows) for at, label in enumerate(_LABELS)]
    lines = (_row(compress(row, used)) for row in (_LABELS, *rows))
    return Written("".join(lines), tuple(_unlisted(export)))


def _cells(term: Term) -> Iterator[str]:
    found = {Field.NAME: term.name, **values(term)}
    for label in _LABELS:
        field = LABELS[label]
        value = found[field]
        if isinstance(value, str):
            yield value
        elif field in LISTS:
            yield listed(value)
        else:
            yield CELL_SEPARATOR.join(filter(_is_alone, value))


def _is_alone(name: str) -> bool:
    """Return whether a name in a list is told from several."""
    return ";" not in name


def _unlisted(export: Export) -> Iterator[LeftOut]:
    reason = "a name with a semicolon cannot be told from several names"
    for item in export.items:
        lists = (value for field, value in values(item.term).items() if field in NAMES)
        if not all(_is_alone(name) for each in lists for name in each):
            yield LeftOut("names", reason, item)


def _row(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    text = _LINE_END.sub("\n", text)
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


WRITER = Writer("csv", "glossary.csv", "CSV", ALL_KEYS, write, kept=ALL_KEYS)
