"""The client's news about documents, files, folders and settings: the only code that changes the workspace.

Every function takes the session and a notification's parameters as they came. News that makes no sense
changes nothing and is logged once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp.messages import MalformedError, find, need, position
from glossary_ls.lsp.session import folder_paths

if TYPE_CHECKING:
    from glossary_ls.lsp.session import Session
    from glossary_ls.workspace.open_document import Edit

#: The kind of a change that says that a file is gone.
_DELETED = 3


def did_open(session: Session, params: object, path: str = "") -> None:
    """Take over a document; `path` is the file that it is a part of, unless its URI says so."""
    uri = need(params, str, "textDocument", "uri")
    language = find(params, "textDocument", "languageId")
    source = need(params, str, "textDocument", "text")
    before = session.workspace.revision
    known = language if isinstance(language, str) else ""
    session.workspace.open(uri, known, _version(params), source, path)
    _after(session, before)
    session.publisher.opened(uri)
    session.reader.begin(uri)


def did_change(session: Session, params: object) -> None:
    """Apply the edits of a document, all or none."""
    uri = need(params, str, "textDocument", "uri")
    try:
        edits = [_edit(change) for change in need(params, list, "contentChanges")]
    except MalformedError:
        # An edit that is left out would put every later one in the wrong place.
        did_close(session, params)
        raise
    before = session.workspace.revision
    session.reader.edited(uri)
    if not session.workspace.change(uri, _version(params), edits):
        raise MalformedError("change of a document that is not open")
    _after(session, before)
    session.publisher.changed(uri)


def did_close(session: Session, params: object) -> None:
    """Give a document back."""
    uri = need(params, str, "textDocument", "uri")
    before = session.workspace.revision
    session.token_results.pop(uri, None)
    if session.workspace.close(uri):
        session.reader.closed(uri)
        _after(session, before)
        session.publisher.closed(uri)
        session.wake()


def did_save(session: Session, params: object) -> None:
    """Hear that a document was saved, which tells of a glossary even to clients that watch no files."""
    path = paths.from_uri(need(params, str, "textDocument", "uri"))
    if path and session.workspace.changed([path]):
        session.publisher.everything_changed()
    session.wake()


def did_change_watched_files(session: Session, params: object) -> None:
    """Hear of files that were created, changed or deleted."""
    changed: list[str] = []
    deleted: list[str] = []
    for change in need(params, list, "changes"):
        path = paths.from_uri(need(change, str, "uri"))
        if path:
            (deleted if find(change, "type") == _DELETED else changed).append(path)
    if session.workspace.changed(changed, deleted):
        session.publisher.everything_changed()
    session.wake()


def did_create_files(session: Session, params: object) -> None:
    """Hear that the user created files or folders in the editor."""
    _moved(session, [], _uris(params, "uri"))


def did_rename_files(session: Session, params: object) -> None:
    """Hear that the user renamed or moved files or folders in the editor."""
    _moved(session, _uris(params, "oldUri"), _uris(params, "newUri"))


def did_delete_files(session: Session, params: object) -> None:
    """Hear that the user deleted files or folders in the editor."""
    _moved(session, _uris(params, "uri"), [])


def did_change_workspace_folders(session: Session, params: object) -> None:
    """Add and remove workspace folders."""
    added = folder_paths(find(params, "event", "added"))
    removed = folder_paths(find(params, "event", "removed"))
    kept = [root for root in session.workspace.roots if root not in removed]
    session.workspace.set_roots([*kept, *added])
    session.config.pull()
    session.publisher.everything_changed()
    session.wake()


def did_change_configuration(session: Session, params: object) -> None:
    """Take new settings."""
    session.config.client_changed(find(params, "settings"))


def cancel_progress(session: Session, params: object) -> None:
    """Hear that the user cancels work whose progress is shown."""
    token = find(params, "token")
    session.harvester.cancel(token)
    session.checker.cancel(token)
    session.searches.cancel(token)


def _uris(params: object, key: str) -> list[str]:
    found = (paths.from_uri(need(file, str, key)) for file in need(params, list, "files"))
    return [path for path in found if path]


def _moved(session: Session, gone: list[str], new: list[str]) -> None:
    if session.workspace.changed(new, gone):
        session.publisher.everything_changed()
    session.wake()


def _after(session: Session, revision: int) -> None:
    """Look at the other documents again if the document is a glossary or a configuration file."""
    if session.workspace.revision != revision:
        session.publisher.everything_changed()
        session.checker.wake()


def _version(params: object) -> int | None:
    version = find(params, "textDocument", "version")
    return version if isinstance(version, int) else None


def _edit(change: object) -> Edit:
    text = need(change, str, "text")
    if find(change, "range") is None:
        return None, None, text
    return position(change, "range", "start"), position(change, "range", "end"), text
