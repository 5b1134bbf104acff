"""The names of one glossary file: which of its terms have a name, by the form under which names are indexed.

A file in which somebody types is a new one with every key, and hardly any of its names are: those of its last
version are taken over. This module must not know the other files.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakValueDictionary

from glossary_ls.base.model import CaseRule
from glossary_ls.base.text import common_prefix, common_suffix
from glossary_ls.glossary.terms import Terms, apart
from glossary_ls.matching.fold import JOINERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, KeysView, Sequence

    from glossary_ls.base.model import Term

_JOINER = re.compile(f"[{re.escape(''.join(sorted(JOINERS)))}\\s]+")

#: A name with at least this share of capitals among its letters is told from a word by them (`REST`, `rest`).
_EXACT_SHARE = 0.75

#: Longer names in capitals have no word that they could be taken for.
_EXACT_LETTERS = 6

#: With more terms that are new, a file is indexed as a whole.
_MOST_NEW = 100


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """Return the form under which a name is indexed: lower case, any joiner one blank."""
    return _JOINER.sub(" ", name.strip()).lower()


@lru_cache(maxsize=65_536)
def is_exact(name: str, rule: CaseRule | None) -> bool:
    """Tell whether a name is only itself with the capitals that it is written with.

    Without a rule of the term's own, that holds for short names that are mostly capitals.
    """
    if rule is not None:
        return rule is CaseRule.EXACT and name != name.lower()
    letters = [character for character in name if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return 1 < len(letters) <= _EXACT_LETTERS and capitals >= _EXACT_SHARE * len(letters)


class Named(NamedTuple):
    """A name of a term, which counts its place from the start of its entry; `own` when it is no alias."""

    name: str
    term: Term
    own: bool
    exact: bool


class Names:
    """The names of a file; immutable."""

    def __init__(self, terms: Sequence[Term], like: Names | None = None) -> None:
        """Take the terms of a file; the names of an earlier version of it save work."""
        self.terms = terms
        self._bare, self._numbers = apart(terms)
        self._rows: dict[str, tuple[Named, ...]] = {}
        self._sorted: list[str] | None = None
        self._lines: tuple[str, list[int]] | None = None
        self._shared: frozenset[str] | None = None
        #: The same object for as long as the terms have the same names of their own.
        self.titles = object()
        if like is None or not self._take_over(like):
            self._add(self._bare)

    # --- look-ups -----------------------------------------------------------------------------------------

    def of(self, name: str) -> Sequence[Named]:
        """Return the names with a key, in the order of the file."""
        rows = self._rows.get(name, ())
        return sorted(rows, key=self._number) if len(rows) > 1 else rows

    def placed(self, term: Term) -> Term:
        """Return a term of these names where it stands in the file."""
        return self.terms.placed(term) if isinstance(self.terms, Terms) else term

    @property
    def keys(self) -> KeysView[str]:
        """The keys of all names."""
        return self._rows.keys()

    @property
    def shared(self) -> frozenset[str]:
        """The keys that there are several names for."""
        if self._shared is None:
            self._shared = frozenset(name for name, rows in self._rows.items() if len(rows) > 1)
        return self._shared

    def numbers(self, keys: Iterable[str]) -> list[int]:
        """Return which of the terms have a name with one of some keys, ascending."""
        return sorted({self._number(row) for name in keys for row in self._rows.get(name, ())})

    def starting_with(self, prefix: str) -> Iterator[str]:
        """Yield the keys that start with something, ascending."""
        keys = self._keys
        for at in range(bisect_left(keys, prefix), len(keys)):
            if not keys[at].startswith(prefix):
                break
            yield keys[at]

    def holding(self, part: str) -> Iterator[tuple[str, int]]:
        """Yield the keys that hold something, ascending, once for each place with the place in the key."""
        if self._lines is None:
            # One text is searched faster than many.
            starts = [0, *accumulate(len(key) + 1 for key in self._keys[:-1])]
            self._lines = "\n".join(self._keys), starts
        text, starts = self._lines
        at = text.find(part)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            yield self._keys[index], at - starts[index]
            at = text.find(part, at + 1)

    @cached_property
    def telling(self) -> tuple[Term, ...]:
        """The terms that say something about other terms: what they are not, or what people ask."""
        return tuple(term for term in self._bare if term.contrasts or term.questions)

    @property
    def _keys(self) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(self._rows)
        return self._sorted

    def _number(self, row: Named) -> int:
        return self._numbers[id(row.term)]

    # --- building -----------------------------------------------------------------------------------------

    def _add(self, terms: Iterable[Term]) -> None:
        for term in terms:
            for name, row in _rows(term):
                self._rows[name] = (*self._rows.get(name, ()), row)

    def _take_over(self, like: Names) -> bool:
        """Begin with the names of an earlier version; tell whether that pays."""
        before, after = tuple(like._numbers), tuple(self._numbers)
        same = common_prefix(before, after)
        behind = min(common_suffix(before, after), min(len(before), len(after)) - same)
        gone = [like._bare[at] for at in range(same, len(before) - behind) if before[at] not in self._numbers]
        new = [self._bare[at] for at in range(same, len(after) - behind) if after[at] not in like._numbers]
        if len(gone) + len(new) > _MOST_NEW:
            return False
        self._rows = like._rows.copy()
        touched = {name for term in (*gone, *new) for name, _ in _rows(term)}
        lost = set(map(id, gone))
        for name in touched & self._rows.keys():
            kept = tuple(row for row in self._rows[name] if id(row.term) not in lost)
            if kept:
                self._rows[name] = kept
            else:
                del self._rows[name]
        self._add(new)
        if sorted(term.name for term in gone) == sorted(term.name for term in new):
            self.titles = like.titles
        self._order_as(like, touched)
        if like._shared is not None:
            several = (name for name in touched if len(self._rows.get(name, ())) > 1)
            self._shared = (like._shared - touched).union(several)
        return True

    def _order_as(self, like: Names, touched: set[str]) -> None:
        """Take over the order of the keys, in which only some can be others."""
        gone = [name for name in touched if name in like._rows and name not in self._rows]
        new = [name for name in touched if name in self._rows and name not in like._rows]
        if not gone and not new:
            self._sorted, self._lines = like._sorted, like._lines
        elif like._sorted is not None:
            self._sorted = like._sorted.copy()
            for name in gone:
                del self._sorted[bisect_left(self._sorted, name)]
            for name in new:
                insort(self._sorted, name)


#: The names of terms, as long as some glossary has them. Those hold the terms, so that their ids stay taken.
_KNOWN: WeakValueDictionary[int, Names] = WeakValueDictionary()


def names_of(terms: Sequence[Term], like: Names | None = None) -> Names:
    """Return the names of the terms of a file; those of an earlier version of it save work."""
    found = _KNOWN.get(id(terms))
    if found is None:
        found = _KNOWN[id(terms)] = Names(terms, like)
    return found


def _rows(term: Term) -> Iterator[tuple[str, Named]]:
    """Yield the names of a term, each with its key."""
    names = {name: is_exact(name, term.case) for name in term.names}
    if term.expansion:
        # Spelt out, a term is recognised whatever its capitals.
        names.setdefault(term.expansion, False)
    for name, exact in names.items():
        yield key(name), Named(name, term, name == term.name, exact)
