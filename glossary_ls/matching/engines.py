"""Engines: where patterns occur in folded text. Fast, and ignorant of everything that makes a mention.

A pattern is folded words with single blanks (or, for a literal sign between them, more) in between; it occurs
where the folded text has it with a blank or an end on either side. Every engine returns every occurrence,
overlapping ones too: an engine that kept only the longest would let a hit that is rejected later hide a
shorter one that is right. The native engine is `daachorse` (Aho and Corasick 1975, with the double array of
Kanda et al. 2023); the Python engine looks words up in a dictionary.
"""

from __future__ import annotations

from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, NamedTuple, Protocol

try:
    import daachorse

    NATIVE = True
except ImportError:
    #: Whether the native engine can be used: the extra `fast` is installed and has a wheel for this platform.
    NATIVE = False

if TYPE_CHECKING:
    from collections.abc import Sequence


class Occurrence(NamedTuple):
    """A pattern found in folded text; `end` is exclusive, `pattern` the index of the pattern."""

    start: int
    end: int
    pattern: int


class Engine(Protocol):
    """Finds all occurrences of its patterns, in no particular order."""

    def find(self, folded: bytes) -> list[Occurrence]:
        """Return every occurrence in `folded`, overlapping ones too."""
        ...


def engine(patterns: Sequence[bytes], *, native: bool = True) -> Engine:
    """Return the fastest engine that is available for `patterns`, or the Python one on request."""
    if native and patterns and NATIVE:
        return NativeEngine(patterns)
    return PythonEngine(patterns)


class NativeEngine:
    """An Aho-Corasick automaton over bytes, with the word boundary as a part of each pattern."""

    __slots__ = ("_automaton",)

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._automaton = daachorse.DoubleArrayAhoCorasick([b" " + pattern + b" " for pattern in patterns])

    def find(self, folded: bytes) -> list[Occurrence]:
        """Return every occurrence in `folded`, overlapping ones too."""
        found = self._automaton.find_overlapping(b" " + folded + b" ")
        return [Occurrence(start, end - 2, pattern) for start, end, pattern in found]


class PythonEngine:
    """A dictionary of the patterns, and for each first word how long the patterns are that begin with it.

    The words of a text pass through it in C (`split`, `map`, `compress`); only words that start a pattern are
    looked at in Python, once for each length, however many patterns start with them.
    """

    __slots__ = ("_lengths", "_numbers")

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._numbers = {pattern: number for number, pattern in enumerate(patterns)}
        self._lengths: dict[bytes, set[int]] = {}
        for pattern in patterns:
            self._lengths.setdefault(pattern.partition(b" ")[0], set()).add(len(pattern))

    def find(self, folded: bytes) -> list[Occurrence]:
        """Return every occurrence in `folded`, overlapping ones too."""
        words = folded.split(b" ")
        places = list(compress(count(), map(self._lengths.__contains__, words)))
        if not places:
            return []
        starts = [0, *accumulate(len(word) + 1 for word in words)]
        found: list[Occurrence] = []
        for place in places:
            start = starts[place]
            for length in self._lengths[words[place]]:
                end = start + length
                number = self._numbers.get(folded[start:end]) if end <= len(folded) else None
                if number is not None and folded[end : end + 1] in {b"", b" "}:
                    found.append(Occurrence(start, end, number))
        return found
