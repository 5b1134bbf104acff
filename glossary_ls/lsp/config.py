"""Settings of the client, and how changes of files come to be known.

Settings come in `initializationOptions`, are pulled where the client can be asked, and else are taken from
`workspace/didChangeConfiguration`, whose payload is null in most clients that can be asked. Files are watched
by the client where it can, and else looked at from time to time.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from glossary_ls.base.paths import to_uri
from glossary_ls.glossary.formats import suffixes
from glossary_ls.lsp.messages import find
from glossary_ls.markup.documents import DOCUMENT_ENDINGS
from glossary_ls.settings.config_file import CONFIG_FILES
from glossary_ls.settings.schema import SECTION, is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary_ls.base.model import Problem
    from glossary_ls.lsp.client import ClientFlags
    from glossary_ls.lsp.messages import Client
    from glossary_ls.lsp.schedule import Scheduler, Timer
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How often files are looked at when the client cannot watch them, and when it can but not all of them.
_POLL_OFTEN = 1.5
_POLL_RARELY = 15.0

_ENDINGS = f".{{{','.join(suffix.removeprefix('.') for suffix in suffixes())}}}"

_WATCHED = (
    # Eglot refuses a pattern with a star inside braces, and with it all others.
    f"**/{{glossary,.glossary}}{_ENDINGS}",
    f"**/*.glossary{_ENDINGS}",
    f"**/.glossary/**/*{_ENDINGS}",
    f"**/{{{','.join(CONFIG_FILES)},.gitignore}}",
    f"**/*{{{','.join(DOCUMENT_ENDINGS)}}}",
)


class Configurator:
    """Keeps the workspace's settings and files up to date; `changed` is called when they are others now."""

    def __init__(
        self,
        workspace: Workspace,
        flags: ClientFlags,
        client: Client,
        scheduler: Scheduler,
        changed: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._flags = flags
        self._client = client
        self._scheduler = scheduler
        self._changed = changed
        self._initial: object = None
        self._told: set[str] = set()
        self._watched = flags.watches_files
        self._timer: Timer | None = None

    def begin(self, options: object) -> None:
        """Take the settings that came with the client's first message."""
        self._initial = options if is_ours(options) else None
        self._apply(None, "")

    def start(self) -> None:
        """Ask for settings and for news about files, now that the client listens."""
        registrations: list[dict[str, object]] = []
        if self._flags.registers_configuration:
            registrations.append(_registration("workspace/didChangeConfiguration", {"section": SECTION}))
        if self._flags.watches_files:
            watchers = [{"globPattern": pattern} for pattern in _WATCHED]
            registrations.append(_registration("workspace/didChangeWatchedFiles", {"watchers": watchers}))
        if registrations:
            self._client.ask(
                "client/registerCapability",
                {"registrations": registrations},
                lambda _: None,
                self._unwatched,
            )
        self.pull()
        self._poll_later()

    def pull(self) -> None:
        """Ask the client for the settings of every workspace folder."""
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
                self._changed()

        self._client.ask("workspace/configuration", {"items": items}, received)

    def client_changed(self, payload: object) -> None:
        """Hear that the client's settings are others now."""
        if self._flags.configuration:
            self.pull()
        else:
            self._apply(payload if is_ours(payload) else None, "")
            self._changed()

    def _apply(self, raw: object, root: str) -> None:
        self._tell(self._workspace.configure(self._initial, raw, root=root))

    def _tell(self, problems: Iterable[Problem]) -> None:
        """Show what is wrong with the settings, each thing once; files show theirs as diagnostics."""
        new = [problem.message for problem in problems if problem.message not in self._told]
        self._told.update(new)
        if new:
            logger.warning("%s", "; ".join(new))
            message = "glossary_ls: " + "\n".join(dict.fromkeys(new))
            self._client.notify("window/showMessage", {"type": 2, "message": message})

    def _unwatched(self) -> None:
        """Hear that the client can watch files, but will not."""
        logger.warning("the client refuses to watch files; they are looked at every %s s", _POLL_OFTEN)
        self._watched = False
        self._poll_later()

    def _poll_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        interval = _POLL_RARELY if self._watched else _POLL_OFTEN
        self._timer = self._scheduler.later(interval, self._poll)

    def _poll(self) -> None:
        try:
            if self._workspace.poll():
                self._changed()
        finally:
            self._poll_later()


def _registration(method: str, options: dict[str, object]) -> dict[str, object]:
    return {"id": f"{SECTION}:{method}", "method": method, "registerOptions": options}
