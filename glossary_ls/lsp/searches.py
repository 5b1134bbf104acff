"""Searches: answers that look at the whole workspace, worked out in the pauses between messages.

A search is a generator that pauses often and returns the answer. What is small is answered at once, within
the first slice; the rest goes on in slices, one search after the other, so that the second finds what the
first has read. Those that somebody waits for go before those that an editor asks for by itself.

An answer holds for the moment of its request: the documents that are open are looked at as they were then.
What a search depends on beyond that must not change while it goes on; when it does, `is_valid` says so and
the request is refused as `ContentModified`: half of the answer would be about other entries than the rest.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING

from glossary_ls.lsp.harvester import PATIENCE, PAUSE, SLICE
from glossary_ls.lsp.messages import (
    CONTENT_MODIFIED,
    INTERNAL_ERROR,
    REQUEST_CANCELLED,
    Json,
    Later,
    RefusedError,
)
from glossary_ls.lsp.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from glossary_ls.lsp.client import ClientFlags
    from glossary_ls.lsp.messages import Client
    from glossary_ls.lsp.schedule import Scheduler, Timer

logger = logging.getLogger("glossary_ls")

_CHANGED = "what is searched was changed in the meantime; try again"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the user sees of a search that takes time: `so_far` says what was found until now.

    `token` is what the client sent to be told by, if it did.
    """

    title: str
    so_far: Callable[[], str]
    token: object = None


@dataclass(slots=True, eq=False)
class _Search:
    work: Generator[None, None, Json]
    is_valid: Callable[[], bool]
    later: Later
    shown: Shown | None
    progress: Progress
    answer: Json = None
    is_over: bool = False


class Searches:
    """Works on searches, one after the other."""

    def __init__(self, flags: ClientFlags, client: Client, scheduler: Scheduler) -> None:
        self._client = client
        self._shows = flags.work_done_progress
        self._scheduler = scheduler
        self._urgent: list[_Search] = []
        self._other: list[_Search] = []
        self._next: Timer | None = None
        self._numbers = count(1)

    def run(
        self, work: Generator[None, None, Json], is_valid: Callable[[], bool], shown: Shown | None = None
    ) -> Json | Later:
        """Return what a search returns, or the promise of it; one that is not `shown` is not urgent."""
        name = f"search-{next(self._numbers)}"
        progress = Progress(self._client, shown.title if shown else "", name, shown=self._shows)
        progress.take(shown.token if shown else None)
        later = Later(lambda: self._end(search))
        search = _Search(work, is_valid, later, shown, progress)
        if not (self._urgent or self._other) and _advance(search, SLICE):
            return search.answer
        (self._other if shown is None else self._urgent).append(search)
        if shown is not None:
            self._scheduler.later(PATIENCE, partial(self._tell, search))
        self._go_on()
        return later

    def cancel(self, token: object) -> None:
        """Hear that the user has seen enough of a progress."""
        for search in tuple(self._urgent):
            if search.progress.is_about(token):
                self._end(search)
                search.later.refuse("cancelled", REQUEST_CANCELLED)

    def end(self) -> None:
        """Give up, because the session ends."""
        for search in (*self._urgent, *self._other):
            self._end(search)

    # --- the work -----------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._next is None and (self._urgent or self._other):
            self._next = self._scheduler.later(PAUSE, self._slice)

    def _slice(self) -> None:
        self._next = None
        search = next(iter((*self._urgent, *self._other)), None)
        if search is not None:
            self._work_on(search)
        self._go_on()

    def _work_on(self, search: _Search) -> None:
        try:
            if not search.is_valid():
                self._end(search)
                search.later.refuse(_CHANGED, CONTENT_MODIFIED)
            elif _advance(search, SLICE):
                self._end(search)
                search.later.give(search.answer)
        except RefusedError as error:
            self._end(search)
            search.later.refuse(str(error), error.code)
        except Exception:
            # A mistake of ours must not leave a request without an answer, nor end the session.
            logger.exception("a search failed")
            self._end(search)
            search.later.refuse("internal error", INTERNAL_ERROR)

    def _end(self, search: _Search) -> None:
        if not search.is_over:
            search.is_over = True
            (self._urgent if search in self._urgent else self._other).remove(search)
            search.work.close()
            search.progress.end(search.shown.so_far() if search.shown else "")

    def _tell(self, search: _Search) -> None:
        """Show how far a search is that is still going on."""
        if not search.is_over and search.shown is not None:
            search.progress.report(search.shown.so_far())
            self._scheduler.later(PATIENCE, partial(self._tell, search))


def _advance(search: _Search, seconds: float) -> bool:
    """Do some steps of a search, at least one; tell whether it is done."""
    end = perf_counter() + seconds
    while True:
        try:
            next(search.work)
        except StopIteration as stop:
            search.answer = stop.value
            return True
        if perf_counter() >= end:
            return False
