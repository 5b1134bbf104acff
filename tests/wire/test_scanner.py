"""A large document is read in slices: others are answered meanwhile, and what is asked about it waits."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from glossary_ls.analysis.scan import scanning
from glossary_ls.lsp import diagnostics
from glossary_ls.workspace import findings, open_document
from glossary_ls.workspace.open_document import AT_ONCE
from tests.wire.harness import PULL, WireClient, uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Text
    from glossary_ls.workspace.findings import Findings

LARGE = uri("large.md")
SMALL = uri("small.md")
YAML = uri("glossary.yaml")
GLOSSARY = "SLO: Service Level Objective\nlatency: How long it takes.\n"
RANGE = {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 7}}
PARAGRAPH = "The SLO of the latency is met.\n\n"
SOURCE = PARAGRAPH * (2 * AT_ONCE // len(PARAGRAPH))


def client(**options: Any) -> WireClient:  # noqa: ANN401  because they are those of WireClient
    files = {"glossary.yaml": GLOSSARY, "small.md": "An SLO.\n", "large.md": SOURCE}
    made = WireClient(files=files, **options)
    made.open(SMALL, "markdown", "An SLO.\n")
    made.settle()
    # Each block is a slice of its own.
    made.clock.step = 0.05
    made.open(LARGE, "markdown", SOURCE)
    return made


def ask(made: WireClient, method: str = "textDocument/hover", number: int = 500, **more: object) -> None:
    """Ask about the large document, and let no time pass."""
    place = {"textDocument": {"uri": LARGE}, "position": {"line": 0, "character": 5}, **more}
    made.send({"jsonrpc": "2.0", "id": number, "method": method, "params": place})


def test_others_are_answered_while_a_large_document_is_read() -> None:
    made = client()
    ask(made)
    made.advance(0.5)
    assert made.answer() is None
    assert "Service Level Objective" in str(made.hover(SMALL, 0, 4))
    assert made.answer() is None
    made.wait()
    assert "Service Level Objective" in str(made.result())
    assert "Service Level Objective" in str(made.hover(LARGE, 0, 5))


def test_requests_are_answered_in_their_order_and_as_they_would_be_at_once() -> None:
    made = client()
    ask(made, "textDocument/references", 501, context={"includeDeclaration": True})
    ask(made, "textDocument/rename", 502, newName="the aim")
    ask(made, "textDocument/hover", 503, position=5)
    ask(made, "glossary_ls/documentTerms", 504)
    for number in (504, 502, 501):
        made.wait(number)
    order = [message["id"] for message in made.messages if message.get("id") in {503, 504}]
    assert order == [503, 504]
    assert len(made.result(501)) == SOURCE.count("SLO") + 2
    edits = made.result(502)["documentChanges"]
    new = [edit["newText"] for each in edits for edit in each["edits"] if "aim" in edit["newText"]]
    assert len(new) == SOURCE.count("SLO") + 2
    assert made.refused(503)[0] == -32602
    assert [row["name"] for row in made.result(504)] == ["SLO"]


def test_a_search_waits_for_all_open_documents() -> None:
    made = client()
    made.open(uri("too.md"), "markdown", SOURCE)
    about_small = {"textDocument": {"uri": SMALL}, "position": {"line": 0, "character": 4}}
    everything = {**about_small, "context": {"includeDeclaration": False}}
    ask(made, "textDocument/references", 501, **everything)
    ask(made, "textDocument/references", 502, **everything)
    ask(made, "textDocument/hover", 503, **about_small)
    assert made.result(503)
    made.advance(0.5)
    assert made.answer(501) is None
    made.notify("$/cancelRequest", {"id": 502})
    assert made.refused(502) == (-32800, "cancelled")
    made.wait(501)
    assert len(made.result(501)) == 2 * SOURCE.count("SLO") + 1


def test_a_search_is_refused_when_its_document_is_edited() -> None:
    made = client()
    ask(made, "textDocument/rename", 501, newName="the aim", textDocument={"uri": SMALL})
    made.advance(0.5)
    made.change(SMALL, 2, ((0, 0), (0, 0), "x"))
    assert made.refused(501)[0] == -32801


def test_what_waits_is_refused_when_the_document_is_edited() -> None:
    made = client()
    ask(made)
    made.advance(0.5)
    made.change(LARGE, 2, ((0, 0), (0, 0), "No SLA here. "))
    assert made.refused() == (-32801, "the document was changed in the meantime")
    ask(made, number=501, position={"line": 0, "character": 17})
    made.wait(501)
    assert "Service Level Objective" in str(made.result(501))


def test_what_waits_is_answered_when_the_document_is_closed() -> None:
    made = client()
    ask(made)
    made.close(LARGE)
    assert made.result() is None


def test_what_waits_can_be_cancelled() -> None:
    made = client()
    ask(made)
    made.notify("$/cancelRequest", {"id": 500})
    assert made.refused() == (-32800, "cancelled")
    ask(made, number=501)
    made.wait(501)
    assert made.result(501)


def test_what_waits_is_answered_before_the_end() -> None:
    made = client()
    ask(made)
    assert made.request("shutdown") is None
    assert made.refused() == (-32800, "cancelled")


def test_a_mistake_while_reading_leaves_no_request_without_an_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object) -> Iterator[None]:
        yield None
        raise RuntimeError("a mistake")

    monkeypatch.setattr("glossary_ls.workspace.open_document.scanning", broken)
    made = client()
    ask(made)
    made.wait()
    assert "Service Level Objective" in str(made.result())
    assert "a mistake" in caplog.text


def test_a_document_that_cannot_be_read_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: Text, language: str, *more: Any) -> Iterator[Analysis | None]:  # noqa: ANN401
        if "cannot be read" in text.source:
            raise RuntimeError("a mistake")
        return scanning(text, language, *more)

    monkeypatch.setattr("glossary_ls.workspace.open_document.scanning", broken)
    monkeypatch.setattr("glossary_ls.analysis.scan.scanning", broken)
    made = client(settings={"neighbours": {"enabled": False}})
    bad = uri("bad.md")
    made.close(LARGE)
    made.open(bad, "markdown", f"This cannot be read.\n\n{SOURCE}")
    made.open(LARGE, "markdown", f"A QXZ.\n\n{SOURCE}")
    ask(made, number=501, textDocument={"uri": bad})
    ask(made)
    made.wait()
    assert made.refused(501) == (-32603, "internal error")
    assert made.result() is None
    made.advance(10.0)
    assert [found["code"] for found in made.diagnostics(LARGE)] == ["unknown-acronym"]
    made.open(YAML, "yaml", GLOSSARY + "QXZ: Queue Exchange Zone\n")
    made.settle()
    ask(made, number=502)
    made.wait(502)
    made.advance(10.0)
    assert made.diagnostics(LARGE) == []
    assert made.diagnostics(bad) == []
    assert "a mistake" in caplog.text


def test_findings_come_when_all_is_read() -> None:
    made = client(settings={"neighbours": {"enabled": False}})
    made.change(LARGE, 2, ((0, 0), (0, 0), "A QXZ. "))
    made.advance(1.0)
    assert not any(params["uri"] == LARGE for params in made.received("textDocument/publishDiagnostics"))
    ask(made)
    made.wait()
    made.advance(10.0)
    assert [found["code"] for found in made.diagnostics(LARGE)] == ["unknown-acronym"]


def beginning(monkeypatch: pytest.MonkeyPatch) -> tuple[WireClient, str]:
    """Return a client that opens a document of which the beginning is checked ahead, and the document."""
    monkeypatch.setattr("glossary_ls.workspace.open_document._LONG", AT_ONCE)
    monkeypatch.setattr("glossary_ls.workspace.open_document._BEGINNING", 2000)
    made = client(settings={"neighbours": {"enabled": False}})
    source = f"A QXZ, a QVB and a QJW.\n\n{SOURCE}A QKW and quick vivid boxes (QVB).\n"
    made.close(LARGE)
    made.open(LARGE, "markdown", source)
    return made, source


def published(made: WireClient) -> list[list[str]]:
    pushes = made.received("textDocument/publishDiagnostics")
    lists = [params["diagnostics"] for params in pushes if params["uri"] == LARGE]
    return [[found["message"].split("'")[1] for found in each] for each in lists if each]


def test_the_findings_of_the_beginning_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made, source = beginning(monkeypatch)
    made.advance(8.0)
    assert published(made) == [["QXZ", "QJW"]]
    ask(made)
    assert made.answer() is None
    made.wait()
    made.advance(10.0)
    assert published(made) == [["QXZ", "QJW"], ["QXZ", "QJW", "QKW"]]
    fresh = WireClient(files={"glossary.yaml": GLOSSARY}, settings={"neighbours": {"enabled": False}})
    fresh.open(LARGE, "markdown", source)
    assert fresh.diagnostics(LARGE) == made.diagnostics(LARGE)


def test_the_findings_of_a_beginning_that_is_edited_do_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = beginning(monkeypatch)
    made.advance(1.0)
    made.change(LARGE, 2, ((0, 0), (0, 0), "x\n"))
    made.advance(8.0)
    assert not published(made)
    ask(made)
    made.wait()
    made.advance(10.0)
    assert published(made) == [["QXZ", "QJW", "QKW"]]


def test_a_client_that_pulls_waits_for_its_findings() -> None:
    made = client(capabilities=PULL)
    ask(made, "textDocument/diagnostic")
    assert made.answer() is None
    made.wait()
    assert made.result()["items"] == []


def test_findings_that_are_known_are_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = client(capabilities=PULL)
    ask(made, "textDocument/diagnostic")
    made.wait()
    worked_out: list[object] = []

    def preparing(document: object) -> Iterator[None]:
        worked_out.append(document)
        yield

    monkeypatch.setattr(diagnostics, "preparing", preparing)
    ask(made, "textDocument/diagnostic", number=501)
    assert made.result(501)["items"] == []
    assert not worked_out
    made.change(LARGE, 2, ((0, 0), (0, 0), "Where QXZ is. "))
    ask(made, "textDocument/diagnostic", number=502)
    assert [item["code"] for item in made.result(502)["items"]] == ["unknown-acronym"]
    assert not worked_out
    made.change(LARGE, 3, SOURCE.replace("\n", "!\n"))
    ask(made, "textDocument/diagnostic", number=503)
    made.wait(503)
    assert worked_out


def test_findings_of_a_large_document_are_not_worked_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = client()
    done: list[str] = []

    def preparing(document: Document) -> Iterator[None]:
        yield from findings.preparing(document)
        done.append("prepared")

    def checked(document: Document) -> Findings:
        done.append("checked")
        return findings.check(document)

    monkeypatch.setattr(diagnostics, "preparing", preparing)
    monkeypatch.setattr(open_document, "check", checked)
    ask(made)
    made.wait()
    # All is scanned, and no fact about it is known yet.
    made.change(LARGE, 2, ((0, 0), (0, 0), "A QXZ. "))
    made.advance(60.0)
    assert done[:2] == ["prepared", "checked"]
    assert [found["code"] for found in made.diagnostics(LARGE)] == ["unknown-acronym"]


def test_a_glossary_that_changes_is_read_with_pauses_too() -> None:
    made = client()
    ask(made)
    made.wait()
    made.open(YAML, "yaml", GLOSSARY.replace("Level", "Levelled"))
    ask(made, number=501)
    assert made.answer(501) is None
    # A glossary that changes again while all is read once more.
    made.advance(1.0)
    made.change(YAML, 2, ((0, 0), (0, 0), "met: Reached.\n"))
    made.wait(501)
    assert "Service Levelled Objective" in str(made.result(501))
    assert "Reached" in str(made.hover(LARGE, 0, 27))


def test_a_workspace_is_checked_when_open_documents_are_read() -> None:
    made = client()
    made.send(
        {
            "jsonrpc": "2.0",
            "id": 500,
            "method": "workspace/executeCommand",
            "params": {"command": "glossary_ls.checkWorkspace"},
        }
    )
    made.wait()
    assert made.result()["documents"] == 2


def test_a_document_leaves_no_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is made during a scan is never searched for garbage, so it must be free of circles.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    made = client()
    gc.collect()
    gc.disable()
    try:
        ask(made)
        ask(made, "textDocument/codeAction", 501, range=RANGE, context={"diagnostics": []})
        made.wait(501)
        assert made.diagnostics(LARGE) == []
        made.change(LARGE, 2, ((0, 4), (0, 7), "QXZ"))
        made.settle()
        assert made.diagnostics(LARGE)
        made.notify("textDocument/didClose", {"textDocument": {"uri": LARGE}})
        made.settle()
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        ours = [each for each in gc.garbage if type(each).__module__.startswith("glossary_ls")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert ours == []
