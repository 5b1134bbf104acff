"""Reading glossaries: every key, every shape, and what is wrong at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Question, Status
from glossary_ls.base.text import Text
from glossary_ls.glossary.formats.yaml import read

FULL = """\
# a comment
version: 1
name: Team 😀 glossary
guide: {title: Start here, text: Read this., points: [one, two]}
terms:
  - term: SLO
    expansion: Service Level Objective
    aliases:
      - objective
      - {name: target, kind: avoid}
    definition: |
      A number that we promise
      to ourselves.
    summary: a promise to ourselves
    facts: [internal]
    examples: 99.9 % of requests
    topics: [Reliability]
    related: [SLA]
    not_to_be_confused_with:
      - {term: SLA, difference: the SLA is for customers}
      - SLI
    questions:
      - {question: Why?, answer: Because., about: SLA}
    status: deprecated
    replaced_by: SLA
    owner: sre
    reviewed: 2026-01-31
    case: exact
    established: yes
    source: supplement
    license: MIT
    url: https://example.com
    scope: [docs/**]
"""


def problems(source: str) -> list[tuple[int, int, str, str]]:
    """Return line, column, code and marked text of each problem."""
    text = Text(source)
    return [
        (*text.line_column(problem.span.start), problem.code, problem.span.of(source))
        for problem in read("glossary.yaml", source).problems
    ]


def test_every_key_is_read() -> None:
    file = read("glossary.yaml", FULL)
    (term,) = file.terms
    assert file.problems == ()
    assert file.head.name == "Team 😀 glossary"
    assert file.head.guide
    assert (file.head.guide.title, file.head.guide.points) == ("Start here", ("one", "two"))
    assert term.aliases == (Alias("objective"), Alias("target", AliasKind.AVOID))
    assert term.definition == "A number that we promise\nto ourselves."
    assert term.examples == ("99.9 % of requests",)
    assert term.contrasts == (Contrast("SLA", "the SLA is for customers"), Contrast("SLI"))
    assert term.questions == (Question("Why?", "Because.", ("SLA",)),)
    assert (term.status, term.case, term.established) == (Status.DEPRECATED, CaseRule.EXACT, True)
    assert term.reviewed == "2026-01-31"
    (placed,) = file.entries
    assert file.line_of(placed) == 5
    assert placed.span.of(FULL).startswith("term: SLO")
    assert placed.span.of(FULL).endswith("scope: [docs/**]")


@pytest.mark.parametrize(
    ("source", "terms"),
    [
        ("", []),
        ("# only a comment\n", []),
        ("terms:\n", []),
        ("- term: a\n- b\n", [("a", "", ""), ("b", "", "")]),
        ("API: Application Programming Interface\n", [("API", "Application Programming Interface", "")]),
        ("latency: How long it takes.\n", [("latency", "", "How long it takes.")]),
        ("terms:\n  no: the word, not false\n", [("no", "", "the word, not false")]),
        ("terms:\n  QPS: {expansion: Queries Per Second}\n", [("QPS", "Queries Per Second", "")]),
        (
            "QWB: |\n  Queue Wait Budget: how long jobs wait.\n\n  See the runbook.\n",
            [("QWB", "Queue Wait Budget", "how long jobs wait.\n\nSee the runbook.")],
        ),
        ("QWB: Queue Wait Budget (QWB)\n", [("QWB", "Queue Wait Budget", "")]),
        ("\ufeffversion: 1\nterms: [a]\n", [("a", "", "")]),
        ("- &x {term: a, definition: d}\n- {<<: *x, term: b}\n", [("a", "", "d"), ("b", "", "d")]),
    ],
)
def test_shapes(source: str, terms: list[tuple[str, str, str]]) -> None:
    file = read("glossary.yaml", source)
    assert file.problems == ()
    assert [(term.name, term.expansion, term.definition) for term in file.terms] == terms


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("- term: a\n  defintion: x\n", [(2, 3, "unknown-key", "defintion")]),
        ("- term: a\n  status: gone\n", [(2, 11, "invalid-value", "gone")]),
        ("- expansion: x\n", [(1, 3, "missing-term", "expansion")]),
        ("- term: ''\n", [(1, 9, "missing-term", "''")]),
        ("- term: a\n  definition: [x]\n", [(2, 15, "invalid-value", "[x]")]),
        ("- term: a\n  summary: x\n  summary: y\n", [(3, 3, "duplicate-key", "summary")]),
        ("version: 7\nterms: []\n", [(1, 10, "invalid-value", "7")]),
        ("just text\n", [(1, 1, "invalid-value", "just text")]),
        ("- term: a\n  established: perhaps\n", [(2, 16, "invalid-value", "perhaps")]),
        ("- 😀: 1\n  term: b\n", [(1, 3, "unknown-key", "😀")]),
        ("- term: a\x07\n", [(1, 10, "invalid-yaml", "\x07")]),
        ("- term: *gone\n", [(1, 9, "invalid-yaml", "*gone")]),
    ],
)
def test_a_mistake_is_reported_where_it_is(source: str, found: list[tuple[int, int, str, str]]) -> None:
    assert problems(source) == found


def test_a_close_key_is_suggested() -> None:
    (problem,) = read("glossary.yaml", "- term: a\n  defintion: x\n").problems
    assert problem.message.endswith("did you mean 'definition'?")


def test_a_syntax_error_costs_one_entry() -> None:
    source = "name: Team\nterms:\n  - term: one\n  - term: two\n    summary: 'x\n  - term: three\n"
    file = read("glossary.yaml", source)
    assert file.head.name == "Team"
    assert [term.name for term in file.terms] == ["one", "three"]
    assert [problem.code for problem in file.problems] == ["invalid-yaml"]
    assert file.line_of(file.entries[1]) == 5


@pytest.mark.parametrize(
    ("source", "names", "wrong"),
    [
        ("SLO: an aim\nrisk: all: of it\nSLA: a promise\n", ["SLO", "SLA"], ["risk: all: of it"]),
        ("SLO: an aim\nrisk: 'open\nSLA:\n  aliases:\n    - pact\n", ["SLO", "SLA"], ["risk: 'open"]),
        (
            "name: T\nterms:\n  SLO: x\n  risk: a: b\n  SLA: y\naccept: [A]\n",
            ["SLO", "SLA"],
            ["  risk: a: b"],
        ),
        ("- SLO\n- 'open\n- SLA\n", ["SLO", "SLA"], ["- 'open"]),
        ("terms:\n  - SLO\n  - a: b: c\nname: [\nversion: 1\n", ["SLO"], ["  - a: b: c", "name: ["]),
        ("# only\n[\n", [], ["["]),
    ],
)
def test_a_syntax_error_costs_one_entry_in_every_form(
    source: str, names: list[str], wrong: list[str]
) -> None:
    file = read("glossary.yaml", source)
    assert [term.name for term in file.terms] == names
    lines = source.split("\n")
    at = [Text(source).line_index(problem.span.start) for problem in file.problems]
    assert [lines[line] for line in at] == wrong


def test_a_syntax_error_leaves_the_head_as_it_is() -> None:
    file = read("glossary.yaml", "name: T\nterms:\n  - a: b: c\naccept: [QXZ]\nguide: {text: Read}\n")
    assert (file.head.name, file.head.accept, file.head.guide and file.head.guide.text) == (
        "T",
        ("QXZ",),
        "Read",
    )


def test_of_merged_mappings_the_first_counts() -> None:
    source = "- &a {term: a, summary: s}\n- &b {term: b, summary: t, url: u}\n- {<<: [*a, *b], term: c}\n"
    file = read("glossary.yaml", source)
    assert file.problems == ()
    assert (file.terms[2].name, file.terms[2].summary, file.terms[2].url) == ("c", "s", "u")


@pytest.mark.parametrize(
    "form", ["[{0}, {0}, {0}, {0}]", "{{x: {0}, y: {0}, z: {0}}}", "{{<<: [{0}, {0}, {0}, {0}]}}"]
)
def test_a_few_lines_do_not_stand_for_billions(form: str) -> None:
    levels = "".join(f"x{at}: &x{at} {form.format(f'*x{at - 1}')}\n" for at in range(1, 40))
    file = read("glossary.yaml", "x0: &x0 {a: b}\n" + levels)
    assert any(
        "too many values" in problem.message or "no anchor" in problem.message for problem in file.problems
    )


@given(st.text(st.sampled_from("- :\n\t'\"[]{}|>&*!%#a1é😀\r\x07\u2028\ud800"), max_size=60))
def test_no_text_breaks_the_reader(source: str) -> None:
    file = read("glossary.yaml", source)
    assert all(0 <= problem.span.start <= problem.span.end <= len(source) for problem in file.problems)


@given(st.integers(0, len(FULL)), st.text("[]{}'\":-\n ", max_size=5))
def test_no_damage_to_a_good_file_breaks_the_reader(at: int, new: str) -> None:
    read("glossary.yaml", FULL[:at] + new + FULL[at:])


def test_a_broken_entry_costs_no_entry_that_uses_an_anchor_of_another_one() -> None:
    source = (
        "terms:\n  - term: A\n    aliases: &x [AA]\n  - term: B\n    related: *x\n"
        '  - term: C\n    definition: "broken\n  - term: D\n    topics: *x\n'
    )
    file = read("", Text(source))
    assert [(term.name, term.related, term.topics) for term in file.terms] == [
        ("A", (), ()),
        ("B", ("AA",), ()),
        ("D", (), ("AA",)),
    ]
    assert len(file.problems) == 1


@pytest.mark.parametrize(
    "anchored",
    ["topics: &x [AA]", "topics: &x\n      - AA\n\n    owner: me", "- &x [AA]"],
    ids=["flow", "block", "item"],
)
def test_a_broken_entry_costs_no_entry_that_uses_an_anchor_in_it(anchored: str) -> None:
    source = (
        f"terms:\n  - term: A\n    definition: [broken\n    {anchored}\n"
        "  - term: B\n    topics: *x\n  - term: C\n    topics: *y\n"
    )
    file = read("", Text(source))
    assert [(term.name, term.topics) for term in file.terms] == [("B", ("AA",))]
    assert len(file.problems) == 2


def test_aliases_of_a_broken_file_do_not_stand_for_more_values_than_those_of_another_one() -> None:
    rows = "".join(f"- term: T{number}\n  x: *b\n" for number in range(50))
    source = f"- term: A\n  x: &b [{'y, ' * 3000}]\n- {{broken\n{rows}"
    file = read("", Text(source))
    assert len(file.terms) < 40
    assert any("too many values" in problem.message for problem in file.problems)
