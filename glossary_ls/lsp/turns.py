"""Turns: changes of files are made one at a time, each when the client has answered the one before.

This module must not know what is changed.
"""

from __future__ import annotations

from collections import deque
from itertools import count
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.lsp.tasks import TaskQueue

#: How long a client may take to answer before the next turn begins, in seconds: it may be asking the user.
_PATIENCE = 120


@dataclass(eq=False)
class Turns:
    """A queue of functions, each of which is called with a function that ends its turn."""

    _tasks: TaskQueue
    _waiting: deque[Callable[[Callable[[], None]], None]] = field(default_factory=deque)
    _current: int | None = None
    _numbers: count[int] = field(default_factory=count)

    def enqueue(self, begin: Callable[[Callable[[], None]], None]) -> Callable[[], None]:
        """Call `begin` when everything before it is done; return what drops it if it still waits."""
        self._waiting.append(begin)
        if self._current is None:
            self._next()

        def drop() -> None:
            if begin in self._waiting:
                self._waiting.remove(begin)

        return drop

    def _next(self) -> None:
        while self._waiting and self._current is None:
            begin = self._waiting.popleft()
            number = self._current = next(self._numbers)

            def release(number: int = number) -> None:
                self._tasks.cancel_timer(("turn", number))
                if self._current == number:
                    self._current = None
                    self._next()

            self._tasks.call_later(("turn", number), _PATIENCE, release)
            begin(release)
