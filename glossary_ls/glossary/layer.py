"""The names of one layer: all glossary files of one place, indexed by key.

It must not know other layers, or how names of several are merged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from heapq import merge
from itertools import accumulate, chain, count
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.memo import lazy
from glossary_ls.glossary.names import joined_key, loose_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, KeysView, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.model import Source
    from glossary_ls.glossary.names import NameRow

#: How many keys are sorted at once.
_PART = 10_000


class Names:
    """The names of one layer by their keys, in the order of its files."""

    def __init__(self, source: Source) -> None:
        self._terms = tuple(chain.from_iterable(file.terms for file in source.files))
        rows = [*chain.from_iterable([entry.names for entry in source.entries])]
        # Most keys have one name, so that no list is made for each of them.
        self._rows = dict(zip([row.key for row in rows], rows, strict=True))
        is_shared = len(self._rows) < len(rows)
        #: The keys that there are several names for.
        self.shared = frozenset(row.key for row in rows if is_shared and self._rows[row.key] is not row)
        self._several: dict[str, list[NameRow]] = {name: [] for name in self.shared}
        for row in rows if self.shared else ():
            if row.key in self.shared:
                self._several[row.key].append(row)

    def of(self, name: str) -> Sequence[NameRow]:
        """Return the names with a key."""
        row = self._rows.get(name)
        if row is None:
            return ()
        return self._several[name] if name in self.shared else (row,)

    def number(self, term: Term) -> int:
        """Return the place of a term in the order of the layer."""
        return self._numbers[id(term)]

    @property
    def keys(self) -> KeysView[str]:
        """The keys of all names."""
        return self._rows.keys()

    def terms(self, keys: Iterable[str]) -> list[Term]:
        """Return the terms that have a name with one of some keys, in their order."""
        found = {id(row.term): row.term for name in keys for row in self.of(name)}
        return sorted(found.values(), key=self.number)

    def starting_with(self, prefix: str) -> Iterator[str]:
        """Yield the keys that start with something, ascending."""
        keys = self._sorted
        for at in range(bisect_left(keys, prefix), len(keys)):
            if not keys[at].startswith(prefix):
                break
            yield keys[at]

    def holding(self, part: str) -> Iterator[tuple[str, int]]:
        """Yield the keys that hold something, ascending, once for each place with the place in the key."""
        # One text is searched faster than many.
        text, starts = self._lines
        at = text.find(part)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            yield self._sorted[index], at - starts[index]
            at = text.find(part, at + 1)

    def typed(self, typed: str) -> Sequence[str]:
        """Return the keys of the names that people type as `typed`, a key."""
        return (*self._loose.get(typed, ()), *self._joined.get(typed, ()))

    def typed_as(self, prefix: str, *, inside: bool) -> Iterator[str]:
        """Yield the keys of the names of which a loose key starts with something, or a word in it."""
        typed = self._sorted_loose
        for at in range(bisect_left(typed, prefix), len(typed)):
            if not typed[at].startswith(prefix):
                break
            yield from self._loose[typed[at]]
        for form in typed if inside else ():
            if f" {prefix}" in form:
                yield from self._loose[form]

    @lazy
    def _loose(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, row in self._rows.items():
            for typed in loose_keys(row.name):
                found.setdefault(typed, []).append(name)
        return found

    @lazy
    def _joined(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._rows:
            if joined := joined_key(name):
                found.setdefault(joined, []).append(name)
        return found

    @lazy
    def _sorted_loose(self) -> list[str]:
        return ascending(self._loose)

    @lazy
    def _numbers(self) -> dict[int, int]:
        return dict(zip(map(id, self._terms), count(), strict=False))

    @lazy
    def _sorted(self) -> list[str]:
        return ascending(self._rows)

    @lazy
    def _lines(self) -> tuple[str, list[int]]:
        return "\n".join(self._sorted), [0, *accumulate(len(name) + 1 for name in self._sorted[:-1])]


def ascending(keys: Iterable[str]) -> list[str]:
    """Return keys in order; in parts, because no other thread runs while `sorted` does."""
    every = list(keys)
    parts = [sorted(every[at : at + _PART]) for at in range(0, len(every), _PART)]
    return list(merge(*parts))


@memo.about
def names_of(source: Source) -> Names:
    """Return the names of a layer."""
    return Names(source)
