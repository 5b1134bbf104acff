"""The rules for glossary files: what is wrong about an entry once it is seen together with the others.

Mistakes that are visible in the file alone (syntax, keys, values) are the reader's to report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from heapq import nlargest
from typing import TYPE_CHECKING

from glossary_ls import globs
from glossary_ls.discovery import scope_of
from glossary_ls.glossary import key
from glossary_ls.model import START, AliasKind, Problem, Related, Severity, Status
from glossary_ls.readers.outline import Role, entry_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.glossary import Glossary
    from glossary_ls.model import GlossaryFile, Term
    from glossary_ls.settings import Settings
    from glossary_ls.text import Span, Text


#: The codes of the rules that there are remedies for.
DUPLICATE = "duplicate-term"
TAKEN = "alias-taken"
DANGLING = "dangling-reference"
MISDATED = "invalid-date"
OVERDUE = "review-overdue"
UNREPLACED = "no-replacement"

#: Other ways to write a date that can only be read as one: the year first, dots, and the month as a word.
_DATES = (
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/. ])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<word>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})"),
    re.compile(r"(?P<word>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

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
    check: Callable[[_Case], Iterator[Problem]]


def check(
    file: GlossaryFile, text: Text, glossary: Glossary, settings: Settings, today: date | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong in a glossary file, ascending; `glossary` is what it is merged into."""
    case = _Case(file, text, glossary, settings, today or datetime.now(UTC).date())
    found: list[Problem] = []
    for rule in FILE_RULES:
        severity = settings.severities.get(rule.CODE, rule.SEVERITY)
        if severity is not Severity.OFF:
            found += (
                Problem(rule.CODE, each.message, each.span, severity, each.data, each.related)
                for each in rule.check(case)
            )
    return tuple(sorted(found, key=lambda problem: (problem.span, problem.code)))


def file_rule_summaries() -> dict[str, str]:
    """Return what each rule for glossary files reports, by its code."""
    return {rule.CODE: rule.SUMMARY for rule in FILE_RULES}


@dataclass(frozen=True, slots=True)
class _Case:
    file: GlossaryFile
    text: Text
    glossary: Glossary
    settings: Settings
    today: date

    def place(self, term: Term, role: Role = Role.TERM, text: str | None = None) -> Span:
        """Return where a value of an entry stands; its name stands for what cannot be found."""
        if term.origin is None:
            return START
        entry = entry_in(self.text, term.origin.span)
        if entry is None:
            return term.origin.span
        value = entry.first(role, text)
        return (value or entry.name).span

    def terms(self) -> Iterator[Term]:
        """Yield the terms that stand in the text; those kept from an earlier version have no place in it."""
        for term in self.file.terms:
            if term.origin is not None and term.origin.span.end <= len(self.text):
                yield term


def _duplicates(case: _Case) -> Iterator[Problem]:
    """Yield entries that say what an earlier one with the same name says."""
    seen: dict[tuple[str, str], Term] = {}
    for term in case.terms():
        identity = key(term.name), key(term.expansion)
        first = seen.setdefault(identity, term)
        if first is not term and first.origin:
            message = (
                f"'{term.name}' has an entry in line {first.origin.line} already; "
                "merge the two, or give each its own expansion when they mean different things"
            )
            related = Related(case.file.path, case.place(first), "the first entry")
            data: dict[str, str | int] = {"first": first.origin.span.start}
            yield _problem(message, case.place(term), data, (related,))


def _taken(case: _Case) -> Iterator[Problem]:
    """Yield aliases that are the name or an alias of another term of the same folder."""
    owners: dict[str, list[Term]] = defaultdict(list)
    scope = scope_of(case.file.path)
    for file in case.glossary.files:
        if file.path == case.file.path or scope_of(file.path) == scope:
            for term in file.terms:
                for name in dict.fromkeys(map(key, term.names)):
                    owners[name].append(term)
    for term in case.terms():
        for alias in term.aliases:
            others = [
                other
                for other in owners[key(alias.name)]
                if other is not term and key(other.name) != key(term.name)
            ]
            # An abbreviation may have several meanings; a reader is shown all of them.
            if others and (alias.kind is not AliasKind.ABBREVIATION or others[0].name == alias.name):
                message = (
                    f"the alias '{alias.name}' also names '{others[0].name}'; "
                    "take it out of one of the two entries"
                )
                yield _problem(message, case.place(term, Role.ALIAS, alias.name), {"alias": alias.name})


def _dangling(case: _Case) -> Iterator[Problem]:
    """Yield references to terms that no glossary in force has."""
    # The file may be no part of the glossary, as one that is ignored.
    own = {key(name) for term in case.file.terms for name in term.names}
    known: dict[str, str] = {}
    for term in case.terms():
        for role, name in _references(term):
            if key(name) not in own and not case.glossary.senses(name):
                known = known or {other.name: other.name.lower() for other in case.glossary.terms}
                close = _closest(name, known)
                hint = f"did you mean '{close}'?" if close else "add it, or correct the spelling"
                message = f"no glossary in force has a term '{name}'; {hint}"
                data: dict[str, str | int] = {"name": name}
                if close:
                    data["suggestion"] = close
                yield _problem(message, case.place(term, role, name), data)


def _closest(name: str, known: Mapping[str, str]) -> str:
    """Return the known name that was probably meant, or nothing.

    To compare two names costs too much to be done for thousands: those that share most runs of three letters
    with the wrong one are looked at.
    """
    lower = name.lower()
    runs = {lower[at : at + 3] for at in range(max(len(lower) - 2, 1))}
    likely = nlargest(_COMPARED, known, key=lambda other: sum(run in known[other] for run in runs))
    return next(iter(get_close_matches(name, likely, n=1, cutoff=_CLOSE)), "")


def _references(term: Term) -> Iterator[tuple[Role, str]]:
    for name in term.related:
        yield Role.RELATED, name
    for contrast in term.contrasts:
        yield Role.CONTRAST, contrast.term
    for question in term.questions:
        for name in question.about:
            yield Role.ABOUT, name
    if term.replaced_by:
        yield Role.REPLACED_BY, term.replaced_by


def _empty(case: _Case) -> Iterator[Problem]:
    """Yield entries that explain nothing."""
    for term in case.terms():
        texts = (term.expansion, term.definition, term.summary, term.facts, term.examples, term.questions)
        if not any(texts) and not term.replaced_by:
            message = f"'{term.name}' is not explained; add an expansion, a summary or a definition"
            yield _problem(message, case.place(term))


def _misdated(case: _Case) -> Iterator[Problem]:
    for term in case.terms():
        if term.reviewed and _date(term.reviewed) is None:
            message = f"'{term.reviewed}' is no date; write year, month and day, as in 2026-01-31"
            data: dict[str, str | int] = {"today": case.today.isoformat()}
            if meant := _meant(term.reviewed):
                data["replacement"] = meant.isoformat()
            yield _problem(message, case.place(term, Role.REVIEWED), data)


def _overdue(case: _Case) -> Iterator[Problem]:
    limit = case.settings.review_months
    for term in case.terms() if limit else ():
        day = _date(term.reviewed)
        if day is None:
            continue
        age = (case.today.year - day.year) * 12 + case.today.month - day.month - (case.today.day < day.day)
        if age >= limit:
            whose = f"; ask {term.owner}" if term.owner else ""
            message = f"'{term.name}' was last reviewed {age} months ago; look at it again{whose}"
            yield _problem(message, case.place(term, Role.REVIEWED), {"today": case.today.isoformat()})


def _unreplaced(case: _Case) -> Iterator[Problem]:
    for term in case.terms():
        if term.status is Status.DEPRECATED and not term.replaced_by:
            message = f"'{term.name}' is deprecated; tell what to use instead with 'replaced_by'"
            yield _problem(message, case.place(term, Role.STATUS))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


def _meant(text: str) -> date | None:
    """Return the date that was written in another way, if no other one can be meant."""
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            word = (parts.get("word") or "").lower()
            months = [at for at, name in enumerate(_MONTHS, 1) if word and name.startswith(word)]
            month = int(parts["month"]) if parts.get("month") else (months[0] if len(months) == 1 else 0)
            try:
                return date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                return None
    return None


def _misscoped(case: _Case) -> Iterator[Problem]:
    """Yield globs that match no document, which leaves their terms out everywhere."""
    for term in case.terms():
        for pattern in term.scope:
            if complaint := globs.complaint(pattern):
                message = f"{complaint}; '{term.name}' is not found in any document by it"
                yield _problem(message, case.place(term, Role.SCOPE, pattern))


def _problem(
    message: str, span: Span, data: dict[str, str | int] | None = None, related: tuple[Related, ...] = ()
) -> Problem:
    return Problem("", message, span, data=data or {}, related=related)


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
