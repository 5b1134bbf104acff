"""Tables of terms in documents: which column holds what, by its heading or else by its content.

This module must not know any markup language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.names import is_acronym
from glossary_ls.glossary.reading.openings import meaningful
from glossary_ls.glossary.wording import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The cells of a row, without markup around them.
Row = tuple[Piece, ...]

_NAMES = (Field.NAME, Field.ACRONYM)
_MOST_COLUMNS = 8
_MOST_WORDS = 8
#: One row without a header is no table of terms.
_FEWEST_ROWS = 2

#: What separates the names in a cell that has several paragraphs.
_PARAGRAPHS = lazily(r",?\s*\n\s*\n\s*")

#: What a template has for the author to replace.
_UNFILLED = lazily(r"<(?:term|name|word|acronym|abbreviation|definition)[\s_-]*\d*>", re.IGNORECASE)


def is_filled(cell: str) -> bool:
    """Return whether a cell holds more than blanks and a dash, and is no `<Term-1>` of a template.

    `WIP` and `N/A` may be names.
    """
    bare = cell.strip("-\u2013\u2014?*_ \t\n\u00a0")
    return bool(bare) and not _UNFILLED.fullmatch(bare)


def drafts_of_table(
    rows: Sequence[Row], *, has_header: bool, topics: tuple[str, ...] = ()
) -> Iterator[Draft]:
    """Yield the entries in the rows of a table; none if it is no table of terms."""
    if not rows:
        return
    columns = columns_of(rows[0])
    if columns is None:
        body = rows[1:] if has_header else rows
        columns = _by_content(body)
    else:
        body = rows[1:]
    if columns is None:
        return
    for row in body:
        if draft := _draft(row, columns, topics):
            yield draft


def columns_of(header: Row) -> tuple[Field | None, ...] | None:
    """Return what the columns of a table hold by its first row; None if that is no header."""
    columns = tuple(field_of(cell.text) for cell in header)
    known = [column for column in columns if column is not None]
    if len(header) > 1 and len(known) > 1 and any(column in _NAMES for column in known):
        return columns
    # `Acronym | Bedeutung in unserem Haus`: what stands behind a name is its definition.
    if len(header) > 1 and columns[0] in _NAMES:
        texts = [number for number in range(1, len(columns)) if columns[number] is None]
        return tuple(
            Field.DEFINITION if texts[:1] == [number] else column for number, column in enumerate(columns)
        )
    if len(header) > 1 and columns[0] is None and known[:1] in ([Field.DEFINITION], [Field.EXPANSION]):
        return (Field.NAME, *columns[1:])
    return None


def _by_content(rows: Sequence[Row]) -> tuple[Field | None, ...] | None:
    """Return the columns of a table without a header that is known: short names, and the longest texts."""
    count = max((len(row) for row in rows), default=0)
    if not 2 <= count <= _MOST_COLUMNS:
        return None
    named = [row for row in rows if row and row[0].text.strip()]
    short = sum(
        len(row[0].text.split()) <= _MOST_WORDS and not row[0].text.strip().isdigit() for row in named
    )
    if len(named) < _FEWEST_ROWS or short < 0.8 * len(named):
        return None
    lengths = [sum(len(row[at].text) for row in rows if at < len(row)) for at in range(count)]
    longest = max(range(1, count), key=lengths.__getitem__)
    columns: list[Field | None] = [Field.NAME, *([None] * (count - 1))]
    columns[longest] = Field.DEFINITION
    acronyms = sum(is_acronym(row[0].text.strip("*_` ")) for row in named)
    if count > 2 and longest > 1 and acronyms > len(named) / 2:
        columns[1] = Field.EXPANSION
    return tuple(columns)


def _draft(row: Row, columns: tuple[Field | None, ...], topics: tuple[str, ...]) -> Draft | None:
    cells = [
        (field, cell) for field, cell in zip(columns, row, strict=False) if field and is_filled(cell.text)
    ]
    named = next((field for field in _NAMES if any(each is field for each, _ in cells)), None)
    if named is None or (len(cells) == 1 and columns[0] in _NAMES and not is_filled(row[0].text)):
        # A lone text beside an empty name belongs to the row above.
        return None
    name = next(cell for field, cell in cells if field is named)
    rest = [(field, cell) for field, cell in cells if cell is not name]
    has_definition = any(field is Field.DEFINITION for field, _ in rest)
    body = None
    fields: list[tuple[Field, Piece]] = []
    texts: list[str] = []
    for field, cell in rest:
        is_text = field is Field.DEFINITION or (
            field is Field.EXPANSION
            and not has_definition
            and (named is Field.NAME or is_sentence(cell.text))
        )
        if is_text:
            body = body or cell.span
            if meaningful(cell.text):
                texts.append(cell.text.strip())
        else:
            fields.append((field, cell))
    span = Span(row[0].span.start, max(cell.span.end for cell in row))
    return Draft(span, tuple(_names(name)), "\n\n".join(texts), body, tuple(fields), topics)


def _names(cell: Piece) -> Iterator[Piece]:
    """Yield the names in a cell, one in each paragraph; the others are somewhere behind the first one."""
    start, end = cell.span
    for part in filter(None, _PARAGRAPHS.split(cell.text)):
        own = min(start + len(part), end) if start == cell.span.start else end
        yield Piece(plain(part), Span(start, own))
        start = own
