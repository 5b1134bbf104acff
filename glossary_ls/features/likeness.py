"""Fuzzy search: names that start like something typed, but for an error or letters left out.

An error is one letter too many, missing or wrong, or two letters swapped, before the last letter typed.
Letters may be left out if the others are close together. The names are sorted by key and searched a range at
a time, which takes a millisecond for ten thousand names. This module must not know what is typed where.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.acronyms.vocabulary import Words
    from glossary_ls.base.model import Term

Row = tuple[str, str, "Term"]

#: The fewest letters that make it likely that the name was meant.
SHORTEST = 4
_SHORTEST_SLIP = 5

#: Longer texts have too many variants to try.
_LONGEST = 24

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def alike(names: Sequence[Row], typed: str) -> Iterator[Row]:
    """Yield the names that `typed`, a key, may be the start of; errors first. `names` are sorted by key.

    A name may be yielded twice.
    """
    if SHORTEST <= len(typed) <= _LONGEST:
        if len(typed) >= _SHORTEST_SLIP:
            for variant in _slips(typed):
                yield from _starting(names, variant)
        yield from _with_gaps(names, typed)


def _slips(typed: str) -> Iterator[str]:
    """Yield what may have been meant; the first and the last letter are assumed to be right."""
    for at in range(1, len(typed) - 1):
        head, tail = typed[:at], typed[at:]
        yield head + tail[1:]
        if len(tail) > 2:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail[1:]
            yield head + letter + tail


def _starting(names: Sequence[Row], prefix: str) -> Iterator[Row]:
    for at in range(bisect_left(names, (prefix,)), len(names)):
        if not names[at][0].startswith(prefix):
            return
        yield names[at]


def _with_gaps(names: Sequence[Row], typed: str) -> Iterator[Row]:
    """Yield the names that have the typed letters in order, from the first on and close together."""
    letters = typed.replace(" ", "")
    gaps = "".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in letters[1:])
    matches = re.compile(re.escape(letters[0]) + gaps).match
    for at in range(bisect_left(names, (letters[0],)), len(names)):
        row = names[at]
        if row[0][:1] != letters[0]:
            return
        found = matches(row[0])
        if found is not None and found.end() <= 2 * len(letters):
            yield row


def begins_english(english: Words, prefix: str) -> bool:
    """Return whether what is typed is made of common words, the last one so far, and no slip."""
    *before, last = prefix.split(" ")
    return english.have_beginning(last) and all(word in english for word in before)
