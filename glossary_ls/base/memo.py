"""Memos: bounded caches of the results of functions whose arguments are immutable.

`about` keeps results for as long as the first argument lives, `recent` for the last arguments, a
`WeightedMemo` up to a total weight, and `lazy` for as long as the object that it belongs to. `clear` empties
all but the last. No result becomes stale, because arguments do not change. This module must not know what is
cached.
"""

from __future__ import annotations

from functools import cached_property, lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast
from weakref import ref

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Subject = TypeVar("_Subject")
_Rest = ParamSpec("_Rest")
_Result = TypeVar("_Result")

#: The number of results kept for one object, by its other arguments.
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
    """Memoize a function on the identity of its first argument, for as long as that object lives.

    The first argument must support weak references. The others must be positional and hashable and are
    compared by equality; the results for the last eight combinations of them are kept.
    """
    memo = _About()

    @wraps(function)
    def remembered(subject: _Subject, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Result:
        if named:
            # They are not in the key.
            raise TypeError("the arguments of a memoized function are positional")
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
    """Results by the identity of an object."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[ref[Any], dict[Hashable, Any]]] = {}
        _MEMOS.append(self)

    def of(self, subject: object) -> dict[Hashable, Any]:
        """Return the mutable results for an object, by the other arguments."""
        key = id(subject)
        known = self._known.get(key)
        if known is None or known[0]() is not subject:
            known = ref(subject, lambda _: self._known.pop(key, None)), {}
            self._known[key] = known
        return known[1]

    def clear(self) -> None:
        self._known.clear()


class lazy(cached_property[_Result]):  # noqa: N801  because it is used as `property` is
    """A property that is computed once, also if two threads ask for it at the same time: then by both.

    Python 3.11 has other threads wait that want the same property of any object, such as the event loop
    while a large glossary is compiled.
    """

    if not TYPE_CHECKING:

        def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401  as above
            """Return the remembered value."""
            if instance is None:
                return self
            known = vars(instance)
            if self.attrname not in known:
                known[self.attrname] = self.func(instance)
            return known[self.attrname]


def work_out(subject: object) -> None:
    """Compute every lazy property of an object."""
    for name, value in vars(type(subject)).items():
        if isinstance(value, lazy):
            getattr(subject, name)


def recent(most: int) -> Callable[[Callable[_Rest, _Result]], Callable[_Rest, _Result]]:
    """Memoize a function on the equality of its arguments; the `most` recently used results are kept."""

    def decorate(function: Callable[_Rest, _Result]) -> Callable[_Rest, _Result]:
        cached = lru_cache(maxsize=most)(function)
        _MEMOS.append(_Recent(cached.cache_clear))
        return cast("Callable[_Rest, _Result]", cached)

    return decorate


class _Recent:
    def __init__(self, clear: Callable[[], None]) -> None:
        self.clear = clear


class WeightedMemo(Generic[_Result]):
    """Results by key, up to a total weight of `most`; beyond that, the oldest half is dropped."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[_Result, int]] = {}
        self._weight = 0
        _MEMOS.append(self)

    def get(self, key: Hashable) -> _Result | None:
        """Return the result for `key`, or None."""
        known = self._known.get(key)
        return known[0] if known else None

    def keep(self, key: Hashable, result: _Result, weight: int) -> _Result:
        """Store a result, and return it."""
        self._weight += weight - self._known.get(key, (None, 0))[1]
        self._known[key] = result, weight
        if self._weight > self._most:
            self._drop()
        return result

    def clear(self) -> None:
        """Drop all results."""
        self._known.clear()
        self._weight = 0

    def _drop(self) -> None:
        for key in list(self._known):
            if 2 * self._weight <= self._most:
                break
            # Another thread may have dropped it.
            self._weight -= self._known.pop(key, (None, 0))[1]
