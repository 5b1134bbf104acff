"""What a comment of each language may say to the program, and what is only text."""

from __future__ import annotations

import pytest

from glossary_ls.acronyms.vocabulary import EMPTY
from glossary_ls.analysis import suppressions
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.glossary.index import build
from glossary_ls.settings.schema import Settings

RULES = ("unknown-acronym", "wrong-case")


def said(source: str, language: str = "markdown") -> suppressions.Directives:
    document = Document("d", language, scan(Text(source), language, build(())), Settings(), EMPTY)
    return suppressions.read(document.analysis, RULES)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("markdown", "<!-- glossary-ls: accept QXZ -->\n"),
        ("markdown", "Words <!--glossary-ls: accept QXZ--> and words.\n"),
        ("markdown", "<!--\nglossary-ls: accept QXZ\n-->\n"),
        ("markdown", "- item\n\n  <!-- glossary-ls: accept QXZ -->\n"),
        ("markdown", "[//]: # (glossary-ls: accept QXZ)\n"),
        ("markdown", "[comment]: <> (glossary-ls: accept QXZ)\n"),
        ("markdown", '[//]: # "glossary-ls: accept QXZ"\n'),
        ("markdown", "%% glossary-ls: accept QXZ %%\n"),
        ("markdown", "---\n# glossary-ls: accept QXZ\nkey: value\n---\n"),
        ("mdx", "{/* glossary-ls: accept QXZ */}\n"),
        ("plaintext", "# glossary-ls: accept QXZ\n"),
        ("plaintext", "text\n// glossary-ls: accept QXZ\ntext"),
        ("plaintext", ".. glossary-ls: accept QXZ\n"),
        ("plaintext", "/* glossary-ls: accept QXZ */\n"),
        ("plaintext", "-- glossary-ls: accept QXZ\r\nmore"),
        ("restructuredtext", "Text.\n\n.. glossary-ls: accept QXZ\n\nText.\n"),
        ("asciidoc", "// glossary-ls: accept QXZ\n"),
        ("python", "# glossary-ls: accept QXZ\n"),
    ],
)
def test_a_comment_is_heard(language: str, source: str) -> None:
    found = said(source, language)
    assert found.accept == {"QXZ"}
    assert not found.problems


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("markdown", "Write glossary-ls: accept QXZ in a comment.\n"),
        ("markdown", "# glossary-ls: accept QXZ\n"),
        ("markdown", "glossary-ls: accept QXZ\n"),
        ("markdown", "`<!-- glossary-ls: accept QXZ -->`\n"),
        ("markdown", "```\n<!-- glossary-ls: accept QXZ -->\n```\n"),
        ("markdown", "    <!-- glossary-ls: accept QXZ -->\n"),
        ("markdown", "---\nglossary-ls: accept QXZ\n---\n"),
        ("markdown", "%% glossary-ls: accept QXZ\n"),
        ("plaintext", "Write # glossary-ls: accept QXZ to accept it.\n"),
        ("plaintext", "glossary-ls: accept QXZ\n"),
    ],
)
def test_text_is_not(language: str, source: str) -> None:
    assert said(source, language) == suppressions.Directives()


def hidden(source: str, code: str = "wrong-case") -> list[int]:
    found = said(source)
    return [line for line in range(source.count("\n") + 1) if found.hides(code, line, line)]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a <!-- glossary-ls: ignore-line -->\nb", [0]),
        ("<!-- glossary-ls: ignore-next-line -->\n\n\nb\nc", [3]),
        ("<!-- glossary-ls: ignore-next-line -->", []),
        ("a\n\n<!-- glossary-ls: ignore-file -->", [0, 1, 2]),
        (
            "a\n\n<!-- glossary-ls: ignore-start -->\n\nb\n\n<!-- glossary-ls: ignore-end -->\n\nc",
            [2, 3, 4, 5, 6],
        ),
        ("a\n\n<!-- glossary-ls: disable -->\n\nb", [2, 3, 4]),
        (
            "<!-- glossary-ls: disable -->\n\n<!-- glossary-ls: enable unknown-acronym -->\n\nb",
            [0, 1, 2, 3, 4],
        ),
        ("<!-- glossary-ls: disable -->\n\n<!-- glossary-ls: enable wrong-case -->\n\nb", [0, 1, 2]),
        ("<!-- glossary-ls: disable wrong-case -->\n\n<!-- glossary-ls: enable -->\n\nb", [0, 1, 2]),
        ("<!-- glossary-ls: IGNORE-FILE unknown-acronym -->\n\na", []),
        ("<!-- glossary-ls: ignore-file unknown-acronym,wrong-case -- because -->", [0]),
    ],
)
def test_lines_that_are_hidden(source: str, lines: list[int]) -> None:
    assert hidden(source) == lines


def test_a_directive_with_only_unknown_rules_hides_nothing() -> None:
    found = said("<!-- glossary-ls: ignore-file wrong-cases -->\n")
    assert not found.hides("wrong-case", 0, 0)
    assert [problem.message for problem in found.problems] == [
        "Unknown rule 'wrong-cases'; did you mean `wrong-case`?"
    ]


def test_no_directive_hides_what_is_wrong_with_one() -> None:
    assert not said("<!-- glossary-ls: ignore-file -->\n").hides(suppressions.CODE, 0, 0)


@pytest.mark.parametrize("before", ["", "word " * 20_000])
def test_a_line_may_be_long_and_hold_several_directives(before: str) -> None:
    found = said(before + "<!-- glossary-ls: accept QXZ --> and <!-- glossary-ls: accept QYZ -->\n")
    assert found.accept == {"QXZ", "QYZ"}
