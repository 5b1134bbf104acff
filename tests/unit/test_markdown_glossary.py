"""Markdown pages as glossaries: which files and shapes, places in the file, and that the cost is linear."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossary_ls.base import memo
from glossary_ls.base.model import Severity
from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import markdown, parse
from glossary_ls.glossary.model import NAMES

FIXTURES = Path(__file__).parents[1] / "fixtures" / "glossaries" / "markdown"
PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "markdown.md"


def told(source: str) -> list[tuple[int, str, str, str]]:
    """Return the line, name, expansion and definition of each entry."""
    file = markdown.parse("/ws/glossary.md", Text(source))
    return [
        (
            file.text.line_index(placed.name.span.start) + 1,
            placed.term.name,
            placed.term.expansion,
            placed.term.definition,
        )
        for placed in file.entries
    ]


def names(source: str) -> list[str]:
    return [name for _, name, _, _ in told(source)]


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("/ws/GLOSSARY.md", Claim.LIKELY),
        ("/ws/docs/glossary.mdx", Claim.LIKELY),
        ("/ws/includes/abbreviations.md", Claim.LIKELY),
        ("/ws/docs/glossary/README.md", Claim.LIKELY),
        ("/ws/content/glossary/_index.md", Claim.LIKELY),
        ("/ws/glossary/shard.md", Claim.NO),
        ("/ws/README.md", Claim.IF_CONFIGURED),
        ("/ws/docs/words.markdown", Claim.IF_CONFIGURED),
        ("/ws/glossary.txt", Claim.NO),
    ],
)
def test_the_name_of_a_page_tells_how_likely_it_is_a_glossary(path: str, claim: Claim) -> None:
    assert markdown.claims(path, "") is claim


@pytest.mark.parametrize(
    "lead",
    [
        "**Shard**: d",
        "**Shard:** d",
        "**Shard** \u2014 d",
        "**Shard** - d",
        "**Shard** -d",
        "**Shard**. d",
        "**Shard.** d",
        "__Shard__: d",
        "**`Shard`**: d",
        "**[Shard](#shard)**: d",
        "[**Shard**](https://example.org): d",
        '<a id="shard"></a>**Shard**: d',
        '<span id="shard">Shard</span>: d',
        "<b>Shard</b>: d",
        "**Shard** {#shard}: d",
    ],
)
@pytest.mark.parametrize("bullet", ["", "- ", "* ", "1. "])
def test_a_bold_name_may_be_set_off_in_any_way(lead: str, bullet: str) -> None:
    source = f"# G\n\n{bullet}{lead}\n\n{bullet}**Ring**: e\n"
    assert told(source) == [(3, "Shard", "", "d"), (5, "Ring", "", "e")]


@pytest.mark.parametrize(
    "source",
    [
        "# Glossary\n\n## Terms\n",
        "# Glossary\n\nIt has moved to [the handbook](https://example.org).\n",
        "# Glossary\n\n- [Shard](#shard)\n- [Ring](#ring)\n- [Node](#node)\n",
        "# Style\n\n## Use short words\n\nText.\n\n## Avoid jargon\n\nText.\n\n## Do not shout\n\nText.\n",
        "# Glossary\n\n<!--\n**Shard**: d\n\n**Ring**: e\n-->\n",
        "# Glossary\n\n```\n**Shard**: d\n**Ring**: e\n```\n",
        "# Glossary\n\n- Shard\n- Ring\n- Node\n",
        "",
        "---\ntitle: Glossary\n---\n",
    ],
)
def test_a_page_without_entries_gives_none(source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("# G\n\n{% for term in site.data.words %}\n## {{ term }}\n{% endfor %}\n", "_data/words.yml"),
        ("import terms from './terms.json'\n\n<Terms of={terms} />\n", "./terms.json"),
        ("# G\n\n{{#include words.txt}}\n", "words.txt"),
        ("# G\n\n{{< glossary >}}\n", "{{< glossary >}}"),
    ],
)
def test_a_page_that_is_made_from_data_names_the_data(source: str, data: str) -> None:
    (problem,) = markdown.parse("/ws/glossary.md", Text(source)).problems
    assert (problem.code, problem.severity) == ("made-from-data", Severity.INFORMATION)
    assert f"'{data}'" in problem.message
    assert problem.span.of(source).strip()


def test_a_row_without_a_name_is_reported_and_the_others_serve() -> None:
    source = "| Term | Definition |\n|---|---|\n| Shard | A part |\n| | Nobody |\n| Ring | A circle |\n"
    file = markdown.parse("/ws/glossary.md", Text(source))
    (problem,) = file.problems
    assert (problem.code, file.text.line_column(problem.span.start)) == ("missing-term", (4, 1))
    assert [term.name for term in file.terms] == ["Shard", "Ring"]


def test_a_fence_that_is_not_closed_hides_what_follows_only() -> None:
    assert names("# G\n\n**Shard**: d\n\n**Ring**: e\n\n```\n**Node**: f\n") == ["Shard", "Ring"]


def test_labels_of_fields_are_no_terms() -> None:
    one = "## %\n\n**Meaning here**: text\n\n**Used by**: us\n\n**Unit**: one\n\n"
    source = "# G\n\n" + "".join(one.replace("%", name) for name in ("Shard", "Ring", "Node"))
    assert names(source) == ["Shard", "Ring", "Node"]


def test_a_link_to_another_term_of_the_page_is_a_relation() -> None:
    source = (
        "# G\n\n## Shard {#s}\n\nIt has [rings](#r) and [more](#nothing).\n\n## Ring {#r}\n\nA [part](#s).\n"
    )
    file = markdown.parse("/ws/glossary.md", Text(source))
    assert [term.related for term in file.terms] == [("Ring",), ("Shard",)]
    assert file.terms[0].definition == "It has rings and more."


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.md*")), ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_nothing(path: Path, end: str) -> None:
    if path.suffix == ".golden":
        return
    source = path.read_text("utf-8")
    lines = [line for line, *_ in told(source)]
    assert [line for line, *_ in told(source.replace("\r\n", "\n").replace("\n", end))] == lines


SIGNS = st.text(alphabet="ab A:#*_-|`[](){}<>!~.=/\"'\n\\&\t", max_size=120)
PIECES = st.lists(
    st.sampled_from(
        (
            *("# A\n", "## B\n", "\n", "**C**: d\n", "- **E** - f\n", "| a | b |\n", "|---|---|\n", ": g\n"),
            *("H\n", "*[I]: J\n", "```\n", "```{glossary}\n", ":::\n", "<dl><dt>K</dt>", "<dd>l</dd></dl>\n"),
            *("<!-- ", "-->", "---\n", "  - m\n", "- n: o\n", "<T term='p'>q</T>\n", "1. r\n", "RTO/RPO\n"),
            *("- RTO (a b)\n", "A vs B\n"),
        )
    ),
    max_size=25,
).map("".join)


@given(st.one_of(SIGNS, PIECES))
@example("**DDL/DML**\n- DDL (a b): c\n- DML (d e): f\n\n**X**: y\n")
def test_nothing_is_too_odd(source: str) -> None:
    file = markdown.parse("/ws/glossary.md", Text(source))
    end = 0
    for placed in file.entries:
        assert end <= placed.span.start <= placed.name.span.start <= placed.name.span.end <= placed.span.end
        assert placed.span.end <= len(source)
        assert all(placed.span.start <= value.span.start for value in placed.values if value.role in NAMES)
        end = placed.span.end


def steps(source: str) -> int:
    """Return how many functions are called when a page is read with empty memos."""
    memo.clear()
    count = 0

    def event(_frame: object, kind: str, _argument: object) -> None:
        nonlocal count
        count += kind in {"call", "c_call"}

    sys.setprofile(event)
    try:
        markdown.parse("/ws/glossary.md", Text(source))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "### Term %\n\nA text with a [link](#term-%), `code` and **bold** words.\n\n**Example**: one\n\n",
        "**Term %**: a text\n\n",
        "- **Term %** - a text\n  - nested\n",
        "- Term %: a text\n",
        "## A\n\n- **Term %**: a text\n\n",
        "Term %\n: a text\n\n",
        "*[T%]: Thing %\n",
        "<dt>Term %</dt><dd>a text</dd>\n",
        "<Term name='T%'>\n",
        "### Term % vs Other\n\nText.\n\n### What is %?\n\nText.\n\n",
        "## Topic %\n\n- Term, Other\n\n",
        "[[[((({{{<<<***___```\n",
        "*a **b __c _d `e [f ![g <h {i | (\n",
        "<!-- x\n",
        "> - * 1. x\n",
        "a | b\n",
    ],
)
def test_the_cost_grows_with_the_size_of_the_page(unit: str) -> None:
    once, twice = (
        steps("# G\n\n" + "".join(unit.replace("%", str(number)) for number in range(count)))
        for count in (150, 300)
    )
    assert twice < 2.3 * once + 2_000


def test_the_examples_of_the_manual_are_read() -> None:
    blocks = re.findall(r"^~~~markdown\n(.*?)^~~~$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 2
    found = [parse("/ws/glossary.md", Text(block), "markdown") for block in blocks]
    assert [[term.name for term in file.terms] for file in found] == [
        ["SLO", "Error budget", "Toil"],
        ["canary", "rollback", "blast radius"],
    ]
    slo, budget, toil = found[0].terms
    assert (slo.expansion, slo.topics) == ("Service Level Objective", ("Reliability",))
    assert (budget.related, budget.examples) == (("SLO",), ("43 minutes a month",))
    assert [alias.name for alias in toil.aliases] == ["busywork"]
