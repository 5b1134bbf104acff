"""Word lists that distinguish acronyms from other words in capitals, and their file format.

This module must not read files.
"""

from __future__ import annotations

from glossary_ls.base.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists, with the casing of their files."""

    #: Words in capitals that are not acronyms: keywords, callouts, units, license ids ...
    not_acronyms: frozenset[str] = frozenset()
    #: Products, companies and projects that look like acronyms.
    names: frozenset[str] = frozenset()
    #: Common English words in lower case.
    english: frozenset[str] = frozenset()


EMPTY = Vocabulary()


def parse(text: str) -> frozenset[str]:
    """Parse a list with one word per line, blank lines, `#` lines and trailing ` #` comments."""
    lines = frozenset(text.split("\n"))
    # Nearly all lines are a word and nothing else.
    others = [line for line in lines if not line.isalpha()]
    words = (line.partition(" #")[0].strip() for line in others if not line.startswith("#"))
    return lines.difference(others).union(filter(None, words))
