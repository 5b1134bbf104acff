"""The commands that a client may have executed; docs/protocol.md describes their arguments and results.

Files are changed by the client, never behind its back. What is wrong with the arguments is told as such;
what cannot be done is refused with a sentence for the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.edits import applied
from glossary_ls.base.model import Term, TextEdit
from glossary_ls.base.text import Span, Text
from glossary_ls.features.definition import entry_location
from glossary_ls.features.fixes.writing import FileChange
from glossary_ls.features.hover import hover
from glossary_ls.features.render import render
from glossary_ls.glossary import formats
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.index import key
from glossary_ls.lsp.actions import workspace_edit
from glossary_ls.lsp.messages import Json, Later, MalformedError, RefusedError, find, need, optional
from glossary_ls.lsp.queries import glossaries_of, markdown_of, status, uri_of
from glossary_ls.lsp.requests import COMMANDS, load
from glossary_ls.lsp.to_lsp import offset_from, text_range
from glossary_ls.rules.shared.fix import Target
from glossary_ls.workspace.fix_targets import NEW, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.model import Contents
    from glossary_ls.lsp.checker import Pass
    from glossary_ls.lsp.session import Session

#: A longer name is a slip of the mouse.
_LONGEST_NAME = 200


def execute(session: Session, params: object) -> Json | Later:
    """Execute a command."""
    name = need(params, str, "command")
    if name not in COMMANDS:
        raise MalformedError(f"there is no command {name!r}; there are {', '.join(COMMANDS)}")
    arguments = find(params, "arguments")
    if arguments is not None and not isinstance(arguments, list):
        raise MalformedError("expected list at arguments")
    result: Json | Later = load(COMMANDS[name])(session, arguments or [], find(params, "workDoneToken"))
    return result


# --- writing ----------------------------------------------------------------------------------------------


def add_term(session: Session, arguments: Sequence[object], _token: object) -> Later:
    """Add an entry to a glossary."""
    given = _given(arguments, "name", "expansion")
    name = _name(given)
    texts = [optional(given, str, member) or "" for member in ("expansion", "definition")]
    term = Term(name, texts[0].strip(), definition=texts[1].strip())
    target = _target(session, given)
    for file in _file_of(session, target.path):
        known = next((each for each in file.terms if key(each.name) == key(name)), None)
        if known is not None and key(known.expansion) == key(term.expansion):
            raise RefusedError(f"'{name}' is in {target.title} already")
    return _written(session, target, _editor(target).add_term(target.source, term), ("Add", "to"), name)


def accept_acronym(session: Session, arguments: Sequence[object], _token: object) -> Later:
    """Add to the acronyms that need no explanation."""
    given = _given(arguments, "name")
    name = _name(given)
    target = _target(session, given)
    if any(name in file.head.accept for file in _file_of(session, target.path)):
        raise RefusedError(f"'{name}' is accepted in {target.title} already")
    return _written(
        session, target, _editor(target).add_accepted(target.source, name), ("Accept", "in"), name
    )


def _written(
    session: Session, target: Target, edits: tuple[TextEdit, ...], verb: tuple[str, str], name: str
) -> Later:
    if not edits:
        raise RefusedError(f"{target.path}: there is no safe way to change this file; correct it first")
    if not session.flags.applies_edits:
        raise RefusedError("the editor applies no edits of a server (workspace/applyEdit)")
    edit = workspace_edit(session, "", FileChange(target.path, edits, target.text))
    line = _line(target.path, name, applied(target.source or "", edits), edits[0].span.start)
    later = Later()

    def answered(answer: object) -> None:
        if find(answer, "applied") is True:
            later.give({"applied": True, "uri": session.corpus.uri(target.path), "line": line})
        else:
            reason = find(answer, "failureReason")
            later.refuse(f"the editor did not change {target.path}" + (f": {reason}" if reason else ""))

    label = f"{verb[0]} '{name}' {verb[1]} {target.title}"
    session.client.ask("workspace/applyEdit", {"label": label, "edit": edit}, answered)
    return later


def _line(path: str, name: str, source: str, start: int) -> int:
    """Return the line at which a glossary names what was added behind `start`."""
    text = Text(source)
    entries = formats.parse(path, text).entries
    added = next((placed.line for placed in entries if placed.term.name == name), None)
    return text.line_index(max(source.find(name, start), start)) if added is None else added


def _editor(target: Target) -> Editor:
    editor = formats.editor_of(target.path, target.source or "")
    if editor is None:
        raise RefusedError(f"{target.path} is in a format that cannot be written")
    return editor


def _target(session: Session, given: object) -> Target:
    """Return the glossary that the arguments name, or the nearest one."""
    wanted, uri = optional(given, str, "target") or "", uri_of(given)
    workspace = session.workspace
    document = workspace.snapshot(uri) if uri else None
    path = document.path if document else paths.from_uri(uri or "")
    root, user = workspace.root_of(path), workspace.user_folder
    if not wanted:
        found = next(targets(workspace, path), None)
        if found is None:
            raise RefusedError("there is no folder for a glossary: open a folder, or name a target")
        return found
    folders = {"folder": paths.parent(path) if path else root, "workspace": root, "user": user}
    if wanted in folders:
        folder = folders[wanted]
        if not folder:
            raise RefusedError(f"there is no {wanted} for a glossary here")
        inside = [each for each in _in_force(session, path) if paths.parent(each) == folder]
        where = next((each for each in inside if formats.editor_of(each, "")), paths.join(folder, NEW))
    else:
        where = paths.from_uri(wanted) or paths.join(root, wanted.replace("\\", "/"))
        where = paths.normal(where)
        homes = [*workspace.roots, *([user] if user else [])]
        if not is_glossary(where) or not any(paths.is_within(where, home) for home in homes):
            raise RefusedError(f"{wanted} is no glossary file of the workspace; name it like {NEW}")
    text = session.corpus.text(where)
    target = Target(where, paths.relative(where, root), text or None)
    _editor(target)
    return target


def _in_force(session: Session, path: str) -> Iterator[str]:
    return (file.path for file in session.workspace.glossary_of(path).files)


def _file_of(session: Session, path: str) -> Iterator[Contents]:
    files = session.workspace.glossary_of(path).files
    return (file for file in files if file.path == path)


# --- looking ----------------------------------------------------------------------------------------------


def reload(session: Session, arguments: Sequence[object], _token: object) -> Json:
    """Read everything again."""
    given = _given(arguments, "uri")
    session.workspace.reload()
    session.config.pull()
    session.publisher.everything_changed()
    session.wake()
    return status(session, given)


def check_workspace(session: Session, arguments: Sequence[object], token: object) -> Json | Later:
    """Report on all documents of the workspace, or take that back."""
    given = _given(arguments)
    if optional(given, bool, "clear"):
        session.checker.clear()
        return {"documents": 0, "files": 0, "findings": 0, "cancelled": False}
    if not session.workspace.roots:
        raise RefusedError("there is no workspace folder to check")

    def done(work: Pass) -> None:
        session.publisher.refresh()
        later.give({**work.outcome, "cancelled": work.is_cancelled})

    work = session.checker.check(done, token)
    later = Later(lambda: session.checker.stop(work))
    return later


def show_status(session: Session, arguments: Sequence[object], _token: object) -> Json:
    """Tell the user what is in force."""
    result = status(session, _given(arguments, "uri"))
    glossaries = find(result, "glossaries")
    rows = glossaries if isinstance(glossaries, list) else []
    listed = ", ".join(f"{find(row, 'name')} ({find(row, 'terms')})" for row in rows)
    count = find(result, "terms")
    message = f"glossary_ls {find(result, 'version')}: {count} terms" + (f" from {listed}" if listed else "")
    session.client.notify("window/showMessage", {"type": 3, "message": message})
    return result


def open_glossary(session: Session, arguments: Sequence[object], _token: object) -> Json | Later:
    """Have the editor show a glossary, or the entry of a term."""
    given = _given(arguments, "name")
    path, span, text = _wanted_place(session, given)
    uri = session.corpus.uri(path)
    where = text_range(span, text, session.flags.encoding)
    result: dict[str, Json] = {"uri": uri, "range": where, "shown": False}
    if not session.flags.shows_documents:
        return result
    later = Later()
    params = {"uri": uri, "takeFocus": True, "selection": where}

    def shown(answer: object) -> None:
        later.give({**result, "shown": find(answer, "success") is True})

    session.client.ask("window/showDocument", params, shown)
    return later


def _wanted_place(session: Session, given: object) -> tuple[str, Span, Text]:
    name, uri = optional(given, str, "name") or "", uri_of(given)
    if name:
        senses = [term for each in glossaries_of(session, uri) for term in each.senses(name)]
        if not senses:
            raise RefusedError(f"no glossary in force has '{name}'")
        place = entry_location(senses[0], session.corpus)
        text = session.corpus.text(place.path) if place else None
        if place is None or text is None:
            raise RefusedError(f"the glossary of '{name}' is gone")
        return place.path, place.name, text
    target = _target(session, given)
    if target.text is None:
        raise RefusedError(f"there is no glossary yet; add a term, or create {target.path}")
    return target.path, Span(0, 0), target.text


def show_term(session: Session, arguments: Sequence[object], _token: object) -> Json:
    """Return the explanation of a term, by its name or by where it stands."""
    given = _given(arguments, "name")
    uri = uri_of(given)
    if find(given, "position") is None:
        return markdown_of(session, _name(given), uri)
    document = session.workspace.snapshot(uri) if uri else None
    if document is None:
        raise RefusedError("the document is not open")
    found = hover(document, offset_from(given, document.text, session.flags.encoding))
    return render(found, document.glossary, markdown=True) if found else None


# --- arguments --------------------------------------------------------------------------------------------


def _given(arguments: Sequence[object], *positional: str) -> dict[str, object]:
    """Return the arguments by name: one object, or plain texts in the order of `positional`."""
    if len(arguments) == 1 and isinstance(arguments[0], dict):
        return arguments[0]
    if len(arguments) > len(positional) or not all(isinstance(each, str) for each in arguments):
        expected = f" or {', '.join(positional)}" if positional else ""
        raise MalformedError(f"expected one object{expected} as arguments")
    return dict(zip(positional, arguments, strict=False))


def _name(given: object) -> str:
    name = " ".join(need(given, str, "name").split())
    if not name or len(name) > _LONGEST_NAME:
        raise MalformedError("expected a name of 1 to 200 characters")
    return name
