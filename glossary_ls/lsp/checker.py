"""Checking the whole workspace in the pauses between messages, for commands, views and clients that pull.

Each pass walks all files and takes over what it knows of those that have not changed; so a second one is
cheap. Once a user has asked for a check, its findings are kept up to date until they are cleared. Like
the harvester, it works on the server's own thread in short slices, and a request waits for one file at most.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from time import perf_counter
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.lsp.harvester import PATIENCE, PAUSE, SLICE
from glossary_ls.lsp.progress import Progress
from glossary_ls.lsp.to_lsp import diagnostic
from glossary_ls.workspace import check_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.lsp.client import ClientFlags
    from glossary_ls.lsp.diagnostics import Publisher
    from glossary_ls.lsp.harvester import Harvester
    from glossary_ls.lsp.messages import Client, Json
    from glossary_ls.lsp.reader import Reader
    from glossary_ls.lsp.schedule import Scheduler, Timer
    from glossary_ls.vfs.files import Files
    from glossary_ls.workspace.check_all import EntryKey
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How long to wait after a change before looking at all files again, and for work that comes first.
_SETTLE = 0.5
_WAIT = 0.05

_TITLE = "Checking the glossary's documents"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known about one file: its findings as they are sent, an id of them, and what it names."""

    stamp: tuple[object, ...]
    items: list[Json]
    digest: str
    uses: Mapping[EntryKey, int]


@dataclass(slots=True)
class Pass:
    """One walk over all files; `seen` grows as it goes on."""

    steps: Iterator[str | None]
    done: Callable[[Pass], None]
    each: Callable[[str, Seen], None]
    progress: Progress | None = None
    seen: dict[str, Seen] = field(default_factory=dict)
    is_cancelled: bool = False
    is_over: bool = False

    @property
    def outcome(self) -> dict[str, Json]:
        """How much was looked at and found."""
        return {
            "documents": sum(not is_glossary(path) for path in self.seen),
            "files": sum(bool(seen.items) for seen in self.seen.values()),
            "findings": sum(len(seen.items) for seen in self.seen.values()),
        }

    def uses(self) -> Counter[EntryKey]:
        """Return how often each entry is named."""
        total: Counter[EntryKey] = Counter()
        for seen in self.seen.values():
            total.update(seen.uses)
        return total


class Checker:
    """Walks over the workspace's files when somebody wants to know what is in them."""

    def __init__(  # noqa: PLR0913, PLR0917  because it stands between all of them
        self,
        workspace: Workspace,
        files: Files,
        flags: ClientFlags,
        client: Client,
        scheduler: Scheduler,
        publisher: Publisher,
        harvester: Harvester,
        reader: Reader,
    ) -> None:
        self._workspace = workspace
        self._files = files
        self._flags = flags
        self._client = client
        self._scheduler = scheduler
        self._publisher = publisher
        self._harvester = harvester
        self._reader = reader
        self._known: dict[str, Seen] = {}
        self._passes: list[Pass] = []
        self._again: Timer | None = None
        self._is_kept = False
        self._is_running = True
        #: The outcome of the last check that was asked for; None when there was none.
        self.outcome: dict[str, Json] | None = None
        #: How often each entry was named when all files were looked at last; None when they never were.
        self.uses: Counter[EntryKey] | None = None

    # --- what is asked for --------------------------------------------------------------------------------

    def check(self, done: Callable[[Pass], None], token: object = None) -> Pass:
        """Report on all files from now on, and call `done` after the first time."""
        progress = Progress(self._client, _TITLE, "check", shown=self._flags.work_done_progress)
        progress.take(token)
        self._is_kept = True
        return self._check(done, progress)

    def _check(self, done: Callable[[Pass], None], progress: Progress | None = None) -> Pass:
        def over(work: Pass) -> None:
            if self._is_kept and not work.is_cancelled:
                self._publisher.only_checked(work.seen)
            if self._is_kept and not (work.is_cancelled and progress is None):
                self.outcome = work.outcome
                self._publisher.own_files_changed()
            done(work)

        return self.walk(over, self._publish, progress)

    def walk(
        self,
        done: Callable[[Pass], None],
        each: Callable[[str, Seen], None] = lambda _path, _seen: None,
        progress: Progress | None = None,
    ) -> Pass:
        """Look at all files; call `each` for every one and `done` at the end, also when it is cancelled."""
        work = Pass(check_all.files_below(self._workspace), done, each, progress)
        self._passes.append(work)
        self._scheduler.later(0, partial(self._slice, work))
        if progress is not None:
            self._scheduler.later(PATIENCE, partial(self._tell, work))
        return work

    def clear(self) -> None:
        """Take back what checks have reported."""
        self._is_kept = False
        self.outcome = None
        for work in tuple(self._passes):
            if work.each == self._publish:
                self.stop(work)
        self._publisher.only_checked(())

    def cancel(self, token: object) -> None:
        """Hear that the user has seen enough of a progress."""
        for work in tuple(self._passes):
            if work.progress is not None and work.progress.is_about(token):
                self.stop(work)

    def stop(self, work: Pass) -> None:
        """Break a walk off."""
        if not work.is_over:
            work.is_cancelled = True
            self._finish(work)

    def end(self) -> None:
        """Give up, because the session ends."""
        self._is_running = False

    def wake(self) -> None:
        """Hear that the findings of some file may be others now."""
        if self._is_kept and self._is_running and self._again is None:
            self._again = self._scheduler.later(_SETTLE, self._look_again)

    # --- the work -----------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        self._again = None
        if self._is_kept:
            for work in tuple(self._passes):
                # It would have to look at everything again anyway.
                if work.each == self._publish and work.progress is None:
                    self.stop(work)
            self._check(lambda _: None)

    def _slice(self, work: Pass) -> None:
        if work.is_over or not self._is_running:
            return
        if self._harvester.is_busy or self._reader.is_busy:
            # What the documents say about each other comes first: findings depend on it.
            self._scheduler.later(_WAIT, partial(self._slice, work))
            return
        try:
            is_done = self._advance(work)
        except Exception:
            # A mistake of ours must not leave a request without an answer.
            logger.exception("the workspace could not be walked")
            self.stop(work)
            return
        if is_done:
            self._finish(work)
        else:
            self._scheduler.later(PAUSE, partial(self._slice, work))

    def _advance(self, work: Pass) -> bool:
        """Do a slice of work; tell whether it is done."""
        end = perf_counter() + SLICE
        for path in work.steps:
            if path:
                self._take(work, path)
            if perf_counter() >= end:
                return False
        return True

    def _take(self, work: Pass, path: str) -> None:
        """Look at a file; one that a mistake of ours makes unreadable is left out."""
        try:
            seen = self._look(path)
            if seen is not None:
                work.seen[path] = seen
                work.each(path, seen)
        except Exception:
            logger.exception("%s could not be checked", path)

    def _look(self, path: str) -> Seen | None:
        stamp = check_all.stamp(self._workspace, self._files, path)
        known = self._known.get(path)
        if stamp is None:
            return None
        if known is not None and _same(known.stamp, stamp):
            return known
        found = check_all.look(self._workspace, self._files, path)
        if found is None:
            return None
        uri = paths.to_uri(path)
        items: list[Json] = [
            diagnostic(problem, found.findings.text, uri, self._flags) for problem in found.findings.problems
        ]
        digest = blake2b(json.dumps(items).encode(), digest_size=8).hexdigest()
        seen = self._known[path] = Seen(stamp, items, digest, found.uses)
        return seen

    def _finish(self, work: Pass) -> None:
        work.is_over = True
        self._passes.remove(work)
        if not work.is_cancelled:
            self.uses = work.uses()
            self._known = {path: seen for path, seen in self._known.items() if path in work.seen}
        if work.progress is not None:
            work.progress.end(_counted(work))
        work.done(work)

    def _publish(self, path: str, seen: Seen) -> None:
        if not is_glossary(path):
            self._publisher.checked(paths.to_uri(path), seen.items)

    def _tell(self, work: Pass) -> None:
        """Show how far work is that is still going on."""
        if not work.is_over and self._is_running and work.progress is not None:
            work.progress.report(_counted(work))
            self._scheduler.later(PATIENCE, partial(self._tell, work))


def _same(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    """Compare stamps: numbers by their value, all else by identity."""
    return len(left) == len(right) and all(
        one is other or (isinstance(one, int) and one == other)
        for one, other in zip(left, right, strict=True)
    )


def _counted(work: Pass) -> str:
    count = len(work.seen)
    return f"{count} file{'' if count == 1 else 's'}"
