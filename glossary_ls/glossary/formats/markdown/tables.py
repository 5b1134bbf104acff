"""Tables of terms: which columns have names, and the rows below them.

This module must not know pages.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped, word_set
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.lines import Kind, Line
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.names import is_acronym
from glossary_ls.glossary.reading.openings import meaningful
from glossary_ls.glossary.reading.tables import is_filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITER = lazily(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*$")
#: A line of the frame of a table that is drawn with signs.
_BORDER = lazily(r"(?:\+[-=:]{3,}){2,}\+[ \t]*$")
_CELL = lazily(r"(?:[^|\\`]|\\.|`+[^`|]*`+|`)*+")
_TITLED = lazily(r"<abbr\b[^<>]*\btitle=([\"'])([^<>]+?)\1[^<>]*>", re.IGNORECASE)
_ABSENT = lazily(r"n/a", re.IGNORECASE)
_BREAK = lazily(r"\s*<br\s*/?>\s*", re.IGNORECASE)

#: Headers that name a column of terms, and not just any names.
_STRONG_HEADERS = lazily(
    r"(?:key |business |domain )?(?:terms?|term name|acronyms?|abbreviations?|abbr\.?|abbrev\.?|words?|"
    r"initialisms?|glossary|jargon|"
    r"begriff|abkürzung|terme|término|termo|termine|sigle|siglas?|acronyme|abréviation)(?:\s*[/&(].*)?",
    re.IGNORECASE,
)
#: Headers that name a column of names of anything.
_WEAK_HEADERS = word_set(
    "name title label entry concept concepts nom nombre nome concepto conceito phrase "
    "\u540d\u79f0 \u540d\u524d название назва"
)
_NAMES = {Field.NAME, Field.ACRONYM}
_TEXTS = {Field.DEFINITION, Field.EXPANSION, Field.SUMMARY}

#: The longest name on average, in words, of a column that is taken for names by its content.
_MOST_WORDS = 4.5
_MOST_NAME = 240
_FEWEST_ROWS = 2
#: Fewer words on average make no text.
_FEWEST_WORDS = 2

#: So many rows show what a column holds.
_SAMPLE = 50


class Cell(NamedTuple):
    """A cell without the blanks around it, and its place in the file."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the lines of its header and behind its last row, the headers, the rows and their lines."""

    first: int
    end: int
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[Field | None, ...]
    lines: tuple[int, ...]

    @property
    def is_known(self) -> bool:
        """Whether the headers say that the rows are terms."""
        found = {field for field in self.columns if field}
        named = any(
            _STRONG_HEADERS.fullmatch(header)
            or (field_of(header) in _NAMES and header.lower() not in _WEAK_HEADERS)
            for header in self.headers
        )
        return named and (bool(found & _TEXTS) or len(found & _NAMES) > 1 or len(self.columns) > 1)

    @property
    def has_named_column(self) -> bool:
        """Whether a header names a column of names, and not only its content."""
        return any(_field(header) in _NAMES for header in self.headers)

    @property
    def is_told(self) -> bool:
        """Whether a header says that a column holds terms, or what their definitions are."""
        return any(_STRONG_HEADERS.fullmatch(header) or field_of(header) in _TEXTS for header in self.headers)

    @property
    def is_marked(self) -> bool:
        """Whether all names are bold, and a header says that a column holds their definitions."""
        has_text = any(field_of(header) is Field.DEFINITION for header in self.headers)
        at = next((at for at, field in enumerate(self.columns) if field in _NAMES), None)
        if not has_text or at is None:
            return False
        return all(at < len(row) and row[at].text.startswith("**") for row in self.rows)

    @property
    def is_plausible(self) -> bool:
        """Whether the rows may be terms: a column of names, and one of texts."""
        found = {field for field in self.columns if field}
        return bool(found & _NAMES) and bool(found & _TEXTS or len(found & _NAMES) > 1)


def tables(lines: Sequence[Line]) -> list[Table]:
    """Return the tables of a page; their columns are known by headers or, failing that, by what they hold."""
    found: list[Table] = []
    at = 1
    while at < len(lines):
        line = lines[at]
        if _is_border(lines[at - 1]):
            grid, at = _grid(lines, at - 1)
            found += [grid] if grid else []
        elif (
            line.kind is Kind.TEXT
            and "-" in line.text
            and _is_delimiter(line)
            and lines[at - 1].kind is Kind.TEXT
        ):
            end = at + 1
            while end < len(lines) and lines[end].kind is Kind.TEXT and "|" in lines[end].text:
                end += 1
            if table := _table(lines, at - 1, end):
                found.append(table)
            at = end
        at += 1
    return found


def _is_border(line: Line) -> bool:
    return line.kind is Kind.TEXT and line.text[line.at] == "+" and bool(_BORDER.match(line.text, line.at))


def _grid(lines: Sequence[Line], first: int) -> tuple[Table | None, int]:
    """Return the table with a frame of `+---+` that starts at a line, and the line behind it.

    Cells may go on in further lines; the first row is a header if `+===+` is below it.
    """
    rows: list[tuple[Cell, ...]] = []
    starts: list[int] = []
    headers: tuple[str, ...] = ()
    is_open = False
    at = first + 1
    while at < len(lines) and lines[at].kind is Kind.TEXT and lines[at].text[lines[at].at] in "+|":
        if _is_border(lines[at]):
            if "=" in lines[at].text and rows and not headers:
                headers = tuple(inline.plain(cell.text[:_MOST_NAME]) for cell in rows.pop())
                starts.pop()
            is_open = False
        elif is_open:
            rows[-1] = tuple(map(_joined, rows[-1], _cells(lines[at])))
        else:
            rows.append(tuple(_cells(lines[at])))
            starts.append(at)
            is_open = True
        at += 1
    width = max(map(len, rows), default=0)
    headers = headers or ("",) * width
    if width < _FEWEST_ROWS:
        return None, at
    return Table(first, at, headers, tuple(rows), _columns(headers, rows), tuple(starts)), at


def _joined(cell: Cell, below: Cell) -> Cell:
    """Return a cell that goes on in the next line."""
    if not below.text:
        return cell
    return Cell(f"{cell.text} {below.text}".strip(), Span(cell.span.start, below.span.end))


def _is_delimiter(line: Line) -> bool:
    return "|" in line.text and bool(_DELIMITER.match(line.text))


def _table(lines: Sequence[Line], first: int, end: int) -> Table | None:
    header = _cells(lines[first])
    if len(header) < _FEWEST_ROWS or "|" not in lines[first].text:
        return None
    headers = tuple(inline.plain(cell.text[:_MOST_NAME]) for cell in header)
    rows = tuple(tuple(_cells(line)) for line in lines[first + 2 : end])
    return Table(first, end, headers, rows, _columns(headers, rows), tuple(range(first + 2, end)))


def _cells(line: Line) -> list[Cell]:
    """Return the cells of a row; bars at its sides may be missing."""
    text, at, end = line.text, line.at, line.end
    if text.startswith("|", at):
        at += 1
    if end > at and text[end - 1] == "|" and not text.endswith("\\|", at, end):
        end -= 1
    cells: list[Cell] = []
    while True:
        found = _CELL.match(text, at, end)
        stop = found.end() if found else end
        start, last = stripped(text, at, stop)
        cells.append(Cell(text[start:last].replace("\\|", "|"), Span(line.start + start, line.start + last)))
        if stop >= end:
            return cells
        at = stop + 1


# --- columns ----------------------------------------------------------------------------------------------


def _columns(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[Field | None, ...]:
    """Return the fields of the columns by their headers, completed by their content."""
    fields = [_field(header) for header in headers]
    has_name = any(field in _NAMES for field in fields)
    texts = [[row[at].text if at < len(row) else "" for row in rows] for at in range(len(headers))]
    if not has_name:
        first = _names_column(texts, fields)
        if first is None:
            return tuple(fields)
        fields[first] = Field.NAME
    name = next(at for at, field in enumerate(fields) if field in _NAMES)
    if not any(field in _TEXTS for field in fields) and sum(field in _NAMES for field in fields) == 1:
        free = [at for at, field in enumerate(fields) if field in {None, Field.FACT}]
        if not free:
            free = [at for at, field in enumerate(fields) if field not in _NAMES]
        lengths = {at: _mean_length(texts[at]) for at in free}
        most = max(lengths.values(), default=0)
        if most > 0:
            # The first one, unless it is much shorter than another.
            fields[next(at for at in free if lengths[at] >= 0.6 * most)] = Field.DEFINITION
    if sum(field is Field.NAME for field in fields) > 1:
        _second_name(fields, texts, name)
    if name + 1 < len(fields) and fields[name + 1] is None and _are_aliases(texts[name + 1]):
        fields[name + 1] = Field.ALIASES
    return tuple(fields)


def _field(header: str) -> Field | None:
    found = field_of(header)
    if found is None:
        parts = re.split(r"\s*[/&(,]\s*|\s+(?:and|or|und|et|y)\s+", header)
        found = next((each for part in parts if (each := field_of(part.rstrip(")")))), None)
    if found is None and _STRONG_HEADERS.fullmatch(header):
        found = Field.NAME
    return found


def _second_name(fields: list[Field | None], texts: Sequence[Sequence[str]], name: int) -> None:
    """Give the second column of names another field: the expansion of acronyms, or the definition."""
    for at, field in enumerate(fields):
        if field is Field.NAME and at != name:
            is_text = Field.DEFINITION not in fields and not _share_of_acronyms(texts[name])
            fields[at] = Field.DEFINITION if is_text else Field.EXPANSION


def _names_column(texts: Sequence[Sequence[str]], fields: Sequence[Field | None]) -> int | None:
    """Return the column that may be names by its content: short, different, and beside longer texts."""
    for at, column in enumerate(texts[:2]):
        written = [text for text in column if text]
        if len(written) < _FEWEST_ROWS or fields[at] not in {None, Field.TOPICS, Field.EXPANSION}:
            continue
        words = sum(len(text.split()) for text in written) / len(written)
        others = [
            _mean_length(each)
            for number, each in enumerate(texts)
            if number > at
            and fields[number] in {None, Field.FACT, *_TEXTS}
            and _mean_words(each) >= _FEWEST_WORDS
        ]
        is_distinct = len(set(written)) >= 0.9 * len(written)
        has_letters = sum(any(char.isalpha() for char in text) for text in written) >= 0.8 * len(written)
        if (
            is_distinct
            and has_letters
            and words <= _MOST_WORDS
            and max(others, default=0) > _mean_length(column)
        ):
            return at
    return None


def _are_aliases(column: Sequence[str]) -> bool:
    """Return whether a column with an unknown header has further names: short, and different ones."""
    written = [text for text in column if text]
    words = sum(len(text.split()) for text in written)
    is_plain = all(text[0].isalpha() and "](" not in text and "`" not in text for text in written)
    is_short = words <= 2.5 * len(written)
    return len(written) > 1 and is_plain and is_short and len(set(written)) >= 0.8 * len(written)


def _mean_length(column: Sequence[str]) -> float:
    """Return the mean length of the texts at the beginning of a column, without links."""
    sample = [inline.plain(text[:_MOST_NAME]) for text in column[:_SAMPLE]]
    return sum(map(len, sample)) / max(len(sample), 1)


def _mean_words(column: Sequence[str]) -> float:
    """Return the mean number of words at the beginning of a column; three signs without blanks are a word."""
    sample = [inline.plain(text[:_MOST_NAME]) for text in column[:_SAMPLE]]
    words = (
        len(text.split()) if text.isascii() else max(len(text.split()), len(text) / 3) for text in sample
    )
    return sum(words) / max(len(sample), 1)


def _share_of_acronyms(column: Sequence[str]) -> bool:
    names = [inline.plain(text[:_MOST_NAME]) for text in column if text]
    return sum(map(is_acronym, names)) > len(names) / 2


# --- rows -------------------------------------------------------------------------------------------------


def rows(table: Table, lines: Sequence[Line], topics: tuple[str, ...]) -> Iterator[Draft]:
    """Yield the entries of a table."""
    first = next(at for at, field in enumerate(table.columns) if field in _NAMES)
    others = [at for at, header in enumerate(table.headers) if at != first and _field(header) in _NAMES]
    # A table of what things are called elsewhere says `N/A` in several cells; once, it may be a name.
    absent = [cell for row in table.rows for cell in row if _ABSENT.fullmatch(cell.text)]
    for number, row in enumerate(table.rows):
        line = lines[table.lines[number]]
        cells = [cell for cell in row if cell.text]
        if not cells:
            continue
        filled = (at for at in (first, *others) if at < len(row) and is_filled(row[at].text))
        name = next(filled, first)
        named = row[name] if name < len(row) else None
        if named and named.text and (not is_filled(named.text) or (named in absent and len(absent) > 1)):
            # Nothing in this language or system is called so.
            continue
        if len(cells) == 1 and named in cells and len(table.headers) > 1 and _is_letter(cells[0].text):
            continue
        span = Span(line.start + line.at, line.start + line.end)
        names = tuple(name_pieces(named.text, named.span)) if named else ()
        titles = long_forms(named.text, named.span) if named else ()
        yield Draft(span, names, "", None, (*_fields(table, row, name), *titles), topics)


def are_acronyms(shown: Sequence[Table]) -> bool:
    """Return whether the names in tables are acronyms by the headers of their columns."""
    firsts = [next((field for field in table.columns if field in _NAMES), None) for table in shown]
    return bool(firsts) and all(field is Field.ACRONYM for field in firsts)


def _is_letter(text: str) -> bool:
    return len(inline.plain(text[:_MOST_NAME])) == 1


def name_pieces(text: str, span: Span) -> Iterator[Piece]:
    """Yield the names that a text holds, one or several that line breaks separate."""
    for start, end in inline.stacked(text[:_MOST_NAME]):
        name = inline.plain(text[start:end])
        if start and name[:1] == "(" and name[-1:] == ")":
            name = name[1:-1].strip()
        if name:
            yield Piece(name, Span(span.start + start, min(span.start + end, span.end)))


def long_forms(text: str, span: Span) -> tuple[tuple[Field, Piece], ...]:
    """Return the long form that `<abbr title>` gives a name."""
    found = _TITLED.search(text)
    return ((Field.LONG_FORM, Piece(html.unescape(found[2]), span)),) if found else ()


def _fields(table: Table, row: Sequence[Cell], name: int) -> Iterator[tuple[Field, Piece]]:
    for at, cell in enumerate(row[: len(table.columns)]):
        field = table.columns[at]
        if at == name or not meaningful(cell.text):
            continue
        text = inline.tidy(inline.readable(cell.text))
        if field is None:
            yield Field.FACT, Piece(f"{table.headers[at]}: {text}" if table.headers[at] else text, cell.span)
        elif field in _NAMES:
            yield (
                Field.ACRONYM if field is Field.ACRONYM else Field.EXPANSION,
                Piece(inline.plain(text[:_MOST_NAME]), cell.span),
            )
        elif field is Field.EXPANSION:
            yield field, Piece(text.strip("*_ "), cell.span)
        else:
            yield field, Piece(text, cell.span)
