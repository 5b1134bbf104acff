"""Files that export has written, when somebody has edited or saved them with another program."""

from __future__ import annotations

import pytest

from glossary_ls.base.model import Alias, CaseRule, Term
from glossary_ls.base.text import Text
from glossary_ls.glossary.formats import parse
from glossary_ls.glossary.model import Role
from glossary_ls.glossary.reading import literal

from .exported import LATENCY, QWB, write, writer


def test_names_with_commas_and_backslashes_are_told_apart() -> None:
    names = ("a, b", "c\\", ",", "\\,d", "e")
    assert tuple(literal.split(literal.joined(names))) == names


def test_items_may_have_several_paragraphs() -> None:
    texts = ("one\n\ntwo", "* three\n  four", "")
    assert literal.items(literal.listed(texts)) == texts[:2]


def test_an_entry_that_is_added_to_a_page_by_hand_is_read() -> None:
    page = write("markdown", QWB, LATENCY).text + "\n### New term (NT)\n\nIt says `### no heading`.\n"
    (new,) = [term for term in parse("GLOSSARY.md", Text(page)).terms if term.name not in {"QWB", "latency"}]
    assert new == Term("New term", "NT", definition="It says `### no heading`.")


def test_a_page_without_the_mark_is_interpreted() -> None:
    page = write("markdown", Term("Queue Wait Budget", "QWB", definition="Time."), LATENCY).text
    literally, interpreted = (
        next(term for term in parse("GLOSSARY.md", Text(each)).terms if term.definition == "Time.")
        for each in (page, page.replace(literal.MARK, "notes"))
    )
    assert (literally.name, interpreted.name) == ("Queue Wait Budget", "QWB")


def test_names_are_found_at_their_places() -> None:
    source = write("markdown", QWB, LATENCY).text
    file = parse("GLOSSARY.md", Text(source))
    placed = next(each for each in file.entries if each.term.name == "QWB")
    found = {(value.role, value.span.of(source)) for value in placed.values}
    assert {(Role.TERM, "QWB"), (Role.EXPANSION, "Queue Wait Budget"), (Role.ALIAS, "wait budget")} <= found
    assert file.line_of(placed) == source[: source.index("### QWB")].count("\n")


@pytest.mark.parametrize(("comma", "suffix"), [(";", "csv"), ("\t", "tsv")])
def test_a_table_may_be_saved_with_another_separator(comma: str, suffix: str) -> None:
    header = comma.join(literal.COLUMNS)
    rows = comma.join(["Fan Out (FO)", "", '"See, it"', '"a; b, c"'])
    file = parse(f"glossary.{suffix}", Text(f"\ufeff{header}\n{rows}\n"))
    assert file.terms == (Term("Fan Out (FO)", "", (Alias("a"), Alias("b, c")), "See, it"),)


def test_a_mistake_in_json_is_reported_and_costs_no_other_entry() -> None:
    source = write("json", QWB, LATENCY).text.replace('"term": "latency",', '"term": "latency"', 1)
    file = parse("glossary.json", Text(source))
    assert [problem.message for problem in file.problems] == [
        "this is not valid JSON: a comma is missing before this"
    ]
    assert [term.name for term in file.terms] == ["latency", "QWB"]
    wrong = parse("glossary.json", Text(source.replace('"case"', '"csae"')))
    assert "the key 'csae' is not known here" in wrong.problems[-1].message


@pytest.mark.parametrize("name", ["markdown", "csv", "json"])
def test_a_title_keeps_the_case_rule_that_it_has(name: str) -> None:
    terms = (Term("Latency", case=CaseRule.EXACT), Term("Throughput"))
    text = write(name, *terms).text
    assert parse(writer(name).file, Text(text)).terms == terms
