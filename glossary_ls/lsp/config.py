"""The client's settings, and how changes of files become known.

Settings come in `initializationOptions`, are pulled from clients that support `workspace/configuration`, and
are else taken from `workspace/didChangeConfiguration`, whose payload is null in most clients that can be
pulled from. Files are watched by the client where it can, and polled otherwise.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.paths import to_uri
from glossary_ls.glossary.formats import suffixes
from glossary_ls.glossary.naming import USUAL
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.jsonrpc import ignore
from glossary_ls.lsp.to_lsp import WARNING
from glossary_ls.markup.languages import DOCUMENT_ENDINGS
from glossary_ls.settings.config_file import CONFIG_FILES
from glossary_ls.settings.schema import SECTION, is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary_ls.base.model import Problem
    from glossary_ls.lsp.client_flags import ClientFlags
    from glossary_ls.lsp.jsonrpc import Client
    from glossary_ls.lsp.tasks import TaskQueue
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How often files are polled when the client cannot watch them, and when it can but not all, in seconds.
_POLL_OFTEN = 1.5
_POLL_RARELY = 15.0

_ENDINGS = f".{{{','.join(suffix.removeprefix('.') for suffix in suffixes())}}}"

_WATCHED = (
    # Eglot refuses a pattern with a star inside braces, and with it all others.
    f"**/{{.glossary,{','.join(sorted(filter(str.isascii, USUAL)))}}}{_ENDINGS}",
    f"**/*.glossary{_ENDINGS}",
    f"**/.glossary/**/*{_ENDINGS}",
    f"**/{{{','.join(CONFIG_FILES)},.gitignore}}",
    f"**/*{{{','.join(DOCUMENT_ENDINGS)}}}",
)


@dataclass(eq=False)
class Configurator:
    """Keeps the workspace's settings and files up to date; `_on_change` is called when they have changed."""

    _workspace: Workspace
    _flags: ClientFlags
    _client: Client
    _tasks: TaskQueue
    _on_change: Callable[[], None]
    _initial: object = None
    _shown: set[str] = field(default_factory=set)

    def begin(self, options: object) -> None:
        """Apply the settings in the `initializationOptions`."""
        self._workspace.file_index.is_watched = self._flags.watches_files
        self._initial = options if is_ours(options) else None
        self._apply(None, "")

    def start(self) -> None:
        """Request settings and changes of files, now that the client listens."""
        registrations: list[dict[str, object]] = []
        if self._flags.registers_configuration:
            registrations.append(_registration("workspace/didChangeConfiguration", {"section": SECTION}))
        if self._flags.watches_files:
            watchers = [{"globPattern": pattern} for pattern in _WATCHED]
            registrations.append(_registration("workspace/didChangeWatchedFiles", {"watchers": watchers}))
        if registrations:
            params = {"registrations": registrations}
            self._client.request("client/registerCapability", params, ignore, self._unwatched)
        self.pull()
        self._poll_later()

    def pull(self) -> None:
        """Request the settings of every workspace folder from the client."""
        if not self._flags.configuration:
            return
        roots = self._workspace.roots
        items: list[dict[str, str]] = [{"section": SECTION}]
        items += [{"section": SECTION, "scopeUri": to_uri(root)} for root in roots]

        def received(result: object) -> None:
            before = self._workspace.revision
            for index, root in enumerate(("", *roots)):
                self._apply(find(result, index), root)
            if self._workspace.revision != before:
                self._on_change()

        self._client.request("workspace/configuration", {"items": items}, received)

    def client_changed(self, payload: object) -> None:
        """Apply changed settings of the client."""
        if self._flags.configuration:
            self.pull()
        else:
            self._apply(payload if is_ours(payload) else None, "")
            self._on_change()

    def _apply(self, raw: object, root: str) -> None:
        self._show(self._workspace.configure(self._initial, raw, root=root))

    def _show(self, problems: Iterable[Problem]) -> None:
        """Show the problems of the settings, each once; files show theirs as diagnostics."""
        new = [problem.message for problem in problems if problem.message not in self._shown]
        self._shown.update(new)
        if new:
            logger.warning("%s", "; ".join(new))
            message = "glossary_ls: " + "\n".join(dict.fromkeys(new))
            self._client.notify("window/showMessage", {"type": WARNING, "message": message})

    def _unwatched(self) -> None:
        """Poll often, because the client refuses to watch files."""
        logger.warning("the client refuses to watch files; they are polled every %s s", _POLL_OFTEN)
        self._workspace.file_index.is_watched = False
        self._poll_later()

    def _poll_later(self) -> None:
        interval = _POLL_RARELY if self._workspace.file_index.is_watched else _POLL_OFTEN
        self._tasks.call_later("poll", interval, self._poll)

    def _poll(self) -> None:
        try:
            if self._workspace.poll():
                self._on_change()
        finally:
            self._poll_later()


def _registration(method: str, options: dict[str, object]) -> dict[str, object]:
    return {"id": f"{SECTION}:{method}", "method": method, "registerOptions": options}
