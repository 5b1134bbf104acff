"""Glossaries in HTML: shapes of pages, mistakes, and cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import html, parse
from tests.unit.steps import assert_linear

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "html.md"


def names(source: str) -> list[str]:
    return [term.name for term in parse("/ws/glossary.html", Text(source)).terms]


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("/ws/docs/glossary.html", Claim.LIKELY),
        ("/ws/glossary/index.html", Claim.LIKELY),
        ("/ws/index.html", Claim.IF_CONFIGURED),
        ("/ws/glossary.md", Claim.NO),
    ],
)
def test_which_files_may_be_glossaries(path: str, claim: Claim) -> None:
    assert html.claims(path, "") is claim


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", ["a", "c"]),
        ("<DL><DT>aa</DT><DD>b</DD></DL><dl><dt>cc</dt><dd>d</dd></dl>", ["aa", "cc"]),
        ("<dl class='py function'><dt>f()</dt><dd>b</dd></dl><dl><dt>cc<dd>d<dt>e<dd>f</dl>", ["cc", "e"]),
        ("<dl class='meta'><dt>x<dd>y</dl><dl class='glossary'><dt>c<dd>d<dt>e<dd>f</dl>", ["c", "e"]),
        ("<table><tr><td>aa</td><td>b</td></tr><tr><td>cc</td><td>d</td></tr></table>", ["aa", "cc"]),
        ("<table><tr><th>Room</th><th>Floor</th></tr><tr><td>aa</td><td>b</td></tr></table>", []),
        ("<h2>A</h2><h3>Ab</h3><p>x</p><h3>Ac</h3><p>y</p><h2>B</h2><h3>Bc</h3><p>z</p>", ["Ab", "Ac", "Bc"]),
        ("<p>Words.</p><p><b>aa</b>: b</p><p><b>cc</b> &ndash; d</p>", ["aa", "cc"]),
        ("<nav><dl><dt>a<dd>b<dt>c<dd>d</dl></nav>", []),
        ("<dl><dt>one</dt><dd>x</dd></dl>", []),
    ],
)
def test_each_shape_is_found(source: str, expected: list[str]) -> None:
    assert names(source) == expected


def test_a_list_that_is_not_closed_is_reported() -> None:
    source = "<dl><dt>aa</dt><dd>b</dd>\n<dt>cc</dt><dd>d</dd>\n"
    file = parse("/ws/glossary.html", Text(source))
    assert [term.name for term in file.terms] == ["aa", "cc"]
    assert [(problem.code, problem.span.of(source)) for problem in file.problems] == [
        ("invalid-html", "<dl>")
    ]


_PIECES = """<dl> </dl> <dt> </dt> <dd> <table> <tr> <td> </td> <th> </table> <h2> </h2> <h3> <p> </p> <b>
</b> <ul> <li> <pre> </pre> <a </a> <!-- --> <script> </script> <main> </main> <dfn> aa b &amp; &lt < > x='"""


@given(st.lists(st.sampled_from((*_PIECES.split(), " ", "\n", "\ufeff")), max_size=25).map("".join))
def test_nothing_is_too_odd(source: str) -> None:
    file = parse("/ws/glossary.html", Text(source))
    end = 0
    for placed in file.entries:
        assert end <= placed.span.start <= placed.name.span.start <= placed.name.span.end <= placed.span.end
        assert placed.span.end <= len(source)
        end = placed.span.end
    assert all(0 <= problem.span.start <= problem.span.end <= len(source) for problem in file.problems)


@pytest.mark.parametrize(
    "unit",
    [
        "<dl><dt>a</dt><dd>b</dd></dl>\n",
        "<dl>",
        "<dt>a",
        "<table><tr><td>a<td>b",
        "<h2>word</h2><p>text</p>",
        "<h3>word</h3>",
        "<p><b>word</b>: text",
        "<p><dfn>",
        "<a ",
        "<!-- x -->",
        "<script>",
        "<div class='sidebar'>",
        "&amp;",
    ],
)
def test_the_cost_is_linear(unit: str) -> None:
    assert_linear(lambda source: parse("/ws/glossary.html", Text(source)), unit)


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    (example,) = re.findall(r"```html\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = parse("/ws/docs/glossary.html", Text(example))
    assert not file.problems
    shard, slo = file.terms
    assert (shard.name, [alias.name for alias in shard.aliases]) == ("Shard", ["Slice"])
    assert shard.definition == "A part of the *index*, served by one node."
    assert (slo.name, slo.expansion) == ("SLO", "Service Level Objective")
