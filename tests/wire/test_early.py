"""The answer to `initialize` before pygls is loaded is the one that pygls gives."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.lsp import capabilities, early
from tests.wire.harness import WireClient, merged

_RESOLVED = ("textDocument", "completion", "completionItem", "resolveSupport", "properties")


def _nested(*path: str, value: object = True) -> st.SearchStrategy[dict[str, Any]]:
    """Return capabilities with a value at a path, with another value there, or without the path."""
    found: list[dict[str, Any]] = []
    for each in (value, None, 3):
        nested: dict[str, Any] = {path[-1]: each}
        for key in reversed(path[:-1]):
            nested = {key: nested}
        found.append(nested)
    return st.sampled_from([found[0], found[0], {}, *found[1:]])


_CLIENTS = st.tuples(
    st.lists(st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-7"]), max_size=3).map(
        lambda offered: {"general": {"positionEncodings": offered}}
    ),
    st.sampled_from([{}, {"general": {}}, {"notebookDocument": {"synchronization": {}}}]),
    _nested("workspace", "fileOperations", "didCreate"),
    _nested("workspace", "fileOperations", "didRename"),
    _nested("workspace", "fileOperations", "didDelete", value=False),
    _nested("workspace", "didChangeWatchedFiles", "dynamicRegistration"),
    _nested("workspace", "diagnostics", "refreshSupport"),
    _nested("textDocument", "diagnostic", "dynamicRegistration"),
    _nested("textDocument", "rename", "prepareSupport"),
    _nested(*_RESOLVED, value=["documentation"]),
    _nested("textDocument", "hover", "dynamicRegistration"),
    _nested("experimental", "commands", "commands", value=[capabilities.COMMANDS[0], "other"]),
).map(lambda parts: merged({}, *parts))


@given(_CLIENTS | st.sampled_from([None, 1, [], {"general": None, "textDocument": [1]}]))
def test_pygls_answers_what_a_client_was_told(able: object) -> None:
    message = {"jsonrpc": "2.0", "id": "x", "method": "initialize", "params": {"capabilities": able}}
    client = WireClient(initialize=False)
    client.send(message)
    answer = early.answer_to(json.dumps(message).encode())
    assert answer is not None
    assert [json.loads(answer)] == client.messages


def test_pygls_gives_no_second_answer() -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}
    client = WireClient(initialize=False)
    client.server.protocol.receive(json.dumps(message).encode(), answered=True)
    client.send({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})
    assert [each["id"] for each in client.messages] == [2]
