"""Notifications about documents, files, folders and settings: the only code that changes the workspace.

Malformed notifications change nothing and are logged once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp.from_lsp import find, folder_paths, need, position
from glossary_ls.lsp.jsonrpc import MalformedError

if TYPE_CHECKING:
    from glossary_ls.lsp.session import Session
    from glossary_ls.workspace.open_document import Edit

#: The `FileChangeType` of a deleted file.
_DELETED = 3


def did_open(session: Session, params: object, path: str = "") -> None:
    """Open a document; `path` is the file that it is a part of, unless it is its own file."""
    uri = need(params, str, "textDocument", "uri")
    language = find(params, "textDocument", "languageId")
    source = need(params, str, "textDocument", "text")
    before = session.workspace.revision
    known = language if isinstance(language, str) else ""
    session.workspace.open(uri, known, _version(params), source, path)
    _publish_others(session, before)
    session.publisher.opened(uri)
    session.scanner.start(uri)


def did_change(session: Session, params: object) -> None:
    """Apply all edits of a document, or none."""
    uri = need(params, str, "textDocument", "uri")
    try:
        edits = [_edit(change) for change in need(params, list, "contentChanges")]
    except MalformedError:
        # Without one edit, every later one would be applied at a wrong place.
        did_close(session, params)
        raise
    before = session.workspace.revision
    session.scanner.edited(uri)
    if not session.workspace.change(uri, _version(params), edits):
        raise MalformedError("change of a document that is not open")
    _publish_others(session, before)
    session.publisher.changed(uri, in_one_place=len(edits) == 1)


def did_close(session: Session, params: object) -> None:
    """Close a document."""
    uri = need(params, str, "textDocument", "uri")
    before = session.workspace.revision
    session.token_results.pop(uri, None)
    if session.workspace.close(uri):
        session.scanner.closed(uri)
        _publish_others(session, before)
        session.publisher.closed(uri)
        session.files_changed()


def did_save(session: Session, params: object) -> None:
    """Reload a saved glossary or configuration file, also for clients that watch no files."""
    path = paths.from_uri(need(params, str, "textDocument", "uri"))
    reload_files(session, [], [path] if path else [])


def did_change_watched_files(session: Session, params: object) -> None:
    """Reload files that were created, changed or deleted."""
    changed: list[str] = []
    deleted: list[str] = []
    for change in need(params, list, "changes"):
        path = paths.from_uri(need(change, str, "uri"))
        if path:
            (deleted if find(change, "type") == _DELETED else changed).append(path)
    reload_files(session, deleted, changed)


def did_create_files(session: Session, params: object) -> None:
    """Load files and folders that the user created in the editor."""
    reload_files(session, [], _uris(params, "uri"))


def did_rename_files(session: Session, params: object) -> None:
    """Reload files and folders that the user renamed or moved in the editor."""
    reload_files(session, _uris(params, "oldUri"), _uris(params, "newUri"))


def did_delete_files(session: Session, params: object) -> None:
    """Forget files and folders that the user deleted in the editor."""
    reload_files(session, _uris(params, "uri"), [])


def did_change_workspace_folders(session: Session, params: object) -> None:
    """Add and remove workspace folders."""
    added = folder_paths(find(params, "event", "added"))
    removed = folder_paths(find(params, "event", "removed"))
    kept = [root for root in session.workspace.roots if root not in removed]
    session.workspace.set_roots([*kept, *added])
    session.config.pull()
    session.publisher.everything_changed()
    session.files_changed()


def did_change_configuration(session: Session, params: object) -> None:
    """Apply changed settings."""
    session.config.client_changed(find(params, "settings"))


def cancel_progress(session: Session, params: object) -> None:
    """Cancel the task whose progress the user cancelled."""
    session.tasks.cancel_progress(find(params, "token"))


def _uris(params: object, key: str) -> list[str]:
    found = (paths.from_uri(need(file, str, key)) for file in need(params, list, "files"))
    return [path for path in found if path]


def reload_files(session: Session, deleted: list[str], changed: list[str]) -> None:
    """Load files and folders that were changed, and forget those that were deleted."""
    if session.workspace.changed(changed, deleted):
        session.publisher.everything_changed()
    session.files_changed()


def _publish_others(session: Session, revision: int) -> None:
    """Publish the diagnostics of the other documents if a glossary or a configuration file changed."""
    if session.workspace.revision != revision:
        session.publisher.everything_changed()
        session.checker.update()


def _version(params: object) -> int | None:
    version = find(params, "textDocument", "version")
    return version if isinstance(version, int) else None


def _edit(change: object) -> Edit:
    text = need(change, str, "text")
    if find(change, "range") is None:
        return None, None, text
    return position(change, "range", "start"), position(change, "range", "end"), text
