"""Glossaries as tables of values that are separated by commas, semicolons or tabs.

The rows are read by the standard library; this module finds the span of each cell, the meaning of its column,
and the mistakes in a row. Such files are not edited.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import Alias, AliasKind, Problem, Severity, Term
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.memory import distinct, remembered
from glossary_ls.glossary.model import Entry, GlossaryFile, Role, Value, moved
from glossary_ls.glossary.naming import is_named
from glossary_ls.glossary.wording import is_expansion, is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    records = list(_records(text, separator))
    first = next((record for record in records if record.cells), None)
    if first is None:
        return GlossaryFile(path, text)
    header = _header(first)
    layout = _Layout(separator, header or _without_header(len(first.cells)), is_known=header is not None)
    rows = [record for record in records if record.cells and (record is not first or header is None)]

    def entry_of(record: _Record) -> Entry | _Nameless:
        return remembered(path, layout, record.text, lambda: _Row(record, layout).read())

    items = distinct(list(map(entry_of, rows)))
    found: list[tuple[Entry, int]] = []
    problems: list[Problem] = []
    for record, item in zip(rows, items, strict=True):
        problems += (moved(problem, record.start) for problem in item.problems)
        if isinstance(item, Entry):
            found.append((item, record.start))
    items, starts = zip(*found, strict=True) if found else ((), ())
    return GlossaryFile(path, text, items=items, starts=starts, problems=tuple(problems))


class _Nameless(NamedTuple):
    """A row without a name."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file is laid out; `is_known` means that it has a header."""

    separator: str
    columns: tuple[Column, ...]
    is_known: bool


# --- rows -------------------------------------------------------------------------------------------------


class _Record(NamedTuple):
    """A row: its text without the line end, where it starts, and what its cells hold."""

    text: str
    start: int
    cells: tuple[str, ...]
    is_open: bool = False


def _separator(path: str, text: Text) -> str:
    """Return the sign that separates cells: the one that most lines have as often as the first one."""
    lines = [line for line in islice(text.lines, _SAMPLE) if line.strip()]
    counts = {sign: [re.sub(r'"[^"]*"', "", line).count(sign) for line in lines] for sign in _SEPARATORS}
    preferred = "\t" if path.endswith(".tsv") else ","

    def fit(sign: str) -> tuple[int, bool, int]:
        found = counts[sign]
        return sum(count == found[0] > 0 for count in found), sign == preferred, max(found, default=0)

    return max(_SEPARATORS, key=fit) if lines else preferred


def _records(text: Text, separator: str) -> Iterator[_Record]:
    """Yield the rows. A quote that is not closed costs its own line only."""
    source, lines = text.source, text.lines
    start = 1 if source.startswith("\ufeff") else 0
    line = 0
    while line < len(lines):
        rest = (
            each[start:] if number == 0 and line == 0 else each for number, each in enumerate(lines[line:])
        )
        reader = csv.reader(rest, delimiter=separator)
        begin = line
        for cells in _rows(reader):
            end = begin + reader.line_num
            at = text.line_start(line) + (start if line == 0 else 0)
            until = text.line_start(end) if end < len(lines) else len(source)
            written = source[at:until].rstrip("\r\n")
            if end == len(lines) and end > line + 1 and _is_open(written, separator):
                # The quote takes all lines below with it.
                written = text.line_span(line).of(source)[at - text.line_start(line) :]
                quoted = next(csv.reader([written], delimiter=separator, quoting=csv.QUOTE_NONE), [])
                yield _Record(written, at, tuple(quoted), is_open=True)
                line += 1
                break
            is_open = end == len(lines) and _is_open(written, separator)
            yield _Record(written, at, tuple(cells) if any(map(str.strip, cells)) else (), is_open)
            line = end
        else:
            return


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows; one that the standard library does not take is an empty row."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []


def _cells(text: str, separator: str) -> Iterator[Span]:
    """Yield where the cells of a row are written, with their quotes and without the blanks around them."""
    end = -1
    pattern = re.compile(rf'"(?:[^"]|"")*(?:"|\Z)[^{separator}]*|[^{separator}]*')
    while end < len(text):
        found = pattern.match(text, end + 1)
        if found is None:
            return
        cell = found.group()
        blanks = len(cell) - len(cell.lstrip())
        yield Span(found.start() + blanks, found.start() + max(len(cell.rstrip()), blanks))
        end = found.end()


def _is_open(text: str, separator: str) -> bool:
    """Return whether the last cell of a row has a quote that is not closed."""
    last = list(_cells(text, separator))[-1].of(text)
    return last.startswith('"') and re.fullmatch(r'"(?:[^"]|"")*".*', last, re.DOTALL) is None


def _header(record: _Record) -> tuple[Column, ...] | None:
    """Return the columns that the first row names; None if it is not a header."""
    names = (" ".join(cell.replace("_", " ").lower().split()) for cell in record.cells)
    columns = tuple(_HEADINGS.get(name, Column.OTHER) for name in names)
    known = {column for column in columns if column is not Column.OTHER}
    has_name = not known.isdisjoint({Column.NAME, Column.ACRONYM})
    return columns if has_name and (len(known) > 1 or len(columns) == 1) else None


def _without_header(count: int) -> tuple[Column, ...]:
    """Return the columns of a file with `count` columns and no header."""
    usual = (Column.NAME, Column.EXPANSION, Column.DEFINITION)
    others = (Column.OTHER,) * (count - len(usual))
    return (*usual[:count], *others)


# --- entries ----------------------------------------------------------------------------------------------


class _Row:
    """Reads one row; spans count from its start."""

    def __init__(self, record: _Record, layout: _Layout) -> None:
        self._record = record
        self._layout = layout
        self._spans = list(_cells(record.text, layout.separator))
        self._problems: list[Problem] = []

    def read(self) -> Entry | _Nameless:
        """Return the entry that the row is."""
        record, columns = self._record, self._layout.columns
        self._check()
        texts: dict[Column, str] = {}
        spans: dict[Column, Span] = {}
        for column, cell, span in zip_longest(columns, record.cells, self._spans):
            if column is not None and cell and cell.strip() and span and column not in texts:
                texts[column], spans[column] = cell.strip(), span
        named = next((each for each in columns if each in {Column.NAME, Column.ACRONYM}), Column.NAME)
        if named not in texts:
            whole = Span(0, len(self._record.text.rstrip()))
            message = "this row has no name, so that no text can mention it; write one, or delete the row"
            self._problem("missing-term", whole, message)
            return _Nameless(tuple(self._problems))
        # The second name of a row is the long form of an acronym, or the acronym of a long form.
        if named is Column.ACRONYM and Column.NAME in texts and Column.EXPANSION not in texts:
            texts[Column.EXPANSION], spans[Column.EXPANSION] = texts.pop(Column.NAME), spans.pop(Column.NAME)
        name = texts[named]
        self._tell_apart(name, texts, spans)
        term = Term(
            name,
            expansion=texts.get(Column.EXPANSION, ""),
            aliases=tuple(self._aliases(named, texts)),
            definition=texts.get(Column.DEFINITION, ""),
            topics=tuple(_parts(texts.get(Column.TOPICS, ""))),
            url=texts.get(Column.URL, ""),
            source=texts.get(Column.SOURCE, ""),
        )
        values = tuple(sorted(self._values(named, texts, spans), key=lambda value: value.span))
        value = next(each for each in values if each.role is Role.TERM)
        whole = Span(self._spans[0].start, len(record.text.rstrip()))
        return Entry(term, whole, value, values, problems=tuple(self._problems))

    def _tell_apart(self, name: str, texts: dict[Column, str], spans: dict[Column, Span]) -> None:
        """Treat a sentence in the place of an expansion as the definition."""
        text = texts.get(Column.EXPANSION, "")
        is_one = not is_sentence(text) if self._layout.is_known else is_expansion(name, text)
        if text and not is_one and Column.DEFINITION not in texts:
            texts[Column.DEFINITION], spans[Column.DEFINITION] = text, spans.pop(Column.EXPANSION)
            del texts[Column.EXPANSION]

    def _aliases(self, named: Column, texts: dict[Column, str]) -> Iterator[Alias]:
        if named is Column.NAME and (acronym := texts.get(Column.ACRONYM)):
            yield Alias(acronym, AliasKind.ABBREVIATION)
        yield from map(Alias, _parts(texts.get(Column.ALIASES, "")))

    def _values(self, named: Column, texts: dict[Column, str], spans: dict[Column, Span]) -> Iterator[Value]:
        for column, span in spans.items():
            role = _ROLES.get(column)
            plain = not self._record.text.startswith('"', span.start)
            if column in {Column.NAME, Column.ACRONYM} and column is not named:
                role = Role.ALIAS
            if column is Column.ALIASES:
                inner = Span(span.start + (not plain), span.end - (not plain))
                for found in _SEVERAL.finditer(self._record.text, inner.start, inner.end):
                    part = found.group()
                    if part.strip():
                        at = found.start() + len(part) - len(part.lstrip())
                        yield Value(Role.ALIAS, Span(at, at + len(part.strip())), part.strip())
            elif role is not None:
                yield Value(role, span, texts[column], plain)

    def _check(self) -> None:
        record, columns = self._record, self._layout.columns
        count, wanted = len(record.cells), len(columns)
        sign = {"\t": "tab"}.get(self._layout.separator, f"'{self._layout.separator}'")
        of = "the header" if self._layout.is_known else "the first row"
        end = len(record.text.rstrip("\r\n"))
        if record.is_open:
            message = (
                "the quote of this cell is not closed; close it, or double a quote that belongs to the text"
            )
            self._problem(_CODE, self._spans[-1], message, Severity.ERROR)
        elif count > wanted:
            message = (
                f"this row has {_counted(count)}, but {of} has {wanted}; quote a text with a {sign} in it"
            )
            self._problem(_CODE, Span(self._spans[wanted].start, end), message)
        elif count < wanted and self._layout.is_known:
            message = (
                f"this row has {_counted(count)}, but {of} has {wanted}; add a {sign} for each empty cell"
            )
            self._problem(_CODE, Span(self._spans[-1].start, end), message)

    def _problem(self, code: str, span: Span, message: str, severity: Severity = Severity.WARNING) -> None:
        self._problems.append(Problem(code, message, span, severity))


def _counted(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _parts(text: str) -> Iterator[str]:
    """Yield the names in a cell that holds several."""
    return (part.strip() for part in _SEVERAL.findall(text) if part.strip())
