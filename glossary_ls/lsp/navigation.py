"""Answers that need the rest of the workspace: navigation, renaming, symbols, code lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls import paths
from glossary_ls.features.code_lens import count
from glossary_ls.features.symbols import workspace_symbols
from glossary_ls.lsp.answers import arguments
from glossary_ls.lsp.convert import Context, to_lsp
from glossary_ls.lsp.locations import location, locations
from glossary_ls.lsp.messages import Json, find, need, position
from glossary_ls.lsp.requests import Extra, load

if TYPE_CHECKING:
    from glossary_ls.lsp.requests import Feature
    from glossary_ls.lsp.session import Session

#: The client's command that shows places, for clients that announce it among their experimental commands.
SHOW = "glossary_ls.showReferences"


def answer(session: Session, feature: Feature, params: object) -> Json:
    """Answer a request whose function looks at the rest of the workspace as well."""
    uri = need(params, str, "textDocument", "uri")
    document = session.workspace.snapshot(uri)
    if document is None:
        session.notice("unknown document", f"{feature.method} for {uri}, which is not open")
        return None
    given = arguments(feature, document, params, session.flags.encoding)
    extra: dict[str, object] = {}
    match feature.extra:
        case Extra.NEW_NAME:
            extra["new"] = need(params, str, "newName")
        case Extra.DECLARATION:
            extra["declaration"] = find(params, "context", "includeDeclaration") is not False
    if not getattr(document.settings, feature.setting):
        return None
    result = load(feature.run)(document, *given, session.corpus, **extra)
    return to_lsp(result, Context(uri, document, session.flags, session.corpus))


def find_symbols(session: Session, params: object) -> Json:
    """Return the terms of all glossaries in force that fit a query."""
    query = need(params, str, "query")
    workspace = session.workspace
    inside = [paths.join(root, "x") for root in workspace.roots] or [""]
    inside += [path for uri in workspace.open_uris() if (path := paths.from_uri(uri))]
    enabled = [path for path in inside if workspace.settings_of(path).symbols]
    glossaries = dict.fromkeys(map(workspace.glossary_of, enabled))
    found: list[Json] = []
    for each in workspace_symbols(glossaries, query):
        where = location(each.term, session.corpus, session.flags.encoding)
        if where is not None:
            found.append(
                {"name": each.term.name, "kind": 20, "containerName": each.container, "location": where}
            )
    return found


def resolve_lens(session: Session, lens: object) -> Json:
    """Add to a code lens how often its term is used."""
    resolved = dict(need(lens, dict))
    uri = find(lens, "data", "uri")
    document = session.workspace.snapshot(uri) if isinstance(uri, str) else None
    if document is None or not isinstance(uri, str):
        return {**resolved, "command": {"title": "", "command": ""}}
    start = position(lens, "range", "start")
    offset = document.text.offset_at(*start, session.flags.encoding)
    found = count(document, offset, session.corpus)
    command: dict[str, Json] = {"title": found.title if found else "", "command": ""}
    if found and found.places and session.flags.shows_references:
        context = Context(uri, document, session.flags, session.corpus)
        command["command"] = SHOW
        command["arguments"] = [uri, find(lens, "range", "start"), locations(found.places, context)]  # type: ignore[list-item]  # because a position is JSON
    return {**resolved, "command": command}
