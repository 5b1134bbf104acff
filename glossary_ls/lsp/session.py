"""A session: what the server knows between a client's first and last message."""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp.checker import Checker
from glossary_ls.lsp.client import ClientFlags, flags
from glossary_ls.lsp.config import Configurator
from glossary_ls.lsp.diagnostics import Publisher
from glossary_ls.lsp.harvester import Harvester
from glossary_ls.lsp.messages import find
from glossary_ls.lsp.reader import Reader
from glossary_ls.lsp.searches import Searches
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace.term_search import Corpus
from glossary_ls.workspace.workspace import Workspace

if TYPE_CHECKING:
    from glossary_ls.lsp.messages import Client
    from glossary_ls.lsp.schedule import Scheduler
    from glossary_ls.lsp.token_result import TokenResult
    from glossary_ls.vfs.files import Files

logger = logging.getLogger("glossary_ls")


@dataclass(frozen=True, slots=True)
class Session:
    """The parts of a running server, each with its own job."""

    workspace: Workspace
    flags: ClientFlags
    reader: Reader
    publisher: Publisher
    config: Configurator
    corpus: Corpus
    harvester: Harvester
    checker: Checker
    searches: Searches
    files: Files
    client: Client
    noticed: set[str] = field(default_factory=set)
    token_results: dict[str, TokenResult] = field(default_factory=dict)

    def notice(self, kind: str, message: str) -> None:
        """Log something that a client does wrong, each kind once."""
        if kind not in self.noticed:
            self.noticed.add(kind)
            logger.warning("%s (further ones are not logged)", message)

    def warm(self) -> None:
        """Read what the first question will need, and tell what is wrong with it."""
        self.workspace.warm()
        # The glossaries stay; looking through them for garbage would hold up a key.
        gc.freeze()
        self.publisher.own_files_changed()

    def wake(self) -> None:
        """Have the work in the background go on: documents, files or settings are others now."""
        self.harvester.wake()
        self.checker.wake()

    def end(self) -> None:
        """End the work in the background."""
        self.harvester.stop()
        self.checker.end()
        self.searches.end()


def begin(params: object, files: Files | None, client: Client, scheduler: Scheduler) -> Session:
    """Start a session from the parameters of `initialize`, whatever is wrong with them."""
    able = flags(find(params, "capabilities"), find(params, "clientInfo"))
    disk = files or DiskFiles()
    workspace = Workspace(disk, roots_in(params), able.encoding)
    reader = Reader(workspace, scheduler)
    publisher = Publisher(workspace, able, client, scheduler, reader)

    def gathered() -> None:
        publisher.neighbours_changed()
        checker.wake()

    harvester = Harvester(workspace, able, client, scheduler, gathered)
    checker = Checker(workspace, disk, able, client, scheduler, publisher, harvester, reader)

    def changed() -> None:
        publisher.everything_changed()
        harvester.wake()
        checker.wake()

    config = Configurator(workspace, able, client, scheduler, changed)
    corpus = Corpus(workspace, disk)
    searches = Searches(able, client, scheduler)
    session = Session(
        workspace, able, reader, publisher, config, corpus, harvester, checker, searches, disk, client
    )
    config.begin(find(params, "initializationOptions"))
    return session


def roots_in(params: object) -> tuple[str, ...]:
    """Return the workspace folders that `initialize` names: the list, else the one root, else none."""
    folders = folder_paths(find(params, "workspaceFolders"))
    if folders:
        return folders
    root = find(params, "rootUri")
    if isinstance(root, str) and (path := paths.from_uri(root)):
        return (path,)
    root = find(params, "rootPath")
    return (paths.normal(root),) if isinstance(root, str) and root else ()


def folder_paths(folders: object) -> tuple[str, ...]:
    """Return the paths of a list of workspace folders; those that are no files are left out."""
    uris = [find(folder, "uri") for folder in folders] if isinstance(folders, list) else []
    found = (paths.from_uri(uri) for uri in uris if isinstance(uri, str))
    return tuple(path for path in found if path)
