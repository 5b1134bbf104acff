"""Checking all files of the workspace in the background, for commands, views and clients that pull.

Each pass walks all files and reuses what is known about those that have not changed, so a second one is
cheap. Once the user has asked for a check, its diagnostics are kept up to date until they are cleared.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.lsp.jsonrpc import Deferred
from glossary_ls.lsp.tasks import CancelledTaskError, Priority, Task
from glossary_ls.lsp.to_lsp import diagnostics
from glossary_ls.lsp.unknown_rows import unknown_row
from glossary_ls.workspace import check_all

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from glossary_ls.lsp.client_flags import ClientFlags
    from glossary_ls.lsp.diagnostics import Publisher
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.tasks import Progress, TaskQueue
    from glossary_ls.workspace.check_all import EntryKey
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How long to wait after a change before all files are checked again, in seconds.
_SETTLE = 0.5


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The result for one file: its diagnostics as they are sent, their digest, and the entries it names.

    `unknown` are its unknown acronyms as rows of `glossary_ls.reviewAcronyms`.
    """

    stamp: tuple[object, ...]
    items: list[Json]
    digest: str
    uses: Mapping[EntryKey, int]
    unknown: tuple[dict[str, Json], ...] = ()


@dataclass(slots=True)
class Pass:
    """One walk over all files: the results so far."""

    files: dict[str, CheckedFile] = field(default_factory=dict)
    is_cancelled: bool = False

    @property
    def outcome(self) -> dict[str, Json]:
        """The numbers of documents, of files with diagnostics, and of diagnostics."""
        return {
            "documents": sum(not is_glossary(path) for path in self.files),
            "files": sum(bool(checked.items) for checked in self.files.values()),
            "findings": sum(len(checked.items) for checked in self.files.values()),
        }

    def message(self) -> str:
        """Return how many files were checked."""
        return f"{len(self.files)} file{'' if len(self.files) == 1 else 's'}"

    def uses(self) -> Counter[EntryKey]:
        """Return how often each entry is named."""
        total: Counter[EntryKey] = Counter()
        for checked in self.files.values():
            total.update(checked.uses)
        return total


@dataclass(eq=False)
class Checker:
    """Runs passes over the workspace's files, after scans and the index, on which diagnostics depend."""

    _workspace: Workspace
    _flags: ClientFlags
    _tasks: TaskQueue
    _publisher: Publisher
    _known: dict[str, CheckedFile] = field(default_factory=dict)
    #: The passes that publish what they find.
    _checks: list[Task[None]] = field(default_factory=list)
    _is_kept: bool = False
    #: The outcome of the last check that the user asked for; None when there was none.
    outcome: dict[str, Json] | None = None
    #: How often each entry was named as of the last pass; None before the first.
    uses: Counter[EntryKey] | None = None

    # --- requests -----------------------------------------------------------------------------------------

    def check(
        self, answer: Callable[[Pass], Json], progress: Callable[[str, Callable[[], str]], Progress]
    ) -> Deferred:
        """Publish the diagnostics of all files, from now on; `answer` is called at the end."""
        self._is_kept = True
        work, deferred = Pass(), Deferred()
        shown = progress("Checking the glossary's documents", work.message)
        task = self._check(work, lambda: deferred.run(lambda: answer(work)), shown)
        deferred.cancel = partial(self._tasks.cancel, task)
        return deferred

    def walk(
        self,
        answer: Callable[[Pass], Answer],
        on_file: Callable[[str, CheckedFile], None] = lambda _path, _checked: None,
    ) -> Deferred:
        """Check all files; call `on_file` for each and `answer` at the end, also when it is cancelled."""
        work, deferred = Pass(), Deferred()
        task = self._start(work, on_file, lambda: deferred.run(lambda: answer(work)))
        deferred.cancel = partial(self._tasks.cancel, task)
        return deferred

    def clear(self) -> None:
        """Withdraw the diagnostics that checks have published."""
        self._is_kept = False
        self.outcome = None
        for task in tuple(self._checks):
            self._tasks.cancel(task)
        self._publisher.only_checked(())

    def update(self) -> None:
        """Check all files again after a pause, if checks are kept up to date."""
        if self._is_kept:
            self._tasks.call_later("check", _SETTLE, self._check_again, restart=False)

    # --- passes -------------------------------------------------------------------------------------------

    def _check_again(self) -> None:
        if self._is_kept:
            for task in tuple(self._checks):
                # It would have to start again anyway; the user waits for one with progress.
                if task.progress is None:
                    self._tasks.cancel(task)
            self._check(Pass())

    def _check(
        self, work: Pass, on_done: Callable[[], None] = lambda: None, progress: Progress | None = None
    ) -> Task[None]:
        def done() -> None:
            self._checks.remove(task)
            try:
                if self._is_kept and not work.is_cancelled:
                    self._publisher.only_checked(work.files)
                if self._is_kept and (progress is not None or not work.is_cancelled):
                    self.outcome = work.outcome
                    self._publisher.own_files_changed()
            finally:
                on_done()

        task = self._start(work, self._publish, done, progress)
        self._checks.append(task)
        return task

    def _start(
        self,
        work: Pass,
        on_file: Callable[[str, CheckedFile], None],
        on_done: Callable[[], None],
        progress: Progress | None = None,
    ) -> Task[None]:
        def finish(_: None) -> None:
            self.uses = work.uses()
            self._known = {path: known for path, known in self._known.items() if path in work.files}
            on_done()

        def fail(error: Exception) -> None:
            if not isinstance(error, CancelledTaskError):
                logger.error("the workspace could not be walked", exc_info=error)
            work.is_cancelled = True
            on_done()

        task = Task(Priority.CHECK, self._steps(work, on_file), finish, fail, progress=progress)
        self._tasks.add(task)
        return task

    def _steps(self, work: Pass, on_file: Callable[[str, CheckedFile], None]) -> Generator[None, None, None]:
        for path in check_all.files_below(self._workspace):
            if path:
                try:
                    checked = self._checked(path)
                    if checked is not None:
                        work.files[path] = checked
                        on_file(path, checked)
                except Exception:
                    logger.exception("%s could not be checked", path)
            yield

    def _checked(self, path: str) -> CheckedFile | None:
        stamp = check_all.stamp(self._workspace, path)
        known = self._known.get(path)
        if stamp is None:
            return None
        if known is not None and _same(known.stamp, stamp):
            return known
        found = check_all.check_file(self._workspace, path)
        if found is None:
            return None
        uri, text = paths.to_uri(path), found.findings.text
        items = diagnostics(found.findings.problems, text, uri, self._flags)
        digest = blake2b(json.dumps(items).encode(), digest_size=8).hexdigest()
        rows = tuple(unknown_row(each, text, uri, self._flags.encoding) for each in found.unknown)
        checked = self._known[path] = CheckedFile(stamp, items, digest, found.uses, rows)
        return checked

    def _publish(self, path: str, checked: CheckedFile) -> None:
        if not is_glossary(path):
            self._publisher.checked(paths.to_uri(path), checked.items)


def _same(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    """Compare stamps: numbers by their value, all else by identity."""
    return len(left) == len(right) and all(
        one is other or (isinstance(one, int) and one == other)
        for one, other in zip(left, right, strict=True)
    )
