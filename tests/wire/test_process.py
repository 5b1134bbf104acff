"""The server as a process: framing, exit codes, and nothing on standard output but messages."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from glossary_ls.lsp import early, tcp, tcp_token, transport
from glossary_ls.lsp.framing import Frames
from glossary_ls.lsp.tcp_token import Token
from tests.wire.harness import WireClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVE = "import sys; from glossary_ls.lsp.server import serve; sys.exit(serve())"
INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}
SHUTDOWN = {"jsonrpc": "2.0", "id": 2, "method": "shutdown"}
EXIT = {"jsonrpc": "2.0", "method": "exit"}
HOVER = {
    "jsonrpc": "2.0",
    "id": 3,
    "method": "textDocument/hover",
    "params": {"textDocument": {"uri": "untitled:x"}, "position": {"line": 0, "character": 1}},
}


def frame(*messages: object, header: str = "Content-Length") -> bytes:
    bodies = [json.dumps(message).encode() for message in messages]
    return b"".join(f"{header}: {len(body)}\r\n\r\n".encode() + body for body in bodies)


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    length = None
    while line := stream.readline():
        if found := re.fullmatch(rb"Content-Length: (\d+)\r\n", line):
            length = int(found[1])
        elif line == b"\r\n":
            assert length is not None
            message: dict[str, Any] = json.loads(stream.read(length))
            return message
        else:
            assert line.startswith(b"Content-Type:"), f"not a message: {line!r}"
    return None


def read_all(stream: IO[bytes]) -> list[dict[str, Any]]:
    found = []
    while (message := read(stream)) is not None:
        found.append(message)
    return found


def run(data: bytes, code: str = SERVE) -> tuple[int, list[dict[str, Any]]]:
    """Feed a server and let it see the end of its input; return its exit code and its messages."""
    done = subprocess.run(
        [sys.executable, "-c", code], input=data, capture_output=True, timeout=30, check=False
    )
    return done.returncode, read_all(BytesIO(done.stdout))


def serve(data: bytes) -> tuple[int, list[Any]]:
    """Serve a stream until its end, in this process; return the exit code and the ids of the answers."""
    client = WireClient(initialize=False)

    async def main() -> int:
        connection = transport.Connection(client.server.protocol)
        connection.data_received(data)
        connection.eof_received()
        return await transport.serve(client.server.protocol, connection)

    code = asyncio.run(main())
    client.advance(0)
    return code, [message["id"] for message in client.messages]


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ((INITIALIZE, SHUTDOWN, EXIT, HOVER), 0),
        ((INITIALIZE, SHUTDOWN), 0),
        ((INITIALIZE,), 1),
        ((INITIALIZE, EXIT), 1),
    ],
    ids=["exit", "end after shutdown", "end", "exit without shutdown"],
)
def test_the_exit_code_tells_how_it_ended(messages: tuple[object, ...], code: int) -> None:
    returned, ids = serve(frame(*messages))
    assert returned == code
    assert ids == [1, 2][: len(ids)]


def test_the_exit_code_is_that_of_the_process() -> None:
    code, answers = run(frame(INITIALIZE, EXIT))
    assert code == 1
    assert [answer["id"] for answer in answers] == [1]


def test_a_stray_print_does_not_reach_the_client() -> None:
    noisy = (
        "import glossary_ls.lsp.capabilities as module\n"
        "real = module.announced\n"
        "def announced(flags):\n"
        "    print('stray')\n"
        "    return real(flags)\n"
        "module.announced = announced\n"
    )
    code, answers = run(frame(INITIALIZE, SHUTDOWN, EXIT), noisy + SERVE)
    assert code == 0
    assert [answer["id"] for answer in answers] == [1, 2]
    assert "experimental" in answers[0]["result"]["capabilities"]


def test_headers_in_another_case_and_noise_between_messages() -> None:
    data = (
        b"noise\r\n" + frame(INITIALIZE, header="content-length") + frame(SHUTDOWN, header="Content-LENGTH")
    )
    assert serve(data) == (0, [1, 2])


def test_the_same_messages_come_in_pieces_of_any_size() -> None:
    data = b"noise\r\n\r\n" + frame(INITIALIZE) + b"Content-Length: 0\r\n\r\n" + frame(SHUTDOWN, EXIT)[:-3]
    whole = list(Frames().feed(data))
    assert [json.loads(body or b"0") for body in whole] == [INITIALIZE, 0, SHUTDOWN]
    for size in (1, 2, 3, 10, 61):
        frames = Frames()
        parts = [data[start : start + size] for start in range(0, len(data), size)]
        assert [body for part in parts for body in frames.feed(part)] == whole
        assert not frames.is_over


@pytest.mark.parametrize("start", [b"x" * (1 << 20), b"Content-Length: 9999999999\r\n\r\n"])
def test_noise_without_an_end_is_the_end(start: bytes) -> None:
    assert serve(start + b"x" + frame(INITIALIZE)) == (1, [])
    frames = Frames()
    assert [body for part in (start, b"x", frame(INITIALIZE)) for body in frames.feed(part)] == []
    assert frames.is_over


def test_input_from_a_file_is_read_by_the_thread(tmp_path: Path) -> None:
    source = tmp_path / "messages"
    source.write_bytes(frame(INITIALIZE, SHUTDOWN, EXIT))
    with source.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-c", SERVE], stdin=stream, capture_output=True, timeout=30, check=False
        )
    assert done.returncode == 0
    assert [message["id"] for message in read_all(BytesIO(done.stdout))] == [1, 2]


@contextmanager
def tcp_server() -> Iterator[tuple[subprocess.Popen[bytes], int, str]]:
    code = SERVE.replace("serve())", "serve(tcp=('127.0.0.1', 0)))")
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as process:
        assert process.stderr
        port, token = process.stderr.readline().rpartition(b":")[2], process.stderr.readline().split()[-1]
        try:
            yield process, int(port), token.decode()
        finally:
            process.kill()


def test_tcp_serves_one_client_with_the_token() -> None:
    with tcp_server() as (process, port, token):
        # One that says nothing keeps nobody waiting.
        silent, first, wrong = (socket.create_connection(("127.0.0.1", port), 30) for _ in range(3))
        with silent, first, wrong, first.makefile("rb") as stream, wrong.makefile("rb") as refused:
            wrong.sendall(frame({**INITIALIZE, "params": {"initializationOptions": {"token": token[:-1]}}}))
            error = read(refused)
            assert error
            assert error["id"] == 1
            assert error["error"]["message"].startswith(
                "initializationOptions.token is not that of the server"
            )
            assert read(refused) is None
            first.sendall(frame({**INITIALIZE, "params": {"initializationOptions": {"token": token}}}))
            answer = read(stream)
            assert answer
            assert answer["result"]["capabilities"]
            with socket.create_connection(("127.0.0.1", port), 30) as second:
                assert second.recv(1) == b""
            first.sendall(frame(SHUTDOWN, EXIT))
            answer = read(stream)
            assert answer == {"jsonrpc": "2.0", "id": 2, "result": None}
        assert process.wait(30) == 0


def test_a_port_that_is_taken_or_none_is_an_error_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port, reason in (
            (taken.getsockname()[1], "in use"),
            (65536, "'65536' is no number from 0 to 65535"),
        ):
            command = [sys.executable, "-m", "glossary_ls", "serve", "--tcp", "--port", str(port)]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
            assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
            assert reason in done.stderr


def test_what_is_admitted_over_tcp() -> None:
    assert tcp_token.chosen({"GLOSSARY_LS_TOKEN": "abc"}) == Token("abc", is_given=True)
    assert len({tcp_token.chosen({}).text, tcp_token.chosen({"GLOSSARY_LS_TOKEN": ""}).text}) == 2
    settings: dict[str, Any] = {"packs": []}
    hello = {"id": 1, "method": "initialize", "params": {"initializationOptions": {"token": "é", **settings}}}
    admitted = Token("é", is_given=True).admitted(json.dumps(hello).encode())
    assert admitted
    # The token is no setting.
    assert json.loads(admitted)["params"]["initializationOptions"] == settings
    bad = [
        b"",
        b"[" * 100_000,
        b"{}",
        *(json.dumps({**hello, "method": each}).encode() for each in ("x", None)),
    ]
    for token in ("\ud800", "", None, ["é"], "e"):
        options = {"initializationOptions": {"token": token}}
        bad.append(json.dumps({**hello, "params": options}).encode())
    assert [Token("é", is_given=True).admitted(each) for each in bad] == [None] * len(bad)
    assert [json.loads(tcp_token.refusal(each))["id"] for each in bad[:3]] == [None] * 3


def test_a_client_over_tcp_that_does_not_read_is_left() -> None:
    client, protocol = Mock(), Mock(exit_code=None)
    target = tcp.SocketWriter(protocol, client)
    client.get_write_buffer_size.return_value = tcp._MOST_UNREAD
    target.write(b"last")
    client.get_write_buffer_size.return_value += 1
    target.write(b"too much")
    client.write.assert_called_once_with(b"last")
    client.abort.assert_called_once_with()
    assert protocol.exit_code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes there do not inherit sockets so")
def test_one_socket_for_both_directions() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE], stdin=theirs.fileno(), stdout=theirs.fileno()
        )
        theirs.close()
        ours.sendall(frame(INITIALIZE, SHUTDOWN, EXIT))
        assert [message["id"] for message in read_all(stream)] == [1, 2]
        assert process.wait(30) == 0


def test_the_answer_to_initialize_does_not_wait_for_pygls_and_the_core() -> None:
    listing = (
        "import sys\n"
        "from glossary_ls.lsp import early, server\n"
        "assert early.answer_first(sys.stdin.buffer, sys.stdout.buffer).is_answered\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", listing],
        input=frame(INITIALIZE, HOVER),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert [message["id"] for message in read_all(BytesIO(done.stdout))] == [1]
    loaded = set(done.stderr.decode().split())
    assert not loaded & {"pygls", "lsprotocol", "attrs", "cattrs", "asyncio"}
    ours = {name.split(".")[1] for name in loaded if name.startswith("glossary_ls.")}
    assert ours == {"base", "lsp"}


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{",
        b"null",
        json.dumps(HOVER).encode(),
        b'{"method": "initialize"}',
        b'{"method": "initialize", "id": 1.5}',
    ],
)
def test_no_other_message_is_answered_before_pygls_is_there(body: bytes) -> None:
    assert early.answer_to(body) is None


def test_the_first_message_comes_in_pieces() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        data = frame(INITIALIZE, SHUTDOWN, EXIT)
        for start in range(0, len(data), 40):
            process.stdin.write(data[start : start + 40])
            process.stdin.flush()
        assert [message["id"] for message in read_all(process.stdout)] == [1, 2]
        assert process.wait(30) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not watched there")
@pytest.mark.parametrize(("alive", "ends"), [([True, True, False], True), ([False, False, False], False)])
def test_the_server_ends_with_its_client(
    alive: list[bool], monkeypatch: pytest.MonkeyPatch, *, ends: bool
) -> None:
    lives = iter(alive)
    monkeypatch.setattr(transport, "_PARENT_CHECK", 0)
    monkeypatch.setattr(transport, "_is_alive", lambda _: next(lives))
    client = WireClient(initialize=False)
    client.request("initialize", {"capabilities": {}, "processId": 12345})

    async def main() -> bool:
        serving = asyncio.create_task(asyncio.sleep(30, 0))
        # The last look runs out of answers when the client counts as never seen.
        with suppress(StopIteration, RuntimeError):
            await transport._watch_parent(client.server.protocol, serving)
        cancelled = bool(serving.cancelling())
        serving.cancel()
        return cancelled

    assert asyncio.run(main()) is ends


def test_only_a_dead_process_counts_as_dead() -> None:
    assert transport._is_alive(os.getpid())
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait(30)
    assert not transport._is_alive(process.pid)
