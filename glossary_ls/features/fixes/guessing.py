"""What an acronym may stand for, judged by the words of the document: a guess, which the user sees first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis import Analysis
    from glossary_ls.document import Document

#: Fewer initials are found everywhere.
_FEWEST = 3

#: From this many letters on, small initials are no coincidence; below, words must have capitals or recur.
_MANY = 4

#: How many characters of a document are looked through, from its start.
_READ = 60_000

#: What was guessed, by analysis: editors ask again whenever the cursor moves.
_GUESSES: WeakKeyDictionary[Analysis, dict[str, str]] = WeakKeyDictionary()

_SMALL = r"(?:(?:of|and|the|for|to|in|on|by|per|with|a)[ -])?"


def expansion_of(acronym: str, document: Document) -> str:
    """Return the words of the document whose initials are the acronym, or nothing."""
    if not acronym.isalpha() or len(acronym) < _FEWEST:
        return ""
    guesses = _GUESSES.setdefault(document.analysis, {})
    if acronym not in guesses:
        guesses[acronym] = _guess(acronym, document)
    return guesses[acronym]


def _guess(acronym: str, document: Document) -> str:
    pattern = _initials(acronym)
    runs: Counter[str] = Counter(run for text in _prose(document) for run in pattern.findall(text))
    for run, _ in runs.most_common():
        words = [word for word in re.split("[ -]", run) if word]
        capital = all(word[0].isupper() for word in words if len(word) > 3)
        if capital or len(acronym) >= _MANY or runs[run] > 1:
            return run
    return ""


def _prose(document: Document) -> Iterator[str]:
    length = 0
    for scanned in document.analysis.blocks:
        yield scanned.block.prose.text
        length += scanned.block.length
        if length > _READ:
            return


def _initials(acronym: str) -> re.Pattern[str]:
    words = (f"[{letter.upper()}{letter.lower()}][a-z]{{2,}}" for letter in acronym)
    return re.compile(rf"(?<![\w-]){f'[ -]{_SMALL}'.join(words)}(?![\w-])")
