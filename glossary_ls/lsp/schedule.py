"""Time: the one way in which the server does something later, so that tests can be their own clock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


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


class LoopScheduler:
    """The clock of the running event loop."""

    def later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call back after some time."""
        return asyncio.get_running_loop().call_later(seconds, callback)
