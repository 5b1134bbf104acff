"""Code actions over the wire: the list, and the edit of the one that was chosen.

An edit that costs time is left to `codeAction/resolve` where the client has it; the item's `data` carries all
that is needed then, so that nothing is remembered. Files are edited by the client, never behind its back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.paths import key, to_uri
from glossary_ls.base.text import Text
from glossary_ls.features.code_actions import code_actions
from glossary_ls.features.fixes.writing import edits_of
from glossary_ls.lsp.answers import question
from glossary_ls.lsp.messages import Json, find, need
from glossary_ls.lsp.to_lsp import diagnostic, text_range
from glossary_ls.rules.shared.fix import (
    Adding,
    DocumentChange,
    GlossaryChange,
    LaterUsesChange,
    RepeatedChange,
)
from glossary_ls.workspace.fix_targets import configuration, surroundings, targets

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.features.fixes.writing import FileChange
    from glossary_ls.lsp.requests import Feature
    from glossary_ls.lsp.session import Session
    from glossary_ls.rules.shared.fix import Change, Fix, Surroundings
    from glossary_ls.workspace.workspace import Workspace

#: The `MessageType` of the protocol.
_WARNING = 2


def answer(session: Session, feature: Feature, params: object) -> Json:
    """Answer a request for the actions at a range."""
    asked = question(session, feature, params)
    if asked is None or not session.flags.action_literals:
        return None
    uri, document, (span,) = asked
    only = find(params, "context", "only")
    kinds = [kind for kind in only if isinstance(kind, str)] if isinstance(only, list) else []
    around = surroundings(session.workspace, uri)
    offered = code_actions(document, span, around, kinds)
    items = (_item(action, session, uri, document, around) for action in offered)
    return [item for item in items if item is not None]


def resolve(session: Session, item: object) -> Json:
    """Add the edit to an action that was chosen; one that has become impossible stays without."""
    resolved = dict(need(item, dict))
    uri, change = find(item, "data", "uri"), _change(find(item, "data"))
    document = session.workspace.snapshot(uri) if isinstance(uri, str) else None
    if document is not None and isinstance(uri, str) and change is not None:
        settings = configuration(session.workspace, document.path)
        files = (*targets(session.workspace, document.path), *((settings,) if settings else ()))
        found = edits_of(change, document, files)
        if found is not None:
            resolved["edit"] = workspace_edit(session, uri, found)
        elif isinstance(change, GlossaryChange):
            _tell_unchanged(session, change)
    return resolved


def _tell_unchanged(session: Session, change: GlossaryChange) -> None:
    """Say why nothing happens: an editor is silent about an action without an edit."""
    message = (
        f"{change.path} stays as it is, because '{change.name}' cannot be added safely. "
        "Mend what is reported in the file, or add it by hand."
    )
    session.client.notify("window/showMessage", {"type": _WARNING, "message": message})


def workspace_edit(session: Session, uri: str, change: FileChange) -> Json:
    """Return a change as a `WorkspaceEdit`; `uri` is the document that an empty path stands for."""
    target = _spelling(session.workspace, change.path) if change.path else uri
    text = change.text or Text("")
    ends = not len(text) and session.flags.ends_files
    edits: list[Json] = [
        {
            "range": text_range(edit.span, text, session.flags.encoding),
            "newText": edit.new.removesuffix("\n") if ends else edit.new,
        }
        for edit in change.edits
    ]
    if not session.flags.document_changes:
        return {"changes": {target: edits}}
    identifier: Json = {"uri": target, "version": session.workspace.version(target)}
    changes: list[Json] = [{"textDocument": identifier, "edits": edits}]
    if change.text is None and session.flags.creates_files:
        # Clients that cannot be asked to create a file open an empty one under the name.
        changes.insert(0, {"kind": "create", "uri": target, "options": {"ignoreIfExists": True}})
    return {"documentChanges": changes}


def _item(
    action: Fix, session: Session, uri: str, document: Document, around: Surroundings
) -> dict[str, Json] | None:
    item: dict[str, Json] = {"title": action.title, "kind": action.kind.value}
    if action.problems:
        item["diagnostics"] = [
            diagnostic(problem, document.text, uri, session.flags) for problem in action.problems
        ]
    if action.preferred and session.flags.preferred_actions:
        item["isPreferred"] = True
    if session.flags.lazy_actions and not isinstance(action.change, DocumentChange):
        item["data"] = {"uri": uri, **_data(action.change)}
        return item
    change = edits_of(action.change, document, around.files)
    if change is None:
        return None
    item["edit"] = workspace_edit(session, uri, change)
    return item


def _data(change: GlossaryChange | RepeatedChange | LaterUsesChange) -> dict[str, Json]:
    if isinstance(change, GlossaryChange):
        return {"path": change.path, "add": change.adding.value, "name": change.name, "text": change.text}
    if isinstance(change, LaterUsesChange):
        return {"short": change.short, "at": change.at}
    return {"code": change.code, "subject": change.subject}


def _change(data: object) -> Change | None:
    """Return the change that an item's data describes, whoever made the item."""
    values = [find(data, name) for name in ("path", "add", "name", "text")]
    if all(isinstance(value, str) for value in values):
        path, add, name, text = map(str, values)
        return GlossaryChange(path, Adding(add), name, text) if add in tuple(Adding) else None
    short, at = find(data, "short"), find(data, "at")
    if isinstance(short, str) and isinstance(at, int):
        return LaterUsesChange(short, at)
    code, subject = find(data, "code"), find(data, "subject")
    return RepeatedChange(code, subject) if isinstance(code, str) and isinstance(subject, str) else None


def _spelling(workspace: Workspace, path: str) -> str:
    """Return the URI of a file as the client writes it, if the file is open there."""
    return next((uri for uri in workspace.open_uris() if key(uri) == path), to_uri(path))
