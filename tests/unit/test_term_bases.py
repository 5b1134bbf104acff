"""Term bases in TBX, and vocabularies in SKOS."""

from __future__ import annotations

import json
import re
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import parse, skos, tbx
from glossary_ls.glossary.reading.languages import chosen_for
from tests.unit.steps import count_steps

PAGES = Path(__file__).parents[2] / "docs" / "glossaries"

_ENTRY = '<termEntry id="{0}"><langSet xml:lang="en"><tig><term>word {0}</term></tig></langSet></termEntry>\n'
_CONCEPT = 'ex:c{0} a skos:Concept ; skos:prefLabel "word {0}"@en .\n'
_PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <http://example.org/> .\n"


def martif(body: str) -> str:
    return f'<martif type="TBX" xml:lang="en"><text><body>\n{body}</body></text></martif>\n'


@pytest.mark.parametrize(
    ("entries", "own", "expected"),
    [
        ([["de", "en-US"], ["de"]], "", "en"),
        ([["de", "en"], ["de"], ["de"]], "", "de"),
        ([["de", "fr"], ["de", "fr"]], "fr-CA", "fr"),
        ([["nl"], []], "en", "nl"),
        ([], "en", ""),
    ],
)
def test_one_language_is_chosen(entries: list[list[str]], own: str, expected: str) -> None:
    assert chosen_for(entries, own) == expected


def test_files_are_known_by_their_names_and_contents() -> None:
    assert tbx.claims("/ws/glossary.tbx", "") is Claim.BY_NAME
    assert tbx.claims("/ws/x.xml", "<martif>") is Claim.BY_CONTENT
    assert tbx.claims("/ws/x.xml", "<project>") is Claim.NO
    assert tbx.claims("/ws/x.tbx", "") is Claim.IF_CONFIGURED
    assert skos.claims("/ws/glossary.ttl", "") is Claim.BY_NAME
    assert skos.claims("/ws/thesaurus.rdf", "") is Claim.LIKELY
    assert (
        skos.claims("/ws/x.json", '{"@context": "http://www.w3.org/2004/02/skos/core#"}') is Claim.BY_CONTENT
    )
    assert skos.claims("/ws/package.json", '{"name": "x"}') is Claim.NO


def test_an_entity_of_a_file_is_refused() -> None:
    source = '<!DOCTYPE martif [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n' + martif(_ENTRY.format(1))
    (problem,) = [each for each in parse("/ws/a.tbx", Text(source)).problems if each.severity == "error"]
    assert "it defines an entity" in problem.message
    assert problem.span.start < source.index("martif type")


def test_concepts_around_a_mistake_are_read() -> None:
    broken = _ENTRY.format(2).replace("</term>", "")
    source = martif(_ENTRY.format("\u00fc 1") + broken + _ENTRY.format(3))
    file = parse("/ws/a.tbx", Text(source))
    assert [term.name for term in file.terms] == ["word \u00fc 1", "word 3"]
    assert [placed.name.span.of(source) for placed in file.entries] == ["word \u00fc 1", "word 3"]
    (problem,) = file.problems
    assert (problem.code, source.count("\n", 0, problem.span.start)) == ("invalid-tbx", 2)


def test_the_cost_of_a_term_base_is_linear() -> None:
    once, twice = (
        count_steps(
            lambda source: parse("/ws/a.tbx", Text(source)), martif("".join(map(_ENTRY.format, range(n))))
        )
        for n in (200, 400)
    )
    assert twice < 2.2 * once


@given(st.text(alphabet="<>/=\"' termEntrylangSconcp&;!-[]\n\u00fc\ufeff\x00", max_size=60))
def test_nothing_is_too_odd(source: str) -> None:
    file = parse("/ws/a.tbx", Text(martif(_ENTRY.format(1) + source)))
    assert all(0 <= problem.span.start <= problem.span.end <= len(file.text) for problem in file.problems)
    assert "word 1" in [term.name for term in file.terms]


def test_statements_around_a_mistake_are_read() -> None:
    source = (
        _PREFIXES
        + _CONCEPT.format(1)
        + "ex:c2 a skos:Concept ;; skos:prefLabel word@en .\n"
        + _CONCEPT.format(3)
    )
    file = parse("/ws/a.ttl", Text(source))
    assert [term.name for term in file.terms] == ["word 1", "word 3"]
    (problem,) = file.problems
    assert (problem.code, source.count("\n", 0, problem.span.start)) == ("invalid-skos", 3)


@pytest.mark.parametrize(
    ("path", "source"), [("a.jsonld", '{"@id": '), ("a.rdf", "<rdf:RDF"), ("a.ttl", "\x00 [")]
)
def test_a_file_that_is_broken_throughout_is_reported(path: str, source: str) -> None:
    file = parse(f"/ws/{path}", Text(source))
    assert not file.items
    assert {problem.code for problem in file.problems} == {"invalid-skos"}


def test_a_context_on_the_network_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    data = {
        "@context": [
            "https://example.org/skos.jsonld",
            {"x": {"@id": "ex:x", "@context": "https://example.org/x"}},
        ],
        "@graph": [
            {"@context": "https://example.org/y", "@id": "ex:a", "@type": "Concept", "prefLabel": "word"}
        ],
    }
    for written in (data, data["@graph"]):
        file = parse("/ws/a.jsonld", Text(json.dumps(written)))
        assert [term.name for term in file.terms] == ["word"]


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    file = parse("/ws/a.ttl", Text(_PREFIXES + _CONCEPT.format(1)))
    (problem,) = file.problems
    assert (problem.code, "pip install glossary-ls[skos]" in problem.message) == ("missing-library", True)


@pytest.mark.parametrize(
    ("page", "language", "path"), [("tbx.md", "xml", "glossary.tbx"), ("skos.md", "turtle", "glossary.ttl")]
)
def test_the_examples_of_the_manual_are_read_as_they_say(page: str, language: str, path: str) -> None:
    (example,) = re.findall(rf"```{language}\n(.*?)```", (PAGES / page).read_text("utf-8"), re.DOTALL)
    file = parse(f"/ws/{path}", Text(example))
    assert not file.problems
    qwb = file.terms[0]
    assert (qwb.name, qwb.expansion) == ("QWB", "Queue Wait Budget")
    assert qwb.definition == "How long a job may wait."
