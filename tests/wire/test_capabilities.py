"""What the server declares and what it answers are the same, for every request that the protocol has."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types

from tests.wire.harness import PULL, WireClient, merged
from tests.wire.test_lifecycle import DOC, EVERYTHING, POSITION, answered

#: Where the capabilities declare each request that is answered.
DECLARED = {
    "codeAction/resolve": "codeActionProvider.resolveProvider",
    "codeLens/resolve": "codeLensProvider.resolveProvider",
    "completionItem/resolve": "completionProvider.resolveProvider",
    "inlayHint/resolve": "inlayHintProvider.resolveProvider",
    "textDocument/codeAction": "codeActionProvider",
    "textDocument/codeLens": "codeLensProvider",
    "textDocument/completion": "completionProvider",
    "textDocument/declaration": "declarationProvider",
    "textDocument/definition": "definitionProvider",
    "textDocument/diagnostic": "diagnosticProvider",
    "textDocument/documentHighlight": "documentHighlightProvider",
    "textDocument/documentLink": "documentLinkProvider",
    "textDocument/documentSymbol": "documentSymbolProvider",
    "textDocument/foldingRange": "foldingRangeProvider",
    "textDocument/hover": "hoverProvider",
    "textDocument/inlayHint": "inlayHintProvider",
    "textDocument/prepareRename": "renameProvider.prepareProvider",
    "textDocument/references": "referencesProvider",
    "textDocument/rename": "renameProvider",
    "textDocument/semanticTokens/full": "semanticTokensProvider.full",
    "textDocument/semanticTokens/full/delta": "semanticTokensProvider.full.delta",
    "textDocument/semanticTokens/range": "semanticTokensProvider.range",
    "workspace/diagnostic": "diagnosticProvider.workspaceDiagnostics",
    "workspace/executeCommand": "executeCommandProvider",
    "workspace/symbol": "workspaceSymbolProvider",
}

#: What the requests are about that are about no document.
ITEMS: dict[str, dict[str, Any]] = {
    "codeAction/resolve": {"title": "x"},
    "codeLens/resolve": {"range": {"start": POSITION, "end": POSITION}},
    "completionItem/resolve": {"label": "x"},
    "inlayHint/resolve": {"label": "x", "position": POSITION},
}

#: What a client can ask about a document or the workspace.
REQUESTS = [
    method
    for method, kinds in types.METHOD_TO_TYPES.items()
    if kinds[1] and types.message_direction(method) != "serverToClient"
    if method not in {"initialize", "shutdown"}
]


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
@pytest.mark.parametrize("method", REQUESTS)
def test_a_request_is_declared_or_unknown(method: str, extra: dict[str, Any]) -> None:
    client = WireClient(capabilities=extra)
    client.open(DOC, "markdown", "GPU")
    declared: Any = client.initialized["capabilities"]
    for name in DECLARED.get(method, "none").split("."):
        declared = declared.get(name) if isinstance(declared, dict) else None
    is_known = answered(client, method, ITEMS.get(method, {"textDocument": {"uri": DOC}})) != -32601
    assert is_known == bool(declared)


def test_nothing_else_is_declared() -> None:
    client = WireClient(capabilities=merged(PULL, EVERYTHING))
    providers = {name for name in client.initialized["capabilities"] if name.endswith("Provider")}
    assert providers == {place.partition(".")[0] for place in DECLARED.values()}
