"""A table of comma-separated values: a row for each term. A cell may hold Markdown, and several lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.export import PROSE, LeftOut, Writer, Written, other_names, without_avoided
from glossary_ls.glossary.exports.texts import explanation, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_COLUMNS = ("Term", "Expansion", "Definition", "Aliases", "Topics", "URL", "Source")
_SPECIAL = re.compile(r'[",;|\t\n]|^\s|\s$')
_LINE_END = re.compile(r"\r\n?")

#: What separates several names in one cell, so that none of them can have it.
_SEPARATOR = re.compile("[;|,\n]")


def write(export: Export) -> Written:
    """Return the table with a header; columns that would be empty are left out."""
    rows = [_cells(item.term) for item in in_order(export.items)]
    used = [
        at for at, _ in enumerate(_COLUMNS) if at < len(("Term", "Expansion")) or any(row[at] for row in rows)
    ]
    lines = [_row(_COLUMNS[at] for at in used), *(_row(row[at] for at in used) for row in rows)]
    return Written("".join(lines), (*without_avoided(export, "CSV"), *_unlisted(export)))


def _cells(term: Term) -> tuple[str, ...]:
    aliases, topics = (
        "; ".join(name for name in names if not _SEPARATOR.search(name))
        for names in (other_names(term), term.topics)
    )
    return term.name, term.expansion, explanation(term), aliases, topics, term.url, term.source


def _unlisted(export: Export) -> Iterator[LeftOut]:
    for item in export.items:
        for key, names in (("aliases", other_names(item.term)), ("topics", item.term.topics)):
            if any(map(_SEPARATOR.search, names)):
                yield LeftOut(key, "a name with a comma, semicolon or bar is not told from several", item)


def _row(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    text = _LINE_END.sub("\n", text)
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


WRITER = Writer(
    "csv", "glossary.csv", "CSV", PROSE | {"expansion", "aliases", "topics", "url", "source"}, write
)
