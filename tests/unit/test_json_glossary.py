"""Glossaries in JSON: shapes, mistakes and their places, and files that are something else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import json as json_format
from glossary_ls.glossary.formats import parse
from glossary_ls.markup import json_nodes
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence
from tests.unit.steps import assert_linear

if TYPE_CHECKING:
    from glossary_ls.glossary.model import GlossaryFile

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "json.md"


def read(source: str, path: str = "/ws/glossary.json") -> GlossaryFile:
    return parse(path, Text(source))


def plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.pairs if isinstance(key, Scalar)}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value if not node.plain else json.loads(node.value)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES, st.sampled_from(["ascii", ""]), st.sampled_from([None, 1]))
def test_what_is_valid_is_read_as_the_standard_library_does(
    value: object, encoding: str, indent: int | None
) -> None:
    source = json.dumps(value, ensure_ascii=bool(encoding), indent=indent)
    root, errors = json_nodes.parse(source)
    assert not errors
    assert root is not None
    assert plain(root) == value


@given(st.text(alphabet="{}[]:,\"'\\/* \n\ufeffab1", max_size=40))
def test_nothing_is_too_odd(source: str) -> None:
    file = read(source)
    for placed in file.entries:
        assert 0 <= placed.span.start <= placed.name.span.start <= placed.name.span.end <= placed.span.end
    assert all(0 <= problem.span.start <= problem.span.end <= len(source) for problem in file.problems)


@pytest.mark.parametrize(
    ("source", "place", "message", "names"),
    [
        (
            '[{"term": "a", "definition": "b"},\n {"term": "c" "definition": "d"}]',
            (2, 15),
            "a comma",
            ["a", "c"],
        ),
        ('{"terms": [{"term": "a"}, {"term": "b"}\n', (1, 11), "add a ']'", ["a", "b"]),
        ('[{"term": "a},\n{"term": "b"}]', (1, 11), "the quote", ["a", "b"]),
        ('[{"term": "a"}}, {"term": "b"}]', (1, 15), "this '}' closes nothing", ["a", "b"]),
        ('[{"term": "a"}]\n{"term": "b"}', (2, 1), "behind the end", ["a"]),
        ('[{"term": "a", "definition"}]', (1, 16), "has no value", ["a"]),
    ],
)
def test_a_mistake_costs_its_place_only(
    source: str, place: tuple[int, int], message: str, names: list[str]
) -> None:
    file = read(source)
    assert [term.name for term in file.terms] == names
    problem = file.problems[0]
    assert problem.code == "invalid-json"
    assert message in problem.message
    assert file.text.line_column(problem.span.start) == place


@pytest.mark.parametrize(
    "source",
    [
        '{"name": "x", "version": "1.0.0", "dependencies": {"a": "^1", "b": {"c": [1]}}}',
        '{"openapi": "3", "paths": {"/a": {"get": {"summary": "List", "parameters": [{"name": "id"}]}}}}',
        '{"type": "root", "children": [{"type": "text", "value": "Words"}, {"type": "text", "value": "b"}]}',
        '["a", "b"]',
        "[1, 2]",
        '"a"',
        "",
    ],
)
def test_what_is_something_else_has_no_terms(source: str) -> None:
    assert read(source, "/ws/docs/terms.json").terms == ()


def test_a_file_is_claimed_by_its_contents_or_its_name() -> None:
    claims = json_format.claims
    assert claims("/ws/a.jsonld", '{"@type": "DefinedTermSet"}') is Claim.BY_CONTENT
    assert claims("/ws/glossary.json", "") is Claim.BY_NAME
    assert claims("/ws/data/acronyms.json", "") is Claim.LIKELY
    assert claims("/ws/terms/slo.json", '{"term": "SLO"}') is Claim.LIKELY
    assert claims("/ws/package.json", '{"name": "x"}') is Claim.IF_CONFIGURED
    assert claims("/ws/glossary.md", "") is Claim.NO


def test_the_cost_is_linear() -> None:
    assert_linear(read, '{"term": "Name", "definition": "A text with <b>tags</b>."},\n', "[")
    assert_linear(read, '{"term": "Name" "definition": "A text}, ', "[")
    assert_linear(read, '"name": "Some text.",\n', "{")


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = read(example)
    assert not file.problems
    slo, budget = file.terms
    assert (slo.name, slo.expansion, slo.topics) == ("SLO", "Service Level Objective", ("Targets",))
    assert [alias.name for alias in slo.aliases] == ["goal"]
    assert slo.related == ("error budget",)
    assert budget.definition == "What an objective leaves to spend."
    assert file.head.name == "Reliability"
