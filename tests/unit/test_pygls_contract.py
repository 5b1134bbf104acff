"""The names of pygls that the protocol layer relies on although they are not public.

When a new pygls moves one of them, the test that names it fails and says what has to be looked at.
"""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types
from pygls.feature_manager import has_ls_param_or_annotation
from pygls.lsp.server import LanguageServer
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCProtocol

from glossary_ls.lsp.jsonrpc import JsonText
from glossary_ls.lsp.protocol import GlossaryProtocol
from glossary_ls.lsp.server import create_server
from tests.wire.harness import CONVERTER

if TYPE_CHECKING:
    from concurrent.futures import Future


def parameters(function: object) -> list[str]:
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_responses_go_through_one_private_method() -> None:
    assert parameters(JsonRPCProtocol._send_response) == ["self", "msg_id", "result", "error"]
    assert parameters(GlossaryProtocol._send_response) == parameters(JsonRPCProtocol._send_response)


def test_everything_that_is_sent_goes_through_another() -> None:
    assert parameters(JsonRPCProtocol._send_data) == ["self", "data"]
    assert parameters(GlossaryProtocol._send_data) == parameters(JsonRPCProtocol._send_data)


def test_what_is_sent_is_what_pygls_would_send() -> None:
    sent: list[bytes] = []

    class Writer:
        def write(self, data: bytes) -> None:
            sent.append(data)

        def close(self) -> None:
            pass

    result = {"a": "ä\ud800", "b": [types.Position(1, 2), types.MarkupKind.Markdown, None]}
    protocol = create_server(converter_factory=lambda: CONVERTER).protocol
    for has_headers in (True, False):
        protocol.set_writer(Writer(), include_headers=has_headers)
        for send in (GlossaryProtocol._send_data, JsonRPCProtocol._send_data):
            send(protocol, {"jsonrpc": "2.0", "id": 5, "result": result})
        protocol._send_result(5, JsonText(json.dumps({**result, "b": 1})))
        JsonRPCProtocol._send_data(protocol, {"jsonrpc": "2.0", "id": 5, "result": {**result, "b": 1}})
    assert sent[::2] == sent[1::2]


def test_a_protocol_has_a_converter_for_the_types_of_the_protocol() -> None:
    converter = LanguageServer("name", "1").protocol._converter
    found = converter.structure({"hoverProvider": True}, types.ServerCapabilities)
    assert found == types.ServerCapabilities(hover_provider=True)


def test_messages_are_handed_on_by_their_shape() -> None:
    assert parameters(JsonRPCProtocol.handle_message) == ["self", "message"]
    assert parameters(JsonRPCRequestMessage) == ["id", "method", "jsonrpc", "params"]
    assert parameters(JsonRPCNotification) == ["method", "jsonrpc", "params"]


@pytest.mark.parametrize(
    ("method", "name"),
    [
        (types.INITIALIZE, "lsp_initialize"),
        (types.INITIALIZED, "lsp_initialized"),
        (types.SHUTDOWN, "lsp_shutdown"),
    ],
)
def test_the_built_in_handlers_that_are_overridden(method: str, name: str) -> None:
    assert getattr(LanguageServerProtocol, name).method_name == method
    assert getattr(GlossaryProtocol, name).method_name == method
    assert getattr(GlossaryProtocol, name) is not getattr(LanguageServerProtocol, name)


def test_a_built_in_handler_can_be_taken_out() -> None:
    server = LanguageServer("name", "1")
    assert types.SET_TRACE in server.protocol.fm.builtin_features
    server.protocol.fm.builtin_features.pop(types.SET_TRACE)
    assert types.SET_TRACE not in server.protocol.fm.builtin_features


def test_a_function_with_an_annotation_of_object_would_be_handed_the_server() -> None:
    def handler(params: object) -> None: ...

    decide: Any = has_ls_param_or_annotation
    assert decide(handler, LanguageServer)


def test_plain_handlers_run_at_once() -> None:
    server = LanguageServer("name", "1")
    results: list[int] = []

    def take(future: Future[int]) -> None:
        results.append(future.result())

    server.protocol._execute_handler("1", lambda params: params, take, args=(5,))
    assert results == [5]


def test_the_clients_of_errors_are_told_through_the_server() -> None:
    assert parameters(LanguageServer.report_server_error) == ["self", "error", "source"]


def test_the_reader_of_messages_is_ours_because_theirs_is_strict_about_headers() -> None:
    from pygls import io_  # noqa: PLC0415  because only this test looks at it

    assert rb"^Content-Length: (\d+)\r\n$" in inspect.getsource(io_.run_async).encode()
