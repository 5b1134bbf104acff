"""Documents over the wire: edits in every encoding, findings with versions, and no document twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary_ls.rules import DOCUMENT_RULES
from glossary_ls.rules.pages import page_of
from tests.wire.harness import PULL, WireClient, merged, uri

DOC = uri("a.md")
FACE = "\U0001f600"
WIDTH = {"utf-8": 4, "utf-16": 2, "utf-32": 1}

encodings = pytest.mark.parametrize("encoding", WIDTH)


@encodings
def test_edits_behind_an_emoji_hit_the_right_place(encoding: str) -> None:
    client = WireClient(encoding)
    wide = WIDTH[encoding]
    client.open(DOC, "markdown", f"{FACE} QXZT here\r\nand\u2028{FACE}\x0cthere\n")
    client.change(
        DOC,
        2,
        ((0, wide + 1), (0, wide + 5), "GPU"),
        ((1, 3), (1, 3), " more"),
        ((1, 99), (1, 99), "!"),
        ((99, 0), (99, 0), "QXZT"),
    )
    session = client.server.protocol.session
    assert session
    document = session.workspace.snapshot(DOC)
    assert document
    assert document.text.source == f"{FACE} GPU here\r\nand more\u2028{FACE}\x0cthere!\nQXZT"
    found = client.at("textDocument/hover", DOC, 0, wide + 2)
    assert found["range"] == {
        "start": {"line": 0, "character": wide + 1},
        "end": {"line": 0, "character": wide + 4},
    }
    assert [item["range"]["start"] for item in client.diagnostics(DOC)] == [{"line": 2, "character": 0}]


@encodings
def test_completion_replaces_what_was_typed(encoding: str) -> None:
    client = WireClient(encoding)
    column = WIDTH[encoding] + 1
    client.open(DOC, "markdown", f"{FACE} thro")
    result = client.at("textDocument/completion", DOC, 0, column + 4)
    item = next(item for item in result["items"] if item["label"] == "throughput")
    assert item["textEdit"]["range"] == {
        "start": {"line": 0, "character": column},
        "end": {"line": 0, "character": column + 4},
    }
    assert "documentation" not in item
    assert client.request("completionItem/resolve", item)["documentation"]["kind"] == "markdown"


@encodings
def test_hints_stand_behind_their_acronym(encoding: str) -> None:
    client = WireClient(encoding)
    client.open(DOC, "markdown", f"{FACE} TTFT")
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    (hint,) = client.request("textDocument/inlayHint", {"textDocument": {"uri": DOC}, "range": whole})
    assert hint["position"] == {"line": 0, "character": WIDTH[encoding] + 5}
    assert client.request("inlayHint/resolve", hint)["tooltip"]["value"]


def test_items_that_outlive_their_document_or_come_from_elsewhere_are_returned_as_they_are() -> None:
    client = WireClient()
    for item in (
        {"label": "x"},
        {"label": "x", "data": 5},
        {"label": "x", "data": {"term": "GPU", "uri": DOC}},
    ):
        assert client.request("completionItem/resolve", item) == item


def test_hover_is_plain_text_for_clients_that_want_it_and_null_when_there_is_nothing() -> None:
    client = WireClient(capabilities={"textDocument": {"hover": {"contentFormat": ["plaintext"]}}})
    client.open(DOC, "markdown", "GPU and nothing")
    found = client.at("textDocument/hover", DOC, 0, 1)
    assert found["contents"]["kind"] == "plaintext"
    assert "**" not in found["contents"]["value"]
    assert client.at("textDocument/hover", DOC, 0, 10) is None
    assert client.at("textDocument/hover", uri("not-open.md"), 0, 0) is None


def listed(client: WireClient) -> list[str]:
    """Return the words for which findings were published last, with the version."""
    last = client.published(DOC)[-1]
    return [last["version"], *(found["message"].split("'")[1] for found in last["diagnostics"])]


def test_a_word_is_reported_with_its_version_when_it_is_finished_or_after_a_pause() -> None:
    client = WireClient(settings={"diagnostics.delay": 500})
    client.open(DOC, "markdown", "QXZT, ")
    client.advance(0)
    for column, letter in enumerate("QVXZT"):
        client.change(DOC, 2 + column, ((0, 6 + column), (0, 6 + column), letter))
        client.advance(0.4)
    assert listed(client) == [1, "QXZT"]
    client.change(DOC, 7, ((0, 11), (0, 11), " "))
    client.advance(0.02)
    assert listed(client) == [7, "QXZT", "QVXZT"]
    client.change(DOC, 8, ((0, 12), (0, 12), "QJXB"))
    client.advance(0.45)
    assert listed(client) == [7, "QXZT", "QVXZT"]
    client.advance(0.1)
    assert listed(client) == [8, "QXZT", "QVXZT", "QJXB"]


def test_findings_move_and_go_with_an_edit_at_once() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "A QXZT and QVXZT.")
    client.settle()
    client.change(DOC, 2, ((0, 0), (0, 0), "x\n"))
    client.advance(0.02)
    assert listed(client) == [2, "QXZT", "QVXZT"]
    client.change(DOC, 3, ((1, 12), (1, 16), "uite"))
    client.advance(0.02)
    assert listed(client) == [3, "QXZT"]
    ranges = [found["range"]["start"] for found in client.published(DOC)[-1]["diagnostics"]]
    assert ranges == [{"line": 1, "character": 2}]


def test_without_a_delay_every_letter_is_reported() -> None:
    client = WireClient(settings={"diagnostics.delay": 0})
    client.open(DOC, "markdown", "A QXZ")
    client.advance(0)
    client.change(DOC, 2, ((0, 5), (0, 5), " QVX"))
    client.advance(0)
    assert listed(client) == [2, "QXZ", "QVX"]


def test_a_client_that_pulls_is_told_to_pull_the_word_that_was_typed() -> None:
    client = WireClient(capabilities=PULL)
    asked = {"textDocument": {"uri": DOC}}

    def pulled() -> list[str]:
        found = client.request("textDocument/diagnostic", asked)["items"]
        return [each["message"].split("'")[1] for each in found]

    client.open(DOC, "markdown", "A QXZT")
    assert pulled() == ["QXZT"]
    client.change(DOC, 2, ((0, 6), (0, 6), " QVX"))
    assert pulled() == pulled() == ["QXZT"]
    assert not client.received("workspace/diagnostic/refresh")
    client.settle()
    assert len(client.received("workspace/diagnostic/refresh")) == 1
    assert pulled() == ["QXZT", "QVX"]
    client.change(DOC, 3, ((0, 10), (0, 10), " is"))
    assert pulled() == ["QXZT", "QVX"]
    client.settle()
    assert len(client.received("workspace/diagnostic/refresh")) == 1


def test_an_unchanged_list_is_not_sent_again_and_a_closed_document_is_cleared_once() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "QXZT\n\n")
    client.settle()
    client.change(DOC, 2, ((2, 0), (2, 0), "word"))
    client.settle()
    assert len(client.published(DOC)) == 1
    client.change(DOC, 3, ((2, 0), (2, 0), "QXZTT "))
    client.close(DOC)
    client.settle()
    assert [len(push["diagnostics"]) for push in client.published(DOC)] == [1, 0]


def test_a_finding_carries_what_editors_show() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "QXZT")
    (found,) = client.diagnostics(DOC)
    assert (found["code"], found["source"], found["severity"]) == ("unknown-acronym", "glossary-ls", 3)
    assert found["codeDescription"]["href"].endswith("docs/rules/unknown-acronym.md")


@pytest.mark.parametrize(
    "code", [*(rule.CODE for rule in DOCUMENT_RULES), "invalid-yaml", "not-utf-8", "unknown-setting"]
)
def test_the_page_of_a_finding_exists(code: str) -> None:
    assert (Path(__file__).parents[2] / "docs" / page_of(code)).is_file()


def test_push_or_pull_but_never_both() -> None:
    pushing, pulling = WireClient(), WireClient(capabilities=PULL)
    assert "diagnosticProvider" not in pushing.initialized["capabilities"]
    assert "diagnosticProvider" in pulling.initialized["capabilities"]
    half = WireClient(capabilities=merged(PULL, {"workspace": {"diagnostics": {"refreshSupport": False}}}))
    assert "diagnosticProvider" not in half.initialized["capabilities"]
    for client in (pushing, pulling, half):
        client.open(DOC, "markdown", "QXZT")
        assert len(client.diagnostics(DOC)) == 1
        client.change(DOC, 2, "QXZT QXZTT")
        assert len(client.diagnostics(DOC)) == 2
    assert not pulling.published(DOC)


def test_an_unchanged_report_is_not_sent_again() -> None:
    client = WireClient(capabilities=PULL)
    client.open(DOC, "markdown", "QXZT")
    asked = {"textDocument": {"uri": DOC}}
    first = client.request("textDocument/diagnostic", asked)
    assert first["kind"] == "full"
    again = {**asked, "previousResultId": first["resultId"]}
    assert client.request("textDocument/diagnostic", again) == {
        "kind": "unchanged",
        "resultId": first["resultId"],
    }
    client.change(DOC, 2, "QXZTT")
    assert client.request("textDocument/diagnostic", again)["kind"] == "full"
    client.close(DOC)
    assert client.request("textDocument/diagnostic", again)["items"] == []


def test_a_change_that_makes_no_sense_takes_the_document_out_of_service_until_it_is_opened_again() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "QXZT GPU")
    assert len(client.diagnostics(DOC)) == 1
    for changes in ([{"text": "GPU", "range": {"start": 5}}], [{"text": None}], 5):
        client.notify(
            "textDocument/didChange", {"textDocument": {"uri": DOC, "version": 2}, "contentChanges": changes}
        )
        assert client.diagnostics(DOC) == []
        assert client.hover(DOC, 0, 6) is None
    client.open(DOC, "markdown", "QXZT GPU")
    assert client.hover(DOC, 0, 6)
    assert len(client.diagnostics(DOC)) == 1


def test_a_change_without_a_version_is_applied() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "QXZT")
    params = {"textDocument": {"uri": DOC, "version": None}, "contentChanges": [{"text": "GPU"}]}
    client.notify("textDocument/didChange", params)
    assert client.hover(DOC, 0, 0)


def test_two_spellings_of_a_uri_are_one_document() -> None:
    client = WireClient()
    client.open("file:///ws/a%20b.md", "markdown", "GPU")
    assert client.hover("file:///ws/a b.md", 0, 0)


@pytest.mark.parametrize("language", ["restructuredtext", "rst", "RST", ""])
def test_languages_go_by_the_names_of_editors(language: str) -> None:
    """Vim sends the names of its file types."""
    override = '[[overrides]]\nlanguages = ["restructuredtext"]\naccept = ["QVXZ"]\n'
    client = WireClient(files={"glossary-ls.toml": override})
    client.open(uri("a.rst"), language, "The QVXZ and a QJZX.\n\n.. code-block:: sh\n\n   run QZXV\n")
    assert [found["message"][:6] for found in client.diagnostics(uri("a.rst"))] == ["'QJZX'"]


@pytest.mark.parametrize("target", ["", "a.md", "file:///%00/a.md", "file://%00/a.md", "http://[broken"])
def test_a_uri_that_makes_no_sense_is_served(target: str, caplog: pytest.LogCaptureFixture) -> None:
    client = WireClient()
    client.open(target, "markdown", "The GPU and the QZXV.")
    assert "Graphics" in (client.hover(target, 0, 5) or "")
    assert [found["code"] for found in client.diagnostics(target)] == ["unknown-acronym"]
    assert not caplog.records


def test_a_document_that_is_no_file() -> None:
    client = WireClient()
    client.open("untitled:Untitled-1", "markdown", "GPU QXZT")
    assert client.hover("untitled:Untitled-1", 0, 0)
    assert len(client.diagnostics("untitled:Untitled-1")) == 1


def test_nothing_is_shown_to_the_user_while_typing() -> None:
    client = WireClient()
    client.open(DOC, "markdown", "QXZT")
    for version in range(2, 20):
        client.change(DOC, version, ((0, 0), (0, 0), "x"))
        client.hover(uri("unknown.md"), 0, 0)
        client.change(uri("unknown.md"), version, "x")
    client.settle()
    assert not client.received("window/showMessage")
    assert not client.received("window/logMessage")
