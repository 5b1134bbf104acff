"""Word lists that distinguish acronyms from other words in capitals, and their file format.

This module must not read files.
"""

from __future__ import annotations

import re

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily

#: Successive lines of words that begin with the same two letters.
_GROUP = lazily(r"^([^\n#]{2})[^\n]*(?:\n\1[^\n]*)*", re.MULTILINE)


class Words:
    """Many words in little memory: those with the same first two letters are one text.

    A set of 35,000 words takes 4 MB more, and three times as long to be made.
    """

    __slots__ = ("_groups",)

    def __init__(self, lines: str = "") -> None:
        """`lines` are words of two letters or more, and comments."""
        self._groups: dict[str, str] = {}
        for group in _GROUP.finditer(lines):
            self._groups[group[1]] = f"{self._groups.get(group[1], '')}\n{group[0]}\n"

    def __contains__(self, word: str) -> bool:
        return f"\n{word}\n" in self._groups.get(word[:2], "") and "\n" not in word

    def have_beginning(self, text: str) -> bool:
        """Return whether a word begins with a text."""
        if len(text) > 1:
            return f"\n{text}" in self._groups.get(text[:2], "")
        return any(beginning.startswith(text) for beginning in self._groups)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists, with the casing of their files."""

    #: Words in capitals that are not acronyms: keywords, callouts, units, license ids ...
    not_acronyms: frozenset[str] = frozenset()
    #: Products, companies and projects that look like acronyms.
    names: frozenset[str] = frozenset()
    #: Common English words in lower case.
    english: Words = Words()


EMPTY = Vocabulary()


def parse(text: str) -> frozenset[str]:
    """Parse a list with one word per line, blank lines, `#` lines and trailing ` #` comments."""
    lines = frozenset(text.split("\n"))
    # Nearly all lines are a word and nothing else.
    others = [line for line in lines if not line.isalpha()]
    words = (line.partition(" #")[0].strip() for line in others if not line.startswith("#"))
    return lines.difference(others).union(filter(None, words))
