"""Answers that need the rest of the workspace: navigation, renaming, symbols, code lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glossary_ls.base import paths
from glossary_ls.features.code_lens import title, uses_at
from glossary_ls.features.symbols import workspace_symbols
from glossary_ls.lsp.answers import question
from glossary_ls.lsp.found import Found
from glossary_ls.lsp.locations import term_locations
from glossary_ls.lsp.messages import Json, find, need, position
from glossary_ls.lsp.requests import load
from glossary_ls.lsp.searches import Shown
from glossary_ls.lsp.to_lsp import Context, to_lsp

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from glossary_ls.features.library import Step
    from glossary_ls.lsp.messages import Later
    from glossary_ls.lsp.requests import Feature
    from glossary_ls.lsp.session import Session

#: The client's command that shows places, for clients that announce it among their experimental commands.
SHOW = "glossary_ls.showReferences"


def answer(session: Session, feature: Feature, params: object) -> Json:
    """Answer a request whose function looks at the rest of the workspace as well."""
    found = asked(session, feature, params)
    return to_lsp(*found) if found else None


def asked(session: Session, feature: Feature, params: object, **extra: object) -> tuple[Any, Context] | None:
    """Return what a feature's function says, and what its conversion needs."""
    found = question(session, feature, params)
    if found is None:
        return None
    uri, document, given = found
    result = load(feature.run)(document, *given, session.corpus, **extra)
    return result, Context(uri, document, session.flags, session.corpus)


def find_symbols(session: Session, params: object) -> Json:
    """Return the terms of all glossaries in force that fit a query."""
    query = need(params, str, "query")
    workspace = session.workspace
    inside = [paths.join(root, "x") for root in workspace.roots] or [""]
    inside += [path for uri in workspace.open_uris() if (path := paths.from_uri(uri))]
    enabled = [path for path in inside if workspace.settings_of(path).symbols]
    glossaries = dict.fromkeys(map(workspace.glossary_of, enabled))
    found = workspace_symbols(glossaries, query)
    places = term_locations((each.term for each in found), session.corpus, session.flags.encoding)
    return [
        {"name": each.term.name, "kind": 20, "containerName": each.container, "location": place}
        for each, place in zip(found, places, strict=True)
        if place is not None
    ]


# --- searches ---------------------------------------------------------------------------------------------


def find_references(session: Session, feature: Feature, params: object) -> Json | Later:
    """Return the places that name a term, in the whole workspace."""
    declaration = find(params, "context", "includeDeclaration") is not False
    result = asked(session, feature, params, declaration=declaration)
    if result is None:
        return None
    steps, context = result
    found = Found(session, context)
    shown = Shown("Looking for uses", found.so_far, find(params, "workDoneToken"))
    return session.searches.run(_listed(steps, found), found.is_valid, shown)


def _listed(steps: Iterable[Step], found: Found) -> Generator[None, None, Json]:
    for step in steps:
        found.take(step)
        yield
    found.tell_left_out()
    return found.places


def resolve_lens(session: Session, lens: object) -> Json | Later:
    """Add to a code lens how often its term is used."""
    resolved = dict(need(lens, dict))
    uri = find(lens, "data", "uri")
    document = session.workspace.snapshot(uri) if isinstance(uri, str) else None
    steps = None
    if document is not None:
        start = position(lens, "range", "start")
        offset = document.text.offset_at(*start, session.flags.encoding)
        steps = uses_at(document, offset, session.corpus)
    if steps is None or document is None or not isinstance(uri, str):
        return {**resolved, "command": {"title": "", "command": ""}}
    found = Found(session, Context(uri, document, session.flags, session.corpus))
    return session.searches.run(_counted(resolved, steps, found), found.is_valid)


def _counted(lens: dict[str, Json], steps: Iterable[Step], found: Found) -> Generator[None, None, Json]:
    places = yield from _listed(steps, found)
    command: dict[str, Json] = {"title": title(len(found.places)), "command": ""}
    if places and found.context.flags.shows_references:
        command["command"] = SHOW
        command["arguments"] = [found.context.uri, find(lens, "range", "start"), places]  # type: ignore[list-item]  # because a position is JSON
    return {**lens, "command": command}
