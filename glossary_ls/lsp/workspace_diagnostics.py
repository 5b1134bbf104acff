"""Findings of all documents for a client that asks for them: `workspace/diagnostic`.

Only documents for which the setting says so are reported, because a client that can ask does so without a
word of the user. Open documents get the report that they get by themselves; glossary files are pushed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.lsp.messages import Json, Later, find

if TYPE_CHECKING:
    from glossary_ls.lsp.checker import Pass, Seen
    from glossary_ls.lsp.session import Session

#: How many documents go into one partial result.
_BATCH = 50


def answer(session: Session, params: object) -> Json | Later:
    """Answer a request for the findings of the workspace; unchanged ones are only named."""
    known = _known(find(params, "previousResultIds"))
    if not session.workspace.wants_all_reported():
        return {"items": [_report(uri, [], "", None) for uri, _ in known.values()]}
    token = find(params, "partialResultToken")
    batch: list[Json] = []
    told: set[str] = set()

    def each(path: str, seen: Seen) -> None:
        if is_glossary(path) or not session.workspace.settings_of(path).workspace_diagnostics:
            return
        told.add(path)
        uri = session.corpus.uri(path)
        if session.workspace.is_open(uri):
            previous = known.get(path, ("", None))[1]
            report = session.publisher.report(uri, previous)
            batch.append({**report, "uri": uri, "version": session.workspace.version(uri)})
        else:
            batch.append(_report(uri, seen.items, seen.digest, known.get(path, ("", None))[1]))
        if token is not None and len(batch) == _BATCH:
            session.client.notify("$/progress", {"token": token, "value": {"items": list(batch)}})
            batch.clear()

    def done(_: Pass) -> None:
        gone = [uri for key, (uri, _) in known.items() if key not in told]
        later.give({"items": [*batch, *(_report(uri, [], "", None) for uri in gone)]})

    work = session.checker.walk(done, each)
    later = Later(lambda: session.checker.stop(work))
    return later


def _report(uri: str, items: list[Json], result: str, previous: object) -> Json:
    if result and result == previous:
        return {"kind": "unchanged", "uri": uri, "version": None, "resultId": result}
    full: dict[str, Json] = {"kind": "full", "uri": uri, "version": None, "items": items}
    return {**full, "resultId": result} if result else full


def _known(previous: object) -> dict[str, tuple[str, object]]:
    """Return the reports that the client has, by what all spellings of a URI have in common."""
    listed = previous if isinstance(previous, list) else []
    found = ((find(each, "uri"), find(each, "value")) for each in listed)
    return {paths.key(uri): (uri, value) for uri, value in found if isinstance(uri, str)}
