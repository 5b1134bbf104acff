"""Glossaries in YAML of other tools: which files are read so, mistakes, and the cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import format_of, parse, yaml_other
from glossary_ls.glossary.formats.yaml.dialect import Dialect, dialect_of
from tests.unit.steps import assert_linear

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "yaml-other.md"


@pytest.mark.parametrize(
    ("head", "dialect"),
    [
        ("- term: a\n  definition: b\n", Dialect.PLAIN),
        ("- {term: SLO, expansion: Service Level Objective, description: x}\n", Dialect.NATIVE),
        ("- term: a\n  defintion: b\n", Dialect.PLAIN),
        ("SLO: Service Level Objective\n", Dialect.PLAIN),
        ("accept: [QXZ]\nSLO: a\n", Dialect.NATIVE),
        ("version: 1\nterms:\n  - term: a\n    description: b\n", Dialect.NATIVE),
        ("name: x\nterms: []\n", Dialect.UNKNOWN),
        ("a: {definition: b}\n", Dialect.PLAIN),
        ("contexts:\n  - name: a\n    terms: []\n", Dialect.CONTEXTIVE),
        ("- term: a\n  description: b\n", Dialect.OTHER),
        ("- word: a\n", Dialect.OTHER),
        ("terms:\n- trem: a\n", Dialect.UNKNOWN),
        ("- acronym: SLO\n  meaning: Service Level Objective\n", Dialect.OTHER),
        ("- term: Service Level Objective (SLO)\n  definition: b\n", Dialect.OTHER),
        ("- SLO: Service Level Objective\n", Dialect.OTHER),
        ("acronyms:\n  keys:\n    - shortname: SLO\n", Dialect.OTHER),
        ("terms:\n  a:\n    description: b\n", Dialect.OTHER),
        ("- slug: a\n  en: {term: a, def: b}\n", Dialect.OTHER),
        ("term: a\ndescription: b\n---\nterm: c\n", Dialect.OTHER),
        ("<b>a</b>: b\n", Dialect.OTHER),
        ("- term: a\n  description: 'b\n", Dialect.UNKNOWN),
        ("- term: a\n  description: b\n- term: 'c", Dialect.OTHER),
        ("", Dialect.UNKNOWN),
    ],
)
def test_the_beginning_tells_the_dialect(head: str, dialect: Dialect) -> None:
    assert dialect_of(head) is dialect


def test_native_files_and_those_of_contextive_are_left_to_others() -> None:
    native = "- term: SLO\n  expansion: Service Level Objective\n"
    found = format_of("/ws/glossary.yaml", native)
    assert found is not None
    assert found.id == "yaml"
    plain = format_of("/ws/docs/acronyms.yaml", "SLO: Service Level Objective\n")
    assert plain is not None
    assert plain.id == "yaml"
    data = format_of("/ws/_data/glossary.yml", "- term: SLO\n  definition: a target\n")
    assert data is not None
    assert data.id == "yaml-other"
    assert yaml_other.claims("/ws/acronyms.yaml", "contexts: []\n") is Claim.NO
    assert yaml_other.claims("/ws/docker-compose.yaml", "services: a\n") is Claim.NO


def test_an_entry_that_is_broken_is_left_out() -> None:
    file = parse(
        "/ws/glossary.yaml", Text("- word: a\n  meaning: b\n- word: c: d\n- word: e\n  meaning: f\n")
    )
    assert [term.name for term in file.terms] == ["a", "e"]
    (problem,) = file.problems
    assert problem.code == "invalid-yaml"
    assert file.text.line_column(problem.span.start) == (3, 10)


def test_each_document_has_its_place() -> None:
    source = "word: a\nmeaning: b c\n---\nword: d\nmeaning: [\n---\nword: e\nmeaning: f g\n"
    file = parse("/ws/glossary.yaml", Text(source), "yaml-other")
    assert [
        (term.name, file.line_of(placed) + 1) for term, placed in zip(file.terms, file.entries, strict=True)
    ] == [
        ("a", 1),
        ("d", 4),
        ("e", 7),
    ]


def test_the_cost_is_linear() -> None:
    assert_linear(
        lambda source: parse("/ws/glossary.yaml", Text(str(source))),
        "- word: name\n  description: Some text.\n",
    )


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = parse("/ws/_data/glossary.yml", Text(example))
    assert file.format == "yaml-other"
    assert not file.problems
    budget, slo = file.terms
    assert (budget.name, budget.topics) == ("error budget", ("Reliability",))
    assert [alias.name for alias in budget.aliases] == ["budget", "allowance"]
    assert (slo.name, slo.expansion) == ("SLO", "Service Level Objective")
