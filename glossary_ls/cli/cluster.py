"""`--dask`: the steps of a command on a cluster. What they return does not depend on it.

Workers get the settings and glossaries as data, as this machine reads them, and documents with their
content; what is at a URL they read themselves. A step that asks a worker for anything else is done here.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from glossary_ls.base import paths
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.project import Project
from glossary_ls.markup import language_of
from glossary_ls.vfs.recorded import NotRecordedError, Record, RecordedFiles, RecordingFiles, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from glossary_ls.cli.selection import Selection
    from glossary_ls.cli.shards import Progress, Shard
    from glossary_ls.integrations.dask import Cluster
    from glossary_ls.vfs.recorded import Shipped

_Result = TypeVar("_Result")
_Given = TypeVar("_Given")

#: Steps that changed the project, in their order, each with its argument.
_Told = tuple[tuple["Callable[[Project, Any], None]", Any], ...]


@contextmanager
def pool(project: Project, shards: Sequence[Shard], address: str) -> Iterator[OnCluster]:
    """Return the place where steps are done on a cluster. Raises InputError if it cannot be used."""
    try:
        from glossary_ls.integrations.dask import Cluster, ClusterError  # noqa: PLC0415  because it is an extra
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"dask", "distributed"}:
            raise
        raise InputError("--dask needs more packages: pip install 'glossary-ls[dask]'") from None
    try:
        cluster = Cluster(address)
        try:
            yield OnCluster(project, shards, cluster)
        finally:
            cluster.close()
    except ClusterError as error:
        raise InputError(str(error)) from error


class Shipment(NamedTuple):
    """What a worker needs to open the same project: a record of files, and where shared glossaries are."""

    root: str
    here: str
    selection: Selection
    record: Record
    shared: dict[tuple[str, str, bool], tuple[str, ...]]


class OnCluster:
    """The workers of a cluster."""

    def __init__(self, project: Project, shards: Sequence[Shard], cluster: Cluster) -> None:
        self._project = project
        self._shards = shards
        self._cluster = cluster
        files = RecordingFiles(project.files)
        root = project.files.url_of(project.root) or project.root
        # One of its own, so that nothing is recorded but what a worker will ask.
        self._recorded = Project(root, project.selection, files)
        _ask(self._recorded, shards)
        self._shipment = Shipment(
            root,
            paths.normal("."),
            project.selection,
            files.record.useful(),
            self._recorded.workspace.elsewhere.found,
        )
        self._told: _Told = ()
        self._opened = cluster.share(Opened, self._shipment, self._told)

    def map(
        self,
        step: Callable[[Project, Shard], _Result],
        progress: Progress,
        wanted: Callable[[str], bool] = lambda _: True,
    ) -> Iterator[_Result]:
        """Yield the result of a step for each shard, in their order, of files that are `wanted`."""
        shards = [shard for shard in (tuple(filter(wanted, each)) for each in self._shards) if shard]
        total, done = sum(map(len, shards)), 0
        for shard, results in zip(shards, self._results(step, shards), strict=True):
            progress(done, total)
            yield from results
            done += len(shard)

    def tell(self, step: Callable[[Project, _Given], None], given: _Given) -> None:
        """Do a step that changes the project, on each worker."""
        self._told = (*self._told, (step, given))
        self._opened = self._cluster.share(Opened, self._shipment, self._told)

    def each(self, step: Callable[[Project], _Result]) -> list[_Result]:
        """Return the result of a step for the project with all glossaries that count for a file."""
        return [step(self._recorded)]

    def _results(
        self, step: Callable[[Project, Shard], _Result], shards: Sequence[Shard]
    ) -> Iterator[list[_Result]]:
        """Yield the results for each shard: one, or one for each file if together they fail."""
        documents = (tuple(shipped(self._project.files, path) for path in shard) for shard in shards)
        answers = self._cluster.map(partial(_do, step), documents, self._opened)
        for shard, answer in zip(shards, answers, strict=True):
            if isinstance(answer, _Done):
                yield [answer.result]
            elif isinstance(answer, _NotDone):
                yield [step(self._project, shard)]
            elif len(shard) > 1:
                # One of the files may be the cause.
                alone = self._results(step, [(path,) for path in shard])
                yield [result for results in alone for result in results]
            else:
                self._project.files.fail(shard[0], f"{answer.workers} workers were lost while they read it")
                yield [step(self._project, shard)]


def _ask(project: Project, shards: Sequence[Shard]) -> None:
    """Ask for the settings and glossaries of all documents."""
    workspace = project.workspace
    asked = set()
    workspace.wants_definitions(project.root)
    for shard in shards:
        for path in shard:
            language = language_of(path)
            # What is read for a document depends on its folder and its settings.
            about = paths.parent(path), id(workspace.settings_of(path, language))
            if about not in asked:
                asked.add(about)
                project.check(path, "")


# --- on the workers ---------------------------------------------------------------------------------------


class _Done(NamedTuple):
    """The result of a step."""

    result: Any


class _NotDone(NamedTuple):
    """A step needs this path, which was not sent."""

    path: str


class Opened:
    """A project on a worker, for one thread at a time."""

    def __init__(self, shipment: Shipment, told: _Told) -> None:
        self._arguments = shipment, told
        self.lock = threading.Lock()
        self.files = RecordedFiles(shipment.record)
        self.project = Project(shipment.root, shipment.selection, self.files, shipment.here)
        self.project.forgets = True
        self.project.workspace.elsewhere.adopt(shipment.shared)
        for step, given in told:
            step(self.project, given)

    def __reduce__(self) -> tuple[type[Opened], tuple[Shipment, _Told]]:
        """Return how another worker opens the same project."""
        return Opened, self._arguments


def _do(
    step: Callable[[Project, Shard], Any], documents: tuple[Shipped, ...], opened: Opened
) -> _Done | _NotDone:
    """Do a step for some documents."""
    with opened.lock:
        opened.files.take(documents)
        try:
            return _Done(step(opened.project, tuple(document.path for document in documents)))
        except NotRecordedError as error:
            return _NotDone(str(error))
