"""Code actions: the list, and the edit of the one that was chosen.

An edit that takes time is left to `codeAction/resolve` where the client supports it; the item's `data` holds
all that is needed then, so the session remembers nothing. Only the client changes files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.base.text import Text
from glossary_ls.features.code_actions import code_actions
from glossary_ls.features.fixes.writing import edits_of
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.handlers.request import DocumentRequest, Request, context_of
from glossary_ls.lsp.to_lsp import WARNING, diagnostic, text_edits
from glossary_ls.rules.shared.fix import (
    Adding,
    DocumentChange,
    GlossaryChange,
    LaterUsesChange,
    RepeatedChange,
)
from glossary_ls.workspace.fix_targets import fix_context

if TYPE_CHECKING:
    from glossary_ls.base.text import Span
    from glossary_ls.features.fixes.writing import FileChange
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Json
    from glossary_ls.lsp.session import Session
    from glossary_ls.rules.shared.fix import Change, Fix, FixContext


def actions(context: DocumentContext, params: tuple[Span, tuple[str, ...]]) -> Json:
    """Answer `textDocument/codeAction`; null for clients that know commands only."""
    if not context.flags.action_literals:
        return None
    span, kinds = params
    nearby = fix_context(context.session.workspace, context.uri)
    offered = code_actions(context.document, span, nearby, kinds)
    items = (_item(action, context, nearby) for action in offered)
    return [item for item in items if item is not None]


def resolve(session: Session, item: dict[str, Json]) -> Json:
    """Answer `codeAction/resolve`; an action that has become impossible stays without an edit."""
    context, change = context_of(session, item), _change(find(item, "data"))
    if context is None or change is None:
        return item
    nearby = fix_context(session.workspace, context.uri)
    found = edits_of(change, context.document, nearby.files)
    if found is not None:
        return {**item, "edit": workspace_edit(session, context.uri, found)}
    if isinstance(change, GlossaryChange):
        _report_refusal(session, change)
    return item


def _report_refusal(session: Session, change: GlossaryChange) -> None:
    """Show why nothing happens, because editors are silent about an action without an edit."""
    message = (
        f"{change.path} was not changed, because '{change.name}' cannot be added safely. "
        "Fix the problems reported in the file, or add it by hand."
    )
    session.client.notify("window/showMessage", {"type": WARNING, "message": message})


def workspace_edit(session: Session, uri: str, change: FileChange) -> Json:
    """Return a change as a `WorkspaceEdit`; `uri` is the document that an empty path stands for."""
    target = session.library.uri(change.path) if change.path else uri
    text = change.text or Text("")
    ends = not len(text) and session.flags.ends_files
    edits: list[Json] = [
        {**row, "newText": edit.new.removesuffix("\n") if ends else edit.new}
        for row, edit in zip(
            text_edits(text, change.edits, session.flags.encoding), change.edits, strict=True
        )
    ]
    if not session.flags.document_changes:
        return {"changes": {target: edits}}
    identifier: Json = {"uri": target, "version": session.workspace.version(target)}
    changes: list[Json] = [{"textDocument": identifier, "edits": edits}]
    if change.text is None and session.flags.creates_files:
        # Clients that cannot be asked to create a file open an empty one under the name.
        changes.insert(0, {"kind": "create", "uri": target, "options": {"ignoreIfExists": True}})
    return {"documentChanges": changes}


def _item(action: Fix, context: DocumentContext, nearby: FixContext) -> dict[str, Json] | None:
    item: dict[str, Json] = {"title": action.title, "kind": action.kind.value}
    if action.problems:
        text = context.document.text
        item["diagnostics"] = [
            diagnostic(problem, text, context.uri, context.flags) for problem in action.problems
        ]
    if action.preferred and context.flags.preferred_actions:
        item["isPreferred"] = True
    if context.flags.lazy_actions and not isinstance(action.change, DocumentChange):
        item["data"] = {"uri": context.uri, **_data(action.change)}
        return item
    change = edits_of(action.change, context.document, nearby.files)
    if change is None:
        return None
    item["edit"] = workspace_edit(context.session, context.uri, change)
    return item


def _data(change: GlossaryChange | RepeatedChange | LaterUsesChange) -> dict[str, Json]:
    if isinstance(change, GlossaryChange):
        return {"path": change.path, "add": change.adding.value, "name": change.name, "text": change.text}
    if isinstance(change, LaterUsesChange):
        return {"short": change.short, "at": change.at}
    return {"code": change.code, "subject": change.subject}


def _change(data: object) -> Change | None:
    """Return the change that an item's data describes, or None: the data may come from anywhere."""
    values = [find(data, name) for name in ("path", "add", "name", "text")]
    if all(isinstance(value, str) for value in values):
        path, add, name, text = map(str, values)
        return GlossaryChange(path, Adding(add), name, text) if add in tuple(Adding) else None
    short, at = find(data, "short"), find(data, "at")
    if isinstance(short, str) and isinstance(at, int):
        return LaterUsesChange(short, at)
    code, subject = find(data, "code"), find(data, "subject")
    return RepeatedChange(code, subject) if isinstance(code, str) and isinstance(subject, str) else None


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_CODE_ACTION, actions, from_lsp.code_action, "code_actions"),
    Request(types.CODE_ACTION_RESOLVE, resolve, from_lsp.item),
)
