"""Reading ahead: a large document is scanned in slices, and what is asked about it waits.

That is so for one that was just opened, and for all when a glossary has changed; after a key there is little
to scan. Meanwhile whatever is asked about other documents is answered. A request that waits is refused as
`ContentModified` when its document is edited, because it is about a text that is gone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp.messages import (
    CONTENT_MODIFIED,
    INTERNAL_ERROR,
    INVALID_PARAMS,
    Later,
    MalformedError,
    RefusedError,
)
from glossary_ls.lsp.schedule import advance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.lsp.messages import Json
    from glossary_ls.lsp.schedule import Scheduler, Timer
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How long one slice of work may take, and how long the server listens before the next, in seconds. Somebody
#: waits for the document, and others for the slice.
SLICE = 0.003
PAUSE = 0.001

_CHANGED = "the document was changed in the meantime"


@dataclass(slots=True, eq=False)
class _Request:
    """A request about a document that waits for one to be read, itself or another one."""

    key: str
    ask: Callable[[], Json | Later]
    later: Later


@dataclass(slots=True)
class _Reading:
    """A document that is read: what is left to do, and who waits for it."""

    uri: str
    work: Iterator[None]
    requests: list[_Request] = field(default_factory=list)
    others: list[Callable[[], object]] = field(default_factory=list)


class Reader:
    """Reads documents, one after the other."""

    def __init__(self, workspace: Workspace, scheduler: Scheduler) -> None:
        self._workspace = workspace
        self._scheduler = scheduler
        self._readings: dict[str, _Reading] = {}
        self._next: Timer | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a document is being read."""
        return bool(self._readings)

    def begin(self, uri: str) -> None:
        """Read a document before anybody asks, if that takes long."""
        self._reading(uri)

    def answer(
        self, uri: str | None, ask: Callable[[], Json | Later], *, all_open: bool = False
    ) -> Json | Later:
        """Return the answer to a request about a document, or the promise of it if there is more to read.

        With `all_open` it is about the other open documents as well, or about nothing else.
        """
        reading = None if uri is None else self._reading(uri)
        if all_open and reading is None:
            others = map(self._reading, self._workspace.open_uris())
            reading = next((other for other in others if other is not None), None)
            # When that one is read there may be more of them.
            ask = partial(self.answer, uri, ask, all_open=True) if reading is not None else ask
        if reading is None:
            return ask()
        request = _Request("" if uri is None else paths.key(uri), ask, Later())
        reading.requests.append(request)
        request.later.stop = lambda: reading.requests.remove(request)
        return request.later

    def when_read(self, uri: str, do: Callable[[], object]) -> None:
        """Do something as soon as a document is read, at once if it is."""
        reading = self._reading(uri)
        if reading is None:
            _do(do)
        else:
            reading.others.append(do)

    def edited(self, uri: str) -> None:
        """Hear that a document is another one now."""
        key = paths.key(uri)
        for reading in tuple(self._readings.values()):
            refused = [request for request in reading.requests if request.key == key]
            reading.requests = [request for request in reading.requests if request.key != key]
            for request in refused:
                request.later.refuse(_CHANGED, CONTENT_MODIFIED)

    def closed(self, uri: str) -> None:
        """Hear that a document is closed."""
        reading = self._readings.pop(paths.key(uri), None)
        if reading is not None:
            _finish(reading)

    def _reading(self, uri: str) -> _Reading | None:
        """Return the reading of a document, begun if need be; None when there is nothing left to read."""
        key = paths.key(uri)
        reading = self._readings.get(key)
        if reading is None:
            work = self._workspace.reading(uri)
            if work is None:
                return None
            reading = self._readings[key] = _Reading(uri, work)
            self._go_on()
        return reading

    def _go_on(self) -> None:
        if self._next is None and self._readings:
            self._next = self._scheduler.later(PAUSE, self._slice)

    def _slice(self) -> None:
        self._next = None
        if not self._readings:
            return
        key, reading = next(iter(self._readings.items()))
        try:
            if advance(reading.work, SLICE):
                # While it was read the glossary may have become another one.
                work = self._workspace.reading(reading.uri)
                if work is None:
                    del self._readings[key]
                    _finish(reading)
                else:
                    reading.work = work
        except Exception:
            # A mistake of ours must not leave requests without an answer: each tries for itself.
            logger.exception("a document could not be read ahead")
            self._readings.pop(key, None)
            _finish(reading)
        self._go_on()


def _finish(reading: _Reading) -> None:
    requests, others = reading.requests, reading.others
    reading.requests, reading.others = [], []
    for request in requests:
        _settle(request.ask, request.later)
    for do in others:
        _do(do)


def _do(do: Callable[[], object]) -> None:
    """Do something; a mistake of ours in one document must not hold up the others."""
    try:
        do()
    except Exception:
        logger.exception("a document could not be looked at")


def _settle(ask: Callable[[], Json | Later], later: Later) -> None:
    """Give the answer that was promised."""
    try:
        result = ask()
    except MalformedError as error:
        later.refuse(str(error), INVALID_PARAMS)
    except RefusedError as error:
        later.refuse(str(error), error.code)
    except Exception:
        # A mistake of ours must not leave a request without an answer.
        logger.exception("a request could not be answered")
        later.refuse("internal error", INTERNAL_ERROR)
    else:
        if isinstance(result, Later):
            later.follow(result)
        else:
            later.give(result)
