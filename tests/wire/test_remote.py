"""Glossaries at URLs over the wire, from a real https server: what is asked, requested and shown."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from glossary_ls.base import paths
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace.accepted_urls import AcceptedUrls
from tests.https_server import Request, https_server, isolate
from tests.wire.harness import WireClient
from tests.wire.test_process import SERVE, frame, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.https_server import Server

GLOSSARY = "- term: QXZT\n  expansion: Quiet Xenon Zone Terminal\n"
DOCUMENT = "The QXZT is full.\n"
MEANING = "**QXZT** — Quiet Xenon Zone Terminal"
PATH = "/team.yaml"


def serves(text: str) -> Any:  # noqa: ANN401  because it is a function
    return lambda request: request.reply(200, text.encode(), ETag=f'"{len(text)}"')


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[Server]:
    with https_server(authority, {PATH: serves(GLOSSARY)}) as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Path:
    isolate(authority, tmp_path, monkeypatch)
    folder = tmp_path / "ws"
    folder.mkdir()
    return folder


def name_in_settings(root: Path, *names: str) -> None:
    (root / "glossary-ls.toml").write_text(f"# Shared.\n\nsources = {json.dumps(names)}\n")


def start(root: Path, answer: str | None = None, **options: Any) -> tuple[WireClient, str]:  # noqa: ANN401  because they are JSON
    """Start a server; the user answers questions with the title of an action, or not at all."""
    client = WireClient(files=DiskFiles(), roots=[paths.normal(str(root))], initialize=False, **options)
    client.answers["window/showMessageRequest"] = lambda _: answer and {"title": answer}
    client.initialize()
    document = (root / "a.md").as_uri()
    client.open(document, "markdown", DOCUMENT)
    client.settle()
    return client, document


def questions(client: WireClient) -> list[str]:
    return [params["message"] for params in client.received("window/showMessageRequest")]


def findings(client: WireClient, root: Path) -> list[tuple[int, int, str]]:
    return [
        (found["range"]["start"]["line"], found["severity"], found["message"])
        for found in client.diagnostics((root / "glossary-ls.toml").as_uri())
    ]


def test_a_repository_causes_no_request_without_the_user(root: Path, server: Server) -> None:
    name_in_settings(root, server.url(PATH))
    client, document = start(root)
    assert questions(client) == [
        f"The settings of ws name a glossary at {server.url(PATH)}. Read it from localhost?"
    ]
    assert client.hover(document, 0, 5) is None
    client.advance(4000)
    assert server.asked == []
    assert len(questions(client)) == 1
    ((line, severity, message),) = findings(client, root)
    assert (line, severity) == (2, 2)
    assert message.startswith(
        f"'{server.url(PATH)}' is not read until you accept it for this workspace folder"
    )
    start(root)
    assert server.asked == []


def test_an_accepted_url_is_read_and_its_copy_serves_offline(root: Path, server: Server) -> None:
    name_in_settings(root, server.url(PATH))
    client, document = start(root, "Read")
    assert (client.hover(document, 0, 5) or "").startswith(MEANING)
    assert server.asked == [PATH]
    assert findings(client, root) == []
    assert client.diagnostics(document) == []
    place = client.at("textDocument/definition", document, 0, 5)[0]
    assert place["targetUri"].endswith("/team.yaml")
    server.shutdown()
    server.server_close()
    again, document = start(root)
    assert (again.hover(document, 0, 5) or "").startswith(MEANING)
    assert questions(again) == []
    again.request("workspace/executeCommand", {"command": "glossary_ls.reload"})
    again.settle()
    assert (again.hover(document, 0, 5) or "").startswith(MEANING)
    ((line, severity, message),) = findings(again, root)
    assert (line, severity) == (2, 3)
    assert message.endswith("check the address and the network (the copy of less than a minute ago is used)")


def test_the_server_is_asked_again_later(root: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    name_in_settings(root, server.url(PATH))
    now = [1000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    client, document = start(root, "Read")
    server.answers[PATH] = serves(GLOSSARY.replace("Quiet", "Quick"))
    client.advance(120)
    assert server.asked == [PATH]
    now[0] += 3601
    client.advance(120)
    assert server.asked == [PATH, PATH]
    assert server.requests[1][1]["If-None-Match"] == f'"{len(GLOSSARY)}"'
    assert "Quick Xenon" in (client.hover(document, 0, 5) or "")


def test_never_is_never(root: Path, server: Server) -> None:
    name_in_settings(root, server.url(PATH))
    client, _ = start(root, "Never")
    assert [severity for _, severity, _ in findings(client, root)] == [4]
    again, _ = start(root, "Read")
    assert questions(again) == []
    assert server.asked == []


def test_a_url_in_the_settings_of_the_editor_is_asked_about_too(root: Path, server: Server) -> None:
    client, document = start(root, settings={"sources": [server.url(PATH)]})
    assert len(questions(client)) == 1
    assert server.asked == []
    assert client.hover(document, 0, 5) is None
    assert not client.received("window/showMessage")


def test_a_url_that_the_glossary_of_the_user_names_is_read(root: Path, server: Server) -> None:
    folder = Path(DiskFiles().user_folder)
    folder.mkdir()
    (folder / "glossary.yaml").write_text(f"extends: [{json.dumps(server.url(PATH))}]\n")
    client, document = start(root)
    assert questions(client) == []
    assert (client.hover(document, 0, 5) or "").startswith(MEANING)


def test_a_url_that_a_glossary_of_the_repository_names_is_asked_about(root: Path, server: Server) -> None:
    (root / "glossary.yaml").write_text(f"version: 1\nextends: [{json.dumps(server.url(PATH))}]\n")
    client, document = start(root)
    assert (len(questions(client)), server.asked) == (1, [])
    client, document = start(root, "Read")
    assert (client.hover(document, 0, 5) or "").startswith(MEANING)


def test_a_url_that_is_not_named_any_more_is_not_requested(root: Path, server: Server) -> None:
    name_in_settings(root, server.url(PATH))
    client, document = start(root, "Read")
    name_in_settings(root)
    change = {"uri": (root / "glossary-ls.toml").as_uri(), "type": 2}
    client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
    client.settle()
    assert client.hover(document, 0, 5) is None
    client.request("workspace/executeCommand", {"command": "glossary_ls.reload"})
    client.advance(120)
    assert server.asked == [PATH]


def test_a_file_that_is_missing_on_the_server_is_said_once(root: Path, server: Server) -> None:
    name_in_settings(root, server.url("/gone.yaml"))
    client, _ = start(root, "Read")
    client.request("workspace/executeCommand", {"command": "glossary_ls.reload"})
    client.settle()
    assert server.asked == ["/gone.yaml", "/gone.yaml"]
    shown = client.received("window/showMessage")
    assert len(shown) == 1
    assert "file not found (404)" in shown[0]["message"]
    assert [(line, severity) for line, severity, _ in findings(client, root)] == [(2, 2)]


def test_a_shared_glossary_is_not_written_to(root: Path, server: Server) -> None:
    name_in_settings(root, server.url(PATH))
    client, document = start(root, "Read")
    position = {"textDocument": {"uri": document}, "position": {"line": 0, "character": 5}}
    with pytest.raises(
        Exception, match="is shared by several repositories and not edited here; rename 'QXZT'"
    ):
        client.request("textDocument/rename", {**position, "newName": "QXZU"})


def test_a_package_that_is_not_installed_is_reported(root: Path) -> None:
    name_in_settings(root, "package:no-such-package")
    client, _ = start(root)
    message = (
        "'package:no-such-package' is not read: the Python package 'no-such-package' is not installed beside "
        "the server; install it there"
    )
    assert findings(client, root) == [(2, 2, message)]


def test_a_slow_server_holds_up_nothing(root: Path, authority: trustme.CA) -> None:
    """A real process: a request is answered, and the process ends, while a fetch hangs."""
    hanging, ended = threading.Event(), threading.Event()

    def hang(_request: Request) -> None:
        hanging.set()
        ended.wait(60)

    with https_server(authority, {PATH: hang}) as server:
        name_in_settings(root, server.url(PATH))
        AcceptedUrls(DiskFiles()).accept(paths.normal(str(root)), server.url(PATH))
        with subprocess.Popen(
            [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin
            assert process.stdout

            def send(method: str, params: object = None, number: int | None = None) -> None:
                assert process.stdin
                message = {"jsonrpc": "2.0", "method": method, "params": params}
                process.stdin.write(frame(message if number is None else {**message, "id": number}))
                process.stdin.flush()

            def answer(number: int) -> dict[str, Any]:
                assert process.stdout
                while (message := read(process.stdout)) is not None:
                    if message.get("id") == number:
                        return message
                raise AssertionError

            send("initialize", {"capabilities": {}, "rootUri": root.as_uri()}, 1)
            answer(1)
            send("initialized", {})
            assert hanging.wait(30)
            document = {
                "uri": (root / "a.md").as_uri(),
                "languageId": "markdown",
                "version": 1,
                "text": "GPU",
            }
            send("textDocument/didOpen", {"textDocument": document})
            where = {"textDocument": {"uri": document["uri"]}, "position": {"line": 0, "character": 1}}
            send("textDocument/hover", where, 2)
            assert answer(2)["result"]
            send("shutdown", None, 3)
            answer(3)
            send("exit")
            assert process.wait(10) == 0
            ended.set()
