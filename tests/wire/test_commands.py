"""Commands over the wire: what they change, report and show, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.memory_files import MemoryFiles
from tests.wire.applying import apply
from tests.wire.harness import PULL, ResponseError, WireClient, merged, uri

DOC = uri("a.md")
GLOSSARY = uri("glossary.yaml")
APPLIES: dict[str, Any] = {"workspace": {"applyEdit": True}, "window": {"showDocument": {"support": True}}}
TERMS = "terms:\n  - term: SLO\n    expansion: Service Level Objective\n"


class Editor(WireClient):
    """A client that applies edits and shows documents."""

    def __init__(
        self,
        files: dict[str, str] | None = None,
        folder: str = "",
        **options: Any,  # noqa: ANN401  because they are JSON
    ) -> None:
        options.setdefault("capabilities", APPLIES)
        disk = MemoryFiles({f"/ws/{name}": text for name, text in (files or {}).items()}, folder)
        super().__init__(files=disk, initialize=False, **options)
        self.texts = {f"file:///ws/{name}": text for name, text in (files or {}).items()}
        self.shown: list[Any] = []
        self.answers["workspace/applyEdit"] = self.apply
        self.answers["window/showDocument"] = self.show
        self.initialize()

    def apply(self, params: Any) -> object:  # noqa: ANN401  because it is JSON
        for changed in apply(self.texts, params["edit"]):
            self.files.put(changed.removeprefix("file://"), self.texts[changed])
        return {"applied": True}

    def show(self, params: Any) -> object:  # noqa: ANN401  because it is JSON
        self.shown.append(params)
        return {"success": True}

    def execute(self, name: str, *arguments: object) -> Any:  # noqa: ANN401  because results are JSON
        params = {"command": f"glossary_ls.{name}", "arguments": list(arguments)}
        return self.request("workspace/executeCommand", params)

    def refusal(self, name: str, *arguments: object) -> tuple[int, str]:
        with pytest.raises(ResponseError) as caught:
            self.execute(name, *arguments)
        return caught.value.code, str(caught.value)


# --- the table --------------------------------------------------------------------------------------------


def test_commands_are_announced_except_those_that_the_client_has_itself() -> None:
    names = WireClient().initialized["capabilities"]["executeCommandProvider"]["commands"]
    assert names == [
        f"glossary_ls.{name}"
        for name in (
            "addTerm",
            "addTerms",
            "acceptAcronym",
            "reviewAcronyms",
            "moreActions",
            "changeGlossary",
            "showEntry",
            "reload",
            "checkWorkspace",
            "showStatus",
            "openGlossary",
            "showTerm",
            "showGuide",
        )
    ]
    own = {"experimental": {"commands": {"commands": ["glossary_ls.addTerm", 5]}}}
    client = Editor(capabilities=merged(APPLIES, own))
    announced = client.initialized["capabilities"]["executeCommandProvider"]["commands"]
    assert announced == names[1:]
    assert client.execute("addTerm", "SLO")["applied"]


@pytest.mark.parametrize(
    "params",
    [
        None,
        {},
        {"command": 5},
        {"command": "glossary_ls.none"},
        {"command": "glossary_ls.addTerm"},
        {"command": "glossary_ls.addTerm", "arguments": 5},
        {"command": "glossary_ls.addTerm", "arguments": [5]},
        {"command": "glossary_ls.addTerm", "arguments": [{"name": ""}]},
        {"command": "glossary_ls.addTerm", "arguments": [{"name": "x", "expansion": 5}]},
        {"command": "glossary_ls.addTerm", "arguments": ["a", "b", "c"]},
        {"command": "glossary_ls.acceptAcronym", "arguments": [{"name": "x" * 201}]},
        {"command": "glossary_ls.checkWorkspace", "arguments": ["now"]},
        {"command": "glossary_ls.checkWorkspace", "arguments": [{"clear": 1}]},
        {"command": "glossary_ls.showTerm", "arguments": [{"uri": 5, "name": "x"}]},
    ],
)
def test_wrong_arguments_and_unknown_commands_are_refused(params: object) -> None:
    with pytest.raises(ResponseError) as caught:
        Editor().request("workspace/executeCommand", params)
    assert caught.value.code == -32602
    assert "expected" in str(caught.value) or "unknown command" in str(caught.value)


# --- writing ----------------------------------------------------------------------------------------------


def test_a_term_is_added_to_a_new_glossary_and_explained_at_once() -> None:
    client = Editor()
    client.open(DOC, "markdown", "The QXZT.")
    result = client.execute("addTerm", {"name": "QXZT", "expansion": "Queue Transfer", "uri": DOC})
    assert (result["applied"], result["uri"]) == (True, GLOSSARY)
    assert "- term: QXZT\n    expansion: Queue Transfer\n" in client.texts[GLOSSARY]
    (asked,) = client.received("workspace/applyEdit")
    assert asked["label"] == "Add 'QXZT' to a new glossary.yaml"
    client.notify("workspace/didCreateFiles", {"files": [{"uri": GLOSSARY}]})
    assert "Queue Transfer" in (client.hover(DOC, 0, 5) or "")
    assert client.diagnostics(DOC) == []


def test_a_term_is_added_where_it_is_wanted() -> None:
    client = Editor({"glossary.yaml": TERMS, "sub/a.md": ""})
    for target, expected in (
        ("folder", uri("sub/glossary.yaml")),
        ("workspace", GLOSSARY),
        ("team.glossary.yaml", uri("team.glossary.yaml")),
        (uri("sub/other.glossary.yml"), uri("sub/other.glossary.yml")),
    ):
        given = {"name": "QXZT", "definition": "It is.", "uri": uri("sub/a.md"), "target": target}
        assert client.execute("addTerm", given)["uri"] == expected
        assert "QXZT" in client.texts[expected]
    assert client.texts[GLOSSARY].startswith(TERMS)
    result = client.execute("addTerm", "QVZT", "Queue View")
    assert client.texts[GLOSSARY].splitlines()[result["line"]] == "  - term: QVZT"


def test_a_term_is_added_to_the_users_own_glossary() -> None:
    client = Editor({}, folder="/home/me")
    result = client.execute("addTerm", {"name": "QXZT", "target": "user"})
    assert result["uri"] == "file:///home/me/glossary.yaml"
    assert "QXZT" in client.texts[result["uri"]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "SLO", "expansion": "service-level objective"}, "is in glossary.yaml already"),
        ({"name": "x", "target": "/etc/glossary.yaml"}, "not a glossary file of the workspace"),
        ({"name": "x", "target": "../glossary.yaml"}, "not a glossary file of the workspace"),
        ({"name": "x", "target": "notes.yaml"}, "not a glossary file of the workspace"),
        ({"name": "x", "target": "user"}, "no user"),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(given: object, words: str) -> None:
    code, message = Editor({"glossary.yaml": TERMS}).refusal("addTerm", given)
    assert code == -32803
    assert words in message


def test_an_editor_that_applies_no_edits_or_not_this_one_is_told_so() -> None:
    assert "workspace/applyEdit" in Editor(capabilities={}).refusal("addTerm", "QXZT")[1]
    client = Editor()
    client.answers["workspace/applyEdit"] = lambda _: {"applied": False, "failureReason": "read only"}
    assert client.refusal("addTerm", "QXZT") == (
        -32803,
        "-32803: the editor did not change /ws/glossary.yaml: read only",
    )


def test_an_acronym_is_accepted_once() -> None:
    client = Editor({"glossary.yaml": TERMS})
    client.open(DOC, "markdown", "The QXZT.")
    assert len(client.diagnostics(DOC)) == 1
    assert client.execute("acceptAcronym", "QXZT")["applied"]
    assert "accept: [QXZT]" in client.texts[GLOSSARY]
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": GLOSSARY, "type": 2}]})
    assert client.diagnostics(DOC) == []
    assert "already" in client.refusal("acceptAcronym", "QXZT")[1]


# --- looking ----------------------------------------------------------------------------------------------


def test_reload_reads_what_nobody_told_of() -> None:
    client = Editor({"glossary.yaml": TERMS})
    client.open(DOC, "markdown", "The QXZT.")
    client.settle()
    client.files.put("/ws/glossary.yaml", "QXZT: Queue Transfer")
    client.files.put("/ws/glossary-ls.toml", "packs = []")
    assert client.hover(DOC, 0, 5) is None
    assert client.execute("reload")["terms"] == 1
    assert "Queue Transfer" in (client.hover(DOC, 0, 5) or "")
    assert client.diagnostics(DOC) == []


def test_the_status_is_shown() -> None:
    client = Editor({"glossary.yaml": TERMS})
    assert client.execute("showStatus")["terms"] > 1
    (shown,) = client.received("window/showMessage")
    assert shown["type"] == 3
    assert "glossary.yaml (1)" in shown["message"]


def test_a_glossary_is_opened_at_its_start_or_at_a_term() -> None:
    client = Editor({"glossary.yaml": TERMS})
    assert client.execute("openGlossary")["shown"]
    assert client.shown[0]["uri"] == GLOSSARY
    result = client.execute("openGlossary", "SLO")
    assert result["range"]["start"] == {"line": 1, "character": 10}
    assert client.shown[1]["selection"] == result["range"]
    assert "no active glossary" in client.refusal("openGlossary", "none")[1]
    assert "no glossary exists yet" in Editor().refusal("openGlossary")[1]
    assert not Editor({"glossary.yaml": TERMS}, capabilities={}).execute("openGlossary")["shown"]


def test_a_term_is_explained_by_name_or_place() -> None:
    client = Editor({"glossary.yaml": TERMS})
    assert client.execute("showTerm", "slos").startswith("**SLO** \u2014 Service Level Objective")
    assert client.execute("showTerm", {"name": "none"}) is None
    client.open(DOC, "markdown", "The SLO.")
    place = {"uri": DOC, "position": {"line": 0, "character": 5}}
    assert client.execute("showTerm", place).startswith("**SLO**")
    assert client.execute("showTerm", {**place, "position": {"line": 0, "character": 0}}) is None
    assert client.refusal("showTerm", {**place, "uri": uri("b.md")})[0] == -32803


# --- the whole workspace ----------------------------------------------------------------------------------

MANY = {"a.md": "The QXZT.", "sub/b.md": "The QVZT and QWZT.", "c.md": "Fine."}


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_a_check_reports_on_files_that_are_not_open_until_they_are_mended(extra: dict[str, Any]) -> None:
    client = Editor(MANY, capabilities=merged(APPLIES, extra))
    other = uri("sub/b.md")
    assert client.published(other) == []
    result = client.execute("checkWorkspace")
    assert result == {"documents": 3, "files": 2, "findings": 3, "cancelled": False}
    assert [item["code"] for item in client.published(other)[-1]["diagnostics"]] == ["unknown-acronym"] * 2
    client.files.put("/ws/sub/b.md", "The QVZT.")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": other, "type": 2}]})
    client.settle()
    assert len(client.published(other)[-1]["diagnostics"]) == 1
    client.files.put("/ws/glossary.yaml", "QVZT: Queue View")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": GLOSSARY, "type": 1}]})
    client.settle()
    assert client.published(other)[-1]["diagnostics"] == []
    assert client.published(DOC)[-1]["diagnostics"]
    client.files.remove("/ws/a.md")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": DOC, "type": 3}]})
    client.settle()
    assert client.published(DOC)[-1]["diagnostics"] == []


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_a_checked_file_that_is_opened_and_closed_keeps_its_findings(extra: dict[str, Any]) -> None:
    client = Editor(MANY, capabilities=merged(APPLIES, extra))
    client.execute("checkWorkspace")
    client.open(DOC, "markdown", "The QXZT and QYZT.")
    assert len(client.diagnostics(DOC)) == 2
    client.close(DOC)
    client.settle()
    assert len(client.published(DOC)[-1]["diagnostics"]) == 1
    client.execute("checkWorkspace", {"clear": True})
    assert client.published(DOC)[-1]["diagnostics"] == []
    client.open(DOC, "markdown", "The QXZT.")
    assert len(client.diagnostics(DOC)) == 1
    client.close(DOC)
    client.settle()
    assert client.published(DOC)[-1]["diagnostics"] == [] or extra


def test_a_check_needs_a_folder() -> None:
    assert "no workspace folder" in Editor(roots=()).refusal("checkWorkspace")[1]


def lots() -> Editor:
    """Return an editor of many documents whose check takes many slices."""
    files = {f"d{number:02}.md": f"The QXZ{chr(65 + number)}." for number in range(20)}
    editor = Editor(files, capabilities=merged(APPLIES, {"window": {"workDoneProgress": True}}))
    editor.clock.step = 0.05
    return editor


def started(client: Editor, **params: object) -> int:
    command = {"command": "glossary_ls.checkWorkspace", **params}
    client.send({"jsonrpc": "2.0", "id": 500, "method": "workspace/executeCommand", "params": command})
    client.settle()
    return len(client.messages)


def answers(client: Editor) -> list[dict[str, Any]]:
    return [message for message in client.messages if message.get("id") == 500]


def test_a_long_check_shows_its_progress() -> None:
    client = lots()
    started(client)
    assert answers(client) == []
    assert client.hover(DOC, 0, 0) is None
    client.advance(10)
    values = [params["value"] for params in client.received("$/progress")]
    assert [value["kind"] for value in values[:2]] == ["begin", "report"]
    assert values[0]["cancellable"]
    assert values[-1] == {"kind": "end", "message": "20 files"}
    assert answers(client)[0]["result"]["findings"] == 20


def test_the_progress_of_the_request_is_used_when_it_has_one() -> None:
    client = lots()
    started(client, workDoneToken=7)
    client.advance(10)
    assert {params["token"] for params in client.received("$/progress")} == {7}
    assert not client.received("window/workDoneProgress/create")


def test_a_check_that_the_user_cancels_keeps_what_it_has_found() -> None:
    client = lots()
    started(client)
    (created,) = client.received("window/workDoneProgress/create")
    client.notify("window/workDoneProgress/cancel", {"token": created["token"]})
    (answer,) = answers(client)
    assert answer["result"]["cancelled"]
    assert 0 < answer["result"]["documents"] < 20
    assert client.published(uri("d00.md"))
    count = len(client.messages)
    client.advance(10)
    assert len(client.messages) == count


def test_changes_while_a_check_goes_on_start_one_more_and_no_crowd() -> None:
    client = lots()
    started(client)
    client.advance(10)
    session = client.server.protocol.session
    assert session
    for _ in range(5):
        client.files.put("/ws/glossary.yaml", "QXZA: Queue")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": GLOSSARY, "type": 2}]})
        client.advance(1)
        assert len(session.checker._checks) == 1
    client.advance(10)
    assert session.checker._checks == []
    assert client.published(uri("d00.md"))[-1]["diagnostics"] == []
    assert client.request("glossary_ls/status")["checked"]["findings"] == 19


def test_a_request_that_is_cancelled_is_answered_once_as_such() -> None:
    client = lots()
    started(client)
    client.notify("$/cancelRequest", {"id": 500})
    client.advance(10)
    (answer,) = answers(client)
    assert answer["error"]["code"] == -32800


def test_the_end_of_the_session_ends_the_check() -> None:
    client = lots()
    started(client)
    client.request("shutdown")
    (answer,) = answers(client)
    assert answer["error"]["code"] == -32800
    count = len(client.messages)
    client.advance(10)
    assert len(client.messages) == count
