"""Rendering: Markdown for those who can show it, readable text for those who cannot."""

from __future__ import annotations

import pytest

from glossary_ls.features.render import documentation, escape, guide, plain
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import build
from glossary_ls.glossary.model import Guide, Head


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**GPU** — the *chip*", "GPU — the chip"),
        ("`cold_start_ms` and snake_case_name", "cold_start_ms and snake_case_name"),
        ("see [the page](https://example.com/a)", "see the page (https://example.com/a)"),
        ("[example.com](https://example.com/a)", "https://example.com/a"),
        (r"[https://x.y/a\_b](https://x.y/a_b)", "https://x.y/a_b"),
        ("![picture](x.png)", "picture (x.png)"),
        ("# Title\n\ntext  \nmore", "Title\n\ntext\nmore"),
        (r"2 \* 3 \_x\_", "2 * 3 _x_"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**a *b* c**", "a b c"),
        ("_emphasis_ and ~~gone~~", "emphasis and gone"),
    ],
)
def test_plain_text_has_no_marks(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@pytest.mark.parametrize("name", ["C*", "a_b", "[x]", "`y`", "<T>", "a|b", "back\\slash"])
def test_a_name_with_signs_survives_both_renderings(name: str) -> None:
    assert plain(f"**{escape(name)}**") == name


def test_no_line_is_indented_like_code() -> None:
    index = build([read("g.yaml", "- {term: a, expansion: b, definition: c, facts: [d], url: https://x.y}")])
    for markdown in (True, False):
        text = documentation(index.terms[0], index, markdown=markdown)
        assert not any(line.startswith("    ") for line in text.split("\n"))


def test_the_source_comes_last_but_for_answers() -> None:
    head = "name: G\nterms:\n"
    entries = (
        "- {term: a, definition: x, facts: [y], aliases: [b]}\n"
        "- {term: c, aliases: [d], questions: [{question: 'Why?', answer: So.}]}\n"
    )
    file = read("g.yaml", head + entries)
    index = build([file])
    long, short = (documentation(term, index, markdown=False) for term in index.terms)
    assert long == "a: x\n\n- y\n\nAlso called: b\nGlossary: G"
    assert short == "c\n\nAlso called: d\nGlossary: G\n\n---\n\nWhy? So."


def test_a_link_to_the_source_names_the_site() -> None:
    urls = ("https://www.example.com/long/way", "a page")
    index = build([read("g.yaml", "".join(f"- {{term: {n}, url: '{url}'}}\n" for n, url in enumerate(urls)))])
    first, second = (documentation(term, index, markdown=True) for term in index.terms)
    assert "[example.com](https://www.example.com/long/way)" in first
    assert "[a page](a page)" in second


def test_a_deprecated_term_says_what_to_use() -> None:
    index = build(
        [read("g.yaml", "- {term: a, status: deprecated, replaced_by: b}\n- {term: c, status: draft}")]
    )
    old, draft = (documentation(term, index, markdown=True) for term in index.terms)
    assert "**Deprecated.** Use **b** instead." in old
    assert "Draft" in draft


def test_a_guide_numbers_its_points() -> None:
    file = Head(name="G", guide=Guide("", "Read.", ("one", "two")))
    assert guide(file) == "# G\n\nRead.\n\n1. one\n2. two"
    assert guide(Head()) == ""
