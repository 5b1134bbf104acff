"""The life of a session: order of messages, malformed ones, and an answer to every request."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Encoding
from glossary_ls.lsp.capabilities import COMMANDS, CUSTOM_REQUESTS, NOTIFICATIONS
from tests.wire.harness import CAPABILITIES, PULL, WATCH, ResponseError, WireClient, merged, uri

DOC = uri("a.md")
POSITION = {"line": 0, "character": 0}


NONSENSE: list[object] = [
    None,
    {},
    [],
    {"textDocument": 1, "changes": 1, "event": 1, "settings": 1, "value": "compact"},
]

#: Capabilities with members that are newer than we are, or plainly wrong.
ODD: list[object] = [
    None,
    [],
    {"textDocument": {"completion": {"completionItem": {"tagSupport": {"valueSet": [99]}}}}},
    {"workspace": {"symbol": {"symbolKind": {"valueSet": [99]}, "tagSupport": {"valueSet": [2]}}}},
    {"textDocument": {"hover": {"contentFormat": ["html"]}, "publishDiagnostics": 5}},
    {"general": {"positionEncodings": ["utf-7", None]}},
]


#: What clients tell of when they can.
EVERYTHING: dict[str, Any] = {
    "workspace": {"fileOperations": {"didCreate": True, "didRename": True, "didDelete": True}},
    "notebookDocument": {"synchronization": {}},
}


def refusal(client: WireClient, method: str, params: object = None) -> int:
    with pytest.raises(ResponseError) as caught:
        client.request(method, params)
    return caught.value.code


def answered(client: WireClient, method: str, params: object) -> int | None:
    """Return the error code of an answer, or None when it is a result."""
    try:
        client.request(method, params)
    except ResponseError as error:
        return error.code
    return None


def last(client: WireClient) -> dict[str, Any]:
    return client.messages[-1]


def test_a_request_before_initialize_is_refused() -> None:
    client = WireClient(initialize=False)
    assert refusal(client, "textDocument/hover", {}) == -32002
    assert refusal(client, "shutdown") == -32002
    client.notify("textDocument/didOpen", {})
    client.initialize()
    assert client.hover(DOC, 0, 0) is None


def test_a_second_initialize_is_refused() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "GPU")
    assert refusal(client, "initialize", {"capabilities": {}}) == -32600
    assert client.hover(DOC, 0, 0)


def test_a_request_after_shutdown_is_refused() -> None:
    client = WireClient()
    assert client.request("shutdown") is None
    assert refusal(client, "textDocument/hover", {}) == -32600
    assert refusal(client, "shutdown") == -32600
    client.notify("textDocument/didOpen", {})
    client.notify("exit")
    assert client.server.protocol.exit_code == 0


def test_exit_without_shutdown_is_an_error() -> None:
    for client in (WireClient(), WireClient(initialize=False)):
        client.notify("exit")
        assert client.server.protocol.exit_code == 1


@pytest.mark.parametrize("params", [None, {}, {"x": 1}, [1]])
def test_an_unknown_method_is_refused_and_an_unknown_notification_ignored(params: object) -> None:
    client = WireClient()
    assert refusal(client, "glossary_ls/noSuchMethod", params) == -32601
    assert refusal(client, "textDocument/typeDefinition", params) == -32601
    count = len(client.messages)
    client.notify("$/noSuchNotification", params)
    client.notify("noSuchNotification", params)
    assert len(client.messages) == count


@pytest.mark.parametrize(
    "params",
    [
        None,
        [],
        {},
        {"textDocument": None, "position": POSITION},
        {"textDocument": {"uri": 5}, "position": POSITION},
        {"textDocument": {"uri": DOC}},
        {"textDocument": {"uri": DOC}, "position": {"line": -1, "character": 0}},
        {"textDocument": {"uri": DOC}, "position": {"line": "0", "character": 0}},
        {"textDocument": {"uri": DOC}, "position": {"line": 0, "character": None}},
        {"textDocument": {"uri": DOC}, "position": {"line": True, "character": 0}},
    ],
)
@pytest.mark.parametrize(
    "method", ["textDocument/hover", "textDocument/completion", "textDocument/inlayHint"]
)
def test_malformed_parameters_are_refused(method: str, params: object) -> None:
    client = WireClient()
    client.open(DOC, "markdown", "GPU")
    assert refusal(client, method, params) == -32602


def test_malformed_parameters_of_other_methods_are_refused() -> None:
    client = WireClient(capabilities=PULL)
    assert refusal(client, "workspace/executeCommand", {"command": 5}) == -32602
    assert refusal(client, "completionItem/resolve", [1]) == -32602
    assert refusal(client, "textDocument/diagnostic", {}) == -32602


def test_no_notification_can_do_harm() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "GPU")
    for method in (
        "initialized",
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders",
        "workspace/didChangeConfiguration",
        "$/cancelRequest",
        "$/setTrace",
        "window/workDoneProgress/cancel",
        "workspace/didCreateFiles",
        "workspace/didRenameFiles",
        "workspace/didDeleteFiles",
        "notebookDocument/didOpen",
        "notebookDocument/didChange",
        "notebookDocument/didClose",
    ):
        for params in NONSENSE:
            client.notify(method, params)
    client.settle()
    assert client.hover(DOC, 0, 0)
    # One message to the user about `"settings": 1` would be fair; there is none for each notification.
    assert len(client.received("window/showMessage")) <= 1


@pytest.mark.parametrize(
    ("front", "found"),
    [
        (b'{"jsonrpc": "2.0", "id": 7, "method": "shutdown"', 7),
        (b'{"jsonrpc":"2.0","method":"shutdown","id":"a\xc3\xa9"', "a\xe9"),
        (b'{"id": -1, "method": "shutdown"', -1),
        (b'{"jsonrpc": "2.0", "method": "exit"', None),
        (b'{"jsonrpc": "2.0", "id": 7, "result": 1', None),
        (b'{"jsonrpc": "2.0", "id": 7.5, "method": "shutdown"', None),
    ],
)
@pytest.mark.parametrize("params", [b"[" * 100_000, b"1" * 5_000, b"?"], ids=["deep", "long", "broken"])
def test_a_request_whose_parameters_cannot_be_read_is_answered(
    front: bytes, found: object, params: bytes
) -> None:
    client = WireClient()
    client.server.protocol.receive(front + b', "params": ' + params + b"}")
    client.settle()
    answer = last(client)
    assert (answer["id"], answer["error"]["code"]) == (found, -32700)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"\xff", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b'"text"', -32600),
        (b"null", -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": 5}', -32600),
    ],
)
def test_what_is_no_message_is_answered_and_survived(body: bytes, code: int) -> None:
    client = WireClient()
    client.server.protocol.receive(body)
    client.settle()
    assert last(client)["error"]["code"] == code
    assert client.request("shutdown") is None


def test_a_message_without_a_version_or_with_odd_members_is_understood() -> None:
    client = WireClient()
    client.send({"id": "a", "method": "shutdown", "params": {"jsonrpc": "1", "type_name": "no name"}})
    assert last(client) == {"jsonrpc": "2.0", "id": "a", "result": None}


def test_responses_to_nothing_are_ignored() -> None:
    client = WireClient()
    client.send({"id": 99, "result": 1})
    client.send({"id": "x", "error": {"code": 1, "message": ""}})
    client.send({"id": None})
    client.send({"id": []})
    assert client.request("shutdown") is None


def test_a_client_that_refuses_our_requests_is_served_all_the_same() -> None:
    client = WireClient(initialize=False, capabilities=WATCH)
    client.request("initialize", {"capabilities": client.capabilities, "rootUri": "file:///ws"})
    client.answers["workspace/configuration"] = lambda _: "nonsense"
    client.answers["client/registerCapability"] = lambda _: 5
    client.notify("initialized")
    client.open(DOC, "markdown", "GPU")
    assert client.hover(DOC, 0, 0)


def test_a_cancelled_request_is_answered_once() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "GPU")
    client.hover(DOC, 0, 0)
    count = len(client.messages)
    client.notify("$/cancelRequest", {"id": 1})
    client.notify("$/cancelRequest", {"id": "never"})
    assert len(client.messages) == count


@pytest.mark.parametrize(
    "params",
    [
        {},
        None,
        *({"capabilities": odd} for odd in ODD),
        {"capabilities": [], "trace": "compact", "processId": "12", "rootUri": 5, "workspaceFolders": "x"},
        {"capabilities": {}, "workspaceFolders": [{"uri": "vscode-vfs://github/x", "name": "x"}, {}, 5]},
        {"capabilities": {}, "initializationOptions": [1, 2]},
        {"capabilities": {}, "rootPath": "/ws", "rootUri": None, "workspaceFolders": None},
    ],
)
def test_no_initialize_is_too_odd(params: object) -> None:
    client = WireClient(initialize=False)
    result = client.request("initialize", params)
    assert result["capabilities"]["positionEncoding"] == "utf-16"
    client.notify("initialized", {})
    client.open(DOC, "markdown", "GPU")
    client.settle()
    assert client.hover(DOC, 0, 0)


def test_the_clients_favorite_encoding_is_taken() -> None:
    for offered, chosen in (
        (["utf-32", "utf-8", "utf-16"], "utf-32"),
        (["utf-7", "utf-8"], "utf-8"),
        ([], "utf-16"),
    ):
        client = WireClient(capabilities={"general": {"positionEncodings": offered}})
        assert client.initialized["capabilities"]["positionEncoding"] == chosen


def test_what_is_declared_is_answered_and_the_reverse() -> None:
    for extra in ({}, PULL, merged(PULL, EVERYTHING)):
        client = WireClient(capabilities=extra)
        client.open(DOC, "markdown", "GPU")
        declared = client.initialized["capabilities"]
        document = {"textDocument": {"uri": DOC}}
        place = {**document, "position": POSITION}
        reach = {**document, "range": {"start": POSITION, "end": POSITION}}
        requests = {
            "hoverProvider": ("textDocument/hover", place),
            "completionProvider": ("textDocument/completion", place),
            "inlayHintProvider": ("textDocument/inlayHint", reach),
            "diagnosticProvider": ("textDocument/diagnostic", document),
            "definitionProvider": ("textDocument/definition", place),
            "referencesProvider": (
                "textDocument/references",
                {**place, "context": {"includeDeclaration": True}},
            ),
            "documentSymbolProvider": ("textDocument/documentSymbol", document),
            "codeActionProvider": ("textDocument/codeAction", {**reach, "context": {"diagnostics": []}}),
            "renameProvider": ("textDocument/rename", {**place, "newName": "x"}),
            "workspaceSymbolProvider": ("workspace/symbol", {"query": ""}),
            "declarationProvider": ("textDocument/declaration", place),
            "documentHighlightProvider": ("textDocument/documentHighlight", place),
            "documentLinkProvider": ("textDocument/documentLink", document),
            "foldingRangeProvider": ("textDocument/foldingRange", document),
            "codeLensProvider": ("textDocument/codeLens", document),
            "semanticTokensProvider": ("textDocument/semanticTokens/full", document),
        }
        other = {"positionEncoding", "textDocumentSync", "executeCommandProvider", "workspace"}
        other |= {"experimental", "notebookDocumentSync"}
        assert set(declared) <= {*requests, *other}
        commands = declared["executeCommandProvider"]["commands"]
        assert commands == list(COMMANDS)
        for name in commands:
            # Without a name or a folder for a glossary some cannot be done, but none is unknown.
            given = {"command": name, "arguments": [{"uri": DOC, "name": "GPU"}]}
            assert answered(client, "workspace/executeCommand", given) in {None, -32803}
        assert answered(client, "workspace/executeCommand", {"command": "glossary_ls.none"}) == -32602
        own = declared["experimental"]["glossary_ls"]
        assert [f"glossary_ls/{name}" for name in own] == list(CUSTOM_REQUESTS)
        for name in own:
            assert answered(client, f"glossary_ls/{name}", {"uri": DOC, "name": "GPU"}) is None
        pulls = "diagnosticProvider" in declared
        assert pulls == bool(extra)
        if pulls:
            assert declared["diagnosticProvider"]["workspaceDiagnostics"]
        everything = answered(client, "workspace/diagnostic", {"previousResultIds": []})
        assert everything == (None if pulls else -32601)
        operations = declared["workspace"].get("fileOperations") or {}
        assert {f"workspace/{name}Files" for name in operations} <= set(NOTIFICATIONS)
        assert bool(operations) == ("notebookDocumentSync" in declared) == (extra not in ({}, PULL))
        assert declared["completionProvider"]["resolveProvider"]
        assert declared["inlayHintProvider"]["resolveProvider"]
        for name, (method, params) in requests.items():
            if name == "renameProvider":
                # GPU is a built-in term, which cannot be renamed: the answer is the reason.
                assert refusal(client, method, params) == -32803
                assert declared[name]["prepareProvider"]
                assert refusal(client, "textDocument/prepareRename", place) == -32803
            elif declared.get(name):
                client.request(method, params)
            else:
                assert refusal(client, method, params) == -32601


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "textDocument",
                    "uri",
                    "position",
                    "range",
                    "start",
                    "end",
                    "line",
                    "character",
                    "text",
                    "contentChanges",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(["textDocument/hover", "textDocument/completion", "textDocument/inlayHint", "shutdownn"]),
    JSON,
)
def test_every_request_has_one_answer(method: str, params: object) -> None:
    client = SHARED
    count = len(client.messages)
    client.send({"jsonrpc": "2.0", "id": 1_000_000, "method": method, "params": params})
    assert [message["id"] for message in client.messages[count:]] == [1_000_000]


@given(st.sampled_from(["didOpen", "didChange", "didClose", "didSave"]), JSON)
def test_no_notification_is_answered(method: str, params: object) -> None:
    count = len(SHARED.messages)
    SHARED.notify(f"textDocument/{method}", params)
    assert all("id" not in message for message in SHARED.messages[count:])


SHARED = WireClient(capabilities=merged(CAPABILITIES))


def test_messages_are_ascii() -> None:
    client = WireClient("utf-8")
    client.open(DOC, "markdown", "GPU \U0001f600 \ud800")
    assert client.hover(DOC, 0, 0)
    assert json.dumps(client.messages).isascii()
    assert client.initialized["capabilities"]["positionEncoding"] == Encoding.UTF8
