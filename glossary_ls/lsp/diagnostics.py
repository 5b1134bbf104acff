"""Diagnostics on their way to the client: pushed after a pause in typing or pulled, for no document both.

What was sent is remembered, so that an unchanged list is not sent again; a closed document's list is cleared.
Glossary and configuration files that are not open are always pushed, because nobody would pull them. When
every document is looked at again, other views of a client are told to ask again, too.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp import requests
from glossary_ls.lsp.to_lsp import diagnostic

if TYPE_CHECKING:
    from collections.abc import Container

    from glossary_ls.lsp.client import ClientFlags
    from glossary_ls.lsp.messages import Client, Json
    from glossary_ls.lsp.reader import Reader
    from glossary_ls.lsp.schedule import Scheduler, Timer
    from glossary_ls.workspace.findings import Findings
    from glossary_ls.workspace.workspace import Workspace

#: How long to wait after a change of a glossary before looking at every document again, in seconds.
_SETTLE = 0.2


class Publisher:
    """Sends findings, and answers requests for them from the same ones."""

    def __init__(
        self,
        workspace: Workspace,
        flags: ClientFlags,
        client: Client,
        scheduler: Scheduler,
        reader: Reader,
    ) -> None:
        self._workspace = workspace
        self._flags = flags
        self._client = client
        self._scheduler = scheduler
        self._reader = reader
        self._timers: dict[str, Timer] = {}
        self._sent: dict[str, tuple[str, list[Json]]] = {}
        self._pulled: dict[str, tuple[str, list[Json]]] = {}
        self._results = 0
        self._refresh: Timer | None = None
        self._neighbours = 0
        self._revision = workspace.revision
        self._checked: dict[str, tuple[str, list[Json]]] = {}

    # --- what happens to documents ------------------------------------------------------------------------

    def opened(self, uri: str) -> None:
        """Report on a document at once."""
        if self._flags.pull_diagnostics:
            # The client pulls from now on what was pushed while the file was closed.
            self._send(uri, [], None)
        else:
            # A client may have dropped what it was told while the file was closed.
            key = paths.key(uri)
            if key in self._sent and self._sent[key][0] == uri:
                del self._sent[key]
            self._plan(uri, 0)

    def changed(self, uri: str) -> None:
        """Report on a document after a pause in typing."""
        if not self._flags.pull_diagnostics:
            settings = self._workspace.settings_of(paths.from_uri(uri))
            self._plan(uri, settings.diagnostics_delay / 1000)

    def closed(self, uri: str) -> None:
        """Take back what was said about a document, unless it is a file of ours."""
        timer = self._timers.pop(paths.key(uri), None)
        if timer is not None:
            timer.cancel()
        self._pulled.pop(uri, None)
        self._send(uri, self._checked.get(paths.key(uri), ("", []))[1], None)
        self.neighbours_changed()
        self.own_files_changed()

    def everything_changed(self) -> None:
        """Look again at every document, because a glossary or a setting changed."""
        if self._refresh is None:
            self._refresh = self._scheduler.later(_SETTLE, self._report_all)

    def neighbours_changed(self) -> None:
        """Look again at every document if some document spells out other acronyms than before."""
        if self._neighbours != self._workspace.neighbourhood.revision:
            self._neighbours = self._workspace.neighbourhood.revision
            self.everything_changed()

    def own_files_changed(self) -> None:
        """Report on the glossary and configuration files that are not open."""
        for path in self._workspace.own_files():
            uri = paths.to_uri(path)
            findings = self._workspace.findings(uri)
            if findings is not None and not self._workspace.is_open(uri):
                self._send(uri, self._listed(uri, findings), None)
        own = {*self._workspace.own_files(), *self._checked}
        for key, (uri, _) in tuple(self._sent.items()):
            if key not in own and not self._workspace.is_open(uri):
                self._send(uri, [], None)

    # --- files that are not open, when somebody asks for them ---------------------------------------------

    def checked(self, uri: str, items: list[Json]) -> None:
        """Report on a file that is checked although it may not be open."""
        if self._is_pulled(uri):
            return
        self._checked[paths.key(uri)] = (uri, items)
        if not self._workspace.is_open(uri):
            self._send(uri, items, None)

    def only_checked(self, kept: Container[str]) -> None:
        """Take back what was reported about checked files, except those with the keys `kept`."""
        for key, (uri, _) in tuple(self._checked.items()):
            if key not in kept:
                del self._checked[key]
                if not self._workspace.is_open(uri):
                    self._send(uri, [], None)

    def refresh(self) -> None:
        """Have a client that pulls ask again."""
        if self._flags.pull_diagnostics:
            self._client.ask("workspace/diagnostic/refresh", None, lambda _: None)

    def _is_pulled(self, uri: str) -> bool:
        """Tell whether the client asks for the findings of a file that is not open."""
        settings = self._workspace.settings_of(paths.from_uri(uri))
        return self._flags.pull_diagnostics and settings.workspace_diagnostics

    # --- pull ---------------------------------------------------------------------------------------------

    def report(self, uri: str, previous: object) -> dict[str, Json]:
        """Return the report that a client asks for; `previous` is the id of the last one that it has."""
        self._workspace.record_definitions(uri)
        findings = self._workspace.findings(uri) if self._workspace.is_open(uri) else None
        self.neighbours_changed()
        items = self._listed(uri, findings) if findings else []
        last = self._pulled.get(uri)
        if last is not None and last[1] == items:
            if last[0] == previous:
                return {"kind": "unchanged", "resultId": last[0]}
            return {"kind": "full", "resultId": last[0], "items": items}
        self._results += 1
        self._pulled[uri] = (str(self._results), items)
        return {"kind": "full", "resultId": str(self._results), "items": items}

    # --- push ---------------------------------------------------------------------------------------------

    def _plan(self, uri: str, delay: float) -> None:
        key = paths.key(uri)
        if (timer := self._timers.pop(key, None)) is not None:
            timer.cancel()
        self._timers[key] = self._scheduler.later(delay, lambda: self._publish(uri))

    def _publish(self, uri: str) -> None:
        self._timers.pop(paths.key(uri), None)
        self._reader.when_read(uri, lambda: self._publish_read(uri))

    def _publish_read(self, uri: str) -> None:
        self._workspace.record_definitions(uri)
        findings = self._workspace.findings(uri)
        if findings is not None and self._workspace.is_open(uri):
            self._send(uri, self._listed(uri, findings), self._workspace.version(uri))
        self.neighbours_changed()
        self.own_files_changed()

    def _report_all(self) -> None:
        self._refresh = None
        if self._flags.pull_diagnostics:
            self.refresh()
            # A client asks for documents; a change in a glossary shows in no document until it is read.
            for uri in self._workspace.open_uris():
                self._reader.when_read(uri, partial(self._workspace.record_definitions, uri))
        else:
            for uri in self._workspace.open_uris():
                if paths.key(uri) not in self._timers:
                    self._publish(uri)
        self.own_files_changed()
        if self._flags.refresh_hints:
            self._client.ask("workspace/inlayHint/refresh", None, lambda _: None)
        if self._flags.refresh_tokens:
            self._client.ask("workspace/semanticTokens/refresh", None, lambda _: None)
        if self._flags.refresh_lenses:
            self._client.ask("workspace/codeLens/refresh", None, lambda _: None)
        self._tell_views()

    def _tell_views(self) -> None:
        """Tell a client that shows the glossary to ask again, and whether the terms may be others."""
        before, self._revision = self._revision, self._workspace.revision
        if self._flags.hears_changes:
            self._client.notify(requests.CHANGED, {"terms": before != self._revision})

    def _listed(self, uri: str, findings: Findings) -> list[Json]:
        return [diagnostic(problem, findings.text, uri, self._flags) for problem in findings.problems]

    def _send(self, uri: str, items: list[Json], version: int | None) -> None:
        """Send a list unless the client has it; a first one that is empty only for an open document."""
        key = paths.key(uri)
        last = self._sent.pop(key, None)
        if last is not None and last[0] != uri:
            # The client spells the URI of the file in another way than we do.
            self._client.notify("textDocument/publishDiagnostics", {"uri": last[0], "diagnostics": []})
            last = None
        is_open = self._workspace.is_open(uri)
        if items or (is_open and not self._flags.pull_diagnostics):
            self._sent[key] = (uri, items)
        elif last is None or not last[1]:
            return
        if last is None or last[1] != items:
            params: dict[str, object] = {"uri": uri, "diagnostics": items}
            if version is not None:
                params["version"] = version
            self._client.notify("textDocument/publishDiagnostics", params)
