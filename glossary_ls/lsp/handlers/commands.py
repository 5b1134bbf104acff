"""The commands of `workspace/executeCommand`; docs/protocol.md describes their arguments and results.

Malformed arguments are refused as invalid parameters; what cannot be done is refused with a message for the
user. `changes` carries out what they change.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.base import paths
from glossary_ls.base.edits import applied
from glossary_ls.base.model import Term
from glossary_ls.base.text import Span, Text
from glossary_ls.features.definition import entry_location
from glossary_ls.features.fixes.writing import add_all, place_to_explain
from glossary_ls.features.hover import hover
from glossary_ls.features.render import render
from glossary_ls.glossary import formats
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.index import key
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.from_lsp import find, list_at, need, offset, optional
from glossary_ls.lsp.from_lsp import uri as uri_of
from glossary_ls.lsp.handlers.carry_out import Job, carry_out
from glossary_ls.lsp.handlers.changes import change_glossary, show_entry
from glossary_ls.lsp.handlers.code_actions import more_actions
from glossary_ls.lsp.handlers.request import Request
from glossary_ls.lsp.handlers.review import review_acronyms
from glossary_ls.lsp.handlers.views import glossaries_of, introductions, markdown_of, status
from glossary_ls.lsp.jsonrpc import Deferred, MalformedError, RefusedError
from glossary_ls.lsp.to_lsp import INFO, text_range
from glossary_ls.rules.shared.fix import Target
from glossary_ls.workspace.fix_targets import NEW, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from glossary_ls.features.fixes.writing import FileChange
    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.model import Contents
    from glossary_ls.lsp.checker import Pass
    from glossary_ls.lsp.from_lsp import CommandParams
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: A longer name is an accident, such as a selected page.
_LONGEST_NAME = 200


def execute(session: Session, params: CommandParams) -> Answer:
    """Answer `workspace/executeCommand`."""
    if params.name not in COMMANDS:
        raise MalformedError(f"unknown command {params.name!r}; known commands: {', '.join(COMMANDS)}")
    run, positional = COMMANDS[params.name]
    return run(session, _named(params.arguments, positional), params.progress_token)


def _named(arguments: Sequence[object], positional: tuple[str, ...]) -> dict[str, object]:
    """Return arguments by name: one object, or strings in the order of `positional`."""
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


# --- writing ----------------------------------------------------------------------------------------------


def add_term(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Add an entry to a glossary, or explain the one that it has."""
    term = _term(given)

    def plan() -> FileChange:
        target = _target(session, given)
        if any(_is_same(each, term) for file in _file_of(session, target.path) for each in file.terms):
            raise RefusedError(f"'{term.name}' is in {target.title} already")
        return _change(target, (term,), ())

    return _written(session, given, plan, f"Add '{term.name}' to")


def _is_same(known: Term, new: Term) -> bool:
    return key(known.name) == key(new.name) and key(known.expansion) == key(new.expansion)


def add_terms(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Add several entries and accepted acronyms to a glossary at once; what it has already is left out."""
    terms = [_term(each) for each in list_at(given, "terms")]
    accepted = [_name({"name": name}) for name in list_at(given, "accept")]
    if not terms and not accepted:
        raise RefusedError("nothing to add: expected terms or accept")
    label = f"Add {len(terms) + len(accepted)} acronyms to"
    return _written(session, given, lambda: _change(_target(session, given), terms, accepted), label)


def accept_acronym(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Accept an acronym in a glossary, so that it needs no explanation."""
    name = _name(given)

    def plan() -> FileChange:
        target = _target(session, given)
        if any(name in file.head.accept for file in _file_of(session, target.path)):
            raise RefusedError(f"'{name}' is accepted in {target.title} already")
        return _change(target, (), (name,))

    return _written(session, given, plan, f"Accept '{name}' in")


def _term(given: object) -> Term:
    texts = [(optional(given, str, member) or "").strip() for member in ("expansion", "definition")]
    return Term(_name(given), texts[0], definition=texts[1])


def _change(target: Target, terms: Iterable[Term], accepted: Iterable[str]) -> FileChange:
    change = add_all(target, terms, accepted)
    if change is None:
        raise RefusedError(f"{target.path} cannot be edited safely; correct its syntax first")
    return change


def _written(
    session: Session, given: dict[str, object], plan: Callable[[], FileChange], label: str
) -> Answer:
    def done(change: FileChange) -> Answer:
        uri = session.library.uri(change.path)
        name = find(given, "name")
        line = _line(change.path, name if isinstance(name, str) else "", change)
        place = place_to_explain(change)
        result: dict[str, Json] = {"applied": True, "uri": uri, "line": line}
        if place:
            result["range"] = text_range(place[1], place[0], session.flags.encoding)
        if not optional(given, bool, "show") or not place or not session.flags.shows_documents:
            return result
        deferred = Deferred()
        params: Json = {"uri": uri, "takeFocus": True, "selection": result["range"]}
        session.client.request("window/showDocument", params, lambda _answer: deferred.resolve(result))
        return deferred

    return carry_out(session, Job("", lambda: f"{label} {_target(session, given).title}", plan, done))


def _line(path: str, name: str, change: FileChange) -> int:
    """Return the line of the name that was added to a glossary."""
    text = Text(applied(change.text.source if change.text else "", change.edits))
    file = formats.parse(path, text)
    added = next((file.line_of(each) for each in file.entries if each.term.name == name), None)
    start = change.edits[0].span.start
    return text.line_index(max(text.source.find(name, start), start)) if added is None else added


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
    path = document.path if document else workspace.path_of(uri or "")
    root, user = workspace.root_of(path), workspace.files.user_folder
    if not wanted:
        found = next(targets(workspace, path), None)
        if found is None:
            raise RefusedError("no folder for a glossary: open a folder, or name a target")
        return found
    folders = {"folder": paths.parent(path) if path else root, "workspace": root, "user": user}
    if wanted in folders:
        folder = folders[wanted]
        if not folder:
            raise RefusedError(f"there is no {wanted} for a glossary here")
        files = [file.path for file in workspace.glossary_of(path).files]
        inside = (each for each in files if paths.parent(each) == folder and formats.editor_of(each, ""))
        where = next(inside, paths.join(folder, NEW))
    else:
        where = workspace.path_of(wanted) or paths.join(root, wanted.replace("\\", "/"))
        where = paths.normal(where)
        homes = [*workspace.roots, *([user] if user else [])]
        # A link may lead out of the workspace.
        real = workspace.files.resolve(where)
        is_inside = any(
            paths.is_within(where, home) and paths.is_within(real, workspace.files.resolve(home))
            for home in homes
        )
        if not is_glossary(where) or not is_inside:
            raise RefusedError(f"{wanted} is not a glossary file of the workspace; use a name such as {NEW}")
    text = workspace.applied_edits.text(where, session.library.text(where))
    target = Target(where, paths.relative(where, root), text or None)
    _editor(target)
    return target


def _file_of(session: Session, path: str) -> Iterator[Contents]:
    files = session.workspace.glossary_of(path).files
    return (file for file in files if file.path == path)


# --- reading ----------------------------------------------------------------------------------------------


def reload(session: Session, given: dict[str, object], _token: object) -> Json:
    """Read all files again."""
    session.workspace.reload()
    session.remote.refresh()
    session.config.pull()
    session.publisher.everything_changed()
    session.files_changed()
    return status(session, uri_of(given))


def check_workspace(session: Session, given: dict[str, object], token: object) -> Answer:
    """Publish the diagnostics of all documents of the workspace, or withdraw them."""
    if optional(given, bool, "clear"):
        session.checker.clear()
        return {"documents": 0, "files": 0, "findings": 0, "cancelled": False}
    if not session.workspace.roots:
        raise RefusedError("no workspace folder is open")

    def answer(work: Pass) -> Json:
        session.publisher.refresh()
        return {**work.outcome, "cancelled": work.is_cancelled}

    return session.checker.check(answer, partial(session.progress, token=token))


def show_status(session: Session, given: dict[str, object], _token: object) -> Json:
    """Show which glossaries are active."""
    result = status(session, uri_of(given))
    glossaries = find(result, "glossaries")
    rows = glossaries if isinstance(glossaries, list) else []
    listed = ", ".join(f"{find(row, 'name')} ({find(row, 'evidence') or find(row, 'terms')})" for row in rows)
    count = find(result, "terms")
    message = f"glossary_ls {find(result, 'version')}: {count} terms" + (f" from {listed}" if listed else "")
    session.client.notify("window/showMessage", {"type": INFO, "message": message})
    return result


def open_glossary(session: Session, given: dict[str, object], _token: object) -> Answer:
    """Open a glossary, or the entry of a term, in the editor."""
    path, span, text = _wanted_place(session, given)
    uri = session.library.uri(path)
    where = text_range(span, text, session.flags.encoding)
    result: dict[str, Json] = {"uri": uri, "range": where, "shown": False}
    if not session.flags.shows_documents:
        return result
    deferred = Deferred()
    params = {"uri": uri, "takeFocus": True, "selection": where}

    def shown(answer: object) -> None:
        deferred.resolve({**result, "shown": find(answer, "success") is True})

    session.client.request("window/showDocument", params, shown)
    return deferred


def _wanted_place(session: Session, given: object) -> tuple[str, Span, Text]:
    name, uri = optional(given, str, "name") or "", uri_of(given)
    if name:
        senses = [term for each in glossaries_of(session, uri) for term in each.senses(name)]
        if not senses:
            raise RefusedError(f"no active glossary has '{name}'")
        place = entry_location(senses[0], session.library)
        text = session.library.text(place.path) if place else None
        if place is None or text is None:
            raise RefusedError(f"the glossary of '{name}' no longer exists")
        return place.path, place.name, text
    target = _target(session, given)
    if target.text is None:
        raise RefusedError(f"no glossary exists yet; add a term, or create {target.path}")
    return target.path, Span(0, 0), target.text


def show_term(session: Session, given: dict[str, object], _token: object) -> Json:
    """Return the explanation of a term, by its name or by a position in a document."""
    uri = uri_of(given)
    if find(given, "position") is None:
        return markdown_of(session, _name(given), uri)
    document = session.workspace.snapshot(uri) if uri else None
    if document is None:
        raise RefusedError("the document is not open")
    found = hover(document, offset(given, document.text, session.flags.encoding))
    return render(found, document.glossary, markdown=True) if found else None


def show_guide(session: Session, given: dict[str, object], _token: object) -> Json:
    """Return the introductions and comparisons of the active glossaries."""
    return introductions(session, uri_of(given))


#: The function of each command, which takes arguments by name, and those that may be plain strings.
COMMANDS: Mapping[str, tuple[Callable[[Session, dict[str, object], object], Answer], tuple[str, ...]]] = {
    "glossary_ls.addTerm": (add_term, ("name", "expansion")),
    "glossary_ls.addTerms": (add_terms, ()),
    "glossary_ls.acceptAcronym": (accept_acronym, ("name",)),
    "glossary_ls.reviewAcronyms": (review_acronyms, ()),
    "glossary_ls.moreActions": (more_actions, ()),
    "glossary_ls.changeGlossary": (change_glossary, ()),
    "glossary_ls.showEntry": (show_entry, ()),
    "glossary_ls.reload": (reload, ("uri",)),
    "glossary_ls.checkWorkspace": (check_workspace, ()),
    "glossary_ls.showStatus": (show_status, ("uri",)),
    "glossary_ls.openGlossary": (open_glossary, ("name",)),
    "glossary_ls.showTerm": (show_term, ("name",)),
    "glossary_ls.showGuide": (show_guide, ("uri",)),
}


REQUESTS = (Request(types.WORKSPACE_EXECUTE_COMMAND, execute, from_lsp.command),)
