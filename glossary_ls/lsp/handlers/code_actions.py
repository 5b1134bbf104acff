"""Code actions: the list, and the edit of the one that was chosen.

An edit that takes time is left to `codeAction/resolve` where the client supports it; the item's `data` holds
all that is needed then, so the session remembers nothing. The list of quick fixes is short where the client
can be asked for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.features.code_actions import code_actions
from glossary_ls.features.fixes.writing import edits_of, place_to_explain
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.from_lsp import find, optional, uri
from glossary_ls.lsp.handlers.carry_out import Job, carry_out, planned, saves
from glossary_ls.lsp.handlers.changes import (
    ENTRIES,
    change_glossary,
    change_of,
    data_of,
    report_refusal,
)
from glossary_ls.lsp.handlers.request import DocumentContext, DocumentRequest, Request, context_of
from glossary_ls.lsp.handlers.review import review_acronyms
from glossary_ls.lsp.handlers.workspace_edits import workspace_edit
from glossary_ls.lsp.jsonrpc import Deferred
from glossary_ls.lsp.to_lsp import INFO, diagnostic
from glossary_ls.rules.shared.fix import Adding, DocumentChange, FixKind, GlossaryChange
from glossary_ls.rules.shared.undefined import Undefined
from glossary_ls.workspace.fix_targets import fix_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.base.text import Span
    from glossary_ls.features.fixes.writing import FileChange
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session
    from glossary_ls.rules.shared.fix import Change, Fix, FixContext

#: How many quick fixes a short list has.
_MOST_FIXES = 5

_REVIEW = "Review all unknown acronyms in the workspace..."
_MORE = "More..."


def actions(context: DocumentContext, params: tuple[Span, tuple[str, ...]]) -> Json:
    """Answer `textDocument/codeAction`; null for clients that know commands only."""
    if not context.flags.action_literals:
        return None
    span, kinds = params
    nearby = fix_context(context.session.workspace, context.uri)
    offered = code_actions(context.document, span, nearby, kinds)
    fixes = [fix for fix in offered if fix.kind is FixKind.FIX]
    others = [fix for fix in offered if fix.kind is not FixKind.FIX]
    if len(fixes) <= _MOST_FIXES or not context.flags.applies_edits:
        return [item for fix in offered if (item := _item(fix, context, nearby))]
    more: Json = {
        "title": _MORE,
        "kind": FixKind.FIX.value,
        "command": _command(_MORE, "moreActions", {"uri": context.uri, "range": context.range(span)}),
    }
    return [
        *(item for fix in fixes[:_MOST_FIXES] if (item := _item(fix, context, nearby))),
        more,
        *(item for fix in others if (item := _item(fix, context, nearby))),
    ]


def resolve(session: Session, item: dict[str, Json]) -> Json:
    """Answer `codeAction/resolve`; an action that has become impossible stays without an edit."""
    context, change = context_of(session, item), change_of(find(item, "data"))
    if context is None or change is None:
        return item
    found = _edits(change, context)
    if found is not None:
        return {**item, "edit": _edit(context, change, found)}
    if isinstance(change, GlossaryChange):
        report_refusal(session, change)
    return item


def _item(action: Fix, context: DocumentContext, nearby: FixContext) -> dict[str, Json] | None:
    item: dict[str, Json] = {"title": action.title, "kind": action.kind.value}
    if action.problems:
        text = context.document.text
        item["diagnostics"] = [
            diagnostic(problem, text, context.uri, context.flags) for problem in action.problems
        ]
    if action.preferred and context.flags.preferred_actions:
        item["isPreferred"] = True
    change = action.change
    if isinstance(change, GlossaryChange):
        if done := _instead(action, change, context):
            return {**item, "command": done}
        if after := _afterwards(action, change, context):
            item["command"] = after
    if context.flags.lazy_actions and not isinstance(change, DocumentChange):
        item["data"] = {"uri": context.uri, **data_of(change)}
        return item
    found = _edits(change, context, nearby)
    if found is None:
        return None
    item["edit"] = _edit(context, change, found)
    return item


def _edits(change: Change, context: DocumentContext, nearby: FixContext | None = None) -> FileChange | None:
    """Return the edits of a change on the files as they are now; `nearby` is what is known of them."""
    session, known = context.session, [nearby] if nearby else []

    def plan() -> FileChange | None:
        files = known.pop() if known else fix_context(session.workspace, context.uri)
        return edits_of(change, context.document, files.files)

    return planned(session, plan)


def _edit(context: DocumentContext, change: Change, found: FileChange) -> Json:
    """Return a change as a `WorkspaceEdit`, with a place to fill in a new entry if the client can do that."""
    is_entry = isinstance(change, GlossaryChange) and change.adding in ENTRIES
    snippet = place_to_explain(found) if is_entry and context.flags.snippet_edits else None
    return workspace_edit(context.session, context.uri, found, snippet)


def _instead(action: Fix, change: GlossaryChange, context: DocumentContext) -> Json:
    """Return the command in place of an edit, or None.

    The client asks the user, or the server writes, or the edit would take time before it is wanted.
    """
    session = context.session
    if change.adding is Adding.TERM and context.flags.asks_expansions:
        given: Json = {
            "uri": context.uri,
            "name": change.name,
            "expansion": change.text,
            "target": session.library.uri(change.path),
            "title": action.title,
        }
        return _command(action.title, "askExpansion", given)
    is_long = change.adding in {Adding.ALL_TERMS, Adding.ALL_ACCEPTED} and not context.flags.lazy_actions
    if saves(session, change.path) or (is_long and context.flags.applies_edits):
        return _command(action.title, "changeGlossary", _described(action, change, context))
    return None


def _afterwards(action: Fix, change: GlossaryChange, context: DocumentContext) -> Json:
    """Return the command that shows an addition, unless the client shows it itself."""
    is_entry = change.adding in ENTRIES
    is_silent = context.flags.snippet_edits if is_entry else context.flags.asks_expansions
    if is_silent or change.adding in {Adding.RULE_OFF, Adding.NO_SOURCE}:
        return None
    return _command(action.title, "showEntry", _described(action, change, context))


def _described(action: Fix, change: GlossaryChange, context: DocumentContext) -> Json:
    return {"uri": context.uri, "title": action.title, **data_of(change)}


def _command(title: str, name: str, given: Json) -> Json:
    return {"title": title, "command": f"glossary_ls.{name}", "arguments": [given]}


# --- the rest of a short list -----------------------------------------------------------------------------


def more_actions(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Let the user choose among the quick fixes that a list leaves out, or return them."""
    target = uri(given)
    document = session.workspace.snapshot(target) if target else None
    if target is None or document is None:
        return None
    span = from_lsp.optional_span(given, document.text, session.flags.encoding)
    context = DocumentContext.of(session, target, document)
    nearby = fix_context(session.workspace, target)
    offered = [fix for fix in code_actions(document, span, nearby) if fix.kind is FixKind.FIX][_MOST_FIXES:]
    has_unknown = any(isinstance(problem.data, Undefined) for problem in nearby.problems)
    if not optional(given, bool, "list"):
        return _ask(context, offered, has_unknown=has_unknown)
    items: list[Json] = [item for fix in offered if (item := _item(fix, context, nearby))]
    if has_unknown:
        review = _command(_REVIEW, "reviewAcronyms", {"uri": target})
        items.append({"title": _REVIEW, "kind": FixKind.FIX.value, "command": review})
    return items


def _ask(context: DocumentContext, offered: Sequence[Fix], *, has_unknown: bool) -> Deferred:
    deferred = Deferred()
    session = context.session

    def answered(answer: object) -> None:
        title = find(answer, "title")
        chosen = next((fix for fix in offered if fix.title == title), None)
        if chosen:
            deferred.run(lambda: _do(context, chosen))
        elif title == _REVIEW:
            deferred.run(lambda: review_acronyms(session, {"uri": context.uri}, None))
        else:
            deferred.resolve(None)

    titles = [*(fix.title for fix in offered), *([_REVIEW] if has_unknown else ())]
    actions_: list[Json] = [{"title": title} for title in titles]
    params: Json = {"type": INFO, "message": "What should be done?", "actions": actions_}
    session.client.request("window/showMessageRequest", params, answered)
    return deferred


def _do(context: DocumentContext, fix: Fix) -> Answer:
    """Do what the client does with a code action."""
    session, change = context.session, fix.change
    if isinstance(change, GlossaryChange):
        return change_glossary(session, {"uri": context.uri, "title": fix.title, **data_of(change)}, None)

    def plan() -> FileChange | None:
        now = context_of(session, {"data": {"uri": context.uri}})
        return _edits(change, now) if now else None

    return carry_out(session, Job(context.uri, lambda: fix.title, plan, lambda _: None))


REQUESTS = (
    DocumentRequest(types.TEXT_DOCUMENT_CODE_ACTION, actions, from_lsp.code_action, "code_actions"),
    Request(types.CODE_ACTION_RESOLVE, resolve, from_lsp.item),
)
