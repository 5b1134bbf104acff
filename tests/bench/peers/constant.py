"""A server on pygls whose answers and diagnostics are constants: what pygls itself costs."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("constant", "1")
_RANGE = types.Range(types.Position(0, 0), types.Position(0, 3))


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(_params: types.HoverParams) -> types.Hover:
    """Return a constant."""
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "**GPU**: graphics processing unit"))


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(params: types.DidOpenTextDocumentParams) -> None:
    """Publish a constant."""
    found = [types.Diagnostic(_RANGE, "not defined")]
    server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(params.text_document.uri, diagnostics=found)
    )


if __name__ == "__main__":
    server.start_io()
