"""Glossaries as tables of values that are separated by commas, semicolons, tabs or bars.

Glossaries of OmegaT are such tables without a header: a term, its translation, a comment. Such files are not
edited.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.memory import distinct, remembered
from glossary_ls.glossary.model import Entry, GlossaryFile, moved
from glossary_ls.glossary.naming import is_named, is_usual
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.columns import Columns, columns_of
from glossary_ls.glossary.reading.drafts import Draft, Piece, entry_of
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.records import Label, Labeled, draft_of
from glossary_ls.markup.csv_rows import Cell, Row, cells, rows, separator_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "csv"  # noqa: A001  because a format is a module
suffixes = (".csv", ".tsv", ".tab", ".utf8", ".txt")
editor = None
assistant = None

_CODE = "invalid-csv"

#: The tables of spreadsheets; what has another suffix is a glossary of OmegaT.
_TABLES = (".csv", ".tsv")

#: The folder of glossaries of OmegaT.
_OMEGAT = "glossary"
_OMEGAT_LABELS = (
    Label(Field.NAME, "term"),
    Label(Field.DEFINITION, "translation"),
    Label(Field.FACT, "comment"),
)
_OMEGAT_LINE = lazily(r"(?P<name>[^\t\r\n]*)\t[^\r\n]*")

#: How a comment opens; a row with more cells needs a blank behind the signs.
_COMMENT = lazily(r"\s*#(?:#*\s|[^,;\t|]*$)")

#: The number of rows from which the columns are detected.
_SAMPLE = 60


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    if path.endswith(_TABLES):
        if is_named(path, _TABLES):
            return Claim.BY_NAME
        return Claim.LIKELY if is_usual(path, _TABLES) else Claim.IF_CONFIGURED
    if not path.endswith(suffixes) or not (_is_tabbed(head) or not head):
        return Claim.NO
    return Claim.LIKELY if paths.name(paths.parent(path)) == _OMEGAT else Claim.IF_CONFIGURED


def _is_tabbed(head: str) -> bool:
    """Return whether most lines of a text have a tab."""
    lines = [line for line in head.splitlines() if line.strip() and not line.startswith("#")]
    tabbed = sum("\t" in line for line in lines)
    return bool(lines) and 4 * tabbed >= 3 * len(lines)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    if not path.endswith(_TABLES) and path.endswith(suffixes):
        if not _is_tabbed(text.source):
            return GlossaryFile(path, text)
        layout = _Layout("\t", Columns(_OMEGAT_LABELS), has_quotes=False)
        return _file(path, text, list(_omegat_rows(text.source)), layout)
    if sign := _literal_separator(text.source):
        return _literal_file(path, text, sign)
    separator = separator_of(text, "\t" if path.endswith(".tsv") else ",")
    found = list(_without_comments(rows(text.source, separator), separator))
    sample = [[cell.text for cell in cells(row.text, separator)] for row in islice(found, _SAMPLE)]
    is_wrapped = _are_wrapped(sample, separator)
    if is_wrapped:
        count = sample[0][0].count(separator)
        sample = [row[0].split(separator, count) for row in sample]
    columns = columns_of(sample) if sample else None
    if columns is None:
        return GlossaryFile(path, text)
    return _file(path, text, found[columns.skipped :], _Layout(separator, columns, is_wrapped=is_wrapped))


def _without_comments(found: Iterator[Row], separator: str) -> Iterator[Row]:
    """Yield rows without comments, which open with `#`: with a blank behind it, or without other cells.

    A table of one column has none, and the header may open so.
    """
    is_several: bool | None = None
    for row in found:
        is_marked = _COMMENT.match(row.text) is not None
        if is_marked and (separator not in row.text if is_several is None else is_several):
            continue
        if is_several is None:
            is_several = separator in row.text
        yield row


def _are_wrapped(sample: Sequence[Sequence[str]], separator: str) -> bool:
    """Return whether whole rows are in quotes, as `"term,definition"`: each is one cell with separators."""
    return len(sample) > 1 and all(len(row) == 1 and separator in row[0] for row in sample)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file is laid out."""

    separator: str
    columns: Columns
    has_quotes: bool = True
    #: The quotes are around whole rows, and separators in the last cell belong to its text.
    is_wrapped: bool = False
    is_literal: bool = False

    @property
    def evidence(self) -> str:
        """The columns in words."""
        if not self.has_quotes:
            return "terms, translations and comments"
        names = [*dict.fromkeys(label.words for label in self.columns.labels if label.field is not None)]
        known = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
        plural = "s" if len(names) > 1 else ""
        return (
            f"table with the column{plural} {known}"
            if self.columns.has_header
            else "table without known headings"
        )


class _Nameless(NamedTuple):
    """A row without a name."""

    problems: tuple[Problem, ...]


def _file(path: str, text: Text, found: Sequence[Row], layout: _Layout) -> GlossaryFile:
    items = distinct([remembered(path, layout, row.text, partial(_entry, row.text, layout)) for row in found])
    entries: list[Entry] = []
    starts: list[int] = []
    problems: list[Problem] = []
    for row, item in zip(found, items, strict=True):
        problems += (moved(problem, row.start) for problem in item.problems)
        if isinstance(item, Entry):
            entries.append(item)
            starts.append(row.start)
    evidence = layout.evidence if entries else ""
    return GlossaryFile(
        path, text, items=tuple(entries), starts=tuple(starts), problems=tuple(problems), evidence=evidence
    )


def _omegat_rows(source: str) -> Iterator[Row]:
    for found in _OMEGAT_LINE.finditer(source, int(source.startswith("\ufeff"))):
        if found["name"].strip() and not found["name"].startswith("#"):
            yield Row(found.start(), found[0])


def _omegat_cells(row: str) -> Iterator[Cell]:
    start = 0
    for text in row.split("\t"):
        at = start + len(text) - len(text.lstrip())
        yield Cell(text.strip(), Span(at, at + len(text.strip())))
        start += len(text) + 1


def _wrapped_cells(row: str, separator: str, count: int) -> Iterator[Cell]:
    start = row.find('"') + 1
    for text in row[start : max(row.rfind('"'), start)].split(separator, count - 1):
        span = Span(*stripped(row, start, start + len(text)))
        yield Cell(text.replace('""', '"').strip(), span)
        start += len(text) + 1


def _entry(row: str, layout: _Layout) -> Entry | _Nameless:
    """Return the entry that a row is; spans count from its start."""
    columns = layout.columns
    if layout.is_wrapped:
        every = [*_wrapped_cells(row, layout.separator, len(columns.labels))]
    else:
        every = [*(cells(row, layout.separator) if layout.has_quotes else _omegat_cells(row))]
    problems = tuple(_mistakes(row, every, layout)) if layout.has_quotes else ()
    texts = [
        Labeled(label, Piece(cell.text, cell.span))
        for label, cell in zip(columns.labels, every, strict=False)
        if cell.text
    ]
    span = Span(0, len(row.rstrip()))
    draft = (
        _literal_draft(span, texts)
        if layout.is_literal
        else draft_of(span, texts, is_acronyms=columns.is_acronyms)
    )
    name = draft.names[0].text if draft.names else ""
    # A list of acronyms may have other names in between, which have blanks: `error budget`.
    is_short = columns.is_acronyms and (" " not in name or name.isupper())
    entry = entry_of(row, draft, is_acronyms=is_short)
    if entry is None:
        message = "this row has no name, so that no text can mention it; write one, or delete the row"
        return _Nameless((*problems, Problem("missing-term", message, span)))
    return replace(entry, problems=problems) if problems else entry


def _literal_file(path: str, text: Text, sign: str) -> GlossaryFile:
    """Read a table that has the columns of one that is read literally (see `reading.literal`)."""
    header, *found = rows(text.source, sign)
    labels = (cell.text for cell in cells(header.text, sign))
    columns = tuple(Label(literal.LABELS.get(label), label) for label in labels)
    return _file(path, text, found, _Layout(sign, Columns(columns, has_header=True), is_literal=True))


def _literal_draft(span: Span, texts: Sequence[Labeled]) -> Draft:
    """Return the draft of a row of a table that is read literally."""
    names = tuple(piece for label, piece in texts if label.field is Field.NAME)
    definition = next((piece for label, piece in texts if label.field is Field.DEFINITION), None)
    fields = tuple(
        (label.field, piece._replace(text=text))
        for label, piece in texts
        if label.field not in {None, Field.NAME, Field.DEFINITION}
        for text in literal.cell_values(label.field, piece.text)
    )
    body = definition.span if definition else None
    return Draft(span, names, definition.text if definition else "", body, fields, is_literal=True)


def _literal_separator(source: str) -> str:
    """Return the separator of a table that is read literally, or an empty string."""
    begin = source[:200].removeprefix("\ufeff").replace('"', "")
    return next((sign for sign in ",;\t" if begin.startswith(sign.join(literal.COLUMNS))), "")


def _mistakes(row: str, every: Sequence[Cell], layout: _Layout) -> Iterator[Problem]:
    """Yield a problem for a quote that is not closed, or else for cells that are too many or too few."""
    count, wanted = len(every), len(layout.columns.labels)
    sign = "tab" if layout.separator == "\t" else f"'{layout.separator}'"
    of = "the header" if layout.columns.has_header else "the first row"
    has = f"this row has {count} {'cell' if count == 1 else 'cells'}, but {of} has {wanted}"
    if every[-1].is_open:
        message = "the quote of this cell is not closed; close it, or double a quote that belongs to the text"
        yield Problem(_CODE, message, every[-1].span, Severity.ERROR)
    elif count > wanted and any(cell.text for cell in every[wanted:]):
        message = f"{has}; quote a text with a {sign} in it"
        yield Problem(_CODE, message, Span(every[wanted].span.start, len(row)))
    elif count < wanted and layout.columns.has_header:
        message = f"{has}; add a {sign} for each empty cell"
        yield Problem(_CODE, message, Span(every[-1].span.start, len(row)))
