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
from typing import TYPE_CHECKING

from glossary_ls.base import globs
from glossary_ls.base.model import START, AliasKind, Problem, Related, Severity
from glossary_ls.glossary.dates import meant as date_meant
from glossary_ls.glossary.dates import read_date
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.formats.yaml.outline import Role, entry_of
from glossary_ls.glossary.index import key
from glossary_ls.glossary.names import names_of
from glossary_ls.glossary.suspects import Special, Suspects, references, suspects
from glossary_ls.glossary.terms import as_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.base.model import GlossaryFile, Term
    from glossary_ls.base.text import Span, Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.names import Names
    from glossary_ls.settings.schema import Settings


#: The codes of the rules that there are remedies for.
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
    file: GlossaryFile, text: Text, glossary: Glossary, settings: Settings, today: date | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong in a glossary file, ascending; `glossary` is what it is merged into."""
    case = Case(file, text, glossary, settings, today or datetime.now(UTC).date())
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
    """Where the first of two equal entries starts."""

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
    text: Text
    glossary: Glossary
    settings: Settings
    today: date

    def place(self, term: Term, role: Role = Role.TERM, text: str | None = None) -> Span:
        """Return where a value of an entry stands; its name stands for what cannot be found."""
        if term.origin is None:
            return START
        entry = entry_of(self.text, term.origin.span)
        if entry is None:
            return term.origin.span
        value = entry.first(role, text)
        return (value or entry.name).span

    @cached_property
    def names(self) -> Names:
        """The names of the file."""
        # The glossary knows them if the file is a part of it.
        self.glossary.ask()
        return names_of(self.file.terms)

    @cached_property
    def known(self) -> Mapping[str, str]:
        """The names of all terms and their lower case; of those that differ in theirs, the nearest."""
        files = ({term.name for term in as_read(file.terms)} for file in self.glossary.files)
        found: dict[str, str] = {}
        for name in (name for names in files for name in sorted(names)):
            found.setdefault(key(name), name)
        return {name: name.lower() for name in found.values()}

    @cached_property
    def suspects(self) -> Suspects:
        """The entries that a rule may have something to say about."""
        return suspects(self.file.terms)

    def special(self, what: Special) -> Iterator[Term]:
        """Yield the terms of which something special is true."""
        return self.terms(self.suspects.special.get(what, ()))

    def terms(self, numbers: Iterable[int]) -> Iterator[Term]:
        """Yield terms that stand in the text; of those kept from an earlier version it is no longer known."""
        for number in numbers:
            if number < len(self.file.terms) - self.file.kept:
                yield self.file.terms[number]


def _duplicates(case: Case) -> Iterator[Problem]:
    """Yield entries that say what an earlier one with the same name says."""
    seen: dict[tuple[str, str], Term] = {}
    for term in case.terms(case.names.numbers(case.names.shared)):
        identity = key(term.name), key(term.expansion)
        first = seen.setdefault(identity, term)
        if first is not term and first.origin:
            message = (
                f"'{term.name}' has an entry in line {first.origin.line} already; "
                "merge the two, or give each its own expansion when they mean different things"
            )
            related = Related(case.file.path, case.place(first), "the first entry")
            yield _problem(message, case.place(term), Duplicate(first.origin.span.start), (related,))


def _taken(case: Case) -> Iterator[Problem]:
    """Yield aliases that are the name or an alias of another term of the same folder."""
    scope = scope_of(case.file.path)
    beside = [
        names_of(file.terms)
        for file in case.glossary.files
        if file.path == case.file.path or scope_of(file.path) == scope
    ]
    shared = case.names.shared.union(
        *(case.names.keys & names.keys for names in beside if names is not case.names)
    )
    for term in case.terms(case.names.numbers(shared)):
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
                yield _problem(message, case.place(term, Role.ALIAS, alias.name), Taken(alias.name))


def _owners(names: Names, name: str) -> list[Term]:
    """Return the terms of a file that have a key for a name or alias; to be spelt out so is not enough."""
    found = {id(row.term): row.term for row in names.of(name) if name in map(key, row.term.names)}
    return [names.placed(term) for term in found.values()]


def _dangling(case: Case) -> Iterator[Problem]:
    """Yield references to terms that no glossary in force has."""
    # A plural has a term without being its key.
    doubtful = set(chain.from_iterable(case.suspects.referring))
    doubtful = doubtful.difference(*(names_of(file.terms).keys for file in case.glossary.files))
    if not doubtful:
        return
    numbers = [
        number for number, named in enumerate(case.suspects.referring) if not doubtful.isdisjoint(named)
    ]
    for term in case.terms(numbers):
        for role, name in references(term):
            # The file may be no part of the glossary, as one that is ignored.
            if (
                key(name) in doubtful
                and not _owners(case.names, key(name))
                and not case.glossary.senses(name)
            ):
                close = _meant(name, case)
                hint = f"did you mean '{close}'?" if close else "add it, or correct the spelling"
                message = f"no glossary in force has a term '{name}'; {hint}"
                yield _problem(message, case.place(term, role, name), Dangling(name, close))


def _meant(name: str, case: Case) -> str:
    """Return the name that a wrong one was probably meant to be, or nothing."""
    found = _MEANT.get(name)
    titles = case.glossary.titles
    if found is None or found[0] != titles:
        if len(_MEANT) >= _MOST_MEANT:
            _MEANT.clear()
        found = _MEANT[name] = titles, _closest(name, case.known)
    return found[1]


#: What wrong names were meant to be, as long as there are the same right ones.
_MEANT: dict[str, tuple[tuple[object, ...], str]] = {}
_MOST_MEANT = 1000


def _closest(name: str, known: Mapping[str, str]) -> str:
    """Return the known name that was probably meant, or nothing.

    To compare two names costs too much to be done for thousands: those that share most runs of three letters
    with the wrong one are looked at.
    """
    lower = name.lower()
    runs = {lower[at : at + 3] for at in range(max(len(lower) - 2, 1))}
    likely = nlargest(_COMPARED, known, key=lambda other: sum(map(known[other].__contains__, runs)))
    return next(iter(get_close_matches(name, likely, n=1, cutoff=_CLOSE)), "")


def _empty(case: Case) -> Iterator[Problem]:
    """Yield entries that explain nothing."""
    for term in case.special(Special.EMPTY):
        message = f"'{term.name}' is not explained; add an expansion, a summary or a definition"
        yield _problem(message, case.place(term))


def _misdated(case: Case) -> Iterator[Problem]:
    for term in case.special(Special.MISDATED):
        message = f"'{term.reviewed}' is no date; write year, month and day, as in 2026-01-31"
        meant = date_meant(term.reviewed)
        data = Reviewed(case.today.isoformat(), meant.isoformat() if meant else "")
        yield _problem(message, case.place(term, Role.REVIEWED), data)


def _overdue(case: Case) -> Iterator[Problem]:
    limit = case.settings.review_months
    for term in case.special(Special.DATED) if limit else ():
        day = read_date(term.reviewed)
        if day is None:
            continue
        age = (case.today.year - day.year) * 12 + case.today.month - day.month - (case.today.day < day.day)
        if age >= limit:
            whose = f"; ask {term.owner}" if term.owner else ""
            message = f"'{term.name}' was last reviewed {age} months ago; look at it again{whose}"
            yield _problem(message, case.place(term, Role.REVIEWED), Reviewed(case.today.isoformat()))


def _unreplaced(case: Case) -> Iterator[Problem]:
    for term in case.special(Special.UNREPLACED):
        message = f"'{term.name}' is deprecated; tell what to use instead with 'replaced_by'"
        yield _problem(message, case.place(term, Role.STATUS))


def _misscoped(case: Case) -> Iterator[Problem]:
    """Yield globs that match no document, which leaves their terms out everywhere."""
    for term in case.special(Special.SCOPED):
        for pattern in term.scope:
            if complaint := globs.complaint(pattern):
                message = f"{complaint}; '{term.name}' is not found in any document by it"
                yield _problem(message, case.place(term, Role.SCOPE, pattern))


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
