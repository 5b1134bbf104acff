"""Tables of terms: separators, headers, quotes, and where each cell stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import csv, parse
from glossary_ls.glossary.model import Role
from glossary_ls.vfs.files import Source, read_text
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.unit.steps import assert_linear

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "csv.md"


def told(source: str, path: str = "/ws/glossary.csv") -> list[tuple[str, str, str]]:
    file = parse(path, Text(source))
    return [(term.name, term.expansion, term.definition) for term in file.terms]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_dialect_is_read_alike(separator: str, end: str, mark: str) -> None:
    rows = [
        ["Acronym", "Stands for", "Description"],
        ["SLO", "Service Level Objective", '"a ""target"""'],
        ["e2e", "end to end", f'"two{end}lines, and; more"'],
    ]
    source = mark + "".join(separator.join(row) + end for row in rows)
    assert told(source) == [
        ("SLO", "Service Level Objective", 'a "target"'),
        ("e2e", "end to end", f"two{end}lines, and; more"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("SLO,Service Level Objective\n", ("SLO", "Service Level Objective", "")),
        ("latency,how long it takes\n", ("latency", "", "how long it takes")),
        ("SLO,Service Level Objective,A target.\n", ("SLO", "Service Level Objective", "A target.")),
        ('term,meaning\nB2B,"Goes on, and on."\n', ("B2B", "", "Goes on, and on.")),
        ("term,acronym\nService Level Objective,SLO\n", ("SLO", "Service Level Objective", "")),
        ("acronym,term\nSLO,Service Level Objective\n", ("SLO", "Service Level Objective", "")),
        ("K\u00fcrzel;Bedeutung\nSLO;Dienstziel\n", ("SLO", "Dienstziel", "")),
        ("term\nlatency\n", ("latency", "", "")),
    ],
)
def test_columns_are_known_by_their_headings_or_their_order(
    source: str, expected: tuple[str, str, str]
) -> None:
    assert told(source) == [expected]


def test_a_short_form_of_another_kind_is_an_abbreviation() -> None:
    (term,) = parse("x.csv", Text("term,short,aliases\nSeverity,Sev,a; b | c\n")).terms
    assert [(alias.name, alias.kind.value) for alias in term.aliases] == [
        ("Sev", "abbreviation"),
        ("a", "synonym"),
        ("b", "synonym"),
        ("c", "synonym"),
    ]


def test_a_quote_that_is_not_closed_costs_its_row_only() -> None:
    file = parse("x.csv", Text('term,definition\na,"b\nc,d\ne,f\n'))
    assert [term.name for term in file.terms] == ["a", "c", "e"]
    (problem,) = file.problems
    assert (problem.code, problem.span.of(file.text.source)) == ("invalid-csv", '"b')


@given(st.text(alphabet=',;\t"\r\n ab\u0000\ufeff', max_size=40), st.sampled_from([".csv", ".tsv"]))
def test_nothing_is_too_odd(source: str, suffix: str) -> None:
    file = parse(f"/ws/glossary{suffix}", Text(source))
    for placed in file.entries:
        assert all(0 <= value.span.start <= value.span.end <= len(source) for value in placed.values)
        row = placed.span.of(source).replace('"', "")
        assert placed.name.role is Role.TERM
        assert placed.span.start <= placed.name.span.start <= placed.name.span.end <= placed.span.end
        assert all(word in row for word in placed.term.name.replace('"', "").split())
    assert all(0 <= problem.span.start <= problem.span.end <= len(source) for problem in file.problems)


def test_rows_that_stay_are_the_same_terms() -> None:
    before = parse("/ws/glossary.csv", Text("term,definition\na,b\nc,d\na,b\n")).terms
    after = parse("/ws/glossary.csv", Text("term,definition\na,b\nnew,x\nc,d\na,b\n")).terms
    assert len(set(map(id, before))) == 3
    assert [term is after[at] for term, at in zip(before, (0, 2, 3), strict=True)] == [True] * 3


def test_the_file_is_read_again_as_it_is_edited() -> None:
    files = MemoryFiles({"/ws/glossary.csv": "SLO,Service Level Objective\n"})
    space = Workspace(files, ["/ws"])
    space.configure({"packs": []})
    assert space.glossary_of("/ws/a.md").senses("SLO")
    files.put("/ws/glossary.csv", "SLA,Service Level Agreement\n")
    space.changed(["/ws/glossary.csv"])
    assert not space.glossary_of("/ws/a.md").senses("SLO")
    space.open("file:///ws/glossary.csv", "csv", 1, "RTO,Recovery Time Objective\n;x\n")
    assert space.glossary_of("/ws/a.md").senses("RTO")
    findings = space.findings("file:///ws/glossary.csv")
    assert findings is not None


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    page = PAGE.read_text("utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    file = parse("/ws/glossary.csv", Text(example))
    assert not file.problems
    slo, budget = file.terms
    assert (slo.name, slo.expansion, slo.topics) == ("SLO", "Service Level Objective", ("Reliability",))
    assert [alias.name for alias in slo.aliases] == ["goal", "promise"]
    assert (budget.name, budget.expansion) == ("error budget", "")
    assert budget.definition == "What an objective leaves to spend."


@pytest.mark.parametrize(
    "source",
    ["id,score\n1,2\n3,4\n", "a,b\ntrue,false\nfalse,true\n", "1;2\n3;4\n", "\n\n", ",,\n,,\n"],
)
def test_a_table_of_something_else_has_no_terms(source: str) -> None:
    assert not parse("/ws/data/acronyms.csv", Text(source)).terms


@pytest.mark.parametrize(
    ("path", "head", "claim"),
    [
        ("/ws/glossary.csv", "", Claim.BY_NAME),
        ("/ws/data/acronyms.csv", "", Claim.LIKELY),
        ("/ws/data/sales.csv", "", Claim.IF_CONFIGURED),
        ("/ws/omegat/glossary/glossary.txt", "a\tb\n", Claim.LIKELY),
        ("/ws/omegat/glossary/glossary.txt", "These are words.\n", Claim.NO),
        ("/ws/notes.txt", "These are words.\n", Claim.NO),
        ("/ws/words.tab", "a\tb\n", Claim.IF_CONFIGURED),
    ],
)
def test_a_file_is_claimed_by_its_name(path: str, head: str, claim: Claim) -> None:
    assert csv.claims(path, head) is claim


def test_what_cannot_be_utf_8_is_read_in_the_encoding_of_the_system() -> None:
    content = "Maß;Größe\nMDB;Mitte des Bogens\n".encode("latin-1")
    files = MemoryFiles({"/ws/glossary.csv": content, "/ws/glossary.yaml": content})
    assert read_text(files, "/ws/glossary.csv", is_legacy=True) == Source("Maß;Größe\nMDB;Mitte des Bogens\n")
    assert read_text(files, "/ws/glossary.yaml").problems
    mixed = "é".encode() + b"\xe9"
    assert read_text(MemoryFiles({"/ws/a.csv": mixed}), "/ws/a.csv", is_legacy=True).problems


@pytest.mark.parametrize(
    "unit", ["SLO,Service Level Objective\n", 'name,"a text\n', '"name";"a ""text"""\n', ",,\n"]
)
def test_the_cost_is_linear(unit: str) -> None:
    assert_linear(lambda source: parse("/ws/glossary.csv", Text(source)), unit)
