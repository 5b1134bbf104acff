"""Writers of glossaries: what each format says, what it leaves out, and that its files are valid."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given

from glossary_ls.base.model import Alias, AliasKind, Term
from glossary_ls.glossary.exports import WRITERS
from glossary_ls.glossary.exports.export import ALL_HEAD, ALL_KEYS, written
from glossary_ls.glossary.exports.texts import anchors, by_letter, slug

from .examples import FEW_EXAMPLES
from .exported import EXPORT, HEAD, LATENCY, QWB, export, terms, write, writer

if TYPE_CHECKING:
    from glossary_ls.glossary.exports import Writer

every_writer = pytest.mark.parametrize("each", WRITERS, ids=lambda each: each.id)


# --- what all writers have in common ----------------------------------------------------------------------


@every_writer
@FEW_EXAMPLES
@given(given_terms=terms())
def test_any_terms_can_be_written(each: Writer, given_terms: tuple[Term, ...]) -> None:
    found = written(each, export(*given_terms, head=HEAD))
    # No tooltip, no line.
    assert found.text.endswith("\n") or (each.id == "mkdocs" and not found.text)
    assert "\r" not in found.text


@every_writer
def test_a_glossary_without_terms_can_be_written(each: Writer) -> None:
    assert written(each, export()).left_out == ()


@every_writer
def test_what_has_no_place_is_reported(each: Writer) -> None:
    found = {left.key for left in written(each, EXPORT).left_out}
    names = {"contrasts": "not_to_be_confused_with"}
    assert found >= {names.get(key, key) for key in ALL_KEYS - each.keys}
    assert found >= {f"{key} of the glossary" for key in ALL_HEAD - each.head}
    assert not found & {names.get(key, key) for key in each.keys - {"aliases", "definition", "related"}}


@every_writer
def test_nothing_is_reported_for_a_plain_term(each: Writer) -> None:
    assert written(each, export(LATENCY)).left_out == ()


def test_the_report_names_the_entry() -> None:
    (left,) = [left for left in written(writer("skos"), EXPORT).left_out if left.key == "questions"]
    assert (left.item, left.reason) == (EXPORT.items[0], "SKOS has no place for it")


def test_the_manual_lists_every_writer() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    rows = page.partition("### Formats")[2].partition("### What each format keeps")[0]
    assert re.findall(r"`([a-z]+)`(?=[^|]*\|[^|]*\|[^|]*\|$)", rows, re.MULTILINE) == [
        each.id for each in WRITERS
    ]
    assert all(f"`{each.file}`" in rows for each in WRITERS)


# --- orders and anchors -----------------------------------------------------------------------------------


def test_terms_are_listed_by_letter_whatever_their_accents() -> None:
    names = ["zebra", "Äpfel", "apple", "2FA", "ß", "Ω", "日本", "(b)", "_x"]
    found = by_letter(export(*map(Term, names)).items)
    listed = [(letter, [item.term.name for item in items]) for letter, items in found]
    assert listed == [
        ("#", ["2FA"]), ("A", ["Äpfel", "apple"]), ("B", ["(b)"]), ("S", ["ß"]), ("X", ["_x"]),
        ("Z", ["zebra"]), ("Ω", ["Ω"]), ("日", ["日本"]),
    ]  # fmt: skip


def test_no_two_anchors_are_the_same() -> None:
    assert anchors(["a", "A", "a 1", "a-1", "a", "!"], slug) == ["a", "a-1", "a-1-1", "a-1-2", "a-2", "term"]


# --- pages ------------------------------------------------------------------------------------------------


def test_markdown_links_terms_to_the_anchors_of_headings() -> None:
    found = write("markdown", QWB, LATENCY, head=HEAD).text
    assert "# Queues & co\n\nWords about *queues*.\n\n## Start\n\nRead this.\n\n1. One.\n2. Two.\n" in found
    assert (
        "\n### QWB (Queue Wait Budget)\n\n**In short:** time in a queue\n\nHow long a *request* may wait.\n"
        in found
    )
    assert "- **See also:** [latency](#latency), nowhere\n" in found
    assert "- **Avoid:** waiting room\n" in found
    assert "\n**Not to be confused with:**\n\n* **[latency](#latency)**: Latency is **measured**.\n" in found
    assert "\n* **How large is it?** As large as users bear.\n\n  *About:* [latency](#latency)\n" in found
    back = write("markdown", QWB, Term("latency", related=("QWB",))).text
    assert "[QWB](#qwb-queue-wait-budget)" in back


def test_markdown_has_no_headings_but_those_of_letters_and_terms() -> None:
    text = "# One\n\nTwo\n---\n\n```\n# three\n```\n\n## Four ##"
    found = write("markdown", Term("x", definition=text)).text
    assert [line for line in found.splitlines() if re.match("#+ ", line)] == [
        "# Glossary",
        "## X",
        "### x",
        "# three",
    ]
    assert "**One**\n\nTwo\n\n```\n# three\n```\n\n**Four**" in found


def test_markdown_counts_repeated_headings_as_github_does() -> None:
    found = write("markdown", Term("Q"), Term("x", related=("Q",))).text
    assert "[Q](#q) · [X](#x)" in found
    # The heading of the letter comes first, so that the term has a number.
    assert "**See also:** [Q](#q-1)" in found


def test_mkdocs_has_a_line_for_each_name() -> None:
    found = write("mkdocs", QWB, LATENCY, Term("empty"), Term("a]b", "A B"), Term("QWB", "Quick Wide Band"))
    assert found.text == (
        "[//]: # (glossary-ls: literal)\n\n"
        "*[latency]: How long an answer takes.\n*[QWB]: Queue Wait Budget\n"
        "*[wait budget]: Queue Wait Budget\n*[QW]: Queue Wait Budget\n"
    )
    reasons = {left.reason for left in found.left_out if left.key == "term"}
    assert reasons == {
        "a tooltip needs an expansion or a definition",
        "a name in brackets cannot have a bracket",
        "another entry explains 'QWB', and a name has one tooltip",
    }


def test_mkdocs_has_the_line_above_a_list_as_a_sentence() -> None:
    assert write("mkdocs", Term("x", definition="What is left:\n\n- time")).text.endswith(
        "*[x]: What is left.\n"
    )


def test_docusaurus_has_what_its_plugin_accepts() -> None:
    found = write(
        "docusaurus", replace(QWB, url="mailto:x@example.org"), LATENCY, Term("rest", "Sleep"), Term("empty")
    )
    latency, qwb, rest = json.loads(found.text)["terms"]
    assert latency == {"term": "latency", "definition": "How long an answer takes."}
    assert rest == {"term": "rest", "abbreviation": "Sleep", "definition": "Sleep"}
    assert qwb["aliases"] == ["wait budget", "QW"]
    assert (qwb["relatedTerms"], qwb["caseSensitive"]) == (["latency"], True)
    assert "*" not in qwb["definition"]
    reasons = {(left.key, left.reason) for left in found.left_out if "no place" not in left.reason}
    assert {key for key, _ in reasons} == {"aliases", "kind of aliases", "related", "term", "url"}


def test_html_has_no_address_that_is_fetched() -> None:
    found = write("html", QWB, LATENCY, head=HEAD).text
    assert not re.search(r"<(?:img|link|iframe|object|script src)|\son\w+=|url\(|@import|srcset", found)
    assert "default-src 'none'" in found


# --- tables and data --------------------------------------------------------------------------------------


def test_csv_quotes_what_needs_it_and_has_only_columns_that_are_used() -> None:
    found = write("csv", LATENCY, Term("a, b", 'The "A"', (Alias("c"), Alias("d;e"), Alias("f")), "g\r\nh"))
    assert found.text.splitlines() == [
        "Term,Stands for,Definition,Also called",
        '"a, b","The ""A""","g',
        'h","c; f"',
        "latency,,How long an answer takes.,",
    ]
    assert [left.key for left in found.left_out] == ["names"]


def test_json_has_the_keys_of_the_native_format_without_empty_values() -> None:
    found = json.loads(write("json", QWB, LATENCY, head=HEAD).text)
    assert (found["version"], found["name"], found["license"], found["accept"]) == (
        1,
        "Queues & co",
        "CC0-1.0",
        ["QX"],
    )
    first, second = found["terms"]
    assert first == {"term": "latency", "definition": "How long an answer takes."}
    assert second["aliases"] == [
        "wait budget",
        {"name": "waiting room", "kind": "avoid"},
        {"name": "QW", "kind": "abbreviation"},
    ]
    assert second["not_to_be_confused_with"] == [
        {"term": "latency", "difference": "Latency is **measured**."}
    ]
    assert (second["established"], second["case"], second["status"]) == (True, "exact", "deprecated")


def test_json_ld_is_a_defined_term_set() -> None:
    found = json.loads(write("jsonld", QWB, LATENCY, head=HEAD).text)
    assert (found["@context"], found["@type"], found["name"]) == (
        "https://schema.org",
        "DefinedTermSet",
        "Queues & co",
    )
    first = found["hasDefinedTerm"][1]
    assert (first["@id"], first["alternateName"]) == ("#qwb", ["Queue Wait Budget", "wait budget", "QW"])
    assert (first["termCode"], first["disambiguatingDescription"]) == ("QWB", "time in a queue")
    assert first["description"].startswith("How long a request may wait.")


def test_skos_has_a_concept_for_each_term() -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib reads Turtle")
    graph = rdflib.Graph().parse(
        data=write("skos", QWB, LATENCY, head=HEAD).text, format="turtle", publicID="http://x/"
    )
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    (concept,) = graph.subjects(skos.prefLabel, rdflib.Literal("QWB", lang="en"))
    assert str(concept) == "http://x/#qwb"
    assert set(map(str, graph.objects(concept, skos.altLabel))) == {"Queue Wait Budget", "wait budget", "QW"}
    assert set(map(str, graph.objects(concept, skos.hiddenLabel))) == {"waiting room"}
    labels = graph.objects(concept, rdflib.URIRef("http://www.w3.org/2008/05/skos-xl#altLabel"))
    types = {str(next(graph.objects(each, rdflib.DCTERMS.type))) for each in labels}
    assert types == {"fullForm", "abbreviation"}
    assert set(map(str, graph.objects(concept, skos.related))) == {"http://x/#latency"}
    assert [*map(str, graph.objects(None, skos.member))] == ["http://x/#qwb"]


@FEW_EXAMPLES
@given(given_terms=terms())
def test_skos_is_turtle(given_terms: tuple[Term, ...]) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib reads Turtle")
    graph = rdflib.Graph().parse(data=write("skos", *given_terms).text, format="turtle", publicID="http://x/")
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert set(map(str, graph.objects(None, label))) >= {term.name for term in given_terms}


_TBX = {"": "urn:iso:std:iso:30042:ed-2"}


def test_tbx_has_a_concept_for_each_term() -> None:
    source = write("tbx", QWB, Term("a\x00&<b>", definition='"x"'), LATENCY, head=HEAD).text
    root = ET.fromstring(source)  # noqa: S314  because it is ours
    concepts = root.findall(".//conceptEntry", _TBX)
    assert [concept.get("id") for concept in concepts] == ["c-a-b", "c-latency", "c-qwb"]
    assert [each.text for each in concepts[0].iterfind(".//term", _TBX)] == ["a\ufffd&<b>"]
    names = [
        (section.findtext("term", None, _TBX), [note.text for note in section.iterfind("termNote", _TBX)])
        for section in concepts[2].iterfind(".//termSec", _TBX)
    ]
    assert names == [
        ("QWB", ["acronym", "deprecatedTerm-admn-sts"]),
        ("Queue Wait Budget", ["fullForm", "admittedTerm-admn-sts"]),
        ("wait budget", ["admittedTerm-admn-sts"]),
        ("waiting room", ["deprecatedTerm-admn-sts"]),
        ("QW", ["abbreviation", "admittedTerm-admn-sts"]),
    ]
    related = concepts[2].findall("ref", _TBX)
    assert [(each.text, each.get("target")) for each in related] == [
        ("latency", "c-latency"),
        ("nowhere", None),
    ]


def test_latex_escapes_its_signs_and_defines_acronyms() -> None:
    found = write("latex", QWB, Term("a_b%", definition=r"*50* % of `C:\x` {$~^#&}"), LATENCY).text
    assert r"\newacronym[description={Time in a queue. \glspar How long a \emph{request} may wait." in found
    assert "see={latency}]{qwb}{QWB}{Queue Wait Budget}" in found
    escaped = (
        r"\newglossaryentry{a-b}{name={a\_b\%}, description={\emph{50} \% of "
        r"\texttt{C:\textbackslash{}x} \{\$\textasciitilde{}\textasciicircum{}\#\&\}}}"
    )
    assert escaped in found


def test_contextive_has_one_context() -> None:
    found = yaml.safe_load(write("contextive", QWB, LATENCY, head=HEAD).text)
    (context,) = found["contexts"]
    assert (context["name"], context["domainVisionStatement"]) == ("Queues & co", "Words about *queues*.")
    assert context["terms"][0] == {
        "name": "QWB",
        "definition": "Time in a queue.\n\nHow long a *request* may wait.\n\n- It is spent in `queues`.",
        "aliases": ["Queue Wait Budget", "wait budget", "QW"],
        "examples": ["200 ms"],
        "meta": {
            "Stands for": "Queue Wait Budget",
            "Also abbreviated": "QW",
            "Avoid": "waiting room",
            "See also": "latency, nowhere",
            "Topics": "Queues",
            "Status": "deprecated",
            "Replaced by": "latency",
            "Owner": "@queues",
            "Reviewed": "2024-02-29",
            "Source": "Handbook, p. 3",
            "License": "MIT",
            "More": "https://example.org/a_b?c=d&e",
        },
    }


# --- word lists -------------------------------------------------------------------------------------------

WORDS = (
    Term("CI/CD", "Continuous Integration", (Alias("pipe-line"), Alias("buildline", AliasKind.AVOID))),
    Term("C++"),
    Term("Node.js", aliases=(Alias("server side script", AliasKind.AVOID),)),
    Term("10x"),
    Term("42"),
)
ALL_WORDS = ["10x", "C++", "CD", "CI", "Continuous", "Integration", "Node.js", "pipe-line", "QX"]


def test_cspell_flags_words_to_avoid() -> None:
    found = write("cspell", *WORDS, head=HEAD)
    assert json.loads(found.text) == {
        "version": "0.2",
        "language": "en",
        "words": ALL_WORDS,
        "flagWords": ["buildline->CI/CD"],
    }
    assert [(left.key, left.item and left.item.term.name) for left in found.left_out] == [
        ("aliases", "Node.js")
    ]


def test_typos_knows_words_and_corrects_those_to_avoid() -> None:
    found = tomllib.loads(write("typos", *WORDS, head=HEAD).text)
    assert found["default"]["extend-words"] == {
        "buildline": "CI/CD",
        **{word: word for word in ("cd", "ci", "continuous", "integration", "qx")},
    }


def test_vale_lines_are_patterns_of_whole_names() -> None:
    lines = write("vale", *WORDS, Term("a (b) [c]"), head=HEAD).text.splitlines()
    names = ["42", "10x", "a (b) [c]", "C++", "CI/CD", "Node.js", "pipe-line", "QX"]
    assert all(any(re.fullmatch(line, name) for line in lines) for name in names)
    assert len(lines) == len(names)


def test_hunspell_begins_with_the_number_of_words() -> None:
    assert write("hunspell", *WORDS, head=HEAD).text.splitlines() == [str(len(ALL_WORDS)), *ALL_WORDS]


def test_harper_has_a_word_on_each_line() -> None:
    assert write("harper", *WORDS, head=HEAD).text.splitlines() == ALL_WORDS
