"""Semantic tokens as numbers: ranges and deltas agree with the tokens of the document."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_ls.analysis import chunks
from glossary_ls.base.text import Encoding
from glossary_ls.features.semantic_tokens import MODIFIERS, tokens
from tests.wire.harness import WireClient, uri

DOC = uri("doc.md")
FULL = "textDocument/semanticTokens/full"
DELTA = "textDocument/semanticTokens/full/delta"
RANGE = "textDocument/semanticTokens/range"
GLOSSARY = """terms:
  - {term: latency, summary: delay}
  - {term: TP, expansion: Tensor Parallelism}
  - {term: TP, expansion: Throughput, status: deprecated}
"""
LINES = st.sampled_from(
    [
        "",
        "The latency \U0001f600 of TP and latency",
        "TP (throughput)",
        "QXZ \U0001f600 and a QXZ",
        "```",
        "latency",
    ]
)
SOURCES = st.lists(LINES, max_size=30).map("\n".join)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide even short documents."""
    monkeypatch.setattr(chunks, "LENGTH", 40)


def client(encoding: str = "utf-16") -> WireClient:
    files = {"glossary.yaml": GLOSSARY}
    return WireClient(encoding, files=files, settings={"packs": [], "semanticTokens": {"enabled": True}})


def ask(made: WireClient, name: str, **more: object) -> dict[str, Any]:
    found: dict[str, Any] = made.request(name, {"textDocument": {"uri": DOC}, **more})
    return found


def one_by_one(made: WireClient) -> list[int]:
    """Return the numbers of the document's tokens, each worked out from its place."""
    assert made.server.protocol.session is not None
    document = made.server.protocol.session.workspace.snapshot(DOC)
    assert document is not None
    encoding = made.server.protocol.session.flags.encoding
    data: list[int] = []
    line = character = 0
    for start, stop, modifier in tokens(document):
        at_line, at = document.text.position_at(start, encoding)
        end = document.text.position_at(stop, encoding)[1]
        data += [at_line - line, at - character if at_line == line else at, end - at, 0]
        data.append(1 << MODIFIERS.index(modifier))
        line, character = at_line, at
    return data


def patched(data: list[int], edits: list[dict[str, Any]]) -> list[int]:
    for edit in sorted(edits, key=lambda edit: -edit["start"]):
        start = edit["start"]
        data = [*data[:start], *edit.get("data", []), *data[start + edit["deleteCount"] :]]
    return data


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([each.value for each in Encoding]),
    SOURCES,
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 3), SOURCES), min_size=1, max_size=4),
)
@pytest.mark.usefixtures("small_chunks")
def test_differences_lead_to_the_same_numbers(
    encoding: str, source: str, edits: list[tuple[int, int, str]]
) -> None:
    made = client(encoding)
    made.open(DOC, "markdown", source)
    answer = ask(made, FULL)
    data = answer["data"]
    assert data == one_by_one(made)
    versions = count(2)
    for first, lines, new in edits:
        made.change(DOC, next(versions), ((first, 0), (first + lines, 0), f"{new}\n"))
        answer = ask(made, DELTA, previousResultId=answer["resultId"])
        assert "edits" in answer
        data = patched(data, answer["edits"])
        assert data == one_by_one(made)
    assert ask(made, FULL)["data"] == data


def test_nothing_new_is_no_edit() -> None:
    made = client()
    made.open(DOC, "markdown", "The latency of a QXZ")
    first = ask(made, FULL)
    again = ask(made, DELTA, previousResultId=first["resultId"])
    assert again == {"resultId": first["resultId"], "edits": []}


def test_a_client_with_another_answer_gets_all_numbers() -> None:
    made = client()
    made.open(DOC, "markdown", "The latency of a QXZ")
    first = ask(made, FULL)
    wrongs: list[object] = ["7", None, 5, []]
    for wrong in wrongs:
        assert ask(made, DELTA, previousResultId=wrong)["data"] == first["data"]
    made.close(DOC)
    made.open(DOC, "markdown", "A QXZ")
    assert "data" in ask(made, DELTA, previousResultId=first["resultId"])


def test_a_range_has_the_numbers_of_its_tokens_alone() -> None:
    made = client()
    made.open(DOC, "markdown", "The latency\nof the latency\nand a QXZ")
    reach = {"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 4}}
    assert ask(made, RANGE, range=reach)["data"] == [1, 7, 7, 0, 2]
