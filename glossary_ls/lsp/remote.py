"""Reading glossaries at URLs: asks the user, fetches in threads, and hands over what arrives.

Nothing is requested before `RemoteSources` allows it. This module must not know which settings name a URL.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.to_lsp import INFO, WARNING
from glossary_ls.vfs import urls
from glossary_ls.vfs.url_cache import Fetched

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.lsp.jsonrpc import Client
    from glossary_ls.lsp.tasks import TaskQueue
    from glossary_ls.vfs.url_cache import UrlCache
    from glossary_ls.workspace.remote_sources import Question, RemoteSources
    from glossary_ls.workspace.workspace import Workspace

logger = logging.getLogger("glossary_ls")

#: How many URLs are fetched at the same time.
_MOST_AT_ONCE = 3

#: How often to look for what is due, and for decisions of other processes, in seconds.
_INTERVAL = 60.0

#: How long to wait for more URLs to be named, in seconds.
_DELAY = 0.1

READ, NEVER = "Read", "Never"

_TIMER = "remote"


@dataclass(eq=False)
class RemoteReader:
    """Keeps the copies of URLs up to date.

    `_on_change` is called when the glossaries of the workspace have changed.
    """

    _workspace: Workspace
    _client: Client
    _tasks: TaskQueue
    _on_change: Callable[[], None]
    _running: int = 0
    _is_asking: bool = False
    _has_started: bool = False
    _shown: set[str] = field(default_factory=set)

    def start(self) -> None:
        """Start, now that the client listens."""
        self._has_started = True
        self._sources.on_named = lambda: self._tasks.call_later(_TIMER, _DELAY, self.update)
        self.update()

    @property
    def _sources(self) -> RemoteSources:
        return self._workspace.elsewhere.remote

    def update(self) -> None:
        """Ask about and fetch what the settings name, because they, or time, have changed."""
        if not self._has_started:
            return
        self._sources.update()
        self._apply()
        self._ask()
        while self._running < _MOST_AT_ONCE and (url := self._sources.next_fetch()) is not None:
            self._running += 1
            wait = partial(_fetch, url, self._workspace.elsewhere.cache)
            self._tasks.call_in_thread(wait, partial(self._fetched, url))
        if self._sources.is_used:
            self._tasks.call_later(_TIMER, _INTERVAL, self.update)

    def refresh(self) -> None:
        """Fetch everything again, because the user wants to."""
        self._sources.refresh()
        self.update()

    def _fetched(self, url: str, outcome: Fetched) -> None:
        self._running -= 1
        if outcome.problem:
            logger.warning("%s", outcome.problem)
            if not outcome.path and url not in self._shown:
                # Unlike a configuration file, the editor's settings have no place for a problem.
                self._shown.add(url)
                self._show(outcome.problem)
        self._sources.fetched(url, outcome)
        self.update()

    def _apply(self) -> None:
        """Use what has changed."""
        if self._workspace.poll():
            self._on_change()

    def _show(self, problem: str) -> None:
        self._client.notify("window/showMessage", {"type": WARNING, "message": f"glossary_ls: {problem}"})

    def _ask(self) -> None:
        """Ask one question at a time."""
        question = None if self._is_asking else self._sources.next_question()
        if question is None:
            return
        self._is_asking = True
        name = paths.name(question.root) or "this workspace"
        message = (
            f"The settings of {name} name a glossary at {urls.shown(question.url)}. "
            f"Read it from {urls.origin(question.url).host}?"
        )
        actions = [{"title": READ}, {"title": NEVER}]
        params = {"type": INFO, "message": message, "actions": actions}
        answered = partial(self._answered, question)
        self._client.request("window/showMessageRequest", params, answered, partial(answered, None))

    def _answered(self, question: Question, result: object) -> None:
        self._is_asking = False
        decision = {READ: True, NEVER: False}.get(str(find(result, "title")))
        if problem := self._sources.answer(question, is_accepted=decision):
            self._show(f"{problem}; you will be asked again")
        self.update()


def _fetch(url: str, cache: UrlCache) -> Fetched:
    """Fetch a URL, in a thread."""
    # Loads the libraries for the network, which most sessions do not need.
    from glossary_ls.vfs.remote import fetch  # noqa: PLC0415

    try:
        return fetch(url, cache)
    except Exception:
        logger.exception("a fetch ended with an internal error")
        return Fetched(problem=f"{urls.shown(url)}: internal error; see the log of the server")
