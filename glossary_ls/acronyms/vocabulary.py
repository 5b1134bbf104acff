"""Word lists that tell an acronym from other things written in capitals.

The module knows the lists' form and what they are for; it reads no files and does not judge a token.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists, with each word in the casing of its file."""

    #: Capitals that stand for no words: key words, call-outs, units, licence ids ...
    not_acronyms: frozenset[str] = frozenset()
    #: Products, companies and projects that look like acronyms.
    names: frozenset[str] = frozenset()
    #: Common English words in lower case.
    english: frozenset[str] = frozenset()


EMPTY = Vocabulary()


def parse(text: str) -> frozenset[str]:
    """Read a list with one word a line; blank lines, `#` lines and what follows ` #` are left out."""
    lines = (line.partition(" #")[0].strip() for line in text.split("\n") if not line.startswith("#"))
    return frozenset(filter(None, lines))


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written down in a module."""
    return frozenset(text.split())
