"""Code actions over the wire: what is offered, what it does, and the walk of a user with a new workspace."""

from __future__ import annotations

from typing import Any

import pytest

from tests.memory_files import MemoryFiles
from tests.wire.applying import apply
from tests.wire.harness import ROOT, WATCH, WireClient, uri

DOC = uri("docs/runbook.md")
NEW = uri("glossary.yaml")
TEXT = (
    "# Deploy\n\nThe Queue Transfer Zone drains first.\n\n"
    "\U0001f600 When the QTZ is full, call the QTZ owner.\n"
)
PLACE = (4, 12)

BARE: dict[str, Any] = {
    "workspace": {"workspaceEdit": {"documentChanges": False, "resourceOperations": []}},
    "textDocument": {"codeAction": {"resolveSupport": {"properties": []}, "isPreferredSupport": False}},
}


def actions(client: WireClient, place: tuple[int, int] = PLACE, only: list[str] | None = None) -> list[Any]:
    """Ask for the actions at a caret."""
    at = {"line": place[0], "character": place[1]}
    context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
    params = {"textDocument": {"uri": DOC}, "range": {"start": at, "end": at}, "context": context}
    found = client.request("textDocument/codeAction", params)
    return list(found) if found else []


def titles(found: list[Any]) -> list[str]:
    return [action["title"] for action in found]


@pytest.mark.parametrize("reported", ["watched", "opened", "polled"])
def test_the_walk_of_a_user_from_nothing_to_a_known_term(reported: str) -> None:
    files = MemoryFiles({f"{ROOT}/docs/runbook.md": TEXT})
    client = WireClient(files=files, capabilities=WATCH if reported == "watched" else None)
    client.open(DOC, "markdown", TEXT)
    (finding,) = client.diagnostics(DOC)
    assert finding["code"] == "unknown-acronym"
    (preferred,) = [action for action in actions(client) if action.get("isPreferred")]
    assert preferred["title"] == "Add 'QTZ' (Queue Transfer Zone) to a new glossary.yaml"
    assert preferred["diagnostics"] == [finding]
    assert "edit" not in preferred

    texts = {DOC: TEXT}
    assert apply(texts, client.request("codeAction/resolve", preferred)["edit"]) == [NEW]
    assert texts[NEW].endswith("terms:\n  - term: QTZ\n    expansion: Queue Transfer Zone\n")
    if reported == "opened":
        client.open(NEW, "yaml", texts[NEW])
    else:
        files.put(f"{ROOT}/glossary.yaml", texts[NEW])
    if reported == "watched":
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": NEW, "type": 1}]})
    client.advance(5)

    assert client.diagnostics(DOC) == []
    knows(client)
    if reported == "opened":
        client.notify("textDocument/didSave", {"textDocument": {"uri": NEW}})
        files.put(f"{ROOT}/glossary.yaml", texts[NEW])
    again = WireClient(files=files)
    again.open(DOC, "markdown", TEXT)
    assert again.diagnostics(DOC) == []
    knows(again)


def knows(client: WireClient) -> None:
    """Check that the term hovers, completes and is found."""
    assert "Queue Transfer Zone" in (client.hover(DOC, *PLACE) or "")
    offered = client.at("textDocument/completion", DOC, PLACE[0], PLACE[1] + 1)["items"]
    assert "QTZ" in [item["label"] for item in offered]
    place = {"position": {"line": PLACE[0], "character": PLACE[1]}, "textDocument": {"uri": DOC}}
    found = client.request("textDocument/references", {**place, "context": {"includeDeclaration": True}})
    assert [(where["uri"], where["range"]["start"]["line"]) for where in found] == [
        (NEW, 2),
        (DOC, 2),
        (DOC, 4),
        (DOC, 4),
    ]


def test_a_second_term_goes_into_the_glossary_that_is_open_and_not_saved() -> None:
    client = WireClient(files={"docs/runbook.md": TEXT, "glossary.yaml": "SLO: on the disk\n"})
    client.open(DOC, "markdown", TEXT)
    client.open(NEW, "yaml", "# ours\r\nSLO: Service Level Objective\r\n", version=7)
    client.settle()
    (action, *_) = actions(client)
    assert action["title"] == "Add 'QTZ' (Queue Transfer Zone) to glossary.yaml"
    edit = client.request("codeAction/resolve", action)["edit"]
    (change,) = edit["documentChanges"]
    assert change["textDocument"] == {"uri": NEW, "version": 7}
    texts = {NEW: "# ours\r\nSLO: Service Level Objective\r\n"}
    apply(texts, edit)
    assert texts[NEW] == "# ours\r\nSLO: Service Level Objective\r\nQTZ: Queue Transfer Zone\r\n"


def test_a_client_that_can_do_little_gets_whole_edits_in_the_old_form() -> None:
    client = WireClient(capabilities=BARE)
    client.open(DOC, "markdown", TEXT)
    client.settle()
    (action, *_) = actions(client)
    assert "isPreferred" not in action
    assert "data" not in action
    texts = {DOC: TEXT}
    assert apply(texts, action["edit"]) == [NEW]
    assert "- term: QTZ\n" in texts[NEW]
    old = WireClient(capabilities={"textDocument": {"codeAction": {"codeActionLiteralSupport": None}}})
    old.open(DOC, "markdown", TEXT)
    assert actions(old) == []


def test_only_the_kinds_that_are_asked_for_are_offered() -> None:
    client = WireClient(files={"glossary.yaml": "SLO: Service Level Objective\n"})
    client.open(DOC, "markdown", "The Gpu, the SLO and the Gpu.\n")
    client.settle()
    assert titles(actions(client, (0, 14))) == ["Expand here: Service Level Objective (SLO)"]
    assert actions(client, (0, 14), ["quickfix"]) == []
    assert len(actions(client, (0, 14), ["refactor"])) == 1
    assert "source.fixAll.glossary_ls" not in [
        action["kind"] for action in actions(client, (0, 5), ["quickfix"])
    ]
    for only in ("source", "source.fixAll", "source.fixAll.glossary_ls"):
        (action,) = actions(client, (0, 14), [only])
        texts = {DOC: "The Gpu, the SLO and the Gpu.\n"}
        apply(texts, client.request("codeAction/resolve", action)["edit"])
        assert texts[DOC] == "The GPU, the SLO and the GPU.\n"
    assert actions(client, (0, 14), ["source.organizeImports"]) == []


def test_actions_can_be_switched_off() -> None:
    client = WireClient(settings={"codeActions.enabled": False})
    client.open(DOC, "markdown", TEXT)
    client.settle()
    assert actions(client) == []


def test_the_user_has_a_glossary_of_their_own() -> None:
    files = MemoryFiles(
        {"/home/me/.config/glossary-ls/glossary.yaml": "- SLO\n"}, "/home/me/.config/glossary-ls"
    )
    client = WireClient(files=files)
    client.open(DOC, "markdown", TEXT)
    client.settle()
    own = next(action for action in actions(client) if "your own" in action["title"])
    edit = client.request("codeAction/resolve", own)["edit"]
    assert (
        edit["documentChanges"][0]["textDocument"]["uri"]
        == "file:///home/me/.config/glossary-ls/glossary.yaml"
    )


def test_an_accepted_acronym_is_no_finding_any_more() -> None:
    files = MemoryFiles()
    client = WireClient(files=files)
    client.open(DOC, "markdown", TEXT)
    client.settle()
    accept = next(action for action in actions(client) if "explanation needed (a new" in action["title"])
    texts: dict[str, str] = {}
    apply(texts, client.request("codeAction/resolve", accept)["edit"])
    files.put(f"{ROOT}/glossary.yaml", texts[NEW])
    client.advance(5)
    assert client.diagnostics(DOC) == []


def test_an_action_from_elsewhere_comes_back_as_it_was() -> None:
    client = WireClient()
    client.open(DOC, "markdown", TEXT)
    for data in (
        None,
        5,
        {"uri": DOC},
        {"uri": uri("closed.md"), "code": "", "subject": ""},
        {"uri": DOC, "path": "/etc/passwd", "add": "term", "name": "x", "text": "y"},
        {"uri": DOC, "path": f"{ROOT}/glossary.yaml", "add": "nonsense", "name": "x", "text": "y"},
    ):
        item = {"title": "x", "data": data}
        assert "edit" not in client.request("codeAction/resolve", item)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_edits_count_in_the_units_of_the_client(encoding: str) -> None:
    client = WireClient(encoding)
    text = "\U0001f600 the Gpu\n"
    client.open(DOC, "markdown", text)
    client.settle()
    column = {"utf-8": 9, "utf-16": 7, "utf-32": 6}[encoding]
    (action, *_) = actions(client, (0, column))
    texts = {DOC: text}
    apply(texts, action["edit"], encoding)
    assert texts[DOC] == "\U0001f600 the GPU\n"


def test_a_glossary_in_another_format_is_left_alone_and_a_new_one_is_offered() -> None:
    contexts = "contexts:\n  - name: Shipping\n    terms:\n    - name: SLO\n"
    client = WireClient(files={"shipping.glossary.yaml": contexts})
    client.open(DOC, "markdown", TEXT)
    client.settle()
    assert titles(actions(client))[0] == "Add 'QTZ' (Queue Transfer Zone) to a new glossary.yaml"


def test_the_user_hears_why_an_action_changes_nothing() -> None:
    glossary = "SLO: Service: Level\n"
    client = WireClient(files={"glossary.yaml": glossary})
    client.open(DOC, "markdown", TEXT)
    client.settle()
    for title in ("Add 'QTZ'", "Accept 'QTZ'"):
        action = next(each for each in actions(client) if each["title"].startswith(title))
        assert "edit" not in client.request("codeAction/resolve", action)
    reason = (
        f"{ROOT}/glossary.yaml was not changed, because 'QTZ' cannot be added safely. "
        "Fix the problems reported in the file, or add it by hand."
    )
    assert [params["message"] for params in client.received("window/showMessage")] == [reason, reason]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("glossary-ls.toml", None, '[rules]\nunknown-acronym = "off"\n'),
        (
            "pyproject.toml",
            "[tool.glossary-ls]  # ours\naccept = []\n",
            '[tool.glossary-ls]  # ours\naccept = []\n\n[tool.glossary-ls.rules]\nunknown-acronym = "off"\n',
        ),
    ],
)
def test_a_rule_that_is_ignored_in_the_workspace_reports_nothing_any_more(
    name: str, before: str | None, after: str
) -> None:
    files = MemoryFiles({} if before is None else {f"{ROOT}/{name}": before})
    client = WireClient(files=files)
    client.open(DOC, "markdown", TEXT)
    client.settle()
    action = next(each for each in actions(client) if "in the workspace" in each["title"])
    where = f"a new {name}" if before is None else name
    assert action["title"] == f"Ignore 'unknown-acronym' in the workspace ({where})"
    texts = {} if before is None else {uri(name): before}
    assert apply(texts, client.request("codeAction/resolve", action)["edit"]) == [uri(name)]
    assert texts[uri(name)] == after
    files.put(f"{ROOT}/{name}", after)
    client.advance(5)
    assert client.diagnostics(DOC) == []
