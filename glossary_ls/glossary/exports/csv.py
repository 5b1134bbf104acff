"""A table of comma-separated values: a row for each term. A cell may hold Markdown, and several lines."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, compress
from typing import TYPE_CHECKING

from glossary_ls.base.model import Status
from glossary_ls.glossary.exports.export import ALL_KEYS, LeftOut, Writer, Written, avoided, other_names
from glossary_ls.glossary.exports.texts import explanation, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

#: The columns, and the text of each cell; a list of names becomes one text.
_COLUMNS: Mapping[str, Callable[[Term], str | tuple[str, ...]]] = {
    "Term": lambda term: term.name,
    "Expansion": lambda term: term.expansion,
    "Summary": lambda term: term.summary,
    "Definition": lambda term: explanation(replace(term, summary="")),
    "Aliases": other_names,
    "Avoid": avoided,
    "Topics": lambda term: term.topics,
    "Related": lambda term: term.related,
    "Status": lambda term: "" if term.status is Status.ACTIVE else str(term.status),
    "Replaced by": lambda term: term.replaced_by,
    "Owner": lambda term: term.owner,
    "Reviewed": lambda term: term.reviewed,
    "URL": lambda term: term.url,
    "Source": lambda term: term.source,
    "License": lambda term: term.license,
}

#: What has no column.
_MISSING = {"contrasts", "questions", "case", "established", "scope"}

#: The columns that are there even if they are empty.
_ALWAYS = ("Term", "Expansion", "Definition")

_SPECIAL = re.compile(r'[",;|\t\n]|^\s|\s$')
_LINE_END = re.compile(r"\r\n?")

#: What separates several names in one cell, so that none of them can have it.
_SEPARATOR = re.compile("[;|,\n]")


def write(export: Export) -> Written:
    """Return the table with a header; other columns than the first ones are there if a cell has a text."""
    items = in_order(export.items)
    rows = [[_joined(of(item.term)) for of in _COLUMNS.values()] for item in items]
    used = [name in _ALWAYS or any(row[at] for row in rows) for at, name in enumerate(_COLUMNS)]
    lines = (_row(compress(row, used)) for row in (list(_COLUMNS), *rows))
    return Written("".join(lines), tuple(_unlisted(export)))


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(filter(_is_alone, value))


def _is_alone(name: str) -> bool:
    """Return whether a name in a list is told from several."""
    return _SEPARATOR.search(name) is None


def _unlisted(export: Export) -> Iterator[LeftOut]:
    reason = "a name with a comma, semicolon or bar cannot be told from several names"
    for item in export.items:
        lists = (of(item.term) for of in _COLUMNS.values())
        if not all(map(_is_alone, chain.from_iterable(each for each in lists if isinstance(each, tuple)))):
            yield LeftOut("names", reason, item)


def _row(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    text = _LINE_END.sub("\n", text)
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


WRITER = Writer("csv", "glossary.csv", "CSV", ALL_KEYS - _MISSING, write)
