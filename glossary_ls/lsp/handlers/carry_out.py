"""Carrying out changes of files: by the client or, if a setting says so, in files that are not open.

A change is worked out when its turn has come, on the text that its file has then: other programs write files
too, and clients need not tell about their own edits at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.edits import applied
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.handlers.workspace_edits import workspace_edit
from glossary_ls.lsp.jsonrpc import Deferred, RefusedError
from glossary_ls.lsp.text_sync import reload_files
from glossary_ls.lsp.to_lsp import WARNING

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.base.text import Text
    from glossary_ls.features.fixes.writing import FileChange
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: How often a change is worked out again because another program has written the file meanwhile.
_MOST_TRIES = 50


@dataclass(frozen=True, slots=True)
class Job:
    """A change to be made: `plan` works it out, and `on_done` answers once it is made.

    `uri` is the document that an empty path stands for, `label` names the change for the user. Without a
    change the answer is null.
    """

    uri: str
    label: Callable[[], str]
    plan: Callable[[], FileChange | None]
    on_done: Callable[[FileChange], Answer]


def saves(session: Session, path: str) -> bool:
    """Return whether the server writes a glossary itself: it is not open, and the user wants it so."""
    uri = session.library.uri(path)
    return session.workspace.settings_of(path).save_glossaries and not session.workspace.is_open(uri)


def planned(session: Session, plan: Callable[[], FileChange | None]) -> FileChange | None:
    """Return what `plan` works out on the file as it is now, although another text was known."""
    change = plan()
    if change is not None and not _is_current(session, change):
        reload_files(session, [], [change.path])
        change = plan()
        if change is not None and not _is_current(session, change):
            raise RefusedError(f"{change.path} has changed and is being read again; try again later")
    return change


def _is_current(session: Session, change: FileChange) -> bool:
    """Return whether a change is one of the text that its file has now."""
    if not change.path:
        return True
    seen = session.library.text(change.path)
    text = session.workspace.applied_edits.text(change.path, seen)
    return _source(text) == _source(change.text)


def _source(text: Text | None) -> str | None:
    return None if text is None else text.source


def carry_out(session: Session, job: Job) -> Deferred:
    """Make a change when those before it are made; refuse with the reason why it was not made."""
    deferred = Deferred()
    drop = session.turns.enqueue(lambda release: deferred.run(lambda: _carried_out(session, job, release)))
    if not deferred.is_settled:
        deferred.cancel = drop
    return deferred


def _carried_out(session: Session, job: Job, release: Callable[[], None]) -> Answer:
    try:
        if session.workspace.poll():
            # What to change depends on which files there are.
            session.publisher.everything_changed()
            session.files_changed()
        change, left = _saved(session, job)
        if change is not None and left is not None:
            return _asked(session, job, change, left, release)
    except BaseException:
        release()
        raise
    release()
    return None if change is None else job.on_done(change)


def _saved(session: Session, job: Job) -> tuple[FileChange | None, str | None]:
    """Write a change to the disk if the server is to do that.

    Return it, and why the client has to make it: empty if that is its job, None if nothing is left to do.
    """
    path = ""
    for _ in range(_MOST_TRIES):
        change = planned(session, job.plan)
        if change is None or not change.edits:
            return change, None
        if not change.path or not saves(session, change.path):
            return change, ""
        path, before = change.path, _source(change.text)
        try:
            is_written = session.workspace.files.exchange(path, before, applied(before or "", change.edits))
        except OSError as error:
            return change, f"{path} could not be written: {error.strerror or error}"
        reload_files(session, [], [path])
        if is_written:
            return change, None
    raise RefusedError(f"{path} is being changed by another program; try again")


def _asked(
    session: Session, job: Job, change: FileChange, problem: str, release: Callable[[], None]
) -> Deferred:
    """Have the client make a change; it is not told about problems with the disk by an error."""
    if not session.flags.applies_edits:
        raise RefusedError(problem or "the editor does not support edits by a server (workspace/applyEdit)")
    deferred = Deferred()

    def answered(answer: object) -> None:
        is_applied = find(answer, "applied") is True
        if is_applied and change.path:
            session.workspace.applied_edits.record(change.path, change.text, change.edits)
        release()
        if is_applied:
            if problem:
                message = f"{problem}. The change is in the editor, and not saved."
                session.client.notify("window/showMessage", {"type": WARNING, "message": message})
            deferred.run(lambda: job.on_done(change))
        else:
            reason = find(answer, "failureReason")
            what = problem or f"the editor did not change {change.path or job.uri}"
            deferred.refuse(RefusedError(what + (f": {reason}" if reason else "")))

    params: Json = {"label": job.label(), "edit": workspace_edit(session, job.uri, change)}
    session.client.request("workspace/applyEdit", params, answered)
    return deferred
