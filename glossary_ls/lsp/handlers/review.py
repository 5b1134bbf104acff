"""The command that lists the unknown acronyms of the workspace, and drafts a glossary of them for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.edits import insertion
from glossary_ls.base.text import Span, Text
from glossary_ls.features.fixes.writing import FileChange, place_to_explain
from glossary_ls.features.review import draft
from glossary_ls.lsp.from_lsp import find, list_at, optional
from glossary_ls.lsp.from_lsp import uri as uri_of
from glossary_ls.lsp.handlers.carry_out import Job, carry_out
from glossary_ls.lsp.handlers.changes import show_change
from glossary_ls.lsp.jsonrpc import Deferred, RefusedError
from glossary_ls.lsp.to_lsp import INFO
from glossary_ls.lsp.unknown_rows import merged, number
from glossary_ls.rules.shared.fix import Adding, GlossaryChange

if TYPE_CHECKING:
    from glossary_ls.lsp.checker import Pass
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: The name of the draft, which is that of a glossary, and how many drafts are looked for.
_NAME = "unknown-acronyms{}.glossary.yaml"
_MOST_DRAFTS = 100

#: How many places the comment above an entry of a draft names.
_MOST_PLACES = 3


def review_acronyms(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Return the unknown acronyms of all documents, after a draft of a glossary for them was opened.

    With `"draft": false`, nothing is opened.
    """
    uri = uri_of(given)
    is_drafted = optional(given, bool, "draft") is not False
    if not session.workspace.roots:
        raise RefusedError("no workspace folder is open")

    def answer(work: Pass) -> Answer:
        rows = merged(row for checked in work.files.values() for row in checked.unknown)
        listed: Json = [*rows]
        result: dict[str, Json] = {"acronyms": listed, "draft": None, "cancelled": work.is_cancelled}
        if not is_drafted or work.is_cancelled:
            return result
        new = [row for row in rows if row["entry"] is None]
        if not new:
            message = "Every acronym of the workspace is explained or has an entry."
            session.client.notify("window/showMessage", {"type": INFO, "message": message})
            return result
        return _open_draft(session, uri, new, result)

    return session.checker.walk(answer)


# --- the draft --------------------------------------------------------------------------------------------


def _open_draft(
    session: Session, uri: str | None, rows: list[dict[str, Json]], result: dict[str, Json]
) -> Answer:
    workspace = session.workspace
    root = workspace.root_of(workspace.path_of(uri) if uri else "") or workspace.roots[0]
    root = root if root in workspace.roots else workspace.roots[0]
    path = next(
        path
        for number in range(1, _MOST_DRAFTS)
        if session.library.text(path := paths.join(root, _NAME.format(f"-{number}" if number > 1 else "")))
        is None
    )
    source = draft((str(row["name"]), str(row["expansion"]), _note(row, root)) for row in rows)
    change = FileChange(path, (insertion(0, source),), None)
    drafted = {**result, "draft": paths.to_uri(path)}

    def show(change: FileChange) -> Answer:
        deferred = Deferred()
        place = place_to_explain(change) or (Text(source), Span(0, 0))
        shown = show_change(session, GlossaryChange(path, Adding.ALL_TERMS, ""), (place[0], Span(0, 0)))
        if isinstance(shown, Deferred):
            shown.on_settled(lambda _result, _refusal: deferred.resolve(drafted))
            return deferred
        return drafted

    return carry_out(session, Job(uri or "", lambda: "Review unknown acronyms", lambda: change, show))


def _note(row: dict[str, Json], root: str) -> str:
    """Return the comment above an entry: how often it is used and where, and where the guess comes from."""
    places = [
        f"{paths.relative(paths.from_uri(str(find(use, 'uri'))), root)}:{line + 1}"
        for use in list_at(row, "uses")[:_MOST_PLACES]
        if isinstance(line := find(use, "range", "start", "line"), int)
    ]
    count = number(row, "count")
    uses = f"{count} use{'' if count == 1 else 's'}: {', '.join(places)}"
    more = ", ..." if count > len(places) else ""
    title = find(row, "origin", "title")
    return f"{uses}{more}" + (f"; guessed from {title}" if title else "")
