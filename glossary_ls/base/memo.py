"""Memos: results that are kept for the next call with the same arguments.

A result is kept `about` an object for as long as that object lives, or for the `recent` arguments of a
function; a `WeightedMemo` is bounded by the weight of what it holds. All of them are bounded, and `clear`
empties all of them. This module must not know what is remembered, or what makes it stale: arguments are
immutable, so nothing does.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast
from weakref import ref

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Subject = TypeVar("_Subject")
_Rest = ParamSpec("_Rest")
_Result = TypeVar("_Result")

#: How many results are kept about one object, for the arguments beside it that were used last.
_MOST_ABOUT_ONE = 8


class _Clearable(Protocol):
    def clear(self) -> None: ...


_MEMOS: list[_Clearable] = []


def clear() -> None:
    """Empty every memo, for tests and measurements that need the state of a fresh start."""
    for memo in _MEMOS:
        memo.clear()


def about(
    function: Callable[Concatenate[_Subject, _Rest], _Result],
) -> Callable[Concatenate[_Subject, _Rest], _Result]:
    """Keep the results of a function about its first argument for as long as that object lives.

    The first argument is told apart by identity and must be weakly referable; the others, positional and
    hashable, by equality. The results for the last eight combinations of the others are kept.
    """
    memo = _About()

    @wraps(function)
    def remembered(subject: _Subject, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Result:
        results = memo.of(subject)
        if rest not in results:
            result = function(subject, *rest, **named)
            if len(results) >= _MOST_ABOUT_ONE:
                del results[next(iter(results))]
            results[rest] = result
        kept: _Result = results[rest]
        return kept

    return remembered


class _About:
    """Results by the identity of what they are about."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[ref[Any], dict[Hashable, Any]]] = {}
        _MEMOS.append(self)

    def of(self, subject: object) -> dict[Hashable, Any]:
        """Return the results about an object, by the other arguments, to be read and added to."""
        number = id(subject)
        known = self._known.get(number)
        if known is None or known[0]() is not subject:
            known = ref(subject, lambda _: self._known.pop(number, None)), {}
            self._known[number] = known
        return known[1]

    def clear(self) -> None:
        self._known.clear()


def recent(most: int) -> Callable[[Callable[_Rest, _Result]], Callable[_Rest, _Result]]:
    """Keep the results of a function for the `most` arguments, told apart by equality, used last."""

    def decorate(function: Callable[_Rest, _Result]) -> Callable[_Rest, _Result]:
        cached = lru_cache(maxsize=most)(function)
        _MEMOS.append(_Recent(cached.cache_clear))
        return cast("Callable[_Rest, _Result]", cached)

    return decorate


class _Recent:
    def __init__(self, clear: Callable[[], None]) -> None:
        self.clear = clear


class WeightedMemo(Generic[_Result]):
    """Results by key, up to a total weight of `most`; beyond it, the oldest half is dropped."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[_Result, int]] = {}
        self._weight = 0
        _MEMOS.append(self)

    def get(self, key: Hashable) -> _Result | None:
        """Return the result for a key, or None."""
        known = self._known.get(key)
        return known[0] if known else None

    def keep(self, key: Hashable, result: _Result, weight: int) -> _Result:
        """Remember a result, and return it."""
        self._weight += weight - self._known.get(key, (None, 0))[1]
        self._known[key] = result, weight
        if self._weight > self._most:
            self._drop()
        return result

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()
        self._weight = 0

    def _drop(self) -> None:
        for key in list(self._known):
            if 2 * self._weight <= self._most:
                break
            self._weight -= self._known.pop(key)[1]
