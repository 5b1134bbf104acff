"""Glossaries as tables of values that are separated by commas, semicolons or tabs.

The dialect is that of the `csv` module of the standard library, which tells no spans. A quote that is not
closed ends with its line. Such files are not edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import Alias, AliasKind, Problem, Severity, Term
from glossary_ls.base.text import Span, stripped
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.memory import distinct, remembered
from glossary_ls.glossary.model import Entry, GlossaryFile, Role, Value, moved
from glossary_ls.glossary.naming import is_named
from glossary_ls.glossary.wording import is_expansion, is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "csv"  # noqa: A001  because a format is a module
suffixes = (".csv", ".tsv")
editor = None
assistant = None

_CODE = "invalid-csv"

_SEPARATORS = ",;\t"

#: The number of lines from which the separator is detected.
_SAMPLE = 10

_LETTER = re.compile(r"\w")

#: One of several names in a cell.
_SEVERAL = re.compile(r"[^;|,\r\n]+")


class Column(Enum):
    """What the cells of a column are to a term."""

    NAME = auto()
    ACRONYM = auto()
    EXPANSION = auto()
    DEFINITION = auto()
    ALIASES = auto()
    TOPICS = auto()
    URL = auto()
    SOURCE = auto()
    OTHER = auto()


#: The headings by which a column is known, in lower case.
_HEADINGS = {
    heading: column
    for column, headings in {
        Column.NAME: "term, name, word, entry, begriff, bezeichnung",
        Column.ACRONYM: "acronym, abbreviation, abbr, abbr., short form, short, shortname, abkürzung, kürzel",
        Column.EXPANSION: "expansion, meaning, stands for, long form, full form, full name, long, longname, "
        "full term, bedeutung, langform",
        Column.DEFINITION: "definition, description, explanation, beschreibung, erklärung, erläuterung",
        Column.ALIASES: "aliases, alias, synonyms, synonym, aka, also known as, other names, synonyme",
        Column.TOPICS: "topics, topic, category, categories, tags, domain, kategorie, thema",
        Column.URL: "url, link",
        Column.SOURCE: "source, reference, quelle",
    }.items()
    for heading in headings.split(", ")
}

#: The columns of which the first has the name of a term.
_NAMES = {Column.NAME, Column.ACRONYM}

_ROLES = {
    Column.NAME: Role.TERM,
    Column.ACRONYM: Role.TERM,
    Column.EXPANSION: Role.EXPANSION,
    Column.DEFINITION: Role.TEXT,
    Column.ALIASES: Role.ALIAS,
    Column.URL: Role.URL,
}


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    if not path.endswith(suffixes):
        return Claim.NO
    return Claim.BY_NAME if is_named(path, suffixes) else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    separator = _separator(path, text)
    rows = list(_rows(text.source, separator))
    if not rows:
        return GlossaryFile(path, text)
    first = [cell.text for cell in _cells(rows[0].text, separator)]
    header = _header(first)
    if header:
        del rows[0]
    layout = _Layout(separator, header or _without_header(len(first)), has_header=header is not None)
    items = distinct([remembered(path, layout, row.text, partial(_entry, row.text, layout)) for row in rows])
    found: list[tuple[Entry, int]] = []
    problems: list[Problem] = []
    for row, item in zip(rows, items, strict=True):
        problems += (moved(problem, row.start) for problem in item.problems)
        if isinstance(item, Entry):
            found.append((item, row.start))
    entries, starts = zip(*found, strict=True) if found else ((), ())
    return GlossaryFile(path, text, items=entries, starts=starts, problems=tuple(problems))


# --- rows and cells ---------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """A row that is not blank: its offset, and its text without the line end."""

    start: int
    text: str


class _Cell(NamedTuple):
    """What a cell holds, and where it is written, with its quotes; neither has the blanks around it."""

    text: str
    span: Span
    is_quoted: bool
    is_open: bool


def _separator(path: str, text: Text) -> str:
    """Return the sign that separates cells: the one that most lines have as often as the first one."""
    lines = [line for line in islice(text.lines, _SAMPLE) if line.strip()]
    counts = {sign: [re.sub(r'"[^"]*"', "", line).count(sign) for line in lines] for sign in _SEPARATORS}
    preferred = "\t" if path.endswith(".tsv") else ","

    def fit(sign: str) -> tuple[int, bool, int]:
        found = counts[sign]
        return sum(count == found[0] > 0 for count in found), sign == preferred, max(found, default=0)

    return max(_SEPARATORS, key=fit) if lines else preferred


def _cell_pattern(separator: str) -> str:
    """Return a pattern for a cell, with groups for what is in quotes and behind them, or without quotes.

    In quotes, two of them stand for one. A quote that is not closed takes the rest of its line.
    """
    rest = rf"[^{separator}\r\n]*+"
    return rf'(?:"([^"]*+(?:""[^"]*+)*+)"({rest})|("[^\r\n]*+|{rest}))'


def _rows(source: str, separator: str) -> Iterator[_Row]:
    cell = _cell_pattern(separator)
    row = re.compile(rf"({cell}(?:{separator}{cell})*+)(?:\r\n|\r|\n|\Z)")
    for found in row.finditer(source, int(source.startswith("\ufeff"))):
        if _LETTER.search(found[1]) or any(cell.text for cell in _cells(found[1], separator)):
            yield _Row(found.start(), found[1])


def _cells(row: str, separator: str) -> Iterator[_Cell]:
    for found in re.finditer(rf"(?:^|{separator}){_cell_pattern(separator)}", row):
        quoted, behind, plain = found.groups()
        if quoted is None:
            span = Span(*stripped(row, *found.span(3)))
            yield _Cell(plain.strip(), span, is_quoted=False, is_open=plain.startswith('"'))
        else:
            span = Span(*stripped(row, found.start(1) - 1, found.end()))
            yield _Cell((quoted.replace('""', '"') + behind).strip(), span, is_quoted=True, is_open=False)


def _header(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """Return the columns that the first row names; None if it is not a header."""
    names = (" ".join(cell.replace("_", " ").lower().split()) for cell in cells)
    columns = tuple(_HEADINGS.get(name, Column.OTHER) for name in names)
    known = {column for column in columns if column is not Column.OTHER}
    return columns if known & _NAMES and (len(known) > 1 or len(columns) == 1) else None


def _without_header(count: int) -> tuple[Column, ...]:
    """Return the columns of a file with `count` columns and no header."""
    usual = (Column.NAME, Column.EXPANSION, Column.DEFINITION)
    return (*usual[:count], *[Column.OTHER] * (count - len(usual)))


# --- entries ----------------------------------------------------------------------------------------------


class _Nameless(NamedTuple):
    """A row without a name."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file is laid out."""

    separator: str
    columns: tuple[Column, ...]
    has_header: bool


def _entry(row: str, layout: _Layout) -> Entry | _Nameless:
    """Return the entry that a row is; spans count from its start."""
    every = list(_cells(row, layout.separator))
    problems = tuple(_mistakes(row, every, layout))
    cells: dict[Column, _Cell] = {}
    for column, cell in zip(layout.columns, every, strict=False):
        if cell.text:
            cells.setdefault(column, cell)
    named = next(column for column in layout.columns if column in _NAMES)
    if named not in cells:
        message = "this row has no name, so that no text can mention it; write one, or delete the row"
        return _Nameless((*problems, Problem("missing-term", message, Span(0, len(row.rstrip())))))
    # The second name of a row is the long form of an acronym, or the acronym of a long form.
    if named is Column.ACRONYM and Column.NAME in cells and Column.EXPANSION not in cells:
        cells[Column.EXPANSION] = cells.pop(Column.NAME)
    name = cells[named].text
    if Column.EXPANSION in cells and Column.DEFINITION not in cells:
        text = cells[Column.EXPANSION].text
        if is_sentence(text) if layout.has_header else not is_expansion(name, text):
            cells[Column.DEFINITION] = cells.pop(Column.EXPANSION)
    texts = {column: cell.text for column, cell in cells.items()}
    aliases = map(Alias, _parts(texts.get(Column.ALIASES, "")))
    acronym = texts.get(Column.ACRONYM) if named is Column.NAME else None
    term = Term(
        name,
        expansion=texts.get(Column.EXPANSION, ""),
        aliases=(*([Alias(acronym, AliasKind.ABBREVIATION)] if acronym else []), *aliases),
        definition=texts.get(Column.DEFINITION, ""),
        topics=tuple(_parts(texts.get(Column.TOPICS, ""))),
        url=texts.get(Column.URL, ""),
        source=texts.get(Column.SOURCE, ""),
    )
    values = tuple(sorted(_values(row, cells, named), key=lambda value: value.span))
    value = next(each for each in values if each.role is Role.TERM)
    span = Span(every[0].span.start, len(row.rstrip()))
    return Entry(term, span, value, values, problems=problems, source=span.of(row))


def _values(row: str, cells: dict[Column, _Cell], named: Column) -> Iterator[Value]:
    for column, cell in cells.items():
        if column is Column.ALIASES:
            quote = int(cell.is_quoted)
            for found in _SEVERAL.finditer(row, cell.span.start + quote, cell.span.end - quote):
                if found[0].strip():
                    yield Value(Role.ALIAS, Span(*stripped(row, *found.span())), found[0].strip())
        elif column in _ROLES:
            role = Role.ALIAS if column in _NAMES and column is not named else _ROLES[column]
            yield Value(role, cell.span, cell.text, plain=not row.startswith('"', cell.span.start))


def _mistakes(row: str, cells: Sequence[_Cell], layout: _Layout) -> Iterator[Problem]:
    """Yield a problem for a quote that is not closed, or else for cells that are too many or too few."""
    count, wanted = len(cells), len(layout.columns)
    sign = "tab" if layout.separator == "\t" else f"'{layout.separator}'"
    of = "the header" if layout.has_header else "the first row"
    has = f"this row has {count} {'cell' if count == 1 else 'cells'}, but {of} has {wanted}"
    if cells[-1].is_open:
        message = "the quote of this cell is not closed; close it, or double a quote that belongs to the text"
        yield Problem(_CODE, message, cells[-1].span, Severity.ERROR)
    elif count > wanted:
        message = f"{has}; quote a text with a {sign} in it"
        yield Problem(_CODE, message, Span(cells[wanted].span.start, len(row)))
    elif count < wanted and layout.has_header:
        message = f"{has}; add a {sign} for each empty cell"
        yield Problem(_CODE, message, Span(cells[-1].span.start, len(row)))


def _parts(text: str) -> Iterator[str]:
    """Yield the names in a cell that holds several."""
    return (part.strip() for part in _SEVERAL.findall(text) if part.strip())
