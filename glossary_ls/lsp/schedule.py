"""Time: how the server does something later, or a little at a time; tests can be their own clock."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Timer(Protocol):
    """Something that will be done later."""

    def cancel(self) -> None:
        """Do not do it."""
        ...


class Scheduler(Protocol):
    """A clock that calls back on the thread of the server."""

    def later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call back after some time."""
        ...


def advance(work: Iterable[object], seconds: float) -> bool:
    """Do some steps of a long piece of work, at least one; tell whether it is done."""
    end = perf_counter() + seconds
    for _ in work:  # noqa: SIM110  because `any` would not say why it stopped
        if perf_counter() >= end:
            return False
    return True


class LoopScheduler:
    """The clock of the running event loop."""

    def later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call back after some time."""
        return asyncio.get_running_loop().call_later(seconds, callback)
