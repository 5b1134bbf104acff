"""Indexing in the background: the definitions in the workspace's other documents.

When the user cancels the progress, the documents that were read until then count.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.lsp.tasks import CancelledTaskError, Priority, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from glossary_ls.lsp.client_flags import ClientFlags
    from glossary_ls.lsp.tasks import Progress, TaskQueue
    from glossary_ls.workspace.definition_index import IndexTask
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How often the disk is walked when the client cannot watch files, in seconds; it costs a call per file.
_WALK_INTERVAL = 30.0


@dataclass(eq=False)
class Indexer:
    """Keeps the index of definitions up to date; `_on_change` is called after each piece of work."""

    _workspace: Workspace
    _flags: ClientFlags
    _tasks: TaskQueue
    _progress: Callable[[str, Callable[[], str]], Progress]
    _on_change: Callable[[], None]
    _task: Task[None] | None = None
    _work: IndexTask | None = None
    _has_started: bool = False

    def start(self) -> None:
        """Start, now that the client listens."""
        self._has_started = True
        self.update()
        if not self._flags.watches_files:
            self._tasks.call_later("walk", _WALK_INTERVAL, self._walk_again)

    @property
    def is_busy(self) -> bool:
        """Whether documents are being read, or may have to be."""
        return self._task is not None

    def update(self) -> None:
        """Read the documents that have changed, in the background."""
        if self._has_started and self._task is None:
            progress = self._progress("Reading definitions", self._message)
            self._task = Task(
                Priority.INDEX, self._steps(), self._finish, self._fail, self._is_wanted, progress
            )
            self._tasks.add(self._task)

    def _steps(self) -> Generator[None, None, None]:
        self._work = self._workspace.definition_index.next_task(self._workspace.wants_definitions)
        for _ in self._work or ():
            yield

    def _is_wanted(self) -> bool:
        return self._work is None or self._workspace.wants_definitions(self._work.root)

    def _finish(self, _result: None) -> None:
        work, self._work, self._task = self._work, None, None
        if work is not None:
            self._workspace.definition_index.apply(work)
            self._on_change()
            self.update()

    def _fail(self, error: Exception) -> None:
        if self._is_wanted():
            if not isinstance(error, CancelledTaskError):
                # The checks that wait for the index must go on.
                logger.error("the workspace's documents could not be read", exc_info=error)
            self._finish(None)
        else:
            # What was not read is read when the setting is on again.
            self._workspace.definition_index.invalidate()
            self._work = self._task = None
            self.update()

    def _walk_again(self) -> None:
        self._workspace.definition_index.invalidate()
        self.update()
        self._tasks.call_later("walk", _WALK_INTERVAL, self._walk_again)

    def _message(self) -> str:
        """Return how many documents were read; nothing while all are as they were."""
        if self._work is None or not self._work.text:
            return ""
        return f"{self._work.documents} document{'' if self._work.documents == 1 else 's'}"
