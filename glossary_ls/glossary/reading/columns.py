"""The columns of a table of terms: what each of them holds, by its heading or by what is written in it.

This module must not know formats.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.languages import chosen, is_language
from glossary_ls.glossary.reading.names import is_acronym, stands_for
from glossary_ls.glossary.reading.records import TELLING, Label, label_of
from glossary_ls.glossary.wording import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Cells = Sequence[str]

#: So many rows may stand before the header, such as the title of the table.
_MOST_TITLES = 4

#: From this share on, what the cells of a column are is what the column is.
_MOST = 0.6

#: From so many names on, they tell whether a table is a list of acronyms.
_FEWEST = 3

#: Names have so many words at most, on average, and headings.
_NAME_WORDS = 6
_HEADING_WORDS = 3

#: The heading of a column of numbers.
_NUMBER = lazily(r"(?:\w+ ?)?(?:id|ids|no|nr|number|index|key|#)\.?|", re.IGNORECASE)

_SIGNS = str.maketrans("", "", ".,-/: %")
_FLAGS = frozenset({"true", "false", "yes", "no", "x"})

_NOTHING = Label(None, "")
_NAME = Label(Field.NAME, "term")
_ACRONYM = Label(Field.ACRONYM, "acronym")
_DEFINITION = Label(Field.DEFINITION, "definition")
_EXPANSION = Label(Field.EXPANSION, "expansion")
_TOPIC = Label(Field.TOPICS, "topic")


class Columns(NamedTuple):
    """What the columns hold; the first `skipped` rows are no entries, `has_header` because they name them."""

    labels: tuple[Label, ...]
    skipped: int = 0
    has_header: bool = False
    is_acronyms: bool = False


def columns_of(rows: Sequence[Cells]) -> Columns | None:
    """Return what the columns of a table are, of which these are the first rows; None if it has no terms."""
    for at, row in enumerate(rows[: _MOST_TITLES + 1]):
        labels = _headings(row)
        if labels is not None:
            return _with_names(labels, rows[at + 1 :], at + 1)
        # The header may be below another row, or below a title of a few lines.
        if at and sum(map(bool, row)) > 1:
            break
    partial = tuple(map(label_of, rows[0]))
    if any(label.field in TELLING for label in partial) and not any(map(_is_long, rows[0])):
        first = _first_unknown(partial, rows[1:])
        if first is not None:
            labels = tuple(_NAME if at == first else label for at, label in enumerate(partial))
            return _with_names(labels, rows[1:], 1)
    return _by_content(rows)


def _headings(row: Cells) -> tuple[Label, ...] | None:
    """Return what the cells of a row name; None if it is no header."""
    if len(row) > 1 and all(map(is_language, row)):
        best = chosen(row)
        return tuple(_NAME if cell == best else _DEFINITION for cell in row)
    labels = tuple(map(label_of, row))
    words = [label.words for label in labels]
    if "source" in words and {"target", "translation"} & set(words):
        fields = {"source": _NAME, "target": _DEFINITION, "translation": _DEFINITION}
        return tuple(fields.get(label.words, label) for label in labels)
    if {label.field for label in labels} & {Field.ACRONYM, Field.NAME, Field.EXPANSION} == {Field.ACRONYM}:
        # What an acronym is translated to is its long form.
        labels = tuple(_EXPANSION if label.words == "translation" else label for label in labels)
    known = {label.field for label in labels if label.field is not None}
    is_lone = all(label.field is not None or _NUMBER.fullmatch(label.words) for label in labels)
    if known & {Field.NAME, Field.ACRONYM} and (len(known) > 1 or is_lone):
        return labels
    return None


def _with_names(labels: tuple[Label, ...], rows: Sequence[Cells], skipped: int) -> Columns:
    at = next(
        (
            at
            for field in (Field.ACRONYM, Field.NAME)
            for at, label in enumerate(labels)
            if label.field is field
        ),
        0,
    )
    names = _cells(rows, at)
    is_acronyms = labels[at].field is Field.ACRONYM or (len(names) >= _FEWEST and _acronyms(names) >= _MOST)
    if is_acronyms:
        labels = _with_long_forms(labels, rows, at)
    return Columns(labels, skipped, has_header=True, is_acronyms=is_acronyms)


def _with_long_forms(labels: tuple[Label, ...], rows: Sequence[Cells], name: int) -> tuple[Label, ...]:
    """Return labels where the column with most long forms is that of long forms, whatever it is headed."""
    fields = [label.field for label in labels]
    if fields.count(Field.DEFINITION) != 1 or fields.count(Field.EXPANSION) != 1:
        return labels
    one, other = fields.index(Field.EXPANSION), fields.index(Field.DEFINITION)
    if _pairs(rows, name, other) <= 2 * _pairs(rows, name, one):
        return labels
    swapped = list(labels)
    swapped[one] = labels[one]._replace(field=Field.DEFINITION)
    swapped[other] = labels[other]._replace(field=Field.EXPANSION)
    return tuple(swapped)


def _pairs(rows: Sequence[Cells], name: int, long: int) -> int:
    """Return in how many rows a cell is the long form of a name."""
    longest = max(name, long)
    return sum(len(row) > longest and stands_for(row[name], row[long]) for row in rows)


def _first_unknown(labels: Sequence[Label], rows: Sequence[Cells]) -> int | None:
    """Return the first column without a known heading that may hold names."""
    unknown = (at for at, label in enumerate(labels) if label.field is None)
    return next((at for at in unknown if not _is_number(_cells(rows, at))), None)


# --- by what is written in the cells ----------------------------------------------------------------------


def _by_content(rows: Sequence[Cells]) -> Columns | None:
    labels = _labels(rows)
    if len(rows) > _FEWEST and _is_unknown_header(rows[0], (without := _labels(rows[1:])), rows[1:]):
        labels, skipped = without, 1
    else:
        skipped = 0
    at = next((at for at, label in enumerate(labels) if label.field is Field.NAME), None)
    if at is None:
        return None
    names = _cells(rows[skipped:], at)
    is_explained = any(label.field in TELLING for label in labels)
    if len(labels) > 1 and not (is_explained and _are_names(names)):
        return None
    is_acronyms = len(names) >= _FEWEST and _acronyms(names) >= _MOST
    return Columns(labels, skipped, is_acronyms=is_acronyms)


def _labels(rows: Sequence[Cells]) -> tuple[Label, ...]:
    """Return what columns without a header hold."""
    width = max(map(len, rows), default=0)
    columns = [_cells(rows, at) for at in range(width)]
    usable = [at for at, cells in enumerate(columns) if cells and not _is_number(cells)]
    labels = [_TOPIC if _is_repeated(cells) else _NOTHING for cells in columns]
    usable = [at for at in usable if labels[at] is _NOTHING]
    if not usable:
        return tuple(labels)
    name = max(usable, key=lambda at: (_acronyms(columns[at]) >= _MOST, -at))
    if len(usable) > 2 and _is_group(columns[name], columns[usable[1]]):
        labels[name], usable = _TOPIC, usable[1:]
        name = usable[0]
    labels[name] = _NAME
    rest = [at for at in usable if at != name]
    if len(rest) == 1:
        labels[rest[0]] = _DEFINITION
    elif rest and _acronyms(columns[name]) >= _MOST:
        labels[rest[0]], labels[rest[1]] = _EXPANSION, _DEFINITION
    elif rest:
        longest = max(rest, key=lambda at: _words(columns[at]))
        # Beside words, such as translations, the first column tells and the others are remarks.
        longest = longest if _words(columns[longest]) > _HEADING_WORDS else rest[0]
        labels[longest] = _DEFINITION
        short = next((at for at in rest if _acronyms(columns[at]) >= _MOST), None)
        if short is not None and short != longest:
            labels[short] = _ACRONYM
    return tuple(labels)


def _is_unknown_header(row: Cells, labels: Sequence[Label], rows: Sequence[Cells]) -> bool:
    """Return whether a row has headings in a language that is not known: short texts above other ones."""
    if len(row) < 2 or not all(row) or len(row) != len(labels):
        return False
    if any(len(cell.split()) > _HEADING_WORDS or is_sentence(cell) for cell in row):
        return False
    for at, label in enumerate(labels):
        if label.field is Field.NAME and not row[at].isascii() and all(map(str.isascii, _cells(rows, at))):
            return True
        if label.field is Field.NAME and _acronyms(_cells(rows, at)) >= _MOST and not is_acronym(row[at]):
            return all(len(cell.split()) < 2 for cell in row)
        if label.field is Field.DEFINITION and _words(_cells(rows, at)) > 2 * _HEADING_WORDS:
            return len(row[at].split()) < 2
    return False


def _are_names(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column are short and have letters."""
    letters = sum(any(map(str.isalpha, cell)) for cell in cells)
    return bool(cells) and letters >= _MOST * len(cells) and _words(cells) <= _NAME_WORDS


def _cells(rows: Iterable[Cells], at: int) -> list[str]:
    """Return what is written in a column."""
    return [row[at] for row in rows if at < len(row) and row[at]]


def _acronyms(cells: Sequence[str]) -> float:
    return sum(map(is_acronym, cells)) / len(cells) if cells else 0.0


def _words(cells: Sequence[str]) -> float:
    return sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0


def _is_number(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column are numbers, dates or flags."""
    plain = (cell.lower().translate(_SIGNS) for cell in cells)
    return sum(cell.isdigit() or cell in _FLAGS for cell in plain) >= _MOST * len(cells)


def _is_repeated(cells: Sequence[str]) -> bool:
    """Return whether a column has the same few texts again and again, such as topics."""
    return len(cells) > 2 * _FEWEST and 2 * len(set(cells)) < len(cells) and _words(cells) <= _NAME_WORDS


def _is_group(cells: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether texts come again beside others that are short as well and do not."""
    is_distinct = len(set(others)) == len(others) and _are_names(others)
    return len(cells) > _FEWEST and len(cells) - len(set(cells)) > 2 and is_distinct


def _is_long(cell: str) -> bool:
    return len(cell.split()) > _NAME_WORDS
