"""Renaming over the wire: the edits of a whole workspace, or none.

A rename that takes time is carried out only if nothing that it depends on was changed meanwhile, be it in the
editor or on the disk: an edit at the wrong place is worse than a refusal. What was not looked at is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features.library import LeftOut
from glossary_ls.features.rename import Renaming
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.lsp.found import counted, named
from glossary_ls.lsp.locations import edits, uri_of
from glossary_ls.lsp.messages import CONTENT_MODIFIED, Json, Later, RefusedError, find, need
from glossary_ls.lsp.navigation import asked
from glossary_ls.lsp.searches import Shown
from glossary_ls.lsp.to_lsp import to_lsp

if TYPE_CHECKING:
    from collections.abc import Generator

    from glossary_ls.features.rename import FileEdits
    from glossary_ls.lsp.requests import Feature
    from glossary_ls.lsp.session import Session
    from glossary_ls.lsp.to_lsp import Context
    from glossary_ls.vfs.files import Signature

_WARNING = 2


def answer(session: Session, feature: Feature, params: object) -> Json | Later:
    """Return the edits of a rename, in the whole workspace."""
    found = asked(session, feature, params, new=need(params, str, "newName"))
    if found is None:
        return None
    renaming, context = found
    if not isinstance(renaming, Renaming):
        return to_lsp(renaming, context)
    collected = _Collected(session, renaming, context)
    title = f"Renaming '{renaming.old}'"
    shown = Shown(title, collected.so_far, find(params, "workDoneToken"))
    return session.searches.run(collected.work(), collected.is_valid, shown)


class _Collected:
    """The edits that were found so far, and what must stay as it is until all are."""

    def __init__(self, session: Session, renaming: Renaming, context: Context) -> None:
        self._session = session
        self._renaming = renaming
        self._context = context
        self._state = self._now()
        self._changes: list[tuple[str, bool, list[dict[str, Json]]]] = []
        #: Of what is not open. A glossary is read long before its edits come, a document just before.
        self._signatures: dict[str, Signature | None] = {
            path: session.files.signature(path)
            for path in session.corpus.glossaries()
            if not session.workspace.is_open(session.corpus.uri(path))
        }
        self._left_out: list[LeftOut] = []

    def work(self) -> Generator[None, None, Json]:
        """Go through all files, with pauses, and return the edit of the workspace."""
        for step in self._renaming.files:
            if isinstance(step, LeftOut):
                self._left_out.append(step)
            elif step is not None:
                self._take(step)
            yield
        files = self._session.files
        changed = [path for path, known in self._signatures.items() if files.signature(path) != known]
        if changed:
            message = f"{changed[0]} was changed in the meantime; rename '{self._renaming.old}' again"
            raise RefusedError(message, CONTENT_MODIFIED)
        self._tell_left_out()
        return self._edit()

    def is_valid(self) -> bool:
        """Tell whether glossaries, settings and open documents are what they were."""
        return self._now() == self._state

    def so_far(self) -> str:
        """Say how much was found."""
        return counted(sum(len(found) for _, _, found in self._changes), len(self._changes))

    def _now(self) -> object:
        workspace = self._session.workspace
        return workspace.revision, [(uri, workspace.version(uri)) for uri in workspace.open_uris()]

    def _take(self, each: FileEdits) -> None:
        uri = uri_of(each.path, self._context)
        self._changes.append((uri, each.confirm, edits(each, self._context.flags.encoding)))
        if not self._session.workspace.is_open(uri) and each.path not in self._signatures:
            is_known = not is_glossary(each.path) or self._is_as_read(each)
            self._signatures[each.path] = self._session.files.signature(each.path) if is_known else None

    def _is_as_read(self, each: FileEdits) -> bool:
        """Tell whether a glossary that nobody used is what it was when its first entry was looked at."""
        now = self._session.corpus.editable(each.path)
        return now is not None and now.source == each.text.source

    def _tell_left_out(self) -> None:
        if self._left_out:
            message = (
                f"'{self._renaming.old}' stays as it is in files that were not looked at: "
                f"{named(self._left_out, self._session)}. Search them yourself."
            )
            params: Json = {"type": _WARNING, "message": message}
            self._session.client.notify("window/showMessage", params)

    def _edit(self) -> Json:
        flags = self._context.flags
        if not flags.document_changes:
            return {"changes": {uri: list(found) for uri, _, found in self._changes}}
        asks = flags.change_annotations and any(confirm for _, confirm, _ in self._changes)
        changes: list[Json] = []
        for uri, confirm, found in self._changes:
            label = "elsewhere" if confirm else "here"
            identifier: Json = {"uri": uri, "version": self._session.workspace.version(uri)}
            rows: list[Json] = [{**row, "annotationId": label} if asks else row for row in found]
            changes.append({"textDocument": identifier, "edits": rows})
        edit: dict[str, Json] = {"documentChanges": changes}
        if asks:
            label = f"Rename '{self._renaming.old}' to '{self._renaming.new}'"
            edit["changeAnnotations"] = {
                "here": {"label": label},
                "elsewhere": {"label": f"{label} in other files", "needsConfirmation": True},
            }
        return edit
