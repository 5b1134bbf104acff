"""The requests of our own over the wire: status, terms, one term, and the terms of a document."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from glossary_ls.lsp.capabilities import COMMANDS, CUSTOM_REQUESTS
from tests.wire.harness import ResponseError, WireClient, uri

DOC = uri("a.md")
GLOSSARY = uri("glossary.yaml")
PAGE = (Path(__file__).parents[2] / "docs/protocol.md").read_text("utf-8")
FILES = {
    "glossary.yaml": """\
name: Team
terms:
  - term: SLO
    expansion: Service Level Objective
    aliases: [service objective]
    definition: A target. It is agreed.
    topics: [reliability]
    related: [SLI]
    not_to_be_confused_with:
      - term: SLI
        difference: An SLI is measured.
  - term: SLI
    expansion: Service Level Indicator
    status: draft
""",
    "a.md": "The SLO.",
    "sub/b.md": "One SLO,\nan SLI and an SLO.",
    "glossary-ls.toml": "packs = []",
}


def client(**options: Any) -> WireClient:  # noqa: ANN401  because they are JSON
    started = WireClient(files=FILES, **options)
    started.open(DOC, "markdown", "\U0001f600 SLO and QXZT.\nThe SLO.")
    return started


def test_what_is_announced_is_answered_and_stands_in_the_manual() -> None:
    started = client()
    announced = started.initialized["capabilities"]["experimental"]["glossary_ls"]
    assert {f"glossary_ls/{name}" for name in announced} == set(CUSTOM_REQUESTS)
    for method in CUSTOM_REQUESTS:
        started.request(method, {"uri": DOC, "name": "SLO"})
        assert f"### `{method}`" in PAGE
    for name in COMMANDS:
        assert f"| `{name}` |" in PAGE


def example(method: str, number: int) -> Any:  # noqa: ANN401  because it is JSON
    """Return an example of the manual: the first is a question, the second its answer."""
    section = PAGE.partition(f"### `{method}`")[2]
    return json.loads(re.findall(r"```json\n(.*?)```", section, re.DOTALL)[number])


@pytest.mark.parametrize("method", CUSTOM_REQUESTS)
def test_answers_have_the_shape_that_the_manual_shows(method: str) -> None:
    started = client()
    started.request("workspace/executeCommand", {"command": "glossary_ls.checkWorkspace"})
    question = {"uses": True, **example(method, 0), "uri": DOC}
    answer = started.request(method, question)
    agree(answer, example(method, 1))


def agree(told: Any, shown: Any) -> None:  # noqa: ANN401  because they are JSON
    """Check that two JSON values have the same members in the same order, as far as lists are not empty."""
    if isinstance(told, dict) and isinstance(shown, dict):
        assert list(told) == list(shown)
        for key, member in told.items():
            agree(member, shown[key])
    elif isinstance(told, list) and isinstance(shown, list) and told and shown:
        agree(told[0], shown[0])


def test_the_status_of_a_document_and_of_the_workspace() -> None:
    started = client()
    status = started.request("glossary_ls/status", {"uri": DOC})
    assert status["glossaries"] == [
        {
            "name": "Team",
            "path": "/ws/glossary.yaml",
            "uri": GLOSSARY,
            "terms": 2,
            "kind": "workspace",
            "format": "yaml",
            "evidence": "",
            "findings": 0,
        }
    ]
    assert (status["root"], status["terms"], status["findings"]) == ("file:///ws", 2, 1)
    assert status["harvested"] == {"documents": 2, "definitions": 0, "done": True}
    assert status["checked"] is None
    assert started.request("glossary_ls/status", {"textDocument": {"uri": DOC}}) == status
    assert started.request("glossary_ls/status") == {**status, "findings": None}
    started.request("workspace/executeCommand", {"command": "glossary_ls.checkWorkspace"})
    checked = started.request("glossary_ls/status")["checked"]
    assert checked == {"documents": 2, "files": 1, "findings": 1}


def test_terms_are_listed_searched_and_counted() -> None:
    started = client()
    rows = started.request("glossary_ls/terms", {})
    assert [row["name"] for row in rows] == ["SLI", "SLO"]
    assert rows[1] == {
        "name": "SLO",
        "expansion": "Service Level Objective",
        "summary": "A target.",
        "aliases": ["service objective"],
        "topics": ["reliability"],
        "status": "active",
        "glossary": "Team",
        "kind": "workspace",
        "uri": GLOSSARY,
        "line": 2,
    }
    found = started.request("glossary_ls/terms", {"query": "objective", "uri": DOC})
    assert [row["name"] for row in found] == ["SLO"]
    assert len(started.request("glossary_ls/terms", {"limit": 1})) == 1
    counted = started.request("glossary_ls/terms", {"uses": True})
    assert [row["uses"] for row in counted] == [1, 4]
    # The open document counts as it stands in the editor.
    started.change(DOC, 2, "Nothing.")
    assert [row["uses"] for row in started.request("glossary_ls/terms", {"uses": True})] == [1, 2]


def test_one_term_with_everything() -> None:
    started = client()
    found = started.request("glossary_ls/term", {"name": "slo", "uses": True})
    (sense,) = found["senses"]
    assert found["name"] == "SLO"
    assert found["markdown"] == sense["markdown"]
    assert sense["contrasts"] == [{"term": "SLI", "difference": "An SLI is measured."}]
    assert sense["range"]["start"] == {"line": 2, "character": 10}
    places = [(use["uri"], use["range"]["start"], use["text"]) for use in found["uses"]]
    assert places[0] == (DOC, {"line": 0, "character": 3}, "\U0001f600 SLO and QXZT.")
    assert (uri("sub/b.md"), {"line": 1, "character": 14}, "an SLI and an SLO.") in places
    assert "uses" not in started.request("glossary_ls/term", {"name": "SLI"})
    assert started.request("glossary_ls/term", {"name": "none"}) is None


def test_the_terms_of_a_document_with_their_places() -> None:
    started = client()
    (row,) = started.request("glossary_ls/documentTerms", {"uri": DOC})
    assert (row["name"], row["count"], row["line"]) == ("SLO", 2, 2)
    assert [each["start"] for each in row["ranges"]] == [
        {"line": 0, "character": 3},
        {"line": 1, "character": 4},
    ]
    place = {"line": 1, "character": 5}
    assert started.request("glossary_ls/documentTerms", {"uri": DOC, "position": place}) == [row]
    place = {"line": 1, "character": 0}
    assert started.request("glossary_ls/documentTerms", {"uri": DOC, "position": place}) == []
    started.change(DOC, 2, "Intro.\n\nQueue Transfer Zone (QTZ). A QTZ.")
    (own,) = started.request("glossary_ls/documentTerms", {"uri": DOC})
    assert (own["kind"], own["expansion"], own["uri"]) == ("document", "Queue Transfer Zone", DOC)
    assert (own["line"], own["count"]) == (2, 2)
    assert started.request("glossary_ls/documentTerms", {"uri": uri("b.md")}) is None


def test_built_in_terms_are_told_from_others() -> None:
    started = WireClient(roots=())
    rows = started.request("glossary_ls/terms", {"query": "GPU"})
    assert {row["kind"] for row in rows} == {"builtIn"}
    status = started.request("glossary_ls/status")
    assert status["root"] is None
    assert {row["kind"] for row in status["glossaries"]} == {"builtIn"}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("glossary_ls/status", {"uri": 5}),
        ("glossary_ls/terms", {"query": 5}),
        ("glossary_ls/terms", {"limit": "x"}),
        ("glossary_ls/term", {}),
        ("glossary_ls/documentTerms", {}),
        ("glossary_ls/documentTerms", None),
    ],
)
def test_wrong_parameters_are_refused(method: str, params: object) -> None:
    with pytest.raises(ResponseError) as caught:
        client().request(method, params)
    assert caught.value.code == -32602


RELATED = """\
version: 1
terms:
  - {term: zonk, definition: A knot., related: [yarp, nowhere]}
  - {term: yarp, definition: A dry one., replaced_by: zonk, status: deprecated}
  - {term: XQ, expansion: Extra Queue, not_to_be_confused_with: [{term: yarp, difference: It is wet.}]}
"""


def test_a_hover_leads_to_the_entries_of_related_terms() -> None:
    started = WireClient(files={**FILES, "glossary.yaml": RELATED})
    started.open(DOC, "markdown", "A zonk and a yarp.")
    at = {"textDocument": {"uri": DOC}, "position": {"line": 0, "character": 3}}
    hover = started.request("textDocument/hover", at)
    assert f"*See also:* [yarp]({uri('glossary.yaml')}#L4), nowhere" in hover["contents"]["value"]
    assert "glossary_ls" not in hover
    there = {**at, "position": {"line": 0, "character": 14}}
    text = started.request("textDocument/hover", there)["contents"]["value"]
    assert f"Use **[zonk]({uri('glossary.yaml')}#L3)** instead." in text
    assert f"**Not to be confused with [XQ]({uri('glossary.yaml')}#L5)**: It is wet." in text


def test_a_hover_that_was_shown_before_leads_to_where_the_entries_are_now() -> None:
    started = WireClient(files={**FILES, "glossary.yaml": RELATED})
    started.open(DOC, "markdown", "A zonk. A zonk.")
    assert f"[yarp]({uri('glossary.yaml')}#L4)" in str(started.hover(DOC, 0, 3))
    assert started.hover(DOC, 0, 11) == started.hover(DOC, 0, 3)
    # Editors write the same path in their own way.
    written = uri("glossary%2Eyaml")
    started.open(written, "yaml", RELATED)
    assert f"[yarp]({written}#L4)" in str(started.hover(DOC, 0, 3))
    started.change(written, 2, ((0, 0), (0, 0), "# Ours\n"))
    assert f"[yarp]({written}#L5)" in str(started.hover(DOC, 0, 3))
    started.change(written, 3, ((3, 31), (3, 35), "rope"))
    assert "A rope." in str(started.hover(DOC, 0, 3))
    started.notify("textDocument/didClose", {"textDocument": {"uri": written}})
    hover = str(started.hover(DOC, 0, 3))
    assert f"[yarp]({uri('glossary.yaml')}#L4)" in hover
    assert "A knot." in hover


def test_a_client_that_links_terms_itself_is_told_which() -> None:
    able = {"experimental": {"glossary_ls": {"linksTerms": True}}}
    started = WireClient(files={**FILES, "glossary.yaml": RELATED}, capabilities=able)
    started.open(DOC, "markdown", "A zonk and a yarp.")
    at: dict[str, Any] = {"textDocument": {"uri": DOC}, "position": {"line": 0, "character": 14}}
    hover = started.request("textDocument/hover", at)
    assert hover["glossary_ls"] == {"name": "yarp", "uri": DOC, "related": ["zonk", "XQ"]}
    assert "](file:" not in hover["contents"]["value"]
    at["position"]["character"] = 3
    assert started.request("textDocument/hover", at)["glossary_ls"]["related"] == ["yarp"]


def test_guides_and_comparisons() -> None:
    guide = "guide: {title: Start here, text: Read *zonk*., points: [One., Two.]}\n"
    started = WireClient(files={**FILES, "glossary.yaml": guide + RELATED})
    assert started.request("glossary_ls/guides") == [
        {
            "glossary": "glossary.yaml",
            "kind": "workspace",
            "uri": uri("glossary.yaml"),
            "title": "Start here",
            "text": "Read *zonk*.",
            "points": ["One.", "Two."],
            "comparisons": [{"term": "XQ", "other": "yarp", "difference": "It is wet."}],
        }
    ]
    text = "# Start here\n\nRead *zonk*.\n\n1. One.\n2. Two.\n\n"
    text += "## How similar terms differ\n\n- **XQ** and **yarp**: It is wet."
    command = {"command": "glossary_ls.showGuide", "arguments": [DOC]}
    assert started.request("workspace/executeCommand", command) == text
    named = WireClient(files={**FILES, "glossary.yaml": f"version: 1\nname: A_B\n{RELATED}"})
    assert named.request("workspace/executeCommand", command).startswith("# A\\_B\n\n## How")
    plain = WireClient(files={**FILES, "glossary.yaml": "SLO: Service Level Objective\n"})
    assert plain.request("glossary_ls/guides", {"uri": DOC}) == []
    assert plain.request("workspace/executeCommand", command) is None
