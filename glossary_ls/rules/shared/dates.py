"""Dates as glossary files have them: year, month and day, as in 2026-01-31."""

from __future__ import annotations

import re
from datetime import date

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
