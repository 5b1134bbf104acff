"""Navigation over the wire: the shapes that depend on the client, and settings that switch features off."""

from __future__ import annotations

from typing import Any

import pytest

from glossary_ls.features.semantic_tokens import MODIFIERS, TYPES
from glossary_ls.lsp.registry import FEATURES
from tests.wire.harness import ResponseError, WireClient, uri

GLOSSARY = (
    "- {term: SLO, expansion: Service Level Objective}\n- {term: old, status: deprecated, summary: x}\n"
)
FILES = {"glossary.yaml": GLOSSARY, "b.md": "Another SLO.\n", "c.md": "Nothing.\n"}
GROUPS = ("hover", "completion", "inlayHints", "codeActions", "navigation", "symbols", "folding", "codeLens")
DOC, YAML = uri("a.md"), uri("glossary.yaml")
PLAIN: dict[str, Any] = {
    "textDocument": {
        "definition": {"linkSupport": False},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": False},
        "rename": {"prepareSupport": False},
        "documentLink": {"tooltipSupport": False},
    },
    "workspace": {"workspaceEdit": {"documentChanges": False, "resourceOperations": []}},
}


def client(**options: Any) -> WireClient:  # noqa: ANN401  the options of WireClient
    made = WireClient(files=FILES, **options)
    made.open(DOC, "markdown", "The SLO and the SLOs.\n", version=7)
    made.open(YAML, "yaml", GLOSSARY)
    return made


def test_a_definition_is_a_link_or_a_location() -> None:
    link = client().at("textDocument/definition", DOC, 0, 5)[0]
    assert link["targetUri"] == YAML
    assert link["originSelectionRange"]["start"] == {"line": 0, "character": 4}
    assert link["targetSelectionRange"]["start"] == {"line": 0, "character": 9}
    assert link["targetRange"]["start"] == {"line": 0, "character": 2}
    place = client(capabilities=PLAIN).at("textDocument/definition", DOC, 0, 5)[0]
    assert place == {"uri": YAML, "range": link["targetSelectionRange"]}


@pytest.mark.parametrize("capabilities", [{}, PLAIN])
def test_a_definition_whose_file_is_gone_leads_nowhere(capabilities: dict[str, Any]) -> None:
    made = client(capabilities=capabilities)
    made.close(YAML)
    made.files.remove("/ws/glossary.yaml")
    assert made.hover(DOC, 0, 5)
    assert made.at("textDocument/definition", DOC, 0, 5) == []


def test_a_rename_asks_before_it_touches_other_files() -> None:
    made = client()
    prepared = made.at("textDocument/prepareRename", DOC, 0, 16)
    assert prepared["placeholder"] == "SLO"
    assert prepared["range"]["end"] == {"line": 0, "character": 20}
    edit = made.request("textDocument/rename", _at(0, 16, newName="SLT"))
    notes = edit["changeAnnotations"]
    confirmed = {
        change["textDocument"]["uri"]: notes[change["edits"][0]["annotationId"]].get(
            "needsConfirmation", False
        )
        for change in edit["documentChanges"]
    }
    assert confirmed == {YAML: False, DOC: False, uri("b.md"): True}
    versions = {
        change["textDocument"]["uri"]: change["textDocument"]["version"] for change in edit["documentChanges"]
    }
    assert versions == {YAML: 1, DOC: 7, uri("b.md"): None}
    assert [each["newText"] for each in edit["documentChanges"][1]["edits"]] == ["SLT", "SLTs"]


def test_a_client_without_document_changes_gets_plain_ones() -> None:
    made = client(capabilities=PLAIN)
    assert made.initialized["capabilities"]["renameProvider"] is True
    edit = made.request("textDocument/rename", _at(0, 5, newName="SLT"))
    assert set(edit) == {"changes"}
    assert set(edit["changes"]) == {YAML, DOC, uri("b.md")}


def test_a_rename_that_is_refused_says_why(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ResponseError, match=r"'old' is in glossary\.yaml already; choose another name"):
        client().request("textDocument/rename", _at(0, 5, newName="old"))
    # Nothing went wrong, so there is nothing to log.
    assert not caplog.records


def test_a_rename_to_the_same_name_changes_nothing() -> None:
    assert client().request("textDocument/rename", _at(0, 5, newName=" SLO "))["documentChanges"] == []


def test_symbols_are_a_tree_or_a_list() -> None:
    tree = client().request("textDocument/documentSymbol", {"textDocument": {"uri": YAML}})
    assert [row["name"] for row in tree] == ["SLO", "old"]
    assert tree[1]["tags"] == [1]
    flat = client(capabilities=PLAIN).request("textDocument/documentSymbol", {"textDocument": {"uri": YAML}})
    assert flat[0]["location"]["uri"] == YAML


def test_symbols_of_the_workspace_lead_into_the_packs() -> None:
    found = client().request("workspace/symbol", {"query": "gpu"})
    assert found[0]["name"] == "GPU"
    assert found[0]["containerName"].startswith("LLM deployment")
    assert found[0]["location"]["uri"].endswith("/llm-deployment.yaml")


def test_a_lens_shows_the_places_to_clients_that_can() -> None:
    commands = {"experimental": {"commands": {"commands": ["glossary_ls.showReferences"]}}}
    for capabilities, command in (({}, ""), (commands, "glossary_ls.showReferences")):
        made = client(capabilities=capabilities)
        lens = made.request("textDocument/codeLens", {"textDocument": {"uri": YAML}})[0]
        resolved = made.request("codeLens/resolve", lens)
        assert resolved["command"]["title"] == "3 uses"
        assert resolved["command"]["command"] == command
        if command:
            target, place, places = resolved["command"]["arguments"]
            assert (target, place) == (YAML, lens["range"]["start"])
            assert {each["uri"] for each in places} == {DOC, uri("b.md")}


def test_a_lens_whose_term_is_gone_shows_nothing() -> None:
    made = client()
    lens = made.request("textDocument/codeLens", {"textDocument": {"uri": YAML}})[0]
    made.change(YAML, 2, "")
    assert made.request("codeLens/resolve", lens)["command"]["title"] == ""
    made.close(YAML)
    assert made.request("codeLens/resolve", lens)["command"]["title"] == ""


def test_unsaved_edits_of_a_glossary_count_at_once() -> None:
    made = client()
    made.change(YAML, 2, "- {term: first, summary: x}\n" + GLOSSARY)
    link = made.at("textDocument/definition", DOC, 0, 5)[0]
    assert link["targetSelectionRange"]["start"] == {"line": 1, "character": 9}


def test_tokens_are_off_unless_asked_for_and_come_for_a_range() -> None:
    document = {"textDocument": {"uri": DOC}}
    assert client().request("textDocument/semanticTokens/full", document) is None
    made = client(settings={"semanticTokens": {"enabled": True}})
    assert made.request("textDocument/semanticTokens/full", document)["data"] == [
        0,
        4,
        3,
        0,
        2,
        0,
        12,
        4,
        0,
        2,
    ]
    reach = {"start": {"line": 0, "character": 10}, "end": {"line": 1, "character": 0}}
    found = made.request("textDocument/semanticTokens/range", {**document, "range": reach})
    assert found["data"] == [0, 16, 4, 0, 2]


def test_the_legend_is_that_of_the_tokens() -> None:
    legend = client().initialized["capabilities"]["semanticTokensProvider"]["legend"]
    assert legend == {"tokenTypes": list(TYPES), "tokenModifiers": list(MODIFIERS)}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.method)
def test_every_feature_can_be_switched_off(feature: Any) -> None:  # noqa: ANN401  a row of the registry
    made = client(settings={f"{group}.enabled": False for group in GROUPS})
    params = {
        **_at(0, 5, newName="SLT"),
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}},
        "context": {"diagnostics": [], "includeDeclaration": True},
    }
    assert made.request(feature.method, params) is None
    assert made.request("workspace/symbol", {"query": "slo"}) == []


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.method)
def test_a_document_that_is_not_open_has_no_answer(feature: Any) -> None:  # noqa: ANN401  a row of the registry
    made = WireClient()
    params = {
        **_at(0, 5, newName="SLT"),
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}},
        "context": {"diagnostics": [], "includeDeclaration": True},
    }
    assert made.request(feature.method, params) is None


def test_a_new_glossary_refreshes_what_depends_on_it() -> None:
    refreshes = {"codeLens": {"refreshSupport": True}, "semanticTokens": {"refreshSupport": True}}
    made = client(capabilities={"workspace": refreshes})
    made.settle()
    before = len(made.received("workspace/codeLens/refresh"))
    made.change(YAML, 2, "- {term: first, summary: x}\n")
    made.settle()
    assert len(made.received("workspace/codeLens/refresh")) == before + 1
    assert made.received("workspace/semanticTokens/refresh")


def test_untitled_documents_take_part() -> None:
    made = client()
    draft = "untitled:Draft-1"
    made.open(draft, "markdown", "One SLO.")
    found = made.request(
        "textDocument/references",
        {
            "textDocument": {"uri": draft},
            "position": {"line": 0, "character": 5},
            "context": {"includeDeclaration": False},
        },
    )
    assert {place["uri"] for place in found} == {draft, DOC, uri("b.md")}
    again = made.request("textDocument/references", {**_at(0, 5), "context": {"includeDeclaration": False}})
    assert {place["uri"] for place in again} == {draft, DOC, uri("b.md")}


def _at(line: int, character: int, **more: object) -> dict[str, Any]:
    return {"textDocument": {"uri": DOC}, "position": {"line": line, "character": character}, **more}


def test_uses_in_glossaries_have_one_order_whichever_was_in_use_first() -> None:
    root = "terms:\n- {term: TPX, expansion: Transfer Point}\n- {term: x, definition: The TPX.}\n"
    files = {"glossary.yaml": root, "sub/glossary.yaml": "terms:\n- {term: y, definition: The TPX.}\n"}
    client = WireClient(files=files)
    document = uri("sub/a.md")
    client.open(document, "markdown", "The TPX.\n")

    def order() -> list[str]:
        place = {"textDocument": {"uri": document}, "position": {"line": 0, "character": 5}}
        found = client.request("textDocument/references", {**place, "context": {"includeDeclaration": False}})
        return [each["uri"] for each in found]

    before = order()
    assert before == [document, uri("glossary.yaml"), uri("sub/glossary.yaml")]
    client.files.remove("/ws/glossary.yaml")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri("glossary.yaml"), "type": 3}]})
    assert client.hover(document, 0, 5) is None
    client.files.put("/ws/glossary.yaml", root)
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri("glossary.yaml"), "type": 1}]})
    assert order() == before
