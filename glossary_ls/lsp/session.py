"""A session: the state of the server between a client's first and last message."""

from __future__ import annotations

import gc
import logging
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.lsp.checker import Checker
from glossary_ls.lsp.client_flags import ClientFlags
from glossary_ls.lsp.config import Configurator
from glossary_ls.lsp.diagnostics import Publisher
from glossary_ls.lsp.from_lsp import find, root_paths
from glossary_ls.lsp.indexer import Indexer
from glossary_ls.lsp.remote import RemoteReader
from glossary_ls.lsp.scanner import Scanner
from glossary_ls.lsp.tasks import Progress, TaskQueue
from glossary_ls.lsp.turns import Turns
from glossary_ls.lsp.worker import Worker
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace.term_search import WorkspaceLibrary
from glossary_ls.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.lsp.jsonrpc import Client
    from glossary_ls.lsp.tasks import Clock
    from glossary_ls.vfs.files import Files

logger = logging.getLogger("glossary_ls")


@dataclass(frozen=True, slots=True)
class TokenResult:
    """The last semantic tokens of a document, as the client has them."""

    document: Document
    id: str
    data: Sequence[int]


#: How many texts of hovers are remembered.
_MOST_TEXTS = 500


@dataclass(slots=True)
class HoverTexts:
    """The texts of hovers as of one revision of the workspace, by what was found."""

    _revision: int = -1
    _texts: dict[tuple[object, ...], str] = field(default_factory=dict)

    def at(self, revision: int) -> dict[tuple[object, ...], str]:
        """Return the texts that still hold at a revision, to be added to."""
        if revision != self._revision or len(self._texts) >= _MOST_TEXTS:
            self._revision, self._texts = revision, {}
        return self._texts


@dataclass(frozen=True, slots=True)
class Session:
    """The parts of a running server, each with its own job."""

    workspace: Workspace
    flags: ClientFlags
    tasks: TaskQueue
    scanner: Scanner
    publisher: Publisher
    config: Configurator
    library: WorkspaceLibrary
    indexer: Indexer
    checker: Checker
    remote: RemoteReader
    client: Client
    turns: Turns
    noticed: set[str] = field(default_factory=set)
    token_results: dict[str, TokenResult] = field(default_factory=dict)
    hover_texts: HoverTexts = field(default_factory=HoverTexts)

    def notice(self, kind: str, message: str) -> None:
        """Log a warning, the first one of each kind."""
        if kind not in self.noticed:
            self.noticed.add(kind)
            logger.warning("%s (further ones are not logged)", message)

    def progress(self, title: str, message: Callable[[], str], token: object = None) -> Progress:
        """Return the progress of a task; `token` is what the client sent to be informed with."""
        return Progress(self.client, title, message, token=token, can_create=self.flags.work_done_progress)

    def start(self) -> None:
        """Start the background work, now that the client listens."""
        self.config.start()
        self.tasks.call_later("warm up", 0, self._warm_up)
        self.indexer.start()
        self.remote.start()

    def _warm_up(self) -> None:
        """Load what the first request needs, and publish the diagnostics of glossary files."""
        self.workspace.warm()
        # Glossaries live long.
        gc.freeze()
        self.publisher.own_files_changed()

    def files_changed(self) -> None:
        """Update the index and the check, because documents, files or settings have changed."""
        self.indexer.update()
        self.checker.update()


def begin(params: object, files: Files | None, client: Client, clock: Clock) -> Session:
    """Start a session from the parameters of `initialize`, however malformed."""
    flags = ClientFlags(find(params, "capabilities"), find(params, "clientInfo"))
    workspace = Workspace(files or DiskFiles(), root_paths(params), flags.encoding, clock.time)
    tasks = TaskQueue(clock)
    scanner = Scanner(workspace, tasks)
    publisher = Publisher(workspace, flags, client, tasks, scanner)
    checker = Checker(workspace, flags, tasks, publisher)

    def indexed() -> None:
        publisher.neighbors_changed()
        checker.update()

    def configured() -> None:
        publisher.everything_changed()
        session.files_changed()

    def arrived() -> None:
        workspace.revision += 1
        configured()

    worker = Worker(tasks)
    workspace.glossaries.read_in_background(worker, arrived)
    workspace.glossary_findings.check_in_background(worker, publisher.everything_changed)
    progress = partial(Progress, client, can_create=flags.work_done_progress)
    indexer = Indexer(workspace, flags, tasks, progress, indexed)
    config = Configurator(workspace, flags, client, tasks, configured)
    library = WorkspaceLibrary(workspace)
    remote = RemoteReader(workspace, client, tasks, configured)
    background = scanner, publisher, config, library, indexer, checker, remote
    session = Session(workspace, flags, tasks, *background, client, Turns(tasks))
    config.begin(find(params, "initializationOptions"))
    return session
