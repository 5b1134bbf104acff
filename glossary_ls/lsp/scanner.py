"""Scanning large documents in the background; requests about them wait meanwhile.

A document is large in this sense when it was just opened, or when a glossary has changed: after a key there
is little to scan. A request that waits is refused as `ContentModified` when its document is edited, because
it is about a text that is gone.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.lsp.jsonrpc import CONTENT_MODIFIED, Deferred, RefusedError
from glossary_ls.lsp.tasks import CancelledTaskError, Priority, Task, guarded, unsearched

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.lsp.jsonrpc import Answer
    from glossary_ls.lsp.tasks import TaskQueue
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")


@dataclass(slots=True, eq=False)
class _Scan:
    """A scan, and what waits for its end: requests with the key of their document, and callbacks."""

    is_edited: bool = False
    requests: dict[Deferred, tuple[str, Callable[[], Answer]]] = field(default_factory=dict)
    callbacks: list[Callable[[], object]] = field(default_factory=list)
    task: Task[None] | None = None


@dataclass(eq=False)
class Scanner:
    """Scans documents, one after the other."""

    _workspace: Workspace
    _tasks: TaskQueue
    _scans: dict[str, _Scan] = field(default_factory=dict)
    #: What is done, in steps, with a document of which the beginning is scanned.
    on_beginning: Callable[[str, Analysis], Iterator[None]] = lambda _uri, _analysis: iter(())

    def answer(self, uri: str | None, handler: Callable[[], Answer], *, all_open: bool = False) -> Answer:
        """Return what a handler returns, deferred until its document is scanned.

        With `all_open`, it depends on all open documents.
        """
        scan = None if uri is None else self.start(uri)
        if all_open and scan is None:
            scan = next(filter(None, map(self.start, self._workspace.open_uris())), None)
            if scan is not None:
                # After that one, there may be others.
                handler = partial(self.answer, uri, handler, all_open=True)
        if scan is None:
            return handler()
        deferred = Deferred()
        deferred.cancel = partial(scan.requests.__delitem__, deferred)
        scan.requests[deferred] = ("" if uri is None else self._workspace.key(uri), handler)
        return deferred

    def when_scanned(self, uri: str, callback: Callable[[], object]) -> None:
        """Call back when a document is scanned, at once if it is."""
        scan = self.start(uri)
        if scan is None:
            guarded(callback)
        else:
            scan.callbacks.append(callback)

    def edited(self, uri: str) -> None:
        """Refuse the requests about a document, because its text has changed."""
        key = self._workspace.key(uri)
        if key in self._scans:
            self._scans[key].is_edited = True
        for scan in tuple(self._scans.values()):
            for deferred, (wanted, _) in tuple(scan.requests.items()):
                if wanted == key:
                    del scan.requests[deferred]
                    error = RefusedError("the document was changed in the meantime", CONTENT_MODIFIED)
                    deferred.refuse(error)

    def closed(self, uri: str) -> None:
        """End the scan of a document that was closed."""
        scan = self._scans.get(self._workspace.key(uri))
        if scan is not None and scan.task is not None:
            self._tasks.cancel(scan.task)

    def start(self, uri: str) -> _Scan | None:
        """Scan a document in the background if that takes long; return the scan, or None if there is none."""
        key = self._workspace.key(uri)
        scan = self._scans.get(key)
        if scan is None and self._workspace.reading(uri) is not None:
            scan = self._scans[key] = _Scan()
            on_done, on_error = (lambda _: self._finish(key)), partial(self._fail, key)
            scan.task = Task(Priority.SCAN, unsearched(self._steps(uri, scan)), on_done, on_error)
            self._tasks.add(scan.task)
        return scan

    def _steps(self, uri: str, scan: _Scan) -> Generator[None, None, None]:
        # The glossary may change during the scan.
        while (steps := self._workspace.reading(uri)) is not None:
            for beginning in steps:
                for _ in () if beginning is None else self.on_beginning(uri, beginning):
                    yield
                    if scan.is_edited:
                        break
                yield

    def _fail(self, key: str, error: Exception) -> None:
        if not isinstance(error, CancelledTaskError):
            # Each request that waits tries for itself, and is answered.
            logger.error("a document could not be scanned", exc_info=error)
        self._finish(key)

    def _finish(self, key: str) -> None:
        scan = self._scans.pop(key)
        for deferred, (_, handler) in scan.requests.items():
            deferred.run(handler)
        for callback in scan.callbacks:
            guarded(callback)
