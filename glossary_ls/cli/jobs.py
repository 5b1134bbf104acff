"""`check --jobs`: files are checked in several processes, and reported in their order.

Each process scans its share of the files and sends what they define; it gets the definitions of all, and
sends the rows of each file. What is reported does not depend on the number of processes. This module must not
know what a row says, and must not print.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

from glossary_ls.cli.errors import InputError
from glossary_ls.cli.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from glossary_ls.cli.project import Checked, Project
    from glossary_ls.cli.reporters.row import Row
    from glossary_ls.workspace.definition_cache import IndexedFile

#: How much text a further process needs to gain more than its start costs, in bytes. Where processes cannot
#: be forked safely, each loads the program and the glossaries again.
_IS_FORKED = sys.platform == "linux"
_WORTH = 512 * 1024 if _IS_FORKED else 4 * 1024 * 1024


class Report(NamedTuple):
    """The rows of a file."""

    path: str
    rows: tuple[Row, ...]


class _Share(NamedTuple):
    """The files of a process, and how to talk to it."""

    paths: list[str]
    connection: Connection


def report_of(project: Project, checked: Checked) -> Report:
    """Return the rows of a file that was checked."""
    path = checked.path
    return Report(path, tuple(rows_of(checked, project.display_path(path), project.key(path))))


def number(project: Project, files: Sequence[str], wanted: int | None) -> int:
    """Return the number of processes to use: the `wanted` one, or one for each processor if that pays."""
    if wanted is not None:
        return min(wanted, max(len(files), 1))
    signatures = filter(None, map(project.files.signature, files))
    return max(min(_processors(), sum(size for _, size in signatures) // _WORTH), 1)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def reports(
    project: Project, files: Sequence[str], jobs: int, progress: Callable[[int, int], None]
) -> Iterator[Report | InputError]:
    """Yield the rows of each file in the order of `files`, then those of glossaries and settings in use.

    `progress` is called with the number of files that were scanned, and of all. Raises InputError if a
    process ends before its work.
    """
    project.warm(files)
    with _started(project, files, jobs) as shares:
        try:
            project.learn(_scanned(shares, len(files), progress))
            project.workspace.read_definitions()
            definitions = project.workspace.definition_index.definitions_of(project.root)
            for share in shares:
                share.connection.send(definitions)
            owner = {path: share.connection for share in shares for path in share.paths}
            for path in files:
                yield owner[path].recv()
            own: dict[str, Report] = {}
            for share in shares:
                own.update(share.connection.recv())
            yield from (own[path] for path in sorted(own))
        except (EOFError, ConnectionError):
            raise InputError("a process that was checking files has ended; try --jobs 1") from None


def _scanned(
    shares: Sequence[_Share], total: int, progress: Callable[[int, int], None]
) -> dict[str, IndexedFile]:
    """Return what the files of all shares define, as soon as they are scanned."""
    from multiprocessing.connection import wait  # noqa: PLC0415  because most runs need one process

    defined: dict[str, IndexedFile] = {}
    left = {share.connection: len(share.paths) for share in shares}
    done = 0
    while left:
        for connection in cast("list[Connection]", wait(list(left))):
            defined.update(connection.recv())
            left[connection] -= 1
            if not left[connection]:
                del left[connection]
            done += 1
            progress(done, total)
    return defined


@contextmanager
def _started(project: Project, files: Sequence[str], jobs: int) -> Iterator[list[_Share]]:
    """Start the processes, each with about as much text; they end with the block."""
    import multiprocessing  # noqa: PLC0415  as above

    context = multiprocessing.get_context("fork") if _IS_FORKED else multiprocessing.get_context("spawn")
    loads = [(0, index) for index in range(jobs)]
    shares: list[list[str]] = [[] for _ in loads]
    for path in files:
        load, index = min(loads)
        shares[index].append(path)
        loads[index] = load + (project.files.signature(path) or (0, 0))[1] + 1, index
    started: list[_Share] = []
    processes = []
    # What is loaded stays shared: no process searches it for garbage.
    gc.freeze()
    try:
        for paths in shares:
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(project, paths, theirs), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            started.append(_Share(paths, ours))
        gc.unfreeze()
        yield started
    finally:
        for share in started:
            share.connection.close()
        for process in processes:
            process.terminate()
            process.join()


def _work(project: Project, files: Sequence[str], connection: Connection) -> None:
    """Check files in a process of its own."""
    # The process that started this one is interrupted as well, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for path in files:
            connection.send(project.read_ahead(path))
        project.workspace.definition_index.adopt(project.root, connection.recv())
        for path in files:
            connection.send(_checked(project, path))
        connection.send({own.path: report_of(project, own) for own in project.own_files()})
    except (EOFError, ConnectionError):
        # Nobody wants the rest.
        return


def _checked(project: Project, path: str) -> Report | InputError:
    try:
        return report_of(project, project.check(path))
    except InputError as error:
        return error
