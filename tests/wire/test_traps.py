"""What language servers get wrong: a table of traps, with the tests that show that this one does not."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pytest

from glossary_ls.lsp import early, server, transport
from glossary_ls.lsp.early import Hello
from glossary_ls.lsp.framing import Frames
from glossary_ls.lsp.registry import NOTIFICATIONS, REQUESTS
from tests.torture.steps import steps
from tests.wire.harness import WireClient, uri
from tests.wire.test_process import INITIALIZE, SHUTDOWN, frame

if TYPE_CHECKING:
    from glossary_ls.lsp.protocol import GlossaryServer

DOC = uri("a.md")

#: Traps, and the tests in `tests/` that are about them.
TRAPS = {
    "lines that end at other characters than those of the protocol": (
        "wire/test_traps.py::test_only_the_line_ends_of_the_protocol_end_lines"
    ),
    "edits that cost as much as the document is long": (
        "wire/test_traps.py::test_many_edits_in_one_message_cost_as_much_as_each_alone"
    ),
    "no answer to malformed parameters": "wire/test_conformance.py::test_every_message_of_the_protocol",
    "requests that wait for a thread": "wire/test_traps.py::test_handlers_are_neither_async_nor_threaded",
    "answers that a thread writes": "wire/test_traps.py::test_handlers_are_neither_async_nor_threaded",
    "handlers that see a later text": (
        "wire/test_traps.py::test_a_request_is_about_the_text_that_was_sent_before_it"
    ),
    "one exit code for all": "wire/test_process.py::test_the_exit_code_tells_how_it_ended",
    "an end that waits for threads": "wire/test_searches.py::test_a_session_that_ends_answers_what_is_open",
    "positions past an end": "wire/test_traps.py::test_a_position_past_an_end_is_the_end",
    "handlers that are passed the server by mistake": (
        "unit/test_pygls_contract.py::test_a_function_with_an_annotation_of_object_would_be_handed_the_server"
    ),
    "a message to the user for each error": "wire/test_lifecycle.py::test_no_notification_can_do_harm",
    "a log that logs itself": "wire/test_traps.py::test_a_log_that_is_sent_to_the_client_ends",
    "requests before the session": "wire/test_lifecycle.py::test_a_request_before_initialize_is_refused",
    "a second client on one connection": "wire/test_process.py::test_tcp_serves_one_client_with_the_token",
    "headers in another case": "wire/test_odd_messages.py::test_odd_headers",
    "several spellings of a URI": "wire/test_documents.py::test_two_spellings_of_a_uri_are_one_document",
    "folders whose names begin alike": (
        "wire/test_folders.py::test_the_innermost_root_counts_and_names_that_begin_alike_do_not"
    ),
    "members that are no names of Python": (
        "wire/test_lifecycle.py::test_a_message_without_a_version_or_with_odd_members_is_understood"
    ),
    "what newer versions of Python deprecate": "unit/test_pygls_contract.py::test_plain_handlers_run_at_once",
    "no event loop": "wire/test_traps.py::test_a_session_needs_no_event_loop",
    "lone surrogates": "wire/test_lifecycle.py::test_messages_are_ascii",
}
GLOSSARY = {"glossary.yaml": "SLO: Service Level Objective\n"}


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
def test_only_the_line_ends_of_the_protocol_end_lines(char: str) -> None:
    client = WireClient(files=GLOSSARY)
    client.open(DOC, "markdown", f"a{char}b\rc\r\nThe SLX.\n")
    client.change(DOC, 2, ((2, 6), (2, 7), "O"))
    assert "Service Level Objective" in str(client.hover(DOC, 2, 5))


@pytest.mark.parametrize("place", [(0, 99), (0, 8), (1, 0), (99, 0), (2**31 - 1, 2**31 - 1)])
def test_a_position_past_an_end_is_the_end(place: tuple[int, int]) -> None:
    client = WireClient(files=GLOSSARY)
    client.open(DOC, "markdown", "The SLO.")
    client.change(DOC, 2, (place, place, " The SLO."))
    assert "Service Level Objective" in str(client.hover(DOC, 0, 14))


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_request_is_about_the_text_that_was_sent_before_it(size: int) -> None:
    client = WireClient(files=GLOSSARY)
    document = {"uri": DOC, "languageId": "markdown", "version": 1, "text": "The SLO.\n"}
    changed = {"textDocument": {"uri": DOC, "version": 2}, "contentChanges": [{"text": "The QXZ.\n"}]}
    place = {"textDocument": {"uri": DOC}, "position": {"line": 0, "character": 5}}
    packet = frame(
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}},
        {"jsonrpc": "2.0", "id": 500, "method": "textDocument/hover", "params": place},
        {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": changed},
        {"jsonrpc": "2.0", "id": 501, "method": "textDocument/hover", "params": place},
    )

    async def main() -> None:
        connection = transport.Connection(client.server.protocol)
        for start in range(0, len(packet), size):
            connection.data_received(packet[start : start + size])
        connection.eof_received()
        await transport.serve(client.server.protocol, connection)

    asyncio.run(main())
    client.advance(0)
    answers = [each for each in client.messages if each.get("id") in {500, 501}]
    assert [each["id"] for each in answers] == [500, 501]
    assert "Service Level Objective" in str(answers[0]["result"])
    assert answers[1]["result"] is None


def test_every_trap_has_its_test() -> None:
    tests = Path(__file__).parents[1]
    for place in TRAPS.values():
        path, _, name = place.partition("::")
        tree = ast.parse((tests / path).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, place


def test_many_edits_in_one_message_cost_as_much_as_each_alone() -> None:
    def cost(edits: int, lines: int) -> int:
        client = WireClient(files=GLOSSARY)
        client.open(DOC, "plaintext", "The SLO.\n" * lines)
        changes = [((line, 0), (line, 3), "An") for line in range(0, 1000, 1000 // edits)]
        return steps(lambda: client.change(DOC, 2, *changes))

    cost(1, 1000)
    assert cost(500, 1000) < 12 * cost(50, 1000)
    assert cost(50, 10_000) < 3 * cost(50, 1000)


def test_handlers_are_neither_async_nor_threaded() -> None:
    handlers = [request.answer for request in REQUESTS.values()]
    assert handlers
    for handler in (*handlers, *NOTIFICATIONS.values()):
        assert not inspect.iscoroutinefunction(handler)
        assert not hasattr(handler, "execute_in_thread")


def test_a_log_that_is_sent_to_the_client_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, object]] = []

    class Forwarding(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            started[0].protocol.notify("window/logMessage", {"type": 4, "message": record.getMessage()})

    class Writer:
        def write(self, data: bytes) -> None:
            sent.append(json.loads(data))

        def close(self) -> None:
            pass

    started: list[GlossaryServer] = []

    def serve_stdio(served: GlossaryServer, _source: BinaryIO, _target: BinaryIO, _: Hello) -> int:
        started.append(served)
        served.protocol.set_writer(Writer(), include_headers=False)
        for message in (INITIALIZE, {"jsonrpc": "2.0", "method": "$/none"}, SHUTDOWN):
            served.protocol.receive(json.dumps(message).encode())
        return 0

    class Stream:
        buffer = None

    root = logging.getLogger()
    handler, level = Forwarding(), root.level
    monkeypatch.setattr(transport, "serve_stdio", serve_stdio)
    nothing = Hello(Frames(), None, is_answered=False)
    monkeypatch.setattr(early, "answer_first", lambda _source, _target: nothing)
    monkeypatch.setattr(sys, "stdin", Stream())
    monkeypatch.setattr(sys, "stdout", Stream())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        assert server.serve(log_level="debug") == 0
        logging.getLogger("glossary_ls").warning("It is late")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert [each["id"] for each in sent if "id" in each] == [1, 2]
    assert {"type": 4, "message": "It is late"} in [each.get("params") for each in sent]


def test_a_session_needs_no_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("there is no event loop")

    for name in ("get_running_loop", "get_event_loop", "new_event_loop"):
        monkeypatch.setattr(asyncio, name, fail)
    client = WireClient(files=GLOSSARY)
    client.open(DOC, "markdown", "The SLO and the QXZ.\n")
    assert client.diagnostics(DOC)
    place = {"textDocument": {"uri": DOC}, "position": {"line": 0, "character": 5}}
    assert client.request("textDocument/references", {**place, "context": {"includeDeclaration": True}})
    assert client.request("workspace/executeCommand", {"command": "glossary_ls.checkWorkspace"})
    assert client.request("shutdown") is None
