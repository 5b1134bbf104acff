"""The thread for large glossaries: one piece of work at a time, without holding up the event loop.

Python's threads take turns: the event loop waits for its turn several times for each message, and for the end
of a search for garbage, whichever thread started it. This module must not know what the work is.
"""

from __future__ import annotations

import gc
import sys
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from glossary_ls.base.dataclass import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.lsp.tasks import TaskQueue

_Result = TypeVar("_Result")

#: How long the event loop waits for its turn while the thread works, in seconds.
_TURN = 0.0005


@dataclass(eq=False)
class Worker:
    """Runs work in a thread, in order; it is a `Background`."""

    _tasks: TaskQueue
    _waiting: deque[tuple[Callable[[], Any], Callable[[Any], None]]] = field(default_factory=deque)
    _is_working: bool = False

    def __call__(self, work: Callable[[], _Result], done: Callable[[_Result], None], /) -> None:
        """Run `work`, which must not raise, after what waits already; call back on this thread."""
        self._waiting.append((work, done))
        if not self._is_working:
            self._next()

    def _next(self) -> None:
        self._is_working = bool(self._waiting)
        if not self._waiting:
            return
        work, done = self._waiting.popleft()

        def run() -> object:
            with _considerate():
                return work()

        def finished(result: object) -> None:
            try:
                done(result)
            finally:
                self._next()

        self._tasks.call_in_thread(run, finished)


@contextmanager
def _considerate() -> Iterator[None]:
    """Have the other thread wait for short turns only, and for no search for garbage."""
    turn, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_TURN)
    gc.disable()
    try:
        yield
    finally:
        # Searching millions of objects, all of them in use, would take long, now and later.
        gc.freeze()
        if collects:
            gc.enable()
        sys.setswitchinterval(turn)
