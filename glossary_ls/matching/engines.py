"""Engines: multi-pattern search in folded text. They must not know what makes an occurrence a mention.

A pattern is folded words separated by single blanks, or by several where the name has a longer separator. It
occurs where the folded text has it between blanks; the text is given with a blank at either end. Engines
return all occurrences, overlapping ones too: if they kept only the longest, one that is rejected later would
hide a shorter valid one. The native engine is `daachorse` (Aho and Corasick 1975, with the double array of
Kanda et al. 2023); the Python engine looks up words in a dictionary. Patterns with letters beyond Latin-1
have an engine of their own, because few texts need it.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, TypeAlias

from glossary_ls.matching.fold import fold_wide
from glossary_ls.matching.words import is_boundary

try:
    import daachorse

    NATIVE = True
except ImportError:
    #: Whether the native engine is available: the extra `fast` is installed.
    NATIVE = False

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: An occurrence in a text that is given with blanks around it: the offsets where the blank before it starts
#: and the one after it ends, and the index of the pattern. A plain tuple, because there are many.
Occurrence: TypeAlias = tuple[int, int, int]


class NativeEngine:
    """An Aho-Corasick automaton over bytes, in which the word boundaries are part of each pattern."""

    __slots__ = ("find",)

    def __init__(self, patterns: Iterable[bytes]) -> None:
        automaton = daachorse.DoubleArrayAhoCorasick([b" %b " % pattern for pattern in patterns])
        #: Return all occurrences, overlapping ones too, in no particular order.
        self.find: Callable[[bytes], list[Occurrence]] = automaton.find_overlapping


class PythonEngine:
    """A dictionary of the patterns, and one of the lengths of the patterns that begin with each word.

    Most words of a text are dismissed in C (`split`, `map`, `compress`). A word that begins a pattern costs
    one look-up per length, regardless of the number of patterns that begin with it.
    """

    __slots__ = ("_lengths", "_numbers")

    def __init__(self, patterns: Iterable[bytes]) -> None:
        self._numbers: dict[bytes, int] = {}
        #: The lengths with the blanks at both ends.
        self._lengths: dict[bytes, Sequence[int]] = {}
        for number, pattern in enumerate(patterns):
            self._numbers[b" %b " % pattern] = number
            word, length = pattern.partition(b" ")[0], len(pattern) + 2
            lengths = self._lengths.get(word, ())
            if length not in lengths:
                self._lengths[word] = (*lengths, length)

    def find(self, folded: bytes) -> list[Occurrence]:
        """Return all occurrences, overlapping ones too, in no particular order."""
        words = folded.split(b" ")
        first_words = list(compress(count(), map(self._lengths.__contains__, words)))
        if not first_words:
            return []
        ends = list(accumulate(map(len, words[: first_words[-1] + 1])))
        found: list[Occurrence] = []
        number_of = self._numbers.get
        for index in first_words:
            word = words[index]
            # As many blanks as words come before the end of a word.
            start = ends[index] + index - len(word) - 1
            for length in self._lengths[word]:
                number = number_of(folded[start : start + length])
                if number is not None and start + length <= len(folded):
                    found.append((start, start + length, number))
        return found


class WideEngine:
    """The patterns with letters beyond Latin-1: a dictionary of them, and the lengths by first letter."""

    __slots__ = ("_firsts", "_lengths", "_numbers")

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        """Take patterns, each with its index."""
        self._numbers = dict(patterns)
        self._lengths: dict[str, set[int]] = {}
        for pattern in self._numbers:
            self._lengths.setdefault(pattern[0], set()).add(len(pattern))
        self._firsts = re.compile(f"[{re.escape(''.join(self._lengths))}]") if self._numbers else None

    def find(self, text: str) -> list[Occurrence]:
        """Return all occurrences in a text that is neither folded nor given with blanks around it."""
        found: list[Occurrence] = []
        if self._firsts is None:
            return found
        folded = fold_wide(text)
        for first in self._firsts.finditer(folded):
            start = first.start()
            if is_boundary(folded, start):
                for length in self._lengths[first[0]]:
                    end = start + length
                    number = self._numbers.get(folded[start:end])
                    # A slice at the end of the text may be too short.
                    if number is not None and end <= len(folded) and is_boundary(folded, end):
                        found.append((start, end + 2, number))
        return found
