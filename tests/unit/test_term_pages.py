"""Pages with one term each: which files they are, what they say, and what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import parse, term_page
from tests.unit.steps import assert_linear

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "term-pages.md"


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("/ws/docs/glossary/shard.md", Claim.LIKELY),
        ("/ws/_glossary/s/shard.mdx", Claim.LIKELY),
        ("/ws/modules/terms/partials/shard.adoc", Claim.LIKELY),
        ("/ws/docs/glossary/README.md", Claim.NO),
        ("/ws/docs/glossary/_index.md", Claim.NO),
        ("/ws/docs/glossary/_TEMPLATE.md", Claim.NO),
        ("/ws/docs/glossary/style-guide.md", Claim.NO),
        ("/ws/docs/glossary/how-to-contribute.md", Claim.NO),
        ("/ws/docs/glossary/glossary.md", Claim.NO),
        ("/ws/docs/glossary/shard.de.md", Claim.NO),
        ("/ws/docs/guides/shard.md", Claim.NO),
        ("/ws/docs/glossaries/storage.md", Claim.NO),
        ("/ws/docs/glossary/shard.txt", Claim.NO),
    ],
)
def test_which_files_may_be_pages(path: str, claim: Claim) -> None:
    assert term_page.claims(path, "") is claim


@pytest.mark.parametrize(
    "source",
    [
        "",
        "---\n---\n",
        "---\ntitle: Shard\n---\n",
        "# How to add a term\n\nWrite it down.\n",
        "# Glossary\n\nAll our words.\n",
        "---\ntitle: Words\nlayout: search\n---\nFind words here.\n",
        "---\ntitle: '{{ page.name }}'\n---\nText.\n",
        "# One\n\nText.\n\n# Two\n\nText.\n",
        "# Storage\n\n" + "".join(f"## {name}\n\nA text.\n\n" for name in ("Disk", "Tape", "Tier", "Pool")),
    ],
)
def test_pages_about_something_else_have_no_entry(source: str) -> None:
    assert not parse("/ws/glossary/x.md", Text(source)).items


def test_an_article_in_a_folder_of_concepts_has_no_entry() -> None:
    short = "# Data model\n\nThe data model is what tables and rows are for the store.\n"
    assert parse("/ws/docs/concepts/x.md", Text(short)).items
    assert not parse("/ws/docs/concepts/x.md", Text("# Data model\n\nRead this first.\n")).items
    assert not parse("/ws/docs/concepts/x.md", Text(short + "More text.\n" * 500)).items


def test_front_matter_that_is_broken_costs_the_broken_lines_only() -> None:
    source = "+++\ntitle = 'Lease'\naka = [\n+++\nA lock that ends by itself.\n"
    file = parse("/ws/glossary/lease.md", Text(source))
    assert [term.name for term in file.terms] == ["Lease"]
    assert [problem.code for problem in file.problems] == ["invalid-front-matter"]
    source = "---\ntitle: Lease\naka: [x\n---\nA lock.\n"
    (problem,) = parse("/ws/glossary/lease.md", Text(source)).problems
    assert source.count("\n", 0, problem.span.start) in {2, 3}


def test_a_redirect_refers_to_the_page_that_it_leads_to() -> None:
    source = "---\ntitle: Slice\nlayout: redirect\ndestination: /glossary/index-shard/\n---\n"
    (term,) = parse("/ws/glossary/slice.md", Text(source)).terms
    assert (term.name, term.related) == ("Slice", ("index shard",))


@pytest.mark.parametrize(
    "text",
    [
        "An API (Application Programming Interface) is a boundary.",
        '**API** stands for "application programming interface". It is a boundary.',
        "An **API** \u2014 application programming interface \u2014 is a boundary.",
        "A program's API, or application programming interface, is a boundary.",
    ],
)
def test_the_long_form_stands_beside_the_first_mention(text: str) -> None:
    (term,) = parse("/ws/glossary/api.md", Text(f"# API\n\n{text}\n")).terms
    assert (term.expansion.lower(), term.definition) == ("application programming interface", text)


@pytest.mark.parametrize("text", ["An API (see below) is a boundary.", "An API - our own - is old.", "API"])
def test_what_stands_beside_a_name_may_be_no_long_form(text: str) -> None:
    (term,) = parse("/ws/glossary/api.md", Text(f"# API\n\n{text}\n")).terms
    assert term.expansion == ""


def test_the_long_form_may_be_an_alias() -> None:
    source = "---\ntitle: API\naka: [Application Programming Interface, interface]\n---\nA boundary.\n"
    (term,) = parse("/ws/glossary/api.md", Text(source)).terms
    assert term.expansion == "Application Programming Interface"
    assert [alias.name for alias in term.aliases] == ["interface"]


def test_a_long_page_is_cut_behind_a_section() -> None:
    source = "# Shard\n\nA part.\n" + "".join(f"\n## Part {n}\n\n{'word ' * 400}\n" for n in range(9))
    (term,) = parse("/ws/glossary/shard.md", Text(source)).terms
    assert "Part 1" in term.definition
    assert "Part 5" not in term.definition


@pytest.mark.parametrize("path", ["/ws/glossary/x.md", "/ws/glossary/x.adoc"])
@given(source=st.text(alphabet="-+=:#[]{}<>*|`\n\r\ta \ufeff'\"%!", max_size=60))
def test_nothing_is_too_odd(path: str, source: str) -> None:
    file = parse(path, Text(source))
    assert len(file.items) <= 1
    for placed in file.entries:
        assert all(0 <= value.span.start <= value.span.end <= len(source) for value in placed.values)
    assert all(0 <= problem.span.start <= problem.span.end <= len(source) for problem in file.problems)


@pytest.mark.parametrize("path", ["/ws/glossary/x.md", "/ws/glossary/x.adoc"])
@pytest.mark.parametrize(
    "unit",
    [
        "a b [x](y) c\n\n",
        "# ",
        "```\n",
        "[[",
        "<!-- ",
        "{{< x ",
        "## a\n\nb\n\n",
        "**a:** b\n",
        "\t \t",
        "==== \n",
    ],
)
def test_the_cost_is_linear(path: str, unit: str) -> None:
    assert_linear(lambda source: parse(path, Text(source)), unit, "+++\nterm = 'x'\n+++\n")


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    (example,) = re.findall(r"```markdown\n(.*?)\n```\n", PAGE.read_text("utf-8"), re.DOTALL)
    file = parse("/ws/docs/glossary/shard.md", Text(example))
    assert not file.problems
    (shard,) = file.terms
    assert (shard.name, shard.topics, shard.related) == ("Shard", ("storage",), ("Replica",))
    assert [alias.name for alias in shard.aliases] == ["slice", "index part"]
    assert shard.summary == "A part of the index that one node serves."
    assert shard.definition == "A shard is a part of the index that one node serves."
    assert shard.examples == ("The index `orders` has 12 shards.",)
