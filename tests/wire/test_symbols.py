"""Symbols over the wire: topics are containers in a tree, and names for clients that show lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.base import memo
from glossary_ls.base.buffer import Buffer
from glossary_ls.base.text import Encoding
from tests.unit.test_reading_pieces import EDITS, SHAPES
from tests.wire.harness import WireClient, uri

YAML = uri("glossary.yaml")
TERMS = """\
- {term: SLO, expansion: Service Level Objective, topics: [Reliability, Cost]}
- term: old
  status: deprecated
  topics: [Reliability]

- {term: GPU, expansion: Graphics Processing Unit}
"""


def symbols(*, tree: bool) -> list[dict[str, Any]]:
    capabilities = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": tree}}}
    client = WireClient(capabilities=capabilities, files={"glossary.yaml": TERMS}, settings={"packs": []})
    client.open(YAML, "yaml", TERMS)
    found: list[dict[str, Any]] = client.request(
        "textDocument/documentSymbol", {"textDocument": {"uri": YAML}}
    )
    return found


def test_a_topic_holds_its_terms() -> None:
    topic, gpu = symbols(tree=True)
    assert (topic["name"], topic["kind"], topic["detail"]) == ("Reliability", 3, "2 terms")
    assert [(row["name"], row["kind"]) for row in topic["children"]] == [("SLO", 20), ("old", 20)]
    assert topic["children"][1]["tags"] == [1]
    assert (gpu["name"], gpu.get("children")) == ("GPU", None)
    assert _lines(topic["range"]) == (0, 3)
    assert [_lines(row["range"]) for row in topic["children"]] == [(0, 0), (1, 3)]
    assert all(_within(row["range"], topic["range"]) for row in topic["children"])
    assert _within(topic["selectionRange"], topic["range"])


def test_a_list_names_the_topics() -> None:
    found = symbols(tree=False)
    assert [(row["name"], row.get("containerName")) for row in found] == [
        ("SLO", "Reliability \u00b7 Cost"),
        ("old", "Reliability"),
        ("GPU", None),
    ]
    assert [row["location"]["range"]["start"]["line"] for row in found] == [0, 1, 5]


@pytest.mark.parametrize("query", ["g", "slo", "o"])
def test_a_query_leads_to_the_names_in_the_text_of_the_editor(query: str) -> None:
    client = WireClient(files={"glossary.yaml": TERMS}, settings={"packs": []})
    client.open(YAML, "yaml", f"# \U0001f642\n{TERMS}")
    found = client.request("workspace/symbol", {"query": query})
    assert found
    lines = f"# \U0001f642\n{TERMS}".split("\n")
    for row in found:
        start, end = (row["location"]["range"][edge] for edge in ("start", "end"))
        assert lines[start["line"]][start["character"] : end["character"]] == row["name"]
        assert row["location"]["uri"] == YAML


def _lines(range_: dict[str, Any]) -> tuple[int, int]:
    return range_["start"]["line"], range_["end"]["line"]


def _within(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
    first, last = ((edge["line"], edge["character"]) for edge in (inner["start"], inner["end"]))
    begin, end = ((edge["line"], edge["character"]) for edge in (outer["start"], outer["end"]))
    return begin <= first <= last <= end


WHOLE = ("textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens")
TOPICS = (
    TERMS + "- {term: CPU, topics: [\U0001f600]}\n# x\n- {term: \U0001f600, topics: [\U0001f600]}\n- a\n- b\n"
)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from((*sorted(SHAPES.values()), TOPICS)), EDITS, st.sampled_from(tuple(Encoding)))
def test_what_is_said_of_a_whole_file_is_the_same_after_edits(
    source: str, edits: list[tuple[float, int, str]], encoding: Encoding
) -> None:
    capabilities = {"general": {"positionEncodings": [encoding.value]}}
    buffer = Buffer(source, encoding)
    made = WireClient(capabilities=capabilities, files={}, settings={"packs": []})
    made.open(YAML, "yaml", source)
    for version, (where, length, new) in enumerate(edits, 2):
        text = buffer.text
        at = round(where * len(text))
        start, end = (text.position_at(offset, encoding) for offset in (at, at + length))
        buffer.replace(start, end, new)
        span = {
            name: {"line": line, "character": character}
            for name, (line, character) in (("start", start), ("end", end))
        }
        change = {
            "textDocument": {"uri": YAML, "version": version},
            "contentChanges": [{"range": span, "text": new}],
        }
        made.notify("textDocument/didChange", change)
        said = [made.request(method, {"textDocument": {"uri": YAML}}) for method in WHOLE]
    other = WireClient(capabilities=capabilities, files={}, settings={"packs": []})
    other.open(YAML, "yaml", buffer.text.source)
    memo.clear()
    afresh = [other.request(method, {"textDocument": {"uri": YAML}}) for method in WHOLE]
    assert said == afresh
