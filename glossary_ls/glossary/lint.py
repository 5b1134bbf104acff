"""The rules for glossary files: what is wrong about an entry once it is seen together with the others.

Mistakes that are visible in the file alone (syntax, keys, values) are the reader's to report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cached_property
from heapq import nlargest
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base import globs, memo
from glossary_ls.base.model import AliasKind, Problem, Related, Severity, Status
from glossary_ls.glossary.dates import meant as date_meant
from glossary_ls.glossary.dates import read_date
from glossary_ls.glossary.index import key, names_of
from glossary_ls.glossary.model import Role, source_of
from glossary_ls.glossary.naming import scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.index import Glossary, Names
    from glossary_ls.glossary.model import GlossaryFile, Placed
    from glossary_ls.settings.schema import Settings


#: The codes of the rules that have fixes.
DUPLICATE = "duplicate-term"
TAKEN = "alias-taken"
DANGLING = "dangling-reference"
MISDATED = "invalid-date"
OVERDUE = "review-overdue"
UNREPLACED = "no-replacement"

#: How alike two names are of which one is offered for the other; short acronyms are all alike.
_CLOSE = 0.75

#: So many names are compared with a wrong one.
_COMPARED = 30


@dataclass(frozen=True, slots=True)
class FileRule:
    """One rule: its stable code, its default severity, and what it reports."""

    CODE: str
    SEVERITY: Severity
    SUMMARY: str
    check: Callable[[Case], Iterator[Problem]]


def check(
    file: GlossaryFile, glossary: Glossary, settings: Settings, today: date | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong in a glossary file, ascending; `glossary` is what it is merged into."""
    case = Case(file, glossary, settings, today or datetime.now(UTC).date())
    found: list[Problem] = []
    for rule in FILE_RULES:
        severity = settings.severities.get(rule.CODE, rule.SEVERITY)
        if severity is not Severity.OFF:
            found += (
                Problem(rule.CODE, each.message, each.span, severity, each.data, each.related)
                for each in rule.check(case)
            )
    return tuple(sorted(found, key=lambda problem: (problem.span, problem.code)))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The offset of the first of two equal entries."""

    first: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An alias that also names another term."""

    alias: str


@dataclass(frozen=True, slots=True)
class Dangling:
    """A name that no glossary has, and the one that was probably meant."""

    name: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The date to write for a review of today, and the date that an unreadable one probably means."""

    today: str
    meant: str = ""


@dataclass(frozen=True)
class Case:
    """A glossary file, with what it is checked against."""

    file: GlossaryFile
    glossary: Glossary
    settings: Settings
    today: date

    @cached_property
    def names(self) -> Names:
        """The names of the file."""
        sources = (
            each for each in self.glossary.sources if any(one.path == self.file.path for one in each.files)
        )
        return names_of(next(sources, None) or source_of(self.file))

    @cached_property
    def unusual(self) -> list[Placed]:
        """The entries that a rule about single entries may report."""
        return [placed for placed in self.file.entries if not placed.entry.is_usual]

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The names of all terms; of those that differ in their capitals, the one in the nearest file."""
        found: dict[str, str] = {}
        for file in self.glossary.files:
            for name in sorted({term.name for term in file.terms}):
                found.setdefault(key(name), name)
        return tuple(found.values())

    def having(self, keys: Iterable[str]) -> Iterator[Placed]:
        """Yield the entries with a name that has one of some keys, without those that cannot be read now."""
        found = map(self.file.locate, self.names.terms(keys))
        unread = set(map(id, self.file.kept))
        return (placed for placed in found if placed and id(placed) not in unread)


def _duplicates(case: Case) -> Iterator[Problem]:
    """Yield entries that say what an earlier one with the same name says."""
    seen: dict[tuple[str, str], Placed] = {}
    for placed in case.having(case.names.shared):
        term = placed.term
        first = seen.setdefault((key(term.name), key(term.expansion)), placed)
        if first is not placed:
            message = (
                f"'{term.name}' has an entry in line {first.line + 1} already; "
                "merge the two, or give each its own expansion when they mean different things"
            )
            related = Related(case.file.path, first.name.span, "the first entry")
            yield _problem(message, placed.name.span, Duplicate(first.span.start), (related,))


def _taken(case: Case) -> Iterator[Problem]:
    """Yield aliases that are the name or an alias of another term of the same folder."""
    scope = scope_of(case.file.path)
    beside = [
        names_of(source)
        for source in case.glossary.sources
        if any(file.path == case.file.path or scope_of(file.path) == scope for file in source.files)
    ]
    shared = case.names.shared.union(
        *(case.names.keys & names.keys for names in beside if names is not case.names)
    )
    for placed in case.having(shared):
        term = placed.term
        for alias in term.aliases:
            name = key(alias.name)
            owners = (other for names in beside for other in _owners(names, name)) if name in shared else ()
            others = [other for other in owners if other is not term and key(other.name) != key(term.name)]
            # An abbreviation may have several meanings; a reader is shown all of them.
            if others and (alias.kind is not AliasKind.ABBREVIATION or others[0].name == alias.name):
                message = (
                    f"the alias '{alias.name}' also names '{others[0].name}'; "
                    "take it out of one of the two entries"
                )
                yield _problem(message, _place(placed, Role.ALIAS, alias.name), Taken(alias.name))


def _owners(names: Names, name: str) -> list[Term]:
    """Return the terms of a layer that have a key for a name or alias; an expansion is not enough."""
    found = {id(row.term): row.term for row in names.of(name) if name in map(key, row.term.names)}
    return list(found.values())


def _dangling(case: Case) -> Iterator[Problem]:
    """Yield references to terms that no glossary in force has."""
    # A plural has a term without being its key.
    known = [names_of(source).keys for source in case.glossary.sources]
    named = set(chain.from_iterable(placed.entry.reference_keys for placed in case.file.entries))
    doubtful = {name for name in named if not any(name in keys for keys in known)}
    for placed in case.file.entries if doubtful else ():
        if doubtful.isdisjoint(placed.entry.reference_keys):
            continue
        for role, name in placed.entry.references:
            # The file may be no part of the glossary, as one that is ignored.
            if (
                key(name) in doubtful
                and not _owners(case.names, key(name))
                and not case.glossary.senses(name)
            ):
                close = _closest(name, case.known)
                hint = f"did you mean '{close}'?" if close else "add it, or correct the spelling"
                message = f"no glossary in force has a term '{name}'; {hint}"
                yield _problem(message, _place(placed, role, name), Dangling(name, close))


@memo.recent(256)
def _closest(name: str, known: tuple[str, ...]) -> str:
    """Return the known name that was probably meant, or nothing.

    To compare two names costs too much to be done for thousands: those that share most runs of three letters
    with the wrong one are looked at.
    """
    lower = name.lower()
    runs = {lower[at : at + 3] for at in range(max(len(lower) - 2, 1))}
    likely = nlargest(_COMPARED, known, key=lambda other: sum(map(other.lower().__contains__, runs)))
    return next(iter(get_close_matches(name, likely, n=1, cutoff=_CLOSE)), "")


def _empty(case: Case) -> Iterator[Problem]:
    """Yield entries that explain nothing."""
    for placed in case.unusual:
        if not any(_EXPLANATIONS(placed.entry.term)):
            message = f"'{placed.term.name}' is not explained; add an expansion, a summary or a definition"
            yield _problem(message, placed.name.span)


#: The fields of a term of which one at least explains it.
_EXPLANATIONS: Callable[[Term], tuple[object, ...]] = attrgetter(
    "expansion", "definition", "summary", "facts", "examples", "questions", "replaced_by"
)


def _misdated(case: Case) -> Iterator[Problem]:
    for placed in case.unusual:
        reviewed = placed.entry.term.reviewed
        if reviewed and read_date(reviewed) is None:
            message = f"'{reviewed}' is no date; write year, month and day, as in 2026-01-31"
            meant = date_meant(reviewed)
            data = Reviewed(case.today.isoformat(), meant.isoformat() if meant else "")
            yield _problem(message, _place(placed, Role.REVIEWED), data)


def _overdue(case: Case) -> Iterator[Problem]:
    limit = case.settings.review_months
    for placed in case.unusual if limit else ():
        term = placed.entry.term
        day = read_date(term.reviewed) if term.reviewed else None
        if day is None:
            continue
        age = (case.today.year - day.year) * 12 + case.today.month - day.month - (case.today.day < day.day)
        if age >= limit:
            whose = f"; ask {term.owner}" if term.owner else ""
            message = f"'{term.name}' was last reviewed {age} months ago; look at it again{whose}"
            yield _problem(message, _place(placed, Role.REVIEWED), Reviewed(case.today.isoformat()))


def _unreplaced(case: Case) -> Iterator[Problem]:
    for placed in case.unusual:
        term = placed.entry.term
        if term.status is Status.DEPRECATED and not term.replaced_by:
            message = f"'{term.name}' is deprecated; tell what to use instead with 'replaced_by'"
            yield _problem(message, _place(placed, Role.STATUS))


def _misscoped(case: Case) -> Iterator[Problem]:
    """Yield globs that match no document, which leaves their terms out everywhere."""
    for placed in case.unusual:
        for pattern in placed.entry.term.scope:
            if complaint := globs.complaint(pattern):
                message = f"{complaint}; '{placed.term.name}' is not found in any document by it"
                yield _problem(message, _place(placed, Role.SCOPE, pattern))


def _place(placed: Placed, role: Role, text: str | None = None) -> Span:
    """Return where a value of an entry stands; its name stands for what cannot be found."""
    return (placed.first(role, text) or placed.name).span


def _problem(message: str, span: Span, data: object = None, related: tuple[Related, ...] = ()) -> Problem:
    return Problem("", message, span, data=data, related=related)


#: Every rule for glossary files.
FILE_RULES = (
    FileRule(
        DUPLICATE,
        Severity.WARNING,
        "Two entries of a glossary with the same name and the same expansion.",
        _duplicates,
    ),
    FileRule(TAKEN, Severity.WARNING, "An alias that is a name of another term.", _taken),
    FileRule(DANGLING, Severity.WARNING, "A reference to a term that no glossary has.", _dangling),
    FileRule("empty-entry", Severity.HINT, "An entry that explains nothing.", _empty),
    FileRule(MISDATED, Severity.WARNING, "A review date that is no date.", _misdated),
    FileRule("invalid-scope", Severity.WARNING, "A pattern in `scope` that matches no document.", _misscoped),
    FileRule(OVERDUE, Severity.INFORMATION, "An entry that nobody looked at for long.", _overdue),
    FileRule(
        UNREPLACED,
        Severity.INFORMATION,
        "A deprecated term without a word on what to use instead.",
        _unreplaced,
    ),
)
