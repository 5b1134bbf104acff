"""Harvesting in the background: the workspace's other documents are read in the pauses between messages.

The work is done on the server's own thread in slices of a few milliseconds, so that a request waits for one
slice at most and nothing is shared between threads. What takes long shows its progress, which the user may
cancel; what was read until then counts.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.lsp.progress import Progress
from glossary_ls.lsp.schedule import advance

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.lsp.client import ClientFlags
    from glossary_ls.lsp.messages import Client
    from glossary_ls.lsp.schedule import Scheduler, Timer
    from glossary_ls.workspace.definition_index import Gathering
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How long one slice of work may take, and how long the server listens before the next, in seconds.
SLICE = 0.005
PAUSE = 0.001

#: How long work goes on before its progress is shown, and how often the progress is told.
PATIENCE = 0.5

#: How often the disk is looked at when the client cannot watch files: a look costs one call for each file.
LOOK_AGAIN = 30.0

_TITLE = "Reading definitions"


class Harvester:
    """Keeps the workspace's harvest up to date; `changed` is called when a piece of work was done."""

    def __init__(
        self,
        workspace: Workspace,
        flags: ClientFlags,
        client: Client,
        scheduler: Scheduler,
        changed: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._client = client
        self._scheduler = scheduler
        self._changed = changed
        self._watches = flags.watches_files
        self._progress = Progress(client, _TITLE, "harvest", shown=flags.work_done_progress)
        self._work: Gathering | None = None
        self._next: Timer | None = None
        self._is_running = False

    def start(self) -> None:
        """Begin, now that the client listens."""
        self._is_running = True
        self.wake()
        if not self._watches:
            self._scheduler.later(LOOK_AGAIN, self._look_again)

    def stop(self) -> None:
        """Give up, because the session ends."""
        self._is_running = False

    @property
    def is_busy(self) -> bool:
        """Whether there is work, or may be."""
        return self._is_running and (self._work is not None or self._next is not None)

    def wake(self) -> None:
        """Hear that there may be work: files, folders or settings have changed."""
        if self._is_running and self._next is None:
            self._next = self._scheduler.later(PAUSE, self._slice)

    def cancel(self, token: object) -> None:
        """Hear that the user has seen enough of a progress."""
        if self._work is not None and self._progress.is_about(token):
            self._finish(self._work)

    def _slice(self) -> None:
        self._next = None
        if not self._is_running:
            return
        if self._work is None:
            self._work = self._workspace.neighbourhood.next(self._workspace.wants_neighbours)
            if self._work is None:
                return
            self._scheduler.later(PATIENCE, partial(self._tell, self._work))
        if not self._workspace.wants_neighbours(self._work.root):
            # Whatever was missed is found when somebody wants it again.
            self._workspace.neighbourhood.look_again()
            self._work = None
            self._progress.end("")
        else:
            self._go_on(self._work)
        self.wake()

    def _go_on(self, work: Gathering) -> None:
        """Do a slice of work."""
        try:
            is_done = advance(work, SLICE)
        except Exception:
            # A mistake of ours must not hold up those who wait for the end of the work.
            logger.exception("the other documents could not be read")
            is_done = True
        if is_done:
            self._finish(work)

    def _finish(self, work: Gathering) -> None:
        self._work = None
        self._workspace.neighbourhood.adopt(work)
        self._progress.end(_documents(work))
        self._changed()
        self.wake()

    def _tell(self, work: Gathering) -> None:
        """Show how far work is that is still going on; a look that reads nothing is nobody's business."""
        if work is self._work and self._is_running:
            if work.text:
                self._progress.report(_documents(work))
            self._scheduler.later(PATIENCE, partial(self._tell, work))

    def _look_again(self) -> None:
        self._workspace.neighbourhood.look_again()
        self.wake()
        self._scheduler.later(LOOK_AGAIN, self._look_again)


def _documents(work: Gathering) -> str:
    return f"{work.documents} document{'' if work.documents == 1 else 's'}"
