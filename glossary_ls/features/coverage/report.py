"""The report on coverage: the sum over the documents, compared with the entries of the glossaries.

A folder is the one that a document is in, without those below it. Every order is fixed, so that equal sums
give equal reports. It must not know how a report is rendered.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.features.coverage.model import EntryId, Explained, Tally, share, total
from glossary_ls.rules.shared.review import months_since
from glossary_ls.vfs.files import portable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from glossary_ls.base.model import Term
    from glossary_ls.features.coverage.model import Coverage, Defined, DocumentCoverage


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of a glossary: its path, the name of the glossary for people, and the line, from 1.

    `is_own`: the glossary is one of the workspace, so that its unused and old entries are the team's concern.
    `limit` is the number of months after which a review is out of date, 0 for never.
    """

    term: Term
    path: str
    glossary: str
    line: int
    is_own: bool
    limit: int = 0


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of a glossary and its uses; `age` is the number of months since its last review, if known."""

    term: Term
    glossary: str
    line: int
    is_own: bool
    tally: Tally
    age: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class AcronymRow:
    """An acronym that nothing explains where it is used, and the documents that define it, if any."""

    name: str
    tally: Tally
    defined: tuple[Defined, ...]


@dataclass(frozen=True, slots=True)
class FolderRow:
    """The documents in a folder, and in how many ways the terms that each uses are explained."""

    folder: str
    documents: int
    uses: int
    terms: Mapping[Explained, int]


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """The entries of an owner in the glossaries of the workspace; an empty one stands for none."""

    owner: str
    entries: int
    unused: int
    overdue: int
    uses: int


@dataclass(frozen=True)
class Report:
    """Everything that is reported. The most used terms come first, and documents are ordered by path."""

    day: date
    documents: tuple[DocumentCoverage, ...]
    entries: tuple[TermRow, ...]
    acronyms: tuple[AcronymRow, ...]

    @cached_property
    def terms(self) -> Mapping[Explained, int]:
        """How many terms of documents are explained in which way; each counts once in each document."""
        return total(each.terms for each in self.documents)

    @property
    def share(self) -> float:
        """The percentage of the terms of documents that the document or a glossary explains."""
        return share(self.terms)

    @cached_property
    def used(self) -> tuple[TermRow, ...]:
        """The entries of all glossaries that documents use."""
        return tuple(row for row in self.entries if row.tally.uses)

    @cached_property
    def unused(self) -> tuple[TermRow, ...]:
        """The entries in glossaries of the workspace that no document uses."""
        return tuple(row for row in self.entries if row.is_own and not row.tally.uses)

    @cached_property
    def overdue(self) -> tuple[TermRow, ...]:
        """The entries in glossaries of the workspace whose review is out of date, the oldest first."""
        return tuple(sorted((row for row in self.entries if row.is_overdue), key=lambda row: -(row.age or 0)))

    @cached_property
    def folders(self) -> tuple[FolderRow, ...]:
        """The folders with documents."""
        ordered = sorted(self.documents, key=lambda each: _folder(each.path))
        groups = ((folder, [*group]) for folder, group in groupby(ordered, lambda each: _folder(each.path)))
        return tuple(
            FolderRow(
                folder, len(group), sum(each.uses for each in group), total(each.terms for each in group)
            )
            for folder, group in groups
        )

    @cached_property
    def owners(self) -> tuple[OwnerRow, ...]:
        """The owners of entries, those without an owner last; nobody if no entry has one."""
        groups: dict[str, list[TermRow]] = {}
        for row in self.entries:
            if row.is_own:
                groups.setdefault(row.term.owner, []).append(row)
        if not any(groups):
            return ()
        return tuple(
            OwnerRow(
                owner,
                len(rows),
                sum(not row.tally.uses for row in rows),
                sum(row.is_overdue for row in rows),
                sum(row.tally.uses for row in rows),
            )
            for owner, rows in sorted(groups.items(), key=lambda item: (not item[0], item[0]))
        )

    @cached_property
    def reviews(self) -> Mapping[str, int]:
        """The number of entries in glossaries of the workspace by the year of their last review."""
        years = (row.term.reviewed[:4] if row.age is not None else "" for row in self.entries if row.is_own)
        return dict(sorted(Counter(years).items()))


def report(coverage: Coverage, known: Iterable[Known], day: date, shown: Callable[[str], str]) -> Report:
    """Return the report on a sum; `shown` returns the name of a document for people.

    The entries of glossaries that are not of the workspace are in the report if they are used.
    """
    entries: dict[EntryId, TermRow] = {}
    for each in known:
        own = EntryId(portable(each.path), each.term.name, each.term.expansion)
        tally = coverage.entries.get(own, Tally())
        if (each.is_own or tally.uses) and own not in entries:
            entries[own] = _row(each, _shown(tally, shown), day)
    acronyms = (
        AcronymRow(
            name,
            _shown(tally, shown),
            tuple(each._replace(path=shown(each.path)) for each in coverage.definitions.get(name, ())),
        )
        for name, tally in coverage.acronyms.items()
    )
    documents = (
        type(each)(shown(each.path), each.uses, total([each.terms]), each.findings)
        for each in coverage.documents
    )
    return Report(
        day,
        tuple(sorted(documents, key=lambda each: each.path)),
        tuple(sorted(entries.values(), key=_by_uses)),
        tuple(sorted(acronyms, key=lambda row: (-row.tally.uses, row.name))),
    )


def _row(known: Known, tally: Tally, day: date) -> TermRow:
    age = months_since(known.term.reviewed, day)
    is_overdue = known.is_own and age is not None and 0 < known.limit <= age
    return TermRow(known.term, known.glossary, known.line, known.is_own, tally, age, is_overdue)


def _by_uses(row: TermRow) -> tuple[int, str, str, int]:
    return -row.tally.uses, row.term.name, row.glossary, row.line


def _shown(tally: Tally, shown: Callable[[str], str]) -> Tally:
    spots = tuple(spot._replace(path=shown(spot.path)) for spot in tally.spots)
    return Tally(tally.uses, tally.documents, spots)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or ("/" if path.startswith("/") else ".")
