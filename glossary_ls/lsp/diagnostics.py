"""Publishing diagnostics: pushed or pulled, never both for one document.

An edit is reported within some ten milliseconds, but for the word that is being typed, which waits for a
pause in typing (`workspace/unfinished`). What a document defines is made known to the others after it.
What was sent is remembered, so that an unchanged list is not sent again and a closed document's list is
cleared. Glossary and configuration files that are not open are always pushed, because no client pulls them.
When every document is checked again, the other views of a client are refreshed as well.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.lsp.jsonrpc import Deferred
from glossary_ls.lsp.tasks import Priority, Task, unsearched
from glossary_ls.lsp.to_lsp import diagnostics
from glossary_ls.settings.config_file import CONFIG_FILES
from glossary_ls.workspace.findings import check_beginning, preparing
from glossary_ls.workspace.open_document import AT_ONCE
from glossary_ls.workspace.unfinished import while_typing

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.document import Document
    from glossary_ls.lsp.client_flags import ClientFlags
    from glossary_ls.lsp.jsonrpc import Client, Json
    from glossary_ls.lsp.scanner import Scanner
    from glossary_ls.lsp.tasks import TaskQueue
    from glossary_ls.workspace.findings import Findings
    from glossary_ls.workspace.workspace import Workspace

#: How long to wait after a change of a glossary before every document is checked again, in seconds.
_SETTLE = 0.2

#: How long to wait at least after an edit before the document is checked, in seconds: what the client asks
#: right after a key comes first. It is as long as the last check took, so that checks use half of the time.
_LEAST_PAUSE = 0.005

#: The notification for clients that show glossaries.
CHANGED = "glossary_ls/changed"

_REFRESH = "refresh"


class _Shown(NamedTuple):
    """What a client shows for an open document, now and for an earlier text, and whether that is all."""

    before: Findings
    now: Findings
    is_complete: bool


@dataclass(eq=False)
class Publisher:
    """Pushes diagnostics, and answers requests that pull them."""

    _workspace: Workspace
    _flags: ClientFlags
    _client: Client
    _tasks: TaskQueue
    _scanner: Scanner
    _sent: dict[str, tuple[str, list[Json]]] = field(default_factory=dict)
    _pulled: dict[str, tuple[str, list[Json]]] = field(default_factory=dict)
    _checked: dict[str, tuple[str, list[Json]]] = field(default_factory=dict)
    _shown: dict[str, _Shown] = field(default_factory=dict)
    #: The documents that are being edited, and whether all edits since the last pause were each in one place.
    _typed: dict[str, bool] = field(default_factory=dict)
    _pauses: dict[str, float] = field(default_factory=dict)
    _results: int = 0
    _neighbors: int = 0
    _revision: int = field(init=False)

    def __post_init__(self) -> None:
        self._revision = self._workspace.revision
        self._scanner.on_beginning = self._publish_beginning

    # --- changes of documents ------------------------------------------------------------------------------

    def opened(self, uri: str) -> None:
        """Publish the diagnostics of an opened document at once."""
        key = self._workspace.key(uri)
        self._forget(key)
        if self._flags.pull_diagnostics:
            # From now on the client pulls what was pushed while the file was closed.
            self._send(uri, [], None)
        else:
            # The client may have dropped what was pushed while the file was closed.
            if key in self._sent and self._sent[key][0] == uri:
                del self._sent[key]
            self._tasks.call_later(("publish", key), 0, partial(self._publish, uri))

    def changed(self, uri: str, *, in_one_place: bool) -> None:
        """Publish the diagnostics of an edited document soon, and those of the last word after a pause."""
        path, key = self._workspace.path_of(uri), self._workspace.key(uri)
        delay = self._workspace.settings_of(path).diagnostics_delay / 1000
        if delay:
            self._typed[key] = self._typed.get(key, True) and in_one_place
        # Of a glossary, nearly every key leaves an entry that is not finished.
        if delay and not self._is_own(uri) and not self._flags.pull_diagnostics:
            pause = min(self._pauses.get(key, _LEAST_PAUSE), delay)
            self._tasks.call_later(("edited", key), pause, partial(self._publish_edited, uri), restart=False)
        self._tasks.call_later(("publish", key), delay, partial(self._finished, uri))

    def closed(self, uri: str) -> None:
        """Clear the diagnostics of a closed document, unless it is a glossary or configuration file."""
        self._forget(self._workspace.key(uri))
        self._pulled.pop(uri, None)
        self._send(uri, self._checked.get(self._workspace.key(uri), ("", []))[1], None)
        self.neighbors_changed()
        self.own_files_changed()

    def _is_own(self, uri: str) -> bool:
        """Return whether a document is a glossary or configuration file."""
        path = self._workspace.path_of(uri)
        return self._workspace.glossaries.is_glossary(path) or paths.name(path) in CONFIG_FILES

    def _forget(self, key: str) -> None:
        """Drop what is known and planned of an open document."""
        self._tasks.cancel_timer(("edited", key))
        self._tasks.cancel_timer(("publish", key))
        for known in (self._shown, self._typed, self._pauses):
            known.pop(key, None)

    def everything_changed(self) -> None:
        """Publish all diagnostics again after a pause, because a glossary or a setting changed."""
        self._tasks.call_later(_REFRESH, _SETTLE, self._publish_all, restart=False)

    def neighbors_changed(self) -> None:
        """Publish all diagnostics again if the definitions in some document changed."""
        if self._neighbors != self._workspace.definition_index.revision:
            self._neighbors = self._workspace.definition_index.revision
            self.everything_changed()

    def own_files_changed(self) -> None:
        """Publish the diagnostics of the glossary and configuration files that are not open."""
        for path in self._workspace.own_files():
            uri = paths.to_uri(path)
            findings = self._workspace.findings(uri)
            if findings is not None and not self._workspace.is_open(uri):
                self._send(uri, self._listed(uri, findings), None)
        own = {*self._workspace.own_files(), *self._checked}
        for key, (uri, _) in tuple(self._sent.items()):
            if key not in own and not self._workspace.is_open(uri):
                self._send(uri, [], None)

    # --- checks of the workspace --------------------------------------------------------------------------

    def checked(self, uri: str, items: list[Json]) -> None:
        """Publish the diagnostics of a file that may not be open."""
        if self._is_pulled(uri):
            return
        self._checked[self._workspace.key(uri)] = (uri, items)
        if not self._workspace.is_open(uri):
            self._send(uri, items, None)

    def only_checked(self, kept: Container[str]) -> None:
        """Clear the diagnostics of checked files, except those with the keys `kept`."""
        for key, (uri, _) in tuple(self._checked.items()):
            if key not in kept:
                del self._checked[key]
                if not self._workspace.is_open(uri):
                    self._send(uri, [], None)

    def refresh(self) -> None:
        """Have the client pull again, if it pulls."""
        if self._flags.pull_diagnostics:
            self._client.request("workspace/diagnostic/refresh", None)

    def _is_pulled(self, uri: str) -> bool:
        """Return whether the client pulls the diagnostics of a file that is not open."""
        settings = self._workspace.settings_of(self._workspace.path_of(uri))
        return self._flags.pull_diagnostics and settings.workspace_diagnostics

    # --- pull ---------------------------------------------------------------------------------------------

    def report_later(self, uri: str, previous: object) -> Deferred:
        """Return the report that a client pulls, which may take a while for a large document."""
        deferred = Deferred()
        self._when_prepared(uri, partial(deferred.run, partial(self.report, uri, previous)))
        return deferred

    def report(self, uri: str, previous: object) -> dict[str, Json]:
        """Return the report that a client pulls; `previous` is the id of the last one that it has."""
        self._workspace.record_definitions(uri)
        items = self._open_list(uri) or []
        self.neighbors_changed()
        last = self._pulled.get(uri)
        if last is None or last[1] != items:
            self._results += 1
            last = self._pulled[uri] = (str(self._results), items)
        elif last[0] == previous:
            return {"kind": "unchanged", "resultId": last[0]}
        return {"kind": "full", "resultId": last[0], "items": items}

    # --- push ---------------------------------------------------------------------------------------------

    def _publish_edited(self, uri: str) -> None:
        """Publish the diagnostics of a document in which somebody types, unless they take a while."""
        if self._scanner.start(uri) is None and self._unprepared(uri) is None:
            start = self._tasks.time()
            self._send_open(uri)
            self._pauses[self._workspace.key(uri)] = max(self._tasks.time() - start, _LEAST_PAUSE)

    def _finished(self, uri: str) -> None:
        """Publish all diagnostics of a document after a pause in typing."""
        key = self._workspace.key(uri)
        self._tasks.cancel_timer(("edited", key))
        self._typed.pop(key, None)
        if not self._flags.pull_diagnostics:
            self._publish(uri)
        elif key in self._shown and not self._shown[key].is_complete:
            self.refresh()

    def _publish(self, uri: str) -> None:
        self._when_prepared(uri, partial(self._publish_prepared, uri))

    def _publish_beginning(self, uri: str, analysis: Analysis) -> Iterator[None]:
        """Publish in steps what the beginning of a document tells that was just opened."""
        key, path = self._workspace.key(uri), self._workspace.path_of(uri)
        text = self._workspace.opened_text(key)
        if text is None or key in self._shown or key in self._typed or self._flags.pull_diagnostics:
            return
        document = self._workspace.view(path, analysis)
        yield from preparing(document)
        findings = check_beginning(document, text.source[len(analysis.text) :])
        if findings.problems:
            self._send(uri, self._listed(uri, findings), self._workspace.version(uri))

    def _when_prepared(self, uri: str, callback: Callable[[], object]) -> None:
        """Call back when the diagnostics of a document are to be had without delay."""
        self._scanner.when_scanned(uri, partial(self._prepare, uri, callback))

    def _unprepared(self, uri: str) -> Document | None:
        """Return the snapshot of a document whose diagnostics take a while; None if they do not."""
        document = None if self._is_own(uri) else self._workspace.snapshot(uri)
        if document is None or len(document.text) <= AT_ONCE or self._workspace.is_prepared(uri, document):
            return None
        return document

    def _prepare(self, uri: str, callback: Callable[[], object]) -> None:
        document = self._unprepared(uri)
        if document is None:
            callback()
            return

        def done(_: object) -> None:
            callback()

        self._tasks.start(Task(Priority.SCAN, unsearched(preparing(document)), done, done))

    def _publish_prepared(self, uri: str) -> None:
        self._workspace.record_definitions(uri)
        self._send_open(uri)
        self.neighbors_changed()
        self.own_files_changed()

    def _send_open(self, uri: str) -> None:
        items = self._open_list(uri)
        if items is not None:
            self._send(uri, items, self._workspace.version(uri))

    def _open_list(self, uri: str) -> list[Json] | None:
        """Return the diagnostics of an open document, while it is edited without those of the last word."""
        findings = self._workspace.findings(uri) if self._workspace.is_open(uri) else None
        if findings is None:
            return None
        key = self._workspace.key(uri)
        last = self._shown.get(key)
        before = shown = findings
        if last is not None and key in self._typed:
            before = last.before if last.now.text is findings.text else last.now
            shown = while_typing(before, findings, in_one_place=self._typed[key])
        self._shown[key] = _Shown(before, shown, shown.problems == findings.problems)
        return self._listed(uri, shown)

    def _publish_all(self) -> None:
        if self._flags.pull_diagnostics:
            self.refresh()
            # The client pulls one document at a time, but what one defines concerns the others.
            for uri in self._workspace.open_uris():
                self._scanner.when_scanned(uri, partial(self._workspace.record_definitions, uri))
        else:
            for uri in self._workspace.open_uris():
                if not self._tasks.is_planned(("publish", self._workspace.key(uri))):
                    self._publish(uri)
        self.own_files_changed()
        for is_supported, view in (
            (self._flags.refresh_hints, "inlayHint"),
            (self._flags.refresh_tokens, "semanticTokens"),
            (self._flags.refresh_lenses, "codeLens"),
        ):
            if is_supported:
                self._client.request(f"workspace/{view}/refresh", None)
        before, self._revision = self._revision, self._workspace.revision
        if self._flags.wants_changes:
            self._client.notify(CHANGED, {"terms": before != self._revision})

    def _listed(self, uri: str, findings: Findings) -> list[Json]:
        return diagnostics(findings.problems, findings.text, uri, self._flags)

    def _send(self, uri: str, items: list[Json], version: int | None) -> None:
        """Push a list unless the client has it; an empty first one only for an open document."""
        key = self._workspace.key(uri)
        last = self._sent.pop(key, None)
        if last is not None and last[0] != uri:
            # The client writes the URI of the file in another way.
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
