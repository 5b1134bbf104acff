"""Definitions that the markup or the layout declares: their extent, and what declares nothing."""

from __future__ import annotations

import pytest

from glossary_ls.acronyms import find
from glossary_ls.acronyms.definitions import explained_by
from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.glossary.index import EMPTY


def longs(source: str, language: str = "markdown") -> dict[str, list[str]]:
    """Return the long forms of each acronym, and check that a scan of the document finds the same."""
    found = {
        acronym.base: [definition.long for definition in acronym.definitions]
        for acronym in find(source, language)
    }
    scanned = scan(Text(source), language, EMPTY).definitions_by_short
    assert {short: [each.long for each in many] for short, many in scanned.items()} == {
        short: many for short, many in found.items() if many
    }
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*[QPZ]: how many calls", ["how many calls"]),
        ("*[QPZ]:\n\nQPZ", []),
        ('<abbr title="how many (and more) calls">QPZs</abbr>', ["how many (and more) calls"]),
        ('<abbr title="Quick Puzzle Zone, a thing">QPZ</abbr>', ["Quick Puzzle Zone"]),
        ('<abbr title="QPZ">quick puzzle zone</abbr>', ["quick puzzle zone"]),
        ('<abbr title="zones">`QPZ`</abbr> of QPZ', []),
        ("A <dfn>QPZ</dfn>, is how many calls. Not more.", ["how many calls"]),
        ("The {dfn}`QPZ` means how many calls", ["how many calls"]),
        ("Yes. How many calls we take is called the <dfn>QPZ</dfn>.", ["How many calls we take"]),
        ("It is called <dfn>QPZ</dfn>.", []),
        ("QPZ\n: How many calls. It counts.", ["How many calls"]),
        ("QPZ\n: See the other page.", []),
        (f"QPZ\n: {'many ' * 50}", [" ".join(["many"] * 32)]),
        ("`QPZ`\n: How many QPZ.", []),
        ("All QPZ\n: How many.", []),
        ("| Term | Definition |\n|--|--|\n| QPZ | how many |", ["how many"]),
        ("| Name | Description |\n|--|--|\n| QPZ | how many |", []),
        ("- AXQ: alpha xeno queue\n- BXQ: beta xeno queue\n- QPZ: how many", ["how many"]),
        ("- AXQ: alpha xeno queue\n- BXQ: 10\n- QPZ: how many", []),
        ("| K\u00fcrzel | Bedeutung |\n|--|--|\n| QPZ | wie viele |", ["wie viele"]),
        ("```{glossary}\nVWX\n  A box.\nQPZ\n  How many\n  calls. It counts.\n```", ["How many calls"]),
        ("```{glossary}\nVWX\n  A box.\n\nQPZ\n  How many.\n```", ["How many"]),
        ("```{note}\nQPZ\n  How many.\n```", []),
        ("a quick prototype ([QPZ](https://example.com))", []),
        ("quick puzzle zones ([QPZ](https://example.com))", ["quick puzzle zones"]),
    ],
)
def test_markdown(source: str, expected: list[str]) -> None:
    assert longs(source).get("QPZ", []) == expected


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("# Glossary\n", "- **QPZ**: how many", ["how many"]),
        ("# Glossary\n\nText.\n\n## Part\n", "- QPZ \u2013 how many", ["how many"]),
        ("# 2. Terms and definitions\n", "| QPZ | how many |\n|--|--|\n", ["how many"]),
        ("Abk\u00fcrzungen\n===\n", "- QPZ: wie viel", ["wie viel"]),
        ("# List of acronyms used here\n", "### QPZ\n\nHow many. Or so.", ["How many"]),
        ("# Acronyms\n", "### QPZ\nHow many.", ["How many"]),
        ("# Acronyms\n", "### QPZ\n\n### Other", []),
        ("# Acronyms\n\n# Part\n", "- QPZ: how many", []),
        ("## Acronyms\n\n### Part\n\n# Part\n", "- QPZ: how many", []),
        ("# Acronyms\n", "- `QPZ`: how many", []),
        ("# Acronyms\n", "- QPZ: see above", []),
        ("# Acronyms\n", "- QPZ: short for how many. Or so.", ["how many"]),
        ("# Acronyms\n", "- QPZ: Abbreviation of the quick puzzle zone: a box", ["quick puzzle zone"]),
        ("# Acronyms\n", '- QPZ: Short for "how many": it is a box', ["how many"]),
        ("# Terms of service\n", "- QPZ: how many", []),
        ("# Payment terms\n", "- QPZ: how many", []),
        ("# Definition of done\n", "- QPZ: how many", []),
    ],
)
def test_sections(above: str, below: str, expected: list[str]) -> None:
    assert longs(f"{above}\n{below}\n\nSome QPZ.\n")["QPZ"] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""A module.\n\nGlossary:\n    QPZ: how many\n    VWX: a box\n"""', ["how many"]),
        ('"""A module.\n\nTerms:\n    QPZ: quick puzzle zone\n    VWX: a box\n"""', ["quick puzzle zone"]),
        ('"""A module.\n\nSee:\n    QPZ: quick puzzle zone\n"""', ["quick puzzle zone"]),
        ('"""A module.\n\nArgs:\n    QPZ: quick puzzle zone\n"""', []),
        ("# Acronyms:\n# QPZ: how many\n# VWX: a box\n#\n# and so on", ["how many"]),
        ("# VWX: a box\n# QPZ: quick puzzle zone\nx = 1", ["quick puzzle zone"]),
    ],
)
def test_docstrings_and_comments(source: str, expected: list[str]) -> None:
    assert longs(source, "python").get("QPZ", []) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("VWX: a box\nQPZ: quick puzzle zone", ["quick puzzle zone"]),
        ("VWX   a box\nQPZ   quick puzzle zone", ["quick puzzle zone"]),
        ("Abbreviations:\nVWX = a box\nQPZ = how many", ["how many"]),
        ("This is what the\nQPZ: how many, does", []),
    ],
)
def test_lines_of_plain_text(source: str, expected: list[str]) -> None:
    assert longs(source, "plaintext").get("QPZ", []) == expected


def test_remarks_in_a_glossary_are_no_entries() -> None:
    found = longs("# Glossary\n\nNOTE: these are ours.\n\n- QPZ: how many\n- TODO: how much\n")
    assert {short for short, found_longs in found.items() if found_longs} == {"QPZ"}


def test_sections_of_underlined_headings() -> None:
    title, terms, next_ = "Title\n=====\n\n", "Terms\n-----\n\nQPZ\n~~~\n\nHow many.\n\n", "Next\n----\n\n"
    source = f"{title}{terms}{next_}XQB\n~~~\n\nA box.\n"
    assert longs(source, "restructuredtext") == {"QPZ": ["How many"], "XQB": []}


def test_a_section_that_extends_over_many_chunks() -> None:
    entries = "".join(f"- **Q{first}{second}Z**: how many\n\n" for first in "ABCDEFGH" for second in "JKLMNP")
    source = f"# Glossary\n\n{'Words. ' * 700}\n\n{entries}{'Words. ' * 700}\n\n## QPZ\n\nHow much.\n"
    found = longs(source)
    assert len(found) == 49
    assert found["QPZ"] == ["How much"]


def test_an_edit_of_the_heading_changes_what_is_defined() -> None:
    body = f"\n\n{'Words. ' * 700}\n\n- **QPZ**: how many\n"
    before = scan(Text(f"# Glossary{body}"), "markdown", EMPTY)
    after = scan(Text(f"# Gloss{body}"), "markdown", EMPTY, before)
    again = scan(Text(f"# Glossary{body}"), "markdown", EMPTY, after)
    assert [len(each.definitions) for each in (before, after, again)] == [1, 0, 1]


def test_the_written_span_includes_the_plural() -> None:
    source = "large widget models (**LWM**s) and quick puzzle zones (QPZ)"
    found = scan(Text(source), "markdown", EMPTY).definitions
    assert [each.short for each in found] == ["LWM", "QPZ"]
    assert [each.written_span.of(source) for each in found] == ["LWM**s", "QPZ"]


def test_a_compound_explains_its_parts() -> None:
    assert list(explained_by("SRO-EA")) == ["SRO-EA", "SRO", "EA"]
    assert list(explained_by("TNF-a")) == ["TNF-a", "TNF"]
    assert list(explained_by("QPZ")) == ["QPZ"]
    found = find(
        "The sender reputation object extended attributes (SRO-EA) of the EA and the XQ.", "markdown"
    )
    assert [acronym.base for acronym in found] == ["SRO-EA", "XQ"]
