"""Engines: multi-pattern search in folded text. They must not know what makes an occurrence a mention.

A pattern is folded words separated by single blanks, or by several where the name has a longer separator. It
occurs where the folded text has it between blanks or ends of the text. Engines return all occurrences,
overlapping ones too: if they kept only the longest, one that is rejected later would hide a shorter valid
one. The native engine is `daachorse` (Aho and Corasick 1975, with the double array of Kanda et al. 2023); the
Python engine looks up words in a dictionary.
"""

from __future__ import annotations

from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, NamedTuple

try:
    import daachorse

    NATIVE = True
except ImportError:
    #: Whether the native engine is available: the extra `fast` is installed.
    NATIVE = False

if TYPE_CHECKING:
    from collections.abc import Sequence


class Occurrence(NamedTuple):
    """An occurrence of the pattern with the index `pattern` in folded text; `end` is exclusive."""

    start: int
    end: int
    pattern: int


class NativeEngine:
    """An Aho-Corasick automaton over bytes, in which the word boundaries are part of each pattern."""

    __slots__ = ("_automaton",)

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._automaton = daachorse.DoubleArrayAhoCorasick([b" " + pattern + b" " for pattern in patterns])

    def find(self, folded: bytes) -> list[Occurrence]:
        """Return all occurrences in `folded`, overlapping ones too, in no particular order."""
        found = self._automaton.find_overlapping(b" " + folded + b" ")
        return [Occurrence(start, end - 2, pattern) for start, end, pattern in found]


class PythonEngine:
    """A dictionary of the patterns, and one of the lengths of the patterns that begin with each word.

    Most words of a text are dismissed in C (`split`, `map`, `compress`). A word that begins a pattern costs
    one look-up per length, regardless of the number of patterns that begin with it.
    """

    __slots__ = ("_lengths", "_numbers")

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._numbers = {pattern: number for number, pattern in enumerate(patterns)}
        self._lengths: dict[bytes, set[int]] = {}
        for pattern in patterns:
            self._lengths.setdefault(pattern.partition(b" ")[0], set()).add(len(pattern))

    def find(self, folded: bytes) -> list[Occurrence]:
        """Return all occurrences in `folded`, overlapping ones too, in no particular order."""
        words = folded.split(b" ")
        first_words = list(compress(count(), map(self._lengths.__contains__, words)))
        if not first_words:
            return []
        starts = [0, *accumulate(len(word) + 1 for word in words)]
        found: list[Occurrence] = []
        for index in first_words:
            start = starts[index]
            for length in self._lengths[words[index]]:
                end = start + length
                number = self._numbers.get(folded[start:end]) if end <= len(folded) else None
                if number is not None and folded[end : end + 1] in {b"", b" "}:
                    found.append(Occurrence(start, end, number))
        return found
