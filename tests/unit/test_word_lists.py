"""Word lists of spelling checkers: patterns, configurations, mistakes, and what is no list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossary_ls.base.model import Severity
from glossary_ls.base.text import Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import parse, word_lists
from glossary_ls.glossary.reading.patterns import expanded
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.unit.steps import assert_linear

PAGE = Path(__file__).parents[2] / "docs" / "glossaries" / "word-lists.md"
VOCABULARY = "/ws/.vale/styles/config/vocabularies/Base/accept.txt"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("QRN", ("QRN",)),
        ("[Ww]ebhooks?", ("Webhooks", "Webhook", "webhooks", "webhook")),
        (r"Next\.js", ("Next.js",)),
        ("Node.js", ("Node.js",)),
        ("host(ed|ing)?", ("hosted", "hosting", "host")),
        ("a(?:b|c(d|e))", ("ab", "acd", "ace")),
        (r"\bRPM\b", ("RPM",)),
        ("(?i)api", ("api", "API", "Api")),
        (r"C\+\+", ("C++",)),
        ("v[0-9]+", None),
        ("[^a]b", None),
        ("[a-z]", None),
        (r"\d", None),
        ("a{2}", None),
        ("(a", None),
        ("a)", None),
        ("?a", None),
        ("[abcdefghij][abcdefghij]", None),
    ],
)
def test_simple_patterns_are_the_words_that_they_match(pattern: str, words: tuple[str, ...] | None) -> None:
    assert expanded(pattern) == words


@given(st.text(alphabet="ab[]()?|\\.", max_size=12))
@example(".\\b")
def test_each_word_of_a_pattern_matches_it(pattern: str) -> None:
    words = expanded(pattern)
    for word in words or ():
        assert re.fullmatch(pattern, word)


def test_a_word_of_vale_is_accepted_in_the_whole_project() -> None:
    files = MemoryFiles({VOCABULARY: "QRN\n", "/ws/docs/a.md": "The QRN of the HPX.\n"})
    space = Workspace(files, ["/ws"])
    space.configure({"packs": []})
    assert space.glossary_of("/ws/docs/a.md").accepted == {"QRN"}
    assert space.glossary_of("/ws/docs/a.md").senses("QRN") == ()


@pytest.mark.parametrize(
    ("path", "source", "words", "place"),
    [
        ("/ws/cspell.json", '{"words": ["QRN", "HPX]}\n', ("QRN", "HPX"), (1, 19)),
        ("/ws/cspell.yaml", "words:\n  - QRN\nfiles: [a\n", ("QRN",), (3, 10)),
        ("/ws/_typos.toml", '[default.extend-words]\nA = B\nQRN = "QRN"\n', ("QRN",), (2, 5)),
        (VOCABULARY, "QRN\nHPX[0-9]+\n", ("QRN",), (2, 1)),
    ],
)
def test_a_mistake_costs_its_place_only(
    path: str, source: str, words: tuple[str, ...], place: tuple[int, int]
) -> None:
    file = parse(path, Text(source))
    assert file.head.accept == words
    assert not file.terms
    problem = file.problems[0]
    assert problem.code == "invalid-word-list"
    assert file.text.line_column(problem.span.start) == place
    assert (problem.severity is Severity.INFORMATION) == (path == VOCABULARY)


def test_a_text_is_no_list_of_words() -> None:
    prose = "This is how the mill works.\nIts stones turn all day, and the QRN with them.\n"
    assert parse("/ws/notes.txt", Text(prose)).head.accept == ()
    assert parse("/ws/words.txt", Text("quern\nQRN\n")).head.accept == ("quern", "QRN")


def test_a_file_is_claimed_by_its_name() -> None:
    claims = word_lists.claims
    assert claims(VOCABULARY, "") is Claim.BY_NAME
    assert claims("/ws/accept.txt", "") is Claim.IF_CONFIGURED
    assert claims("/ws/.cspell.config.yaml", "") is Claim.BY_NAME
    assert claims("/ws/mill.dic", "") is Claim.IF_CONFIGURED
    assert claims("/ws/package.json", "") is Claim.NO


def test_the_cost_is_linear() -> None:
    assert_linear(lambda source: parse(VOCABULARY, Text(source)), "[Nn]ames?\n")


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    (example,) = re.findall(r"```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = parse(VOCABULARY, Text(example))
    assert not file.problems
    assert file.head.accept == (
        *("QRN", "Millstones", "Millstone", "millstones", "millstone"),
        *("HPXs", "HPXes", "HPX"),
    )
