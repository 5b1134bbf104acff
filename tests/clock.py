"""A clock for the task queue whose time passes when a test says so."""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")


class SimulatedClock:
    """A clock whose time passes when a test says so, and by `step` seconds for each step of a task."""

    def __init__(self, step: float = 0.0) -> None:
        self.step = step
        self._now = 0.0
        self._planned: list[tuple[float, int, Callable[[], None]]] = []
        self._cancelled: set[int] = set()
        self._numbers = count()

    def time(self) -> float:
        """Return the time; the queue looks at it before a slice and after each step."""
        self._now += self.step
        return self._now

    def call_later(self, seconds: float, callback: Callable[[], None]) -> _Timer:
        number = next(self._numbers)
        heapq.heappush(self._planned, (self._now + seconds, number, callback))
        return _Timer(lambda: self._cancelled.add(number))

    def call_in_thread(self, wait: Callable[[], _Result], callback: Callable[[_Result], None]) -> None:
        """Wait when time passes, in no thread, so that a test sees the outcome."""
        self.call_later(0.0, lambda: callback(wait()))

    def advance(self, seconds: float) -> None:
        """Let time pass and do what is due, in order."""
        end = self._now + seconds
        while self._planned and self._planned[0][0] <= end:
            due, number, callback = heapq.heappop(self._planned)
            self._now = max(self._now, due)
            if number not in self._cancelled:
                callback()
        self._now = max(self._now, end)


class _Timer:
    def __init__(self, cancel: Callable[[], None]) -> None:
        self.cancel = cancel
