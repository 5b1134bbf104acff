"""Findings of all documents, for clients that pull: only when the setting says so, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.workspace import check_all
from tests.wire.harness import PULL, ResponseError, WireClient, merged, uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.workspace.workspace import Workspace

FILES = {"a.md": "The QXZT.", "sub/b.md": "The QVZT.", "c.md": "Fine.", "glossary.yaml": "x: [\n"}
ON = {"diagnostics": {"workspace": True}}


def client(settings: object = ON, files: dict[str, str] | None = None) -> WireClient:
    return WireClient(files=files or FILES, settings=settings, capabilities=PULL)


def pull(started: WireClient, **params: object) -> list[dict[str, Any]]:
    params.setdefault("previousResultIds", [])
    reports: list[dict[str, Any]] = started.request("workspace/diagnostic", params)["items"]
    return reports


def known(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"uri": report["uri"], "value": report["resultId"]} for report in reports]


def test_every_document_is_reported_once_and_then_only_named() -> None:
    started = client()
    first = pull(started)
    assert [(report["uri"], len(report["items"])) for report in first] == [
        (uri("a.md"), 1),
        (uri("c.md"), 0),
        (uri("sub/b.md"), 1),
    ]
    second = pull(started, previousResultIds=known(first))
    assert {report["kind"] for report in second} == {"unchanged"}
    started.files.put("/ws/a.md", "Fine.")
    third = pull(started, previousResultIds=known(first))
    assert [report["kind"] for report in third] == ["full", "unchanged", "unchanged"]
    started.files.remove("/ws/a.md")
    gone = pull(started, previousResultIds=known(first))[-1]
    assert (gone["uri"], gone["items"]) == (uri("a.md"), [])


def test_an_open_document_has_the_report_that_it_gets_by_itself() -> None:
    started = client()
    started.open(uri("a.md"), "markdown", "The QXZT and QYZT.", version=7)
    own = started.request("textDocument/diagnostic", {"textDocument": {"uri": uri("a.md")}})
    report = pull(started)[0]
    assert (report["version"], report["resultId"], report["items"]) == (7, own["resultId"], own["items"])
    assert pull(started, previousResultIds=known([report]))[0]["kind"] == "unchanged"


def test_without_the_setting_nothing_is_looked_at() -> None:
    started = client({})
    assert pull(started) == []
    (taken_back,) = pull(started, previousResultIds=[{"uri": uri("a.md"), "value": "1"}])
    assert taken_back["items"] == []


def test_a_check_reports_nothing_a_second_time() -> None:
    started = client()
    started.request("workspace/executeCommand", {"command": "glossary_ls.checkWorkspace"})
    assert not started.published(uri("a.md"))
    assert started.received("workspace/diagnostic/refresh")
    assert started.published(uri("glossary.yaml"))


def test_results_come_in_parts_when_they_are_wanted() -> None:
    files = {f"d{number:03}.md": "The QXZT." for number in range(120)}
    started = client(files=files)
    last = pull(started, partialResultToken="part")
    parts = [params["value"]["items"] for params in started.received("$/progress")]
    assert [len(part) for part in parts] == [50, 50]
    assert len(last) == 20


def test_a_document_that_cannot_be_checked_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(workspace: Workspace, path: str) -> check_all.FileCheck | None:
        if path.endswith("a.md"):
            raise RuntimeError("a mistake")
        return look(workspace, path)

    look = check_all.check_file
    monkeypatch.setattr(check_all, "check_file", broken)
    assert [report["uri"] for report in pull(client())] == [uri("c.md"), uri("sub/b.md")]
    assert "a mistake" in caplog.text


def test_a_walk_that_breaks_off_is_answered_with_what_it_has_seen(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(workspace: Workspace) -> Iterator[str | None]:
        yield from [path for path in files_below(workspace) if path][:2]
        raise RuntimeError("a mistake")

    files_below = check_all.files_below
    monkeypatch.setattr(check_all, "files_below", broken)
    assert [report["uri"] for report in pull(client())] == [uri("a.md"), uri("c.md")]
    assert "a mistake" in caplog.text


def test_documents_that_cannot_be_compared_with_others_are_reported_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object) -> Iterator[None]:
        yield None
        raise RuntimeError("a mistake")

    monkeypatch.setattr("glossary_ls.analysis.folder_definitions.read", broken)
    assert len(pull(client())) == 3
    assert caplog.text.count("RuntimeError: a mistake") == 1


def test_a_client_that_does_not_pull_is_not_answered() -> None:
    with pytest.raises(ResponseError) as caught:
        pull(WireClient(files=FILES, settings=ON, capabilities=merged({})))
    assert caught.value.code == -32601


def test_a_request_that_is_cancelled_is_answered_once() -> None:
    started = client()
    params: dict[str, object] = {"previousResultIds": []}
    started.send({"jsonrpc": "2.0", "id": 500, "method": "workspace/diagnostic", "params": params})
    started.notify("$/cancelRequest", {"id": 500})
    started.settle()
    (answer,) = [message for message in started.messages if message.get("id") == 500]
    assert answer["error"]["code"] == -32800
