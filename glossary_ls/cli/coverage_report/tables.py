"""The tables of a report on coverage, the worst or most used rows first. They must not know their looks."""

from __future__ import annotations

from itertools import compress
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import Status
from glossary_ls.cli.wording import counted
from glossary_ls.features.coverage.model import Explained, share

if TYPE_CHECKING:
    from glossary_ls.features.coverage.model import DocumentCoverage, Tally
    from glossary_ls.features.coverage.report import Report, TermRow

#: What each way of explaining is called.
LABELS = {
    Explained.IN_DOCUMENT: "explained in the document",
    Explained.LATE: "explained after the first use",
    Explained.GLOSSARY: "explained by a glossary",
    Explained.NOT_EXPANDED: "expanded by a glossary only",
    Explained.NOWHERE: "not explained",
}

#: How many documents the row of a term names.
_MOST_NAMED = 3


class Percent(float):
    """A percentage; it is rounded down, so that 100% means all."""

    def __str__(self) -> str:
        """Return it with at most one decimal place."""
        return f"{floor(self * 10 + 1e-9) / 10:.1f}".removesuffix(".0") + "%"


#: What is in a cell: a text, a number, or a percentage.
Cell = str | int | Percent


class Column(NamedTuple):
    """The head of a column, and whether it holds numbers."""

    head: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `note` says what a row is, and `none` what it means that there are none."""

    id: str
    title: str
    note: str
    none: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def headline(report: Report) -> str:
    """Return the result in a sentence."""
    number = sum(report.terms.values())
    explained = number - report.terms[Explained.NOWHERE]
    what = f"terms in {counted(len(report.documents), 'document')}"
    return f"{Percent(report.share)} of the {what} are explained ({explained} of {number})"


def tables(report: Report) -> tuple[Table, ...]:
    """Return the tables in their order, without empty columns, and without owners if there are none."""
    made = (_acronyms, _early, _unused, _overdue, _folders, _owners, _documents, _terms)
    return tuple(narrowed(table) for make in made if (table := make(report)) is not None)


def narrowed(table: Table) -> Table:
    """Return a table without its empty columns."""
    kept = [any(row[at] != "" for row in table.rows) for at in range(len(table.columns))]
    rows = tuple(tuple(compress(row, kept)) for row in table.rows)
    return replace(table, columns=tuple(compress(table.columns, kept)), rows=rows)


def _acronyms(report: Report) -> Table:
    return Table(
        "not-explained",
        "Not explained",
        "Acronyms that neither the document nor a glossary explains, the most used ones first.",
        "Every acronym is explained.",
        (*_columns("Acronym"), *_numbers("Uses", "Documents"), *_columns("Defined in", "Used in")),
        tuple(
            (
                row.name,
                row.tally.uses,
                row.tally.documents,
                ", ".join(f"{each.path}:{each.line}" for each in row.defined),
                _places(row.tally),
            )
            for row in report.acronyms
        ),
    )


def _early(report: Report) -> Table:
    found = [
        (use.explained is Explained.NOT_EXPANDED, document.path, use)
        for document in report.documents
        for use in document.findings
        if use.explained in {Explained.LATE, Explained.NOT_EXPANDED}
    ]
    return Table(
        "early",
        "Used before they are explained",
        "Acronyms that a document explains after their first use, then those that only a glossary expands.",
        "No acronym is used before it is explained.",
        (*_columns("Acronym"), *_numbers("Uses"), *_columns("Explained", "First use")),
        tuple(
            (use.name, use.uses, "by a glossary only" if is_never else "later", f"{path}:{use.line}")
            for is_never, path, use in sorted(found, key=lambda each: (each[0], each[1], each[2].line))
        ),
    )


def _unused(report: Report) -> Table:
    rows = sorted(report.unused, key=lambda row: (row.glossary, row.line))
    return Table(
        "unused",
        "Never used",
        "Entries of the workspace's glossaries that no document uses.",
        "Every entry is used.",
        _columns("Term", "Owner", "Status", "Entry"),
        tuple((_name(row), row.term.owner, _status(row), _entry(row)) for row in rows),
    )


def _status(row: TermRow) -> str:
    return "" if row.term.status is Status.ACTIVE else str(row.term.status)


def _overdue(report: Report) -> Table:
    return Table(
        "overdue",
        "Overdue for review",
        "Entries of the workspace's glossaries that were last reviewed too long ago, the oldest first.",
        "No review is overdue.",
        (*_columns("Term"), *_numbers("Uses"), *_columns("Reviewed", "Owner", "Entry")),
        tuple(
            (_name(row), row.tally.uses, row.term.reviewed, row.term.owner, _entry(row))
            for row in report.overdue
        ),
    )


def _folders(report: Report) -> Table:
    rows = sorted(report.folders, key=lambda row: (share(row.terms), row.folder))
    return Table(
        "folders",
        "Folders",
        "Documents by the folder that they are in, the least explained ones first.",
        "There are no documents.",
        (*_columns("Folder"), *_numbers("Explained", "Not explained", "Terms", "Uses", "Documents")),
        tuple(
            (
                row.folder,
                Percent(share(row.terms)),
                row.terms[Explained.NOWHERE],
                sum(row.terms.values()),
                row.uses,
                row.documents,
            )
            for row in rows
        ),
    )


def _owners(report: Report) -> Table | None:
    if not report.owners:
        return None
    return Table(
        "owners",
        "Owners",
        "Entries of the workspace's glossaries by owner.",
        "",
        (*_columns("Owner"), *_numbers("Entries", "Never used", "Overdue for review", "Uses")),
        tuple(
            (row.owner or "(none)", row.entries, row.unused, row.overdue, row.uses) for row in report.owners
        ),
    )


def _documents(report: Report) -> Table:
    rows = sorted(report.documents, key=lambda row: (-row.terms[Explained.NOWHERE], row.path))
    return Table(
        "documents",
        "Documents",
        "The terms of each document, those with the most unexplained acronyms first.",
        "There are no documents.",
        (
            *_columns("Document"),
            *_numbers("Explained", "Terms", "Later", "Not expanded", "Not explained"),
            *_columns("Acronyms without explanation"),
        ),
        tuple(
            (
                row.path,
                Percent(share(row.terms)),
                sum(row.terms.values()),
                row.terms[Explained.LATE],
                row.terms[Explained.NOT_EXPANDED],
                row.terms[Explained.NOWHERE],
                _unexplained(row),
            )
            for row in rows
        ),
    )


def _unexplained(row: DocumentCoverage) -> str:
    found = (use for use in row.findings if use.explained is Explained.NOWHERE)
    return ", ".join(f"{use.name} (line {use.line})" for use in found)


def _terms(report: Report) -> Table:
    return Table(
        "terms",
        "Terms",
        "Entries of glossaries that documents use, the most used ones first.",
        "No document uses an entry.",
        (*_columns("Term"), *_numbers("Uses", "Documents"), *_columns("Entry", "Used in")),
        tuple(
            (_name(row), row.tally.uses, row.tally.documents, _entry(row), _places(row.tally))
            for row in report.used
        ),
    )


def _columns(*heads: str) -> tuple[Column, ...]:
    return tuple(map(Column, heads))


def _numbers(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(head, is_number=True) for head in heads)


def _name(row: TermRow) -> str:
    return f"{row.term.name} ({row.term.expansion})" if row.term.expansion else row.term.name


def _entry(row: TermRow) -> str:
    return f"{row.glossary}:{row.line}" if row.is_own else row.glossary


def _places(tally: Tally) -> str:
    """Return the documents with the most uses, and how many others there are."""
    named = [f"{spot.path}:{spot.line}" for spot in tally.spots[:_MOST_NAMED]]
    more = tally.documents - len(named)
    return ", ".join([*named, *([f"{more} more"] if more else [])])
