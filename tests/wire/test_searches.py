"""Searches through the workspace: in slices, with progress, cancelled, and refused when things change."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.workspace import file_index
from tests.memory_files import MemoryFiles
from tests.wire.harness import ROOT, WATCH, WireClient, merged, uri

if TYPE_CHECKING:
    from collections.abc import Iterator

GLOSSARY = "- {term: SLO, expansion: Service Level Objective}\n- {term: SLI, related: [SLO]}\n"
MANY = {"glossary.yaml": GLOSSARY, **{f"docs/{number:02}.md": "An SLO.\n" for number in range(20)}}
DOC, YAML = uri("a.md"), uri("glossary.yaml")
PROGRESS = {"window": {"workDoneProgress": True}}
COMMANDS = {"experimental": {"commands": {"commands": ["glossary_ls.showReferences"]}}}

#: What each search is asked, by method.
ASKED: dict[str, dict[str, Any]] = {
    "textDocument/references": {
        "textDocument": {"uri": DOC},
        "position": {"line": 0, "character": 5},
        "context": {"includeDeclaration": True},
    },
    "textDocument/rename": {
        "textDocument": {"uri": DOC},
        "position": {"line": 0, "character": 5},
        "newName": "SLT",
    },
    "glossary_ls/term": {"name": "SLO", "uri": DOC, "uses": True},
    "codeLens/resolve": {
        "range": {"start": {"line": 0, "character": 9}, "end": {"line": 0, "character": 12}},
        "data": {"uri": YAML},
    },
}

#: Those that somebody waits for.
SHOWN = [method for method in ASKED if method != "codeLens/resolve"]


class Reading(MemoryFiles):
    """Files that say which of them were read, and that may be broken."""

    def __init__(self, files: dict[str, str]) -> None:
        self.reads: list[str] = []
        self.is_broken = False
        super().__init__({f"{ROOT}/{name}": text for name, text in files.items()})

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        return super().read(path)

    def signature(self, path: str) -> tuple[int, int] | None:
        if self.is_broken and path.endswith("/19.md"):
            raise RuntimeError("a mistake")
        return super().signature(path)


class Editor(WireClient):
    """A client with an open document and an open glossary, which waits for nothing."""

    def __init__(self, files: dict[str, str] | None = None, **options: Any) -> None:  # noqa: ANN401  because they are those of WireClient
        self.disk = Reading(files or MANY)
        able = merged(COMMANDS, options.pop("capabilities", {}))
        super().__init__(files=self.disk, capabilities=able, **options)
        self.open(DOC, "markdown", "The SLO and the SLOs.\n")
        self.open(YAML, "yaml", GLOSSARY)
        self.settle()
        self.disk.reads.clear()

    def ask(self, method: str, number: int = 500, **more: object) -> None:
        """Send a request, and let no time pass."""
        params = {**ASKED[method], **more}
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


@pytest.fixture
def whole() -> dict[str, Any]:
    """Return the answers as they are when nothing comes in between."""
    client = Editor()
    for number, method in enumerate(ASKED):
        client.ask(method, number + 500)
    return {method: client.result(number + 500) for number, method in enumerate(ASKED)}


def slow(*arguments: Any, **options: Any) -> Editor:  # noqa: ANN401  because they are those of Editor
    """Return an editor in which each step of a search takes long."""
    client = Editor(*arguments, **options)
    client.clock.step = 0.05
    return client


# --- slices -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ASKED)
def test_what_is_small_is_answered_at_once(method: str) -> None:
    client = Editor()
    client.ask(method)
    assert client.answer() is not None


@pytest.mark.parametrize("method", ASKED)
def test_other_requests_are_answered_in_between(method: str, whole: dict[str, Any]) -> None:
    client = slow()
    client.ask(method)
    for _ in range(3):
        assert client.answer() is None
        assert client.hover(DOC, 0, 5)
        client.advance(0.3)
    client.advance(60)
    assert client.result() == whole[method]


def test_an_answer_is_that_of_the_moment_of_its_request(whole: dict[str, Any]) -> None:
    client = slow()
    client.open(uri("docs/15.md"), "markdown", "An SLO.\n")
    client.settle()
    client.ask("textDocument/references")
    client.change(uri("docs/15.md"), 2, "Nothing.")
    client.change(DOC, 2, "\n\nThe SLO.")
    client.open(uri("docs/16.md"), "markdown", "\n\nNothing.")
    client.advance(60)
    key = str
    assert sorted(client.result(), key=key) == sorted(whole["textDocument/references"], key=key)


def test_files_are_read_once_for_several_searches(whole: dict[str, Any]) -> None:
    client = slow()
    client.ask("textDocument/references", 500)
    client.ask("glossary_ls/term", 501)
    client.advance(120)
    assert client.result(500) == whole["textDocument/references"]
    assert client.result(501) == whole["glossary_ls/term"]
    read = [path for path in client.disk.reads if "/docs/" in path]
    assert len(read) == len(set(read)) == 20


def test_what_somebody_waits_for_comes_first(whole: dict[str, Any]) -> None:
    client = slow()
    client.ask("codeLens/resolve", 500)
    client.advance(1)
    client.ask("textDocument/references", 501)
    client.wait(501)
    assert client.answer(500) is None
    client.advance(60)
    assert client.result(500) == whole["codeLens/resolve"]


def test_a_mistake_of_ours_is_an_answer_too(caplog: pytest.LogCaptureFixture) -> None:
    client = slow()
    client.disk.is_broken = True
    client.ask("textDocument/references")
    client.wait()
    assert client.refused() == (-32603, "internal error")
    assert "a mistake" in caplog.text
    client.ask("codeLens/resolve", 501)
    client.disk.is_broken = False
    client.wait(501)
    assert len(client.result(501)["command"]["arguments"][2]) == 23


# --- cancelling -------------------------------------------------------------------------------------------


def _waits(client: Editor) -> Iterator[str]:
    """Yield what a client reads of the disk while it waits for long."""
    before = len(client.disk.reads)
    client.advance(60)
    yield from client.disk.reads[before:]


@pytest.mark.parametrize("method", ASKED)
def test_a_search_is_cancelled(method: str) -> None:
    client = slow()
    client.ask(method)
    client.advance(1)
    client.notify("$/cancelRequest", {"id": 500})
    assert client.refused() == (-32800, "cancelled")
    assert not [path for path in _waits(client) if "/docs/" in path]


@pytest.mark.parametrize("method", SHOWN)
def test_a_search_is_cancelled_where_its_progress_is_shown(method: str) -> None:
    client = slow()
    client.ask(method, workDoneToken="mine")
    client.advance(1)
    client.notify("window/workDoneProgress/cancel", {"token": "another"})
    assert client.answer() is None
    client.notify("window/workDoneProgress/cancel", {"token": "mine"})
    assert client.refused() == (-32800, "cancelled")
    assert client.received("$/progress")[-1]["value"]["kind"] == "end"
    assert not [path for path in _waits(client) if "/docs/" in path]


def test_a_session_that_ends_answers_what_is_open() -> None:
    client = slow()
    client.ask("textDocument/references")
    client.ask("codeLens/resolve", 501)
    client.request("shutdown")
    assert client.refused()[0] == client.refused(501)[0] == -32800
    assert not [path for path in _waits(client) if "/docs/" in path]


# --- progress ---------------------------------------------------------------------------------------------


def test_progress_is_announced() -> None:
    capabilities = Editor().initialized["capabilities"]
    assert capabilities["referencesProvider"] == {"workDoneProgress": True}
    assert capabilities["renameProvider"] == {"prepareProvider": True, "workDoneProgress": True}
    plain = Editor(capabilities={"textDocument": {"rename": {"prepareSupport": False}}})
    assert plain.initialized["capabilities"]["renameProvider"] is True


@pytest.mark.parametrize("method", SHOWN)
def test_a_long_search_tells_how_far_it_is(method: str) -> None:
    client = slow(capabilities=PROGRESS)
    client.ask(method, workDoneToken="mine")
    client.advance(60)
    told = client.received("$/progress")
    assert {params["token"] for params in told} == {"mine"}
    begin, *reports, end = [params["value"] for params in told]
    assert (begin["kind"], begin["cancellable"], end["kind"]) == ("begin", True, "end")
    assert reports
    assert {report["kind"] for report in reports} == {"report"}
    assert not client.received("window/workDoneProgress/create")


def test_searches_without_a_token_have_one_each() -> None:
    client = slow(capabilities=PROGRESS)
    client.ask("textDocument/references", 500)
    client.ask("glossary_ls/term", 501)
    client.ask("codeLens/resolve", 502)
    client.wait(502)
    created = [params["token"] for params in client.received("window/workDoneProgress/create")]
    assert len(created) == len(set(created)) == 2
    ends = [params["value"] for params in client.received("$/progress") if params["value"]["kind"] == "end"]
    assert ends[0]["message"] == "24 uses in 23 files"


def test_a_quick_search_shows_no_progress() -> None:
    client = Editor(capabilities=PROGRESS)
    client.ask("textDocument/references", workDoneToken="mine")
    client.advance(60)
    assert not client.received("$/progress")


# --- changes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ASKED)
def test_a_search_is_refused_when_a_glossary_changes(method: str) -> None:
    client = slow()
    client.ask(method)
    client.advance(0.3)
    client.change(YAML, 2, "- {term: first, summary: x}\n" + GLOSSARY)
    client.advance(60)
    assert client.refused() == (-32801, "the workspace was changed in the meantime; try again")


def test_a_rename_is_refused_when_a_document_changes_or_is_opened() -> None:
    client = slow()
    client.ask("textDocument/rename", 500)
    client.advance(0.3)
    client.change(DOC, 2, ((0, 0), (0, 0), "x"))
    client.advance(1)
    assert client.refused(500)[0] == -32801
    client.ask("textDocument/rename", 501, position={"line": 0, "character": 6})
    client.advance(0.3)
    client.open(uri("docs/00.md"), "markdown", "Nothing.")
    client.advance(1)
    assert client.refused(501)[0] == -32801


def test_a_rename_is_refused_when_a_file_changes_that_it_would_edit() -> None:
    client = slow()
    client.ask("textDocument/rename")
    while f"{ROOT}/docs/09.md" not in client.disk.reads:
        client.advance(0.1)
    client.disk.put(f"{ROOT}/docs/03.md", "\n\nAn SLO.\n")
    client.advance(60)
    code, message = client.refused()
    assert code == -32801
    assert message == f"{ROOT}/docs/03.md was changed in the meantime; rename 'SLO' again"


def test_a_rename_is_refused_when_a_glossary_changes_before_anybody_reports_it() -> None:
    client = slow({"glossary.yaml": GLOSSARY})
    client.close(YAML)
    client.settle()
    client.ask("textDocument/rename")
    assert client.answer() is None
    client.disk.put(f"{ROOT}/glossary.yaml", f"# These are terms.\n{GLOSSARY}")
    client.wait()
    code, message = client.refused()
    assert code == -32801
    assert message == f"{ROOT}/glossary.yaml was changed in the meantime; rename 'SLO' again"


def test_a_rename_is_refused_when_a_glossary_changes_that_nobody_has_used_yet() -> None:
    below = "".join(f"- {{term: t{number}, related: [SLO]}}\n" for number in range(20))
    client = slow({"glossary.yaml": GLOSSARY, "below/glossary.yaml": below}, capabilities=WATCH)
    client.ask("textDocument/rename")
    while f"{ROOT}/below/glossary.yaml" not in client.disk.reads:
        client.advance(0.1)
    client.advance(0.3)
    assert client.answer() is None
    client.disk.put(f"{ROOT}/below/glossary.yaml", f"# These are terms.\n{below}")
    client.wait()
    code, message = client.refused()
    assert code == -32801
    assert message == f"{ROOT}/below/glossary.yaml was changed in the meantime; rename 'SLO' again"


def test_a_file_that_changes_while_it_is_read_is_left_out() -> None:
    text = "An SLO.\n\n" * 5
    client = slow({"glossary.yaml": GLOSSARY, "b.md": text, "c.md": text})
    client.ask("textDocument/rename")
    while f"{ROOT}/b.md" not in client.disk.reads:
        client.advance(0.1)
    client.disk.put(f"{ROOT}/b.md", f"More.\n\n{text}")
    client.advance(60)
    changed = {change["textDocument"]["uri"] for change in client.result()["documentChanges"]}
    assert changed == {YAML, DOC, uri("c.md")}
    assert "b.md (it was changed while it was read)" in client.received("window/showMessage")[0]["message"]


# --- what is left out -------------------------------------------------------------------------------------


def test_a_rename_says_what_it_did_not_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_index, "LARGEST", 1024)
    client = Editor({"glossary.yaml": GLOSSARY, "b.md": "SLO " * 1000, "c.md": "SLO"})
    client.ask("textDocument/rename")
    client.settle()
    (message,) = client.received("window/showMessage")
    assert message == {
        "type": 2,
        "message": "'SLO' was not renamed everywhere: b.md (it is larger than 1 KB). "
        "Look at these places yourself.",
    }
    assert uri("c.md") in {change["textDocument"]["uri"] for change in client.result()["documentChanges"]}


def test_a_rename_edits_no_glossary_that_is_not_utf_8() -> None:
    client = Editor({"glossary.yaml": GLOSSARY})
    client.disk.put(
        f"{ROOT}/docs/glossary.yaml", "- {term: SLA, related: [SLO]} # gr\xf6\xdfer".encode("latin-1")
    )
    client.open(uri("docs/b.md"), "markdown", "An SLA.")
    client.settle()
    client.ask("textDocument/rename")
    client.settle()
    (message,) = client.received("window/showMessage")
    assert "docs/glossary.yaml (it cannot be read as UTF-8). Look" in message["message"]
    assert {change["textDocument"]["uri"] for change in client.result()["documentChanges"]} == {YAML, DOC}
    client.ask("textDocument/rename", 501, textDocument={"uri": uri("docs/b.md")})
    message = "the entry of 'SLA' in glossary.yaml cannot be edited; mend the file first"
    assert client.refused(501) == (-32803, message)


def test_many_files_that_were_left_out_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_index, "LARGEST", 4)
    client = Editor()
    client.ask("textDocument/rename")
    client.settle()
    (message,) = client.received("window/showMessage")
    assert "docs/04.md (it is larger than 0 KB) and 15 more. Look" in message["message"]


def test_more_documents_than_are_looked_at_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_index, "MOST_DOCUMENTS", 20)
    client = Editor()
    client.ask("textDocument/rename", 500)
    client.settle()
    assert not client.received("window/showMessage")
    monkeypatch.setattr(file_index, "MOST_DOCUMENTS", 19)
    client = Editor()
    client.ask("textDocument/rename", 500)
    client.settle()
    (message,) = client.received("window/showMessage")
    assert f"{ROOT} (only its first 19 documents were looked at)" in message["message"]
    assert len(client.result()["documentChanges"]) == 2 + 19


@pytest.mark.parametrize("method", [method for method in ASKED if method != "textDocument/rename"])
def test_other_searches_log_what_they_did_not_look_at(
    method: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(file_index, "LARGEST", 1024)
    client = Editor({"glossary.yaml": GLOSSARY, "b.md": "SLO " * 1000})
    with caplog.at_level(logging.WARNING):
        for number in (500, 501):
            client.ask(method, number)
            client.settle()
    logged = [record.getMessage() for record in caplog.records if "not searched" in record.getMessage()]
    assert logged == ["not searched for terms: b.md (it is larger than 1 KB) (further ones are not logged)"]
    assert not client.received("window/showMessage")
