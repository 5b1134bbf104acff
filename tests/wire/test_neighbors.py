"""Definitions in other documents over the wire: gathered in the background, live, shown as they come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire.harness import PULL, WATCH, ResponseError, WireClient, merged, uri

DOC = uri("docs/a.md")
QTZ = "😀 The queue transfer zone (QTZ) is full."
FILES = {"ops/backup.md": f"# Backup\n\n{QTZ}\n"}
PROGRESS: dict[str, Any] = {"window": {"workDoneProgress": True}}

#: A step this long, in seconds, has the documents read in many slices.
STEP = 0.1


def client(files: dict[str, str] | None = None, **options: Any) -> WireClient:  # noqa: ANN401  they are JSON
    started = WireClient(files=FILES if files is None else files, **options)
    started.open(DOC, "markdown", "The QTZ matters.")
    return started


def codes(started: WireClient, target: str = DOC) -> list[str]:
    return [found["code"] for found in started.diagnostics(target)]


def changes(name: str, kind: int) -> dict[str, Any]:
    return {"changes": [{"uri": uri(name), "type": kind}]}


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_findings_are_reported_anew_when_the_workspace_was_read(
    extra: dict[str, Any],
) -> None:
    started = client(capabilities=extra, step=5.0)
    assert codes(started) == ["unknown-acronym"]
    started.advance(60)
    assert codes(started) == ["defined-elsewhere"]
    assert bool(started.received("workspace/diagnostic/refresh")) == bool(extra)


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 30), ("utf-16", 28), ("utf-32", 27)])
def test_the_other_document_is_linked_in_the_clients_units(encoding: str, start: int) -> None:
    (found,) = client(encoding=encoding).diagnostics(DOC)
    assert found["severity"] == 4
    assert found["relatedInformation"] == [
        {
            "location": {
                "uri": uri("ops/backup.md"),
                "range": {
                    "start": {"line": 2, "character": start},
                    "end": {"line": 2, "character": start + 3},
                },
            },
            "message": "QTZ: queue transfer zone",
        }
    ]


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_an_edit_of_a_neighbour_changes_the_findings_here_and_closing_restores_them(
    extra: dict[str, Any],
) -> None:
    started = client({}, capabilities=extra)
    assert codes(started) == ["unknown-acronym"]
    other = uri("ops/new.md")
    started.open(other, "markdown", "Nothing yet.")
    assert codes(started) == ["unknown-acronym"]
    started.change(other, 2, QTZ)
    assert codes(started, other) == []
    started.settle()
    assert codes(started) == ["defined-elsewhere"]
    started.close(other)
    assert codes(started) == ["unknown-acronym"]


def test_a_neighbour_that_is_saved_and_closed_stays_as_it_was_saved() -> None:
    started = client({"b.md": "Nothing."})
    started.open(uri("b.md"), "markdown", QTZ)
    assert codes(started, uri("b.md")) == []
    started.files.put("/ws/b.md", QTZ)
    started.close(uri("b.md"))
    assert codes(started) == ["defined-elsewhere"]


def test_typing_beside_a_definition_reports_nothing_elsewhere() -> None:
    started = client({})
    other = uri("b.md")
    started.open(other, "markdown", QTZ)
    assert codes(started) == ["defined-elsewhere"]
    count = len(started.messages)
    for version in range(2, 6):
        started.change(other, version, ((0, 0), (0, 0), "Word. "))
        started.settle()
    assert len(started.messages) == count


def test_which_of_two_wordings_comes_first_elsewhere_is_news() -> None:
    started = client({})
    other = uri("b.md")
    second = "a queue transit zebra (QTZ)"
    started.open(other, "markdown", f"{QTZ}\n\n{second}\n\n{QTZ}\n")
    assert "'queue transfer zone'" in started.diagnostics(DOC)[0]["message"]
    started.change(other, 2, ((0, 0), (1, 0), ""))
    started.settle()
    assert "'queue transit zebra'" in started.diagnostics(DOC)[0]["message"]


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_watched_documents_come_and_go(extra: dict[str, Any]) -> None:
    started = client({}, capabilities=merged(WATCH, extra))
    (registered,) = started.received("client/registerCapability")
    patterns = [
        watcher["globPattern"] for watcher in registered["registrations"][0]["registerOptions"]["watchers"]
    ]
    assert any(".md" in pattern for pattern in patterns)
    assert codes(started) == ["unknown-acronym"]
    started.files.put("/ws/b.md", QTZ)
    started.notify("workspace/didChangeWatchedFiles", changes("b.md", 1))
    assert codes(started) == ["defined-elsewhere"]
    started.files.remove("/ws/b.md")
    started.notify("workspace/didChangeWatchedFiles", changes("b.md", 3))
    assert codes(started) == ["unknown-acronym"]


def test_documents_are_looked_at_for_clients_that_cannot_watch() -> None:
    started = client({})
    started.files.put("/ws/b.md", QTZ)
    assert codes(started) == ["unknown-acronym"]
    started.advance(40)
    assert codes(started) == ["defined-elsewhere"]


def test_it_can_be_switched_off_and_on_while_running() -> None:
    started = client(settings={"neighbours": {"enabled": False}})
    assert codes(started) == ["unknown-acronym"]
    started.settings = {}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    assert codes(started) == ["defined-elsewhere"]
    started.settings = {"neighbours.enabled": False}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    assert codes(started) == ["unknown-acronym"]


def test_a_new_folder_is_read() -> None:
    started = client({}, roots=["/ws"])
    started.files.put("/two/b.md", QTZ)
    started.open("file:///two/a.md", "markdown", "The QTZ.")
    assert codes(started, "file:///two/a.md") == ["unknown-acronym"]
    added = {"event": {"added": [{"uri": "file:///two", "name": "two"}], "removed": []}}
    started.notify("workspace/didChangeWorkspaceFolders", added)
    assert codes(started, "file:///two/a.md") == ["defined-elsewhere"]


# --- progress ---------------------------------------------------------------------------------------------

MANY = {f"docs/{number:02}.md": f"{number} {QTZ}" for number in range(20)}


def progress(started: WireClient) -> list[dict[str, Any]]:
    return [params["value"] for params in started.received("$/progress")]


def test_long_work_shows_its_progress() -> None:
    started = client(MANY, capabilities=PROGRESS, step=STEP)
    for _ in range(60):
        # The client answers what it is asked between two calls.
        started.advance(1)
    (created,) = started.received("window/workDoneProgress/create")
    assert {params["token"] for params in started.received("$/progress")} == {created["token"]}
    first, *reports, last = progress(started)
    assert first["kind"] == "begin"
    assert first["cancellable"]
    assert reports
    assert {report["kind"] for report in reports} == {"report"}
    assert last == {"kind": "end", "message": "20 documents"}
    assert codes(started) == ["defined-elsewhere"]


def test_quick_work_shows_none() -> None:
    started = client(MANY, capabilities=PROGRESS)
    started.advance(100)
    assert not started.received("window/workDoneProgress/create")


def test_a_client_that_shows_none_or_refuses_gets_none() -> None:
    without = client(MANY, step=STEP)
    without.advance(60)
    assert not without.received("window/workDoneProgress/create")
    refusing = WireClient(files=MANY, capabilities=PROGRESS, step=STEP, initialize=False)

    def refuse(_: object) -> object:
        raise ResponseError(-32601, "no")

    refusing.answers["window/workDoneProgress/create"] = refuse
    refusing.initialize()
    refusing.open(DOC, "markdown", "The QTZ matters.")
    refusing.advance(60)
    assert len(refusing.received("window/workDoneProgress/create")) == 1
    for started in (without, refusing):
        assert not progress(started)
        assert codes(started) == ["defined-elsewhere"]


def test_what_was_read_before_it_was_cancelled_counts() -> None:
    started = client(MANY, capabilities=PROGRESS, step=STEP)
    started.advance(3)
    (created,) = started.received("window/workDoneProgress/create")
    assert codes(started) == ["unknown-acronym"]
    started.notify("window/workDoneProgress/cancel", {"token": "of somebody else"})
    assert progress(started)[-1]["kind"] != "end"
    started.notify("window/workDoneProgress/cancel", {"token": created["token"]})
    assert progress(started)[-1]["kind"] == "end"
    assert codes(started) == ["defined-elsewhere"]
    count = len(progress(started))
    started.advance(20)
    assert len(progress(started)) == count


def test_work_ends_when_it_is_switched_off_or_the_session_ends() -> None:
    started = client(MANY, capabilities=PROGRESS, step=STEP)
    started.advance(3)
    started.settings = {"neighbours.enabled": False}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    started.advance(3)
    assert progress(started)[-1]["kind"] == "end"
    ending = client(MANY, capabilities=PROGRESS, step=STEP)
    ending.advance(3)
    ending.request("shutdown")
    count = len(ending.messages)
    ending.advance(20)
    assert len(ending.messages) == count


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_the_entry_of_a_glossary_that_says_something_else_is_linked(encoding: str) -> None:
    entries = "  - term: other\n    summary: 😀\n  - {term: QTZ, expansion: quite a tall zebra}\n"
    glossary = f"name: Ours\nterms:\n{entries}"
    started = WireClient(files={"glossary.yaml": glossary}, encoding=encoding)
    started.open(DOC, "markdown", QTZ)
    (found,) = started.diagnostics(DOC)
    (related,) = found["relatedInformation"]
    place = {"line": 4, "character": 4}
    assert related["location"] == {"uri": uri("glossary.yaml"), "range": {"start": place, "end": place}}
