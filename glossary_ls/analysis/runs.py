"""Runs: the portions of a document in groups, each with what was put together about it.

Whoever asks about a whole document after each key has to put together what is known of some hundred portions.
What a run of them comes to is remembered like the facts about each, so that an edit costs the portions of one
run, and then one step for each run. This module must not know rules, nor how a text is scanned.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from glossary_ls.analysis.chunks import Portion

_Fact = TypeVar("_Fact")
_Key = TypeVar("_Key", bound="Hashable")

#: How many portions a run is to have; the middle between what an edit costs and what all runs cost.
LENGTH = 12


class Summary(Generic[_Fact]):
    """What is to be known of a text as a whole; made once for a module, and compared by identity.

    `of` finds out about a portion and its text, `join` puts together what is known of parts that follow each
    other, given where each starts and the text that they make up. All spans count from the start of what they
    are about. Neither may look beyond that, because what they say is remembered until it is edited.
    """

    __slots__ = ("join", "of")

    def __init__(
        self,
        of: Callable[[Portion, str], _Fact],
        join: Callable[[Sequence[tuple[int, _Fact]], str], _Fact],
    ) -> None:
        self.of = of
        self.join = join


class Run:
    """Some portions in a row; immutable.

    `starts` tells where each of them starts, counted from the start of the run, and at the end its length.
    """

    __slots__ = ("_known", "portions", "starts")

    def __init__(self, portions: Sequence[Portion]) -> None:
        self.portions = tuple(portions)
        self.starts = (0, *accumulate(portion.starts[-1] for portion in self.portions))
        self._known: dict[object, object] = {}

    def summary(self, summary: Summary[_Fact], source: str, start: int) -> _Fact:
        """Return a summary of the run, which stands at `start` of `source`."""
        if summary not in self._known:
            placed = zip(self.starts, self.portions, strict=False)
            parts = [(local, portion.fact(summary.of, source, start + local)) for local, portion in placed]
            text = source[start : start + self.starts[-1]]
            self._known[summary] = summary.join(parts, text)
        return cast("_Fact", self._known[summary])


def runs(portions: Sequence[Portion], previous: Sequence[Run] = ()) -> tuple[Run, ...]:
    """Return portions in runs, taking over from an earlier version of the document what still holds."""
    before = 0
    first = 0
    while before < len(previous) and _stands(previous[before], portions, first):
        first += len(previous[before].portions)
        before += 1
    behind = len(previous)
    last = len(portions)
    while behind > before and (at := last - len(previous[behind - 1].portions)) >= first:
        if not _stands(previous[behind - 1], portions, at):
            break
        last = at
        behind -= 1
    if 0 < last - first < LENGTH // 2 and behind < len(previous):
        last += len(previous[behind].portions)
        behind += 1
    return (*previous[:before], *_divided(portions[first:last]), *previous[behind:])


def _stands(run: Run, portions: Sequence[Portion], first: int) -> bool:
    return run.portions == tuple(portions[first : first + len(run.portions)])


def _divided(portions: Sequence[Portion]) -> Iterator[Run]:
    count = max(len(portions) // LENGTH, 1)
    ends = [len(portions) * number // count for number in range(count + 1)]
    for first, last in pairwise(ends):
        if first < last:
            yield Run(portions[first:last])


# --- ways to put together ---------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def each(find: Callable[[Portion, str], _Fact]) -> Summary[tuple[tuple[int, _Fact], ...]]:
    """Return the summary that lists what `find` says of each portion of which it says anything."""

    def of(portion: Portion, text: str) -> tuple[tuple[int, _Fact], ...]:
        fact = portion.fact(find, text, 0)
        return ((0, fact),) if fact else ()

    return Summary(of, _listed)


def _listed(
    parts: Iterable[tuple[int, tuple[tuple[int, _Fact], ...]]], _text: str
) -> tuple[tuple[int, _Fact], ...]:
    return tuple((start + local, fact) for start, facts in parts for local, fact in facts)


def union(find: Callable[[Portion, str], frozenset[_Key]]) -> Summary[frozenset[_Key]]:
    """Return the summary of which `find` tells for each portion a part."""

    def join(parts: Iterable[tuple[int, frozenset[_Key]]], _text: str) -> frozenset[_Key]:
        return frozenset(chain.from_iterable(found for _, found in parts))

    return Summary(find, join)


def total(find: Callable[[Portion, str], Mapping[_Key, int]]) -> Summary[Mapping[_Key, int]]:
    """Return the summary that adds up what `find` counts in each portion, in the order of the first uses."""

    def join(parts: Iterable[tuple[int, Mapping[_Key, int]]], _text: str) -> Mapping[_Key, int]:
        added: dict[_Key, int] = {}
        for _, counts in parts:
            for key, count in counts.items():
                added[key] = added.get(key, 0) + count
        return added

    return Summary(find, join)
