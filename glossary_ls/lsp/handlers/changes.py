"""Changes of files: as edits for the client, carried out, and shown afterwards.

The client changes files; the server writes to one only if a setting says so and it is not open in the editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.edits import applied, insertion
from glossary_ls.base.text import Text
from glossary_ls.features.fixes.writing import FileChange, edits_of, place_to_explain
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.handlers.request import context_of
from glossary_ls.lsp.jsonrpc import Deferred, RefusedError
from glossary_ls.lsp.text_sync import reload_files
from glossary_ls.lsp.to_lsp import INFO, SNIPPET, WARNING, text_edits, text_range
from glossary_ls.rules.shared.fix import (
    Adding,
    GlossaryChange,
    LaterUsesChange,
    RepeatedChange,
)
from glossary_ls.workspace.fix_targets import fix_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.base.text import Span
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session
    from glossary_ls.rules.shared.fix import Change

#: What adds entries, which the user may have to explain.
ENTRIES = frozenset({Adding.TERM, Adding.ALL_TERMS})


# --- edits ------------------------------------------------------------------------------------------------


def workspace_edit(
    session: Session, uri: str, change: FileChange, snippet: tuple[Text, Span] | None = None
) -> Json:
    """Return a change as a `WorkspaceEdit`; `uri` is the document that an empty path stands for.

    `snippet` is a span of the text after the change that the user is to fill in.
    """
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
    if snippet:
        edits = _with_snippet(change, edits, snippet[1])
    identifier: Json = {"uri": target, "version": session.workspace.version(target)}
    changes: list[Json] = [{"textDocument": identifier, "edits": edits}]
    if change.text is None and session.flags.creates_files:
        # Clients that cannot be asked to create a file open an empty one under the name.
        changes.insert(0, {"kind": "create", "uri": target, "options": {"ignoreIfExists": True}})
    return {"documentChanges": changes}


def _with_snippet(change: FileChange, rows: list[Json], place: Span) -> list[Json]:
    """Replace the edit that writes a place of the new text by a snippet with a tab stop there."""
    grown = 0
    found = list(rows)
    for number, edit in enumerate(change.edits):
        start = edit.span.start + grown
        if start <= place.start and place.end <= start + len(edit.new):
            before, after = edit.new[: place.start - start], edit.new[place.end - start :]
            middle = edit.new[place.start - start : place.end - start]
            stop = f"${{0:{_escaped(middle)}}}" if middle else "$0"
            snippet: Json = {"kind": "snippet", "value": _escaped(before) + stop + _escaped(after)}
            found[number] = {"range": find(rows[number], "range"), "snippet": snippet}  # type: ignore[dict-item]  # because a range is JSON
        grown += len(edit.new) - len(edit.span)
    return found


def _escaped(text: str) -> str:
    return SNIPPET.sub(r"\\\g<0>", text)


# --- carrying out -----------------------------------------------------------------------------------------


def saves(session: Session, path: str) -> bool:
    """Return whether the server writes a glossary itself: it is not open, and the user wants it so."""
    uri = session.library.uri(path)
    return session.workspace.settings_of(path).save_glossaries and not session.workspace.is_open(uri)


def carry_out(
    session: Session, uri: str, change: FileChange, label: str, on_done: Callable[[], Answer]
) -> Deferred:
    """Make a change, and answer with the result of `on_done`; refuse with the reason why it was not made."""
    deferred = Deferred()
    if not change.edits:
        deferred.run(on_done)
        return deferred
    if change.path and saves(session, change.path):
        source = change.text.source if change.text else ""
        try:
            session.workspace.files.write(change.path, applied(source, change.edits))
        except OSError as error:
            raise RefusedError(f"{change.path} could not be written: {error.strerror}") from None
        reload_files(session, [], [change.path])
        deferred.run(on_done)
        return deferred
    if not session.flags.applies_edits:
        raise RefusedError("the editor does not support edits by a server (workspace/applyEdit)")

    def answered(answer: object) -> None:
        if find(answer, "applied") is True:
            deferred.run(on_done)
        else:
            reason = find(answer, "failureReason")
            message = f"the editor did not change {change.path or uri}" + (f": {reason}" if reason else "")
            deferred.refuse(RefusedError(message))

    params: Json = {"label": label, "edit": workspace_edit(session, uri, change)}
    session.client.request("workspace/applyEdit", params, answered)
    return deferred


def change_glossary(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Make the change that an action describes, and show it."""
    change = change_of(given)
    context = context_of(session, {"data": given})
    if context is None or change is None:
        return None
    found = edits_of(change, context.document, fix_context(session.workspace, context.uri).files)
    if found is None:
        if isinstance(change, GlossaryChange):
            report_refusal(session, change)
        return None

    def show() -> Answer:
        if not isinstance(change, GlossaryChange):
            return None
        place = place_to_explain(found, change.name) if change.adding in ENTRIES else None
        return show_change(session, change, place)

    title = given.get("title")
    return carry_out(session, context.uri, found, title if isinstance(title, str) else "Glossary", show)


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
    path, is_saved = change.path, saves(session, change.path)
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
