"""Background work: one queue of tasks on the server's own thread, run in slices of a few milliseconds.

Between two slices the event loop reads messages, so a request waits for one slice at most and no state is
shared between threads. The most urgent task runs first, of equally urgent ones the oldest. A task can be
cancelled, also by the user where its progress is shown. The queue also keeps the server's timers, so that the
clock that it is given is the only source of time. Only what waits for the network, and the parser of long
glossaries, run in threads, and share nothing but memos with it. This module must not know what the tasks do.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from bisect import insort
from contextlib import suppress
from enum import IntEnum
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.lsp.jsonrpc import CONTENT_MODIFIED, REQUEST_CANCELLED, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable

    from glossary_ls.lsp.jsonrpc import Client

logger = logging.getLogger("glossary_ls")

_Result = TypeVar("_Result")

#: How long a slice takes, and how long the event loop reads messages between two of them, in seconds.
SLICE = 0.003
PAUSE = 0.001

#: How long a task runs before its progress is shown, and how often the progress is reported, in seconds.
REPORT_INTERVAL = 0.5


class Timer(Protocol):
    """A planned callback."""

    def cancel(self) -> None:
        """Drop the callback."""
        ...


class Clock(Protocol):
    """A source of time."""

    def time(self) -> float:
        """Return seconds since any fixed moment; read after each step of a task."""
        ...

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call back on the server's thread after some time."""
        ...

    def call_in_thread(self, wait: Callable[[], _Result], callback: Callable[[_Result], None]) -> None:
        """Run `wait`, which must not raise, in a thread, and call back on the server's thread."""
        ...


class LoopClock:
    """The real time of the running event loop."""

    def time(self) -> float:
        """Return seconds since any fixed moment."""
        return perf_counter()

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call back after some time."""
        return asyncio.get_running_loop().call_later(seconds, callback)

    def call_in_thread(self, wait: Callable[[], _Result], callback: Callable[[_Result], None]) -> None:
        """Run `wait` in a thread that does not keep the process from ending."""
        loop = asyncio.get_running_loop()

        def run() -> None:
            result = wait()
            # The loop may have been closed in the meantime.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(callback, result)

        threading.Thread(target=run, name="wait", daemon=True).start()


class Priority(IntEnum):
    """Which task runs first: those that the user waits for, then those whose results others depend on."""

    SCAN = 0
    SEARCH = 1
    COUNT = 2
    INDEX = 3
    CHECK = 4


class CancelledTaskError(RefusedError):
    """The task was cancelled."""

    def __init__(self) -> None:
        super().__init__("cancelled", REQUEST_CANCELLED)


class StaleTaskError(RefusedError):
    """What the task depends on has changed while it ran."""

    def __init__(self) -> None:
        super().__init__("the workspace was changed in the meantime; try again", CONTENT_MODIFIED)


@dataclass(slots=True, eq=False)
class Task(Generic[_Result]):
    """Work in `steps` of at most a few milliseconds.

    Either `on_done` is called with what the steps return, or `on_error` with what ended them: an exception of
    theirs, a `CancelledTaskError`, or a `StaleTaskError` once `is_current`, asked before each slice, says no.
    """

    priority: Priority
    steps: Generator[None, None, _Result]
    on_done: Callable[[_Result], None]
    on_error: Callable[[Exception], None]
    is_current: Callable[[], bool] = lambda: True
    progress: Progress | None = None


@dataclass(eq=False)
class TaskQueue:
    """Runs tasks in slices, and callbacks after a delay."""

    _clock: Clock
    _tasks: list[Task[Any]] = field(default_factory=list)
    _next_slice: Timer | None = None
    _timers: dict[Hashable, Timer] = field(default_factory=dict)
    _is_closed: bool = False

    # --- tasks --------------------------------------------------------------------------------------------

    def add(self, task: Task[_Result]) -> None:
        """Run a task in the background."""
        if self._is_closed:
            return
        insort(self._tasks, task, key=_priority)
        if task.progress is not None:
            self.call_later(task, REPORT_INTERVAL, lambda: self._report(task))
        self._plan_slice()

    def start(self, task: Task[_Result]) -> None:
        """Run the first slice of a task at once, unless one at least as urgent waits, and the rest later."""
        has_to_wait = any(other.priority <= task.priority for other in self._tasks)
        if self._is_closed or has_to_wait or not self._run_slice(task):
            self.add(task)

    def cancel(self, task: Task[_Result]) -> None:
        """End a task that is not done yet."""
        if task in self._tasks:
            self._remove(task)
            guarded(task.on_error, CancelledTaskError())

    def cancel_progress(self, token: object) -> None:
        """End the tasks whose progress the user cancelled."""
        for task in tuple(self._tasks):
            if task.progress is not None and task.progress.has_token(token):
                self.cancel(task)

    def close(self) -> None:
        """Drop all tasks and timers without calling back, because the session ends."""
        self._is_closed = True
        for task in tuple(self._tasks):
            self._remove(task)
        for key in tuple(self._timers):
            self.cancel_timer(key)

    def _plan_slice(self) -> None:
        if self._next_slice is None and self._tasks:
            self._next_slice = self._clock.call_later(PAUSE, self._run_next)

    def _run_next(self) -> None:
        self._next_slice = None
        if self._tasks:
            self._run_slice(self._tasks[0])
        self._plan_slice()

    def _run_slice(self, task: Task[_Result]) -> bool:
        """Run at least one step; return whether the task has ended."""
        try:
            if not task.is_current():
                raise StaleTaskError  # noqa: TRY301  because all ends of a task are handled below
            end = self._clock.time() + SLICE
            while True:
                next(task.steps)
                if self._clock.time() >= end:
                    return False
        except StopIteration as stop:
            self._remove(task)
            guarded(task.on_done, stop.value)
        except Exception as error:  # noqa: BLE001  because the task decides what its errors mean
            self._remove(task)
            guarded(task.on_error, error)
        return True

    def _remove(self, task: Task[_Result]) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        task.steps.close()
        self.cancel_timer(task)
        if task.progress is not None:
            task.progress.end()

    def _report(self, task: Task[_Result]) -> None:
        if task.progress is not None:
            task.progress.report()
            self.call_later(task, REPORT_INTERVAL, lambda: self._report(task))

    # --- threads ------------------------------------------------------------------------------------------

    def call_in_thread(self, wait: Callable[[], _Result], callback: Callable[[_Result], None]) -> None:
        """Run a function of nothing but its arguments in a thread; call back unless the session has ended."""

        def done(result: _Result) -> None:
            if not self._is_closed:
                callback(result)

        if not self._is_closed:
            self._clock.call_in_thread(wait, done)

    # --- timers -------------------------------------------------------------------------------------------

    def time(self) -> float:
        """Return seconds since any fixed moment."""
        return self._clock.time()

    def call_later(
        self, key: Hashable, seconds: float, callback: Callable[[], None], *, restart: bool = True
    ) -> None:
        """Call back after a delay, once for a `key`: calling again starts the delay anew if `restart`."""
        if self._is_closed or (key in self._timers and not restart):
            return

        def due() -> None:
            del self._timers[key]
            callback()

        self.cancel_timer(key)
        self._timers[key] = self._clock.call_later(seconds, due)

    def is_planned(self, key: Hashable) -> bool:
        """Return whether a callback is planned."""
        return key in self._timers

    def cancel_timer(self, key: Hashable) -> None:
        """Drop a planned callback, if there is one."""
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()


class Progress:
    """The work-done progress of a task, shown by clients that can and want to."""

    _numbers = count(1)

    def __init__(
        self,
        client: Client,
        title: str,
        message: Callable[[], str],
        *,
        token: object = None,
        can_create: bool,
    ) -> None:
        """`message` says how far the task is; while it says nothing, nothing is shown.

        `token` is what the client sent with its request. Without one, the server creates it where it can.
        """
        self._client = client
        self._title = title
        self._message = message
        is_token = isinstance(token, str | int) and not isinstance(token, bool)
        self._token: object = token if is_token else None
        self._is_confirmed = is_token
        self._can_create = can_create
        self._has_begun = False
        self._has_ended = False

    def has_token(self, token: object) -> bool:
        """Return whether the client means this progress."""
        return self._token is not None and token == self._token

    def report(self) -> None:
        """Report how far the task is; without a token of the client, it is asked to create one first."""
        message = self._message()
        if not message:
            return
        if self._has_begun:
            self._send({"kind": "report", "message": message})
        elif self._is_confirmed:
            self._begin(message)
        elif self._can_create and self._token is None:
            self._token = f"glossary_ls-{next(self._numbers)}"
            params = {"token": self._token}
            self._client.request(
                "window/workDoneProgress/create", params, lambda _: self._begin(message), lambda: None
            )

    def end(self) -> None:
        """Report that the task has ended."""
        self._has_ended = True
        if self._has_begun:
            self._send({"kind": "end", "message": self._message()})

    def _begin(self, message: str) -> None:
        if not self._has_ended:
            self._has_begun = True
            self._send({"kind": "begin", "title": self._title, "cancellable": True, "message": message})

    def _send(self, value: dict[str, object]) -> None:
        self._client.notify("$/progress", {"token": self._token, "value": value})


def _priority(task: Task[Any]) -> Priority:
    return task.priority


def unsearched(steps: Generator[None, None, _Result]) -> Generator[None, None, _Result]:
    """Run steps whose results live long and are in no circle, without a search of them for garbage.

    Such a search was the longest pause of a scan: 34 to 85 ms of 4 s for a document of 1 MB.
    """
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: _Result = stop.value
            return result
        gc.freeze()
        yield


def guarded(callback: Callable[..., object], *arguments: object) -> None:
    """Call back; an error must not hold up what else waits."""
    try:
        callback(*arguments)
    except Exception:
        logger.exception("the result of a background task could not be used")
