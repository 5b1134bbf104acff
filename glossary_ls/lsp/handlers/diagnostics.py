"""Diagnostics for clients that pull them: of one document, and of the whole workspace.

`workspace/diagnostic` covers only documents for which the setting allows it, because clients pull without
asking the user. Open documents get the report that they get by themselves; glossary files are pushed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.lsp import from_lsp
from glossary_ls.lsp.handlers.request import Request

if TYPE_CHECKING:
    from glossary_ls.lsp.checker import CheckedFile, Pass
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: How many documents are in one partial result.
_BATCH = 50


def pull(session: Session, params: tuple[str, object]) -> Answer:
    """Answer `textDocument/diagnostic`."""
    return session.publisher.report_later(*params)


def pull_all(session: Session, params: tuple[dict[str, tuple[str, object]], object]) -> Answer:
    """Answer `workspace/diagnostic`; reports that the client has are sent as unchanged."""
    known, token = params
    if not session.workspace.wants_all_reported():
        return {"items": [_report(uri, [], "", None) for uri, _ in known.values()]}
    batch: list[Json] = []
    reported: set[str] = set()

    def each(path: str, checked: CheckedFile) -> None:
        if is_glossary(path) or not session.workspace.settings_of(path).workspace_diagnostics:
            return
        reported.add(path)
        uri = session.library.uri(path)
        previous = known.get(path, ("", None))[1]
        if session.workspace.is_open(uri):
            report = session.publisher.report(uri, previous)
            batch.append({**report, "uri": uri, "version": session.workspace.version(uri)})
        else:
            batch.append(_report(uri, checked.items, checked.digest, previous))
        if token is not None and len(batch) == _BATCH:
            session.client.notify("$/progress", {"token": token, "value": {"items": list(batch)}})
            batch.clear()

    def answer(_: Pass) -> Json:
        gone = [uri for key, (uri, _) in known.items() if key not in reported]
        return {"items": [*batch, *(_report(uri, [], "", None) for uri in gone)]}

    return session.checker.walk(answer, each)


def _report(uri: str, items: list[Json], result: str, previous: object) -> Json:
    if result and result == previous:
        return {"kind": "unchanged", "uri": uri, "version": None, "resultId": result}
    full: dict[str, Json] = {"kind": "full", "uri": uri, "version": None, "items": items}
    return {**full, "resultId": result} if result else full


REQUESTS = (
    Request(types.TEXT_DOCUMENT_DIAGNOSTIC, pull, from_lsp.diagnostic),
    Request(types.WORKSPACE_DIAGNOSTIC, pull_all, from_lsp.workspace_diagnostic),
)
