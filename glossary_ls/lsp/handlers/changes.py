"""Changes of glossaries and configuration files that code actions describe: made, and shown afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.edits import insertion
from glossary_ls.features.fixes.writing import FileChange, edits_of, place_to_explain
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.handlers.carry_out import Job, carry_out, saves
from glossary_ls.lsp.handlers.request import context_of
from glossary_ls.lsp.jsonrpc import Deferred
from glossary_ls.lsp.to_lsp import INFO, WARNING, text_range
from glossary_ls.rules.shared.fix import (
    Adding,
    GlossaryChange,
    LaterUsesChange,
    RepeatedChange,
)
from glossary_ls.workspace.fix_targets import fix_context

if TYPE_CHECKING:
    from glossary_ls.base.text import Span, Text
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session
    from glossary_ls.rules.shared.fix import Change

#: What adds entries, which the user may have to explain.
ENTRIES = frozenset({Adding.TERM, Adding.ALL_TERMS})


def change_glossary(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Make the change that an action describes, and show it."""
    change = change_of(given)
    context = context_of(session, {"data": given})
    if context is None or change is None:
        return None

    def plan() -> FileChange | None:
        now = context_of(session, {"data": given})
        files = fix_context(session.workspace, now.uri).files if now else ()
        found = edits_of(change, now.document, files) if now else None
        if found is None and isinstance(change, GlossaryChange):
            report_refusal(session, change)
        return found

    def show(made: FileChange) -> Answer:
        if not isinstance(change, GlossaryChange):
            return None
        place = place_to_explain(made, change.name) if change.adding in ENTRIES else None
        return show_change(session, change, place)

    title = given.get("title")
    label = title if isinstance(title, str) else "Glossary"
    return carry_out(session, Job(context.uri, lambda: label, plan, show))


def report_refusal(session: Session, change: GlossaryChange) -> None:
    """Show why nothing happens, because editors are silent about an action without an edit."""
    what = f"'{change.name}'" if change.name else "the acronyms"
    message = (
        f"{change.path} was not changed, because {what} cannot be added safely. "
        "Fix the problems reported in the file, or add it by hand."
    )
    session.client.notify("window/showMessage", {"type": WARNING, "message": message})


# --- showing ----------------------------------------------------------------------------------------------


def show_entry(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Show what an action has changed; the client may not have told the server about its edit yet."""
    change, context = change_of(given), context_of(session, {"data": given})
    if context is None or not isinstance(change, GlossaryChange):
        return None
    if change.adding not in ENTRIES:
        return show_change(session, change, None)
    files = fix_context(session.workspace, context.uri).files
    if all(target.path != change.path for target in files):
        return None
    text = session.library.text(change.path)
    # If the edit is in the text already, the entry is where it is.
    whole = FileChange(change.path, (insertion(0, text.source),), None) if text else None
    seen = place_to_explain(whole, change.name) if whole and change.name else None
    if seen is None:
        found = edits_of(change, context.document, files)
        last = found or whole
        seen = place_to_explain(last) if last else None
    return show_change(session, change, seen)


def show_change(session: Session, change: GlossaryChange, place: tuple[Text, Span] | None) -> Answer:
    """Show the entry of a change in the editor or, if it cannot show files, say where it is."""
    uri = session.library.uri(change.path)
    if place is None or not session.flags.shows_documents:
        _report(session, change, place)
        return None
    deferred = Deferred()

    def shown(answer: object) -> None:
        if find(answer, "success") is not True:
            _report(session, change, place)
        deferred.resolve(None)

    params = {
        "uri": uri,
        "takeFocus": True,
        "selection": text_range(place[1], place[0], session.flags.encoding),
    }
    session.client.request("window/showDocument", params, shown)
    return deferred


def _report(session: Session, change: GlossaryChange, place: tuple[Text, Span] | None) -> None:
    path, text = change.path, session.library.text(change.path)
    is_saved = saves(session, path) and session.workspace.applied_edits.text(path, text) is text
    where = paths.relative(path, session.workspace.root_of(path))
    what = f"'{change.name}'" if change.name else "The acronyms"
    message = f"{what} {'are' if not change.name else 'is'} in {where}"
    if place is not None:
        text, span = place
        message += f", line {text.line_column(span.start)[0]}"
        if not len(span):
            message += "; fill in the explanation"
    message += "." if is_saved else ". The file is not saved yet."
    session.client.notify("window/showMessage", {"type": INFO, "message": message})


# --- as data ----------------------------------------------------------------------------------------------


def data_of(change: GlossaryChange | RepeatedChange | LaterUsesChange) -> dict[str, Json]:
    """Return a change as data of a code action."""
    if isinstance(change, GlossaryChange):
        return {"path": change.path, "add": change.adding.value, "name": change.name, "text": change.text}
    if isinstance(change, LaterUsesChange):
        return {"short": change.short, "at": change.at}
    return {"code": change.code, "subject": change.subject}


def change_of(data: object) -> Change | None:
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
