"""Changes of files as edits for the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.text import Text
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.to_lsp import SNIPPET, text_edits

if TYPE_CHECKING:
    from glossary_ls.base.text import Span
    from glossary_ls.features.fixes.writing import FileChange
    from glossary_ls.lsp.jsonrpc import Json
    from glossary_ls.lsp.session import Session


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
