"""Messages that no client should send: each request gets one answer, and nothing ends the session."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types

from glossary_ls.base import paths
from glossary_ls.lsp import to_lsp, transport
from glossary_ls.vfs.files import DiskFiles
from tests.wire.harness import WireClient, uri
from tests.wire.test_process import INITIALIZE, SHUTDOWN, frame, serve

if TYPE_CHECKING:
    from pathlib import Path

DOC = uri("a.md")

#: What a client sends as a notification, and an unknown method.
NOTIFICATIONS = sorted(
    {
        *(name for name, kind in types.METHOD_TO_TYPES.items() if kind[1] is None),
        "$/none",
        "none",
    }
)


def test_a_notification_as_a_request_gets_one_answer() -> None:
    client = WireClient(files={"a.md": ""})
    for number, method in enumerate(NOTIFICATIONS, 500):
        client.send({"jsonrpc": "2.0", "id": number, "method": method, "params": {}})
    client.settle()
    for number in range(500, 500 + len(NOTIFICATIONS)):
        assert client.answer(number) is not None, NOTIFICATIONS[number - 500]
    assert client.server.protocol.exit_code is None
    assert client.refused(500 + NOTIFICATIONS.index("exit"))[0] == -32601


@pytest.mark.parametrize("method", ["initialize", "shutdown", "textDocument/hover", "none"])
def test_a_request_as_a_notification_gets_no_answer_and_changes_nothing(method: str) -> None:
    client = WireClient(files={"glossary.yaml": "SLO: Service Level Objective\n"})
    client.open(DOC, "markdown", "The SLO.\n")
    before = len(client.messages)
    client.notify(method, {})
    assert [each for each in client.messages[before:] if "id" in each and "method" not in each] == []
    assert "Service Level Objective" in str(client.hover(DOC, 0, 5))


def test_an_id_that_is_used_again_before_its_answer() -> None:
    client = WireClient(files={f"{name}.md": "x\n" for name in range(50)}, step=0.01)
    check = {"command": "glossary_ls.checkWorkspace", "arguments": []}
    for _ in range(2):
        client.send({"jsonrpc": "2.0", "id": "a", "method": "workspace/executeCommand", "params": check})
    client.advance(60)
    answers = [each for each in client.messages if each.get("id") == "a"]
    assert ["error" in each for each in answers] == [True, False]


@pytest.mark.parametrize(
    ("header", "ids"),
    [
        (b"Content-Length : %d\r\n\r\n", [1, 2]),
        (b"CONTENT-LENGTH:\t%d\r\n\r\n", [1, 2]),
        (b"Content-Type: x\r\nContent-Length: %d\r\n\r\n", [1, 2]),
        (b"Content-Length: " + b"9" * 5000 + b"\r\nContent-Length: %d\r\n\r\n", [1, 2]),
    ],
    ids=["blank", "tab", "type", "digits"],
)
def test_odd_headers(header: bytes, ids: list[int]) -> None:
    body = frame(INITIALIZE).partition(b"\r\n\r\n")[2]
    assert serve(header % len(body) + body + frame(SHUTDOWN)) == (0, ids)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only there is the state of a process a file"
)
def test_a_process_that_nobody_waits_for_counts_as_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", "print()"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.read()
        # It has ended or is about to, and nobody has asked how.
        while transport._is_alive(process.pid):
            pass
    assert not transport._is_alive(process.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not watched there")
def test_a_client_that_started_the_server_may_die_before_it_was_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "_PARENT_CHECK", 0)
    monkeypatch.setattr(transport, "_is_alive", lambda _: False)
    monkeypatch.setattr("os.getppid", lambda: 12345)
    client = WireClient(initialize=False)
    client.request("initialize", {"capabilities": {}, "processId": 12345})

    async def main() -> bool:
        serving = asyncio.create_task(asyncio.sleep(30, 0))
        await transport._watch_parent(client.server.protocol, serving)
        cancelled = bool(serving.cancelling())
        serving.cancel()
        return cancelled

    assert asyncio.run(main())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there is a device that is always full")
def test_closed_and_full_streams_are_an_error_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The QXZ.\n")
    commands: dict[str, tuple[int, str]] = {
        "check . >/dev/full": (2, "glossary-ls: No space left on device\n"),
        "serve <&-": (1, "ERROR glossary_ls: standard input or output is closed\n"),
    }
    for command, expected in commands.items():
        done: subprocess.CompletedProcess[Any] = subprocess.run(
            ["sh", "-c", f'"$0" -m glossary_ls {command}', sys.executable],
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr.decode()) == expected


def test_a_request_of_a_browser_is_no_message() -> None:
    body = frame(INITIALIZE)
    assert serve(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + body) == (1, [])


@pytest.mark.parametrize("bad", ["file:///ws/%00.md", "file:///ws/\ud800.md", "untitled:\udfff", "file:///"])
def test_a_document_with_an_impossible_name_costs_no_other(bad: str, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("SLO: Service Level Objective\n")
    root = paths.normal(str(tmp_path))
    client = WireClient(files=DiskFiles(), roots=[root])
    good, bad = f"file://{root}/a.md", bad.replace("/ws", root)
    client.open(good, "markdown", "The SLO.\n")
    client.open(bad, "markdown", "The SLO.\n")
    assert "Service Level Objective" in str(client.hover(bad, 0, 5) or client.hover(good, 0, 5))
    place = {"textDocument": {"uri": good}, "position": {"line": 0, "character": 5}}
    found = client.request("textDocument/references", {**place, "context": {"includeDeclaration": True}})
    assert len(found) >= 2
    assert client.request("textDocument/rename", {**place, "newName": "SLX"})
    for command in ("showStatus", "reload", "checkWorkspace"):
        params = {"command": f"glossary_ls.{command}", "arguments": []}
        assert client.request("workspace/executeCommand", params)
    assert client.request("glossary_ls/terms", {})


def test_no_more_findings_are_sent_than_a_client_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_lsp, "_MOST_DIAGNOSTICS", 3)
    client = WireClient(files={"a.md": ""})
    client.open(DOC, "markdown", " ".join(f"QX{letter}Z" for letter in "ABCDEFG"))
    assert len(client.diagnostics(DOC)) == 3
