"""Rename: the edits of the whole workspace, or none.

A rename that takes time is refused when something that it depends on changed in the meantime, in the editor
or on the disk. Files that were skipped are reported to the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.features import rename as renaming
from glossary_ls.features.library import LeftOut
from glossary_ls.features.rename import Refusal, Renaming
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.handlers.request import DocumentRequest
from glossary_ls.lsp.jsonrpc import CONTENT_MODIFIED, RefusedError
from glossary_ls.lsp.searches import counted, named, search
from glossary_ls.lsp.to_lsp import WARNING, text_edits, uri_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from glossary_ls.features.rename import FileEdits
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.vfs.files import Signature


def prepare(context: DocumentContext, offset: int) -> Json:
    """Answer `textDocument/prepareRename`."""
    found = renaming.prepare_rename(context.document, offset)
    if isinstance(found, Refusal):
        raise RefusedError(found.message)
    return {"range": context.range(found.span), "placeholder": found.name} if found else None


def rename(context: DocumentContext, params: tuple[int, str]) -> Answer:
    """Answer `textDocument/rename`."""
    offset, new_name = params
    found = renaming.rename(context.document, offset, context.library, new_name)
    if isinstance(found, Refusal):
        raise RefusedError(found.message)
    if found is None:
        return None
    collector = _Collector(context, found)
    title = f"Renaming '{found.old}'"
    progress = context.session.progress(title, collector.message, context.progress_token)
    return search(context.session, collector.collect(), collector.is_current, progress)


class _Collector:
    """The edits found so far, and the state of all that they depend on."""

    def __init__(self, context: DocumentContext, renamed: Renaming) -> None:
        self._session = session = context.session
        self._files = session.workspace.files
        self._renaming = renamed
        self._context = context
        self._state = self._current_state()
        self._changes: list[tuple[str, bool, list[dict[str, Json]]]] = []
        #: Of files that are not open. A glossary is read long before its edits come, a document just before.
        self._signatures: dict[str, Signature | None] = {
            path: self._files.signature(path)
            for path in session.library.glossaries()
            if not session.workspace.is_open(session.library.uri(path))
        }
        self._skipped: list[LeftOut] = []

    def collect(self) -> Generator[None, None, Json]:
        """Go through all files, and return the edit of the workspace."""
        for step in self._renaming.files:
            if isinstance(step, LeftOut):
                self._skipped.append(step)
            elif step is not None:
                self._add(step)
            yield
        known = self._signatures.items()
        changed = [path for path, signature in known if self._files.signature(path) != signature]
        if changed:
            message = f"{changed[0]} was changed in the meantime; rename '{self._renaming.old}' again"
            raise RefusedError(message, CONTENT_MODIFIED)
        self._report_skipped()
        return self._edit()

    def is_current(self) -> bool:
        """Return whether glossaries, settings and open documents are as they were."""
        return self._current_state() == self._state

    def message(self) -> str:
        """Return how many edits were found."""
        return counted(sum(len(found) for _, _, found in self._changes), len(self._changes))

    def _current_state(self) -> object:
        workspace = self._session.workspace
        return workspace.revision, [(uri, workspace.version(uri)) for uri in workspace.open_uris()]

    def _add(self, each: FileEdits) -> None:
        uri = uri_of(each.path, self._context)
        self._changes.append((uri, each.confirm, text_edits(each.text, each.edits, self._context.encoding)))
        if not self._session.workspace.is_open(uri) and each.path not in self._signatures:
            is_known = not is_glossary(each.path) or self._is_as_read(each)
            self._signatures[each.path] = self._files.signature(each.path) if is_known else None

    def _is_as_read(self, each: FileEdits) -> bool:
        """Return whether a glossary that is not in use is as it was when its first entry was read."""
        now = self._session.library.editable(each.path)
        return now is not None and now.source == each.text.source

    def _report_skipped(self) -> None:
        if self._skipped:
            message = (
                f"'{self._renaming.old}' was not renamed everywhere: {named(self._skipped, self._session)}. "
                "Look at these places yourself."
            )
            params: Json = {"type": WARNING, "message": message}
            self._session.client.notify("window/showMessage", params)

    def _edit(self) -> Json:
        flags = self._context.flags
        if not flags.document_changes:
            return {"changes": {uri: list(found) for uri, _, found in self._changes}}
        has_labels = flags.change_annotations and any(confirm for _, confirm, _ in self._changes)
        changes: list[Json] = []
        for uri, confirm, found in self._changes:
            label = "other" if confirm else "here"
            identifier: Json = {"uri": uri, "version": self._session.workspace.version(uri)}
            rows: list[Json] = [{**row, "annotationId": label} if has_labels else row for row in found]
            changes.append({"textDocument": identifier, "edits": rows})
        edit: dict[str, Json] = {"documentChanges": changes}
        if has_labels:
            label = f"Rename '{self._renaming.old}' to '{self._renaming.new}'"
            edit["changeAnnotations"] = {
                "here": {"label": label},
                "other": {"label": f"{label} in other files", "needsConfirmation": True},
            }
        return edit


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_PREPARE_RENAME, prepare, from_lsp.offset, "navigation"),
    DocumentRequest(types.TEXT_DOCUMENT_RENAME, rename, from_lsp.rename, "navigation", needs_all_open=True),
)
