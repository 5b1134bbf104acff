"""Adding to a glossary over the wire: what a client of each kind does with the entry, and the short list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.memory_files import MemoryFiles
from tests.wire.harness import WireClient, merged, span, uri
from tests.wire.test_commands import APPLIES, Editor

DOC = uri("a.md")
GLOSSARY = uri("glossary.yaml")
TEXT = "The Queue Transfer Zone is full. Ask the QTZ team, then QXWZ.\n"
OURS = "# ours\nSLA: Service Level Agreement\nSLO: Service Level Objective\n"
FILES = {"a.md": TEXT, "glossary.yaml": OURS}
SNIPPETS: dict[str, Any] = {"workspace": {"workspaceEdit": {"snippetEditSupport": True}}}
ASKS: dict[str, Any] = {"experimental": {"commands": {"commands": ["glossary_ls.askExpansion"]}}}


def opened(client: WireClient, text: str = TEXT) -> None:
    client.open(DOC, "markdown", text)
    client.settle()


def offered(client: WireClient, name: str = "QTZ", text: str = TEXT) -> list[dict[str, Any]]:
    at = text.index(name)
    params = {"textDocument": {"uri": DOC}, "range": span((0, at), (0, at)), "context": {"diagnostics": []}}
    return list(client.request("textDocument/codeAction", params))


def chosen(client: Editor, title: str, name: str = "QTZ") -> dict[str, Any]:
    """Do with an action what an editor does: resolve it, apply its edit, and execute its command."""
    action = next(each for each in offered(client, name) if each["title"].startswith(title))
    if "edit" not in action and "data" in action:
        action = client.request("codeAction/resolve", action)
    if "edit" in action:
        client.apply({"edit": action["edit"]})
    if command := action.get("command"):
        params = {"command": command["command"], "arguments": command["arguments"]}
        action["result"] = client.request("workspace/executeCommand", params)
    return action


def messages(client: WireClient) -> list[str]:
    return [params["message"] for params in client.received("window/showMessage")]


@pytest.mark.parametrize("reported", ["reported", "silent", "opened"])
def test_an_added_entry_is_shown_with_its_value_selected(
    reported: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Editor(FILES)
    opened(client)
    if reported == "silent":
        # An editor that opens the glossary for the edit, and does not tell before the command is executed.
        monkeypatch.setattr(client.files, "put", lambda *_: None)
    if reported == "opened":
        client.open(GLOSSARY, "yaml", FILES["glossary.yaml"])
    chosen(client, "Add 'QTZ'")
    (shown,) = client.shown
    assert (shown["uri"], shown["takeFocus"]) == (GLOSSARY, True)
    assert selected(client, shown) == "Queue Transfer Zone"
    assert messages(client) == []


def selected(client: Editor, shown: dict[str, Any]) -> str:
    start, end = shown["selection"]["start"], shown["selection"]["end"]
    assert start["line"] == end["line"]
    line = client.texts[shown["uri"]].splitlines()[start["line"]]
    return str(line[start["character"] : end["character"]])


def test_the_cursor_is_between_the_quotes_of_an_entry_to_be_filled_in() -> None:
    client = Editor(FILES)
    opened(client)
    chosen(client, "Add 'QXWZ'", "QXWZ")
    (shown,) = client.shown
    assert client.texts[GLOSSARY] == OURS + 'QXWZ: ""\n'
    assert shown["selection"] == span((3, 7), (3, 7))


def test_an_entry_without_an_explanation_stays_a_finding_until_it_is_filled_in() -> None:
    client = Editor(FILES)
    opened(client)
    chosen(client, "Add 'QXWZ'", "QXWZ")
    client.advance(5)
    assert [each["code"] for each in client.diagnostics(DOC)] == ["unknown-acronym", "unexplained-entry"]
    assert client.hover(DOC, 0, TEXT.index("QXWZ")) is None
    (action, *_) = offered(client, "QXWZ")
    assert action["title"] == "Explain 'QXWZ' in glossary.yaml"
    client.shown.clear()
    chosen(client, "Explain 'QXWZ'", "QXWZ")
    assert client.shown[0]["selection"] == span((3, 7), (3, 7))
    client.execute("addTerm", {"name": "QXWZ", "expansion": "Queue X-Way Zone", "uri": DOC})
    assert client.texts[GLOSSARY] == OURS + 'QXWZ: "Queue X-Way Zone"\n'
    client.advance(5)
    assert [each["code"] for each in client.diagnostics(DOC)] == ["unknown-acronym"]


def test_a_client_that_shows_no_documents_says_where_the_entry_is() -> None:
    client = Editor(FILES, capabilities={"workspace": {"applyEdit": True}})
    opened(client)
    chosen(client, "Add 'QXWZ'", "QXWZ")
    chosen(client, "Accept 'QTZ'")
    assert messages(client) == [
        "'QXWZ' is in glossary.yaml, line 4; fill in the explanation. The file is not saved yet.",
        "'QTZ' is in glossary.yaml. The file is not saved yet.",
    ]


def test_a_client_that_fails_to_show_a_document_says_where_the_entry_is() -> None:
    client = Editor(FILES)
    client.answers["window/showDocument"] = lambda _params: {"success": False}
    opened(client)
    chosen(client, "Add 'QTZ'")
    assert messages(client) == ["'QTZ' is in glossary.yaml, line 4. The file is not saved yet."]


@pytest.mark.parametrize(
    ("name", "value"),
    [("QTZ", "\nQTZ: ${0:Queue Transfer Zone}"), ("QXWZ", '\nQXWZ: "$0"')],
)
def test_a_client_with_snippets_gets_a_tab_stop_at_the_value(name: str, value: str) -> None:
    client = Editor(FILES, capabilities=merged(APPLIES, SNIPPETS))
    opened(client)
    action = client.request("codeAction/resolve", offered(client, name)[0])
    assert "command" not in action
    ((edit,),) = [change["edits"] for change in action["edit"]["documentChanges"]]
    assert edit["snippet"] == {"kind": "snippet", "value": value}
    assert edit["range"] == span((2, 28), (2, 28))


def test_a_client_that_asks_for_the_expansion_gets_a_command_instead_of_an_edit() -> None:
    client = Editor(FILES, capabilities=merged(APPLIES, ASKS))
    opened(client)
    (action, *_) = offered(client)
    assert "edit" not in action
    assert "data" not in action
    assert action["command"]["command"] == "glossary_ls.askExpansion"
    assert action["command"]["arguments"] == [
        {
            "uri": DOC,
            "name": "QTZ",
            "expansion": "Queue Transfer Zone",
            "target": GLOSSARY,
            "title": "Add 'QTZ' (Queue Transfer Zone) to glossary.yaml",
        }
    ]
    result = client.execute("addTerm", {**action["command"]["arguments"][0], "show": True})
    assert selected(client, client.shown[0]) == "Queue Transfer Zone"
    assert result["range"] == client.shown[0]["selection"]


def test_the_server_writes_a_glossary_that_is_not_open_if_a_setting_says_so() -> None:
    settings = {"codeActions.saveGlossaries": True}
    client = Editor(FILES, capabilities={"workspace": {"applyEdit": True}}, settings=settings)
    opened(client)
    chosen(client, "Add 'QTZ'")
    written = OURS + "QTZ: Queue Transfer Zone\n"
    assert client.files.read("/ws/glossary.yaml").decode() == written
    assert messages(client) == ["'QTZ' is in glossary.yaml, line 4."]
    assert client.received("workspace/applyEdit") == []
    assert [each["code"] for each in client.diagnostics(DOC)] == ["unknown-acronym"]

    client.texts[GLOSSARY] = written
    client.open(GLOSSARY, "yaml", written)
    chosen(client, "Accept 'QXWZ'", "QXWZ")
    assert "accept: [QXWZ]" in client.texts[GLOSSARY]


def test_a_file_that_cannot_be_written_is_reported() -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, reason)

    reason = "No space left on device"

    given, settings = {"name": "QTZ", "uri": DOC}, {"codeActions.saveGlossaries": True}
    client = Editor(FILES, settings=settings, capabilities={"window": {}})
    client.files.write = refuse  # type: ignore[method-assign]  # because the disk is full
    assert f"could not be written: {reason}" in client.refusal("addTerm", given)[1]

    client = Editor(FILES, settings=settings)
    client.files.write = refuse  # type: ignore[method-assign]  # as above
    assert client.execute("addTerm", given)["applied"]
    assert client.texts[GLOSSARY] == OURS + 'QTZ: ""\n'
    assert messages(client) == [
        f"/ws/glossary.yaml could not be written: {reason}. The change is in the editor, and not saved."
    ]


def test_the_list_of_fixes_is_short_and_the_others_are_asked_for() -> None:
    client = Editor(FILES)
    opened(client)
    titles = [each["title"] for each in offered(client)]
    assert titles == [
        "Add 'QTZ' (Queue Transfer Zone) to glossary.yaml",
        "Define at the first use: Queue Transfer Zone (QTZ)",
        "Accept 'QTZ' everywhere, no explanation needed (glossary.yaml)",
        "Ignore 'QTZ' in this document",
        "Add both unknown acronyms in this document to glossary.yaml",
        "More...",
    ]
    client.answers["window/showMessageRequest"] = lambda params: params["actions"][0]
    chosen(client, "More...")
    (asked,) = client.received("window/showMessageRequest")
    assert [each["title"] for each in asked["actions"]] == [
        "Ignore 'unknown-acronym' on this line",
        "Ignore 'unknown-acronym' in this document",
        "Ignore 'unknown-acronym' in the workspace (a new glossary-ls.toml)",
        "Accept both unknown acronyms in this document, no explanation needed (glossary.yaml)",
        "Review all unknown acronyms in the workspace...",
    ]
    assert client.texts[DOC].startswith("<!-- glossary-ls: ignore-next-line unknown-acronym -->\n")

    client.answers["window/showMessageRequest"] = lambda params: params["actions"][3]
    chosen(client, "More...")
    assert "accept: [QTZ, QXWZ]" in client.texts[GLOSSARY]
    client.answers["window/showMessageRequest"] = lambda _params: None
    assert chosen(client, "More...")["result"] is None


def test_the_other_fixes_are_listed_for_a_client_that_has_its_own_choice() -> None:
    client = Editor(FILES)
    opened(client)
    at = TEXT.index("QTZ")
    found = client.execute("moreActions", {"uri": DOC, "range": span((0, at), (0, at)), "list": True})
    assert found[0]["title"] == "Ignore 'unknown-acronym' on this line"
    assert found[-1]["command"]["command"] == "glossary_ls.reviewAcronyms"
    assert client.received("window/showMessageRequest") == []


def test_all_unknown_acronyms_are_added_and_the_first_empty_one_is_shown() -> None:
    client = Editor(FILES)
    opened(client)
    chosen(client, "Add both")
    assert client.texts[GLOSSARY] == OURS + 'QTZ: Queue Transfer Zone\nQXWZ: ""\n'
    assert client.shown[0]["selection"] == span((4, 7), (4, 7))


def test_a_client_that_resolves_nothing_gets_a_command_for_all_at_once() -> None:
    eager = {"textDocument": {"codeAction": {"dataSupport": False}}}
    client = Editor(FILES, capabilities=merged(APPLIES, eager))
    opened(client)
    action = chosen(client, "Add both")
    assert "edit" not in action
    assert client.texts[GLOSSARY] == OURS + 'QTZ: Queue Transfer Zone\nQXWZ: ""\n'
    assert client.shown[0]["selection"] == span((4, 7), (4, 7))


# --- review -----------------------------------------------------------------------------------------------

REVIEWED = {
    **FILES,
    "b.md": "Ask the QXWZ, the QXWZ and the VVXQ.\n",
    "c.md": "The Quoted Extra Wait Zone (QXWZ) is here. QXWZ again.\n",
}


def test_the_unknown_acronyms_of_the_workspace_are_listed_with_uses_and_guesses() -> None:
    client = Editor(REVIEWED)
    client.advance(5)
    result = client.execute("reviewAcronyms", {"draft": False})
    rows = [
        (row["name"], row["count"], row["documents"], row["expansion"], row["origin"]["kind"])
        for row in result["acronyms"]
    ]
    assert rows == [
        ("QXWZ", 3, 2, "Quoted Extra Wait Zone", "workspace"),
        ("QTZ", 1, 1, "Queue Transfer Zone", "document"),
        ("VVXQ", 1, 1, "", "none"),
    ]
    first = result["acronyms"][0]
    assert first["origin"] == {"kind": "workspace", "title": "c.md", "uri": uri("c.md"), "line": 0}
    assert [(use["uri"], use["text"]) for use in first["uses"]] == [
        (DOC, TEXT.strip()),
        (uri("b.md"), "Ask the QXWZ, the QXWZ and the VVXQ."),
        (uri("b.md"), "Ask the QXWZ, the QXWZ and the VVXQ."),
    ]
    assert first["uses"][1]["range"] == span((0, 8), (0, 12))
    assert result["draft"] is None
    assert client.shown == []


def test_a_review_opens_a_draft_of_a_glossary() -> None:
    client = Editor(REVIEWED)
    client.advance(5)
    result = client.execute("reviewAcronyms")
    draft = uri("unknown-acronyms.glossary.yaml")
    assert result["draft"] == draft
    assert client.shown[0]["uri"] == draft
    text = client.texts[draft]
    assert "accept: []\nterms:\n  # 3 uses: a.md:1, b.md:1, b.md:1; guessed from c.md\n" in text
    assert '  - term: VVXQ\n    expansion: ""\n' in text
    client.notify("workspace/didCreateFiles", {"files": [{"uri": draft}]})
    opened(client)
    assert client.diagnostics(DOC) == []
    again = client.execute("reviewAcronyms", {"uri": DOC})
    assert [row["name"] for row in again["acronyms"]] == ["VVXQ"]
    assert again["acronyms"][0]["entry"] == draft
    assert again["draft"] is None
    assert messages(client) == ["Every acronym of the workspace is explained or has an entry."]


def test_a_review_needs_a_folder() -> None:
    client = Editor({}, roots=())
    assert client.refusal("reviewAcronyms")[1].endswith("no workspace folder is open")


def test_several_terms_are_added_and_accepted_at_once() -> None:
    client = Editor(FILES)
    given = {"terms": [{"name": "QTZ", "expansion": "Queue Zone"}, {"name": "SLO"}], "accept": ["QXWZ"]}
    result = client.execute("addTerms", given)
    assert result["uri"] == GLOSSARY
    text = client.texts[GLOSSARY]
    assert OURS + "QTZ: Queue Zone\n" in text
    assert "accept: [QXWZ]" in text
    assert len(client.received("workspace/applyEdit")) == 1
    assert client.refusal("addTerms", {})[0] == -32803


def test_an_action_from_elsewhere_shows_and_changes_nothing() -> None:
    client = Editor(FILES)
    opened(client)
    for name in ("showEntry", "changeGlossary"):
        for given in (
            {},
            {"uri": DOC},
            {"uri": DOC, "path": "/etc/passwd", "add": "term", "name": "x", "text": ""},
            {"uri": uri("closed.md"), "path": "/ws/glossary.yaml", "add": "term", "name": "x", "text": ""},
        ):
            assert client.execute(name, given) is None
    assert client.shown == []
    assert client.received("workspace/applyEdit") == []
    assert isinstance(client.files, MemoryFiles)
