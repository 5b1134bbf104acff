"""The date of the last review of an entry: how it is written, and the fix that both of its rules offer."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import TextEdit
from glossary_ls.rules.shared.case import editable_file
from glossary_ls.rules.shared.fix import quick_fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.rules.shared.fix import Fix, Target

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


def read_date(text: str) -> date | None:
    """Return a date, or None for what is none."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None


def months_since(text: str, today: date) -> int | None:
    """Return the number of whole months since a date, or None for what is none."""
    day = read_date(text)
    if day is None:
        return None
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def meant(text: str) -> date | None:
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


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The current date, and the date that an invalid one probably means, both in ISO form."""

    today: str
    meant: str = ""


def mark_reviewed(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the current date."""
    if isinstance(problem.data, Reviewed) and editable_file(document):
        yield quick_fix("Mark as reviewed today", problem, TextEdit(problem.span, problem.data.today))
