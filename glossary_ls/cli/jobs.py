"""Work on many files in steps: in this process, in several, or on a cluster; results in the order of files.

A step is a function of a project and some files, a shard. A process keeps its shards from step to step, so
that it can use what it scanned before. This module must not know what a step does, and must not print.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from glossary_ls.cli import cluster
from glossary_ls.cli.arguments import number_from
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.shards import counted, shards, size_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from glossary_ls.cli.project import Project
    from glossary_ls.cli.shards import Progress, Shard

_Result = TypeVar("_Result")
_Given = TypeVar("_Given")

#: How much text a further process needs to gain more than its start costs, in bytes. Where processes cannot
#: be forked safely, each loads the program and the glossaries again.
_IS_FORKED = sys.platform == "linux"
_WORTH = 512 * 1024 if _IS_FORKED else 4 * 1024 * 1024


class Pool(Protocol):
    """Where steps are done. All methods raise InputError if that place is lost."""

    def map(
        self,
        step: Callable[[Project, Shard], _Result],
        progress: Progress,
        wanted: Callable[[str], bool] = ...,
        /,
    ) -> Iterator[_Result]:
        """Yield the result of a step for each shard, in their order.

        A place that keeps nothing for later steps leaves out files that are not `wanted`.
        """

    def tell(self, step: Callable[[Project, _Given], None], given: _Given, /) -> None:
        """Do a step that changes the project, in each process."""

    def each(self, step: Callable[[Project], _Result], /) -> list[_Result]:
        """Return the results of a step for the project, from each process."""


def add(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Declare the arguments."""
    places = parser.add_mutually_exclusive_group()
    places.add_argument(
        "-j",
        "--jobs",
        type=number_from(1),
        metavar="N",
        help="number of processes (default: one per processor for a folder with much text, else 1)",
    )
    places.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="work on the Dask cluster with this scheduler, such as tcp://host:8786",
    )


def number(project: Project, files: Sequence[str], wanted: int | None) -> int:
    """Return the number of processes to use: the `wanted` one, or one for each processor if that pays."""
    if wanted is not None:
        return min(wanted, max(len(files), 1))
    signatures = filter(None, map(project.files.signature, files))
    return max(min(_processors(), sum(size for _, size in signatures) // _WORTH), 1)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextmanager
def pool(project: Project, files: Sequence[str], options: argparse.Namespace) -> Iterator[Pool]:
    """Return where to work on files: this process, or several, which end with the block, or a cluster."""
    if options.dask:
        with cluster.pool(project, shards(project, files), options.dask) as found:
            yield found
        return
    jobs = number(project, files, options.jobs)
    if jobs == 1:
        yield _Here(project, shards(project, files))
        return
    project.warm(files)
    with _started(project, shards(project, files, jobs), jobs) as processes:
        yield processes


class _Here(NamedTuple):
    """This process."""

    project: Project
    shards: Sequence[Shard]

    def map(
        self,
        step: Callable[[Project, Shard], _Result],
        progress: Progress,
        _: Callable[[str], bool] = bool,
    ) -> Iterator[_Result]:
        self.project.files.expect([path for shard in self.shards for path in shard])
        for shard in counted(self.shards, progress):
            yield step(self.project, shard)

    def tell(self, step: Callable[[Project, _Given], None], given: _Given) -> None:
        step(self.project, given)

    def each(self, step: Callable[[Project], _Result]) -> list[_Result]:
        return [step(self.project)]


class _Processes(NamedTuple):
    """Several processes; `owners` has the connection to that of each shard."""

    connections: Sequence[Connection]
    shards: Sequence[Shard]
    owners: Sequence[Connection]

    def map(
        self,
        step: Callable[[Project, Shard], _Result],
        progress: Progress,
        _: Callable[[str], bool] = bool,
    ) -> Iterator[_Result]:
        with _lost_process():
            for connection in self.connections:
                connection.send((_map, step))
            for _shard, owner in zip(counted(self.shards, progress), self.owners, strict=True):
                yield owner.recv()

    def tell(self, step: Callable[[Project, _Given], None], given: _Given) -> None:
        with _lost_process():
            for connection in self.connections:
                connection.send((_tell, (step, given)))

    def each(self, step: Callable[[Project], _Result]) -> list[_Result]:
        with _lost_process():
            for connection in self.connections:
                connection.send((_each, step))
            return [connection.recv() for connection in self.connections]


@contextmanager
def _lost_process() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError):
        raise InputError("a process that was reading files has ended; try --jobs 1") from None


@contextmanager
def _started(project: Project, shards: Sequence[Shard], jobs: int) -> Iterator[_Processes]:
    """Start the processes, each with about as much text; they end with the block."""
    import multiprocessing  # noqa: PLC0415  because most runs need one process

    context = multiprocessing.get_context("fork") if _IS_FORKED else multiprocessing.get_context("spawn")
    loads = [(0, index) for index in range(jobs)]
    owners: list[int] = []
    for shard in shards:
        load, index = min(loads)
        owners.append(index)
        loads[index] = load + sum(size_of(project, path) + 1 for path in shard), index
    connections: list[Connection] = []
    processes = []
    # What is loaded stays shared: no process searches it for garbage.
    gc.freeze()
    try:
        for number in range(jobs):
            own = [shard for shard, owner in zip(shards, owners, strict=True) if owner == number]
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(project, own, theirs), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            connections.append(ours)
        gc.unfreeze()
        yield _Processes(connections, shards, [connections[owner] for owner in owners])
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.terminate()
            process.join()


# --- in the processes -------------------------------------------------------------------------------------


def _work(project: Project, shards: Sequence[Shard], connection: Connection) -> None:
    """Do what the process that started this one asks for, until it closes the connection."""
    # That process is interrupted as well, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            work, given = connection.recv()
            for result in work(project, shards, given):
                connection.send(result)
    except (EOFError, ConnectionError):
        # Nobody wants the rest.
        return


def _map(
    project: Project, shards: Sequence[Shard], step: Callable[[Project, Shard], _Result]
) -> Iterator[_Result]:
    project.files.expect([path for shard in shards for path in shard])
    for shard in shards:
        yield step(project, shard)


def _tell(
    project: Project, _: Sequence[Shard], given: tuple[Callable[[Project, _Given], None], _Given]
) -> Iterator[None]:
    step, argument = given
    step(project, argument)
    yield from ()


def _each(project: Project, _: Sequence[Shard], step: Callable[[Project], _Result]) -> Iterator[_Result]:
    yield step(project)
