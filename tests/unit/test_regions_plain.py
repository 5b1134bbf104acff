from __future__ import annotations

import pytest

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup import language_named, language_of, parse, parser_for
from glossary_ls.markup.prose import BREAK, CELL, EMPTY, OPAQUE, ProseBuilder


def texts(source: str) -> list[str]:
    found = [block.prose.text for _, block in parse(source, "plaintext")]
    return [text.replace(BREAK, "/").replace(OPAQUE, "#") for text in found if text]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Load\n   balancing\r\n\r\nrest", ["Load balancing", "rest"]),
        ("text\n- one\n  more\n* two\n  1. three\n(2) four", ["text/one more/two/three/four"]),
        ("Title\n=====\ntext\n-----\nend\n***", ["Title/text/end"]),
        ("*not* `markup` [at all](x) 2 - 1", ["*not* `markup` [at all](x) 2 - 1"]),
        ("see https://a.b/c, www.d.e; mail f@g.hi.", ["see #, #; mail #."]),
        ("s3://bucket/key and x@y and a://", ["# and x@y and a://"]),
        ("user:pass@host.example.com", ["user:#"]),
        ("\n\n text \n", ["text"]),
    ],
)
def test_plain_text_is_paragraphs_items_and_addresses(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_addresses_are_regions() -> None:
    source = "see https://a.b/c, www.d.e"
    _, block = next(parse(source, "plaintext"))
    assert [(region.kind, region.span.of(source)) for region in block.regions] == [
        (RegionKind.URL, "https://a.b/c"),
        (RegionKind.URL, "www.d.e"),
    ]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("docs/README.md", "markdown"),
        ("C:\\docs\\page.MDX", "mdx"),
        ("a/b.html.md", "markdown"),
        ("report.qmd", "quarto"),
        ("report.Rmd", "rmd"),
        ("index.rst", "restructuredtext"),
        ("guide.adoc", "asciidoc"),
        ("notes.txt", "plaintext"),
        (".git/COMMIT_EDITMSG", "gitcommit"),
        ("Makefile", "makefile"),
        ("", "plaintext"),
    ],
)
def test_language_by_file_name(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("identifier", "path", "language"),
    [
        ("md", "", "markdown"),
        ("GFM", "notes", "markdown"),
        ("telekasten", "", "markdown"),
        ("markdown.pandoc", "", "markdown"),
        ("markdown.mdx", "", "markdown.mdx"),
        ("python-ts", "", "python"),
        ("python.django", "", "python"),
        ("vimwiki.markdown", "", "markdown"),
        ("vimwiki", "a.md", "markdown"),
        ("latex", "a.md", "markdown"),
        ("anything", "a.rst", "restructuredtext"),
        ("anything", "Makefile", "makefile"),
        ("", "a.adoc", "asciidoc"),
        ("Markdown", "a.rst", "Markdown"),
        ("plaintext", "a.md", "plaintext"),
        ("json", "a.md", "json"),
        ("latex", "a.tex", "latex"),
        ("anything", "", "anything"),
        ("", "", "plaintext"),
    ],
)
def test_language_by_the_identifier_of_an_editor(identifier: str, path: str, language: str) -> None:
    assert language_named(identifier, path) == language


def test_an_unknown_language_is_plain_text() -> None:
    assert parser_for("no-such-language") is parser_for("plaintext")
    assert parser_for("Markdown") is parser_for("markdown")


def test_separators_of_a_prose() -> None:
    builder = ProseBuilder("a  b")
    builder.space()
    builder.break_()
    builder.add(0, 1)
    builder.space()
    builder.cell()
    builder.cell()
    builder.space()
    builder.add(2, 4)
    builder.space()
    builder.break_()
    builder.space()
    assert builder.build().text == f"a{CELL}{CELL}b"


def test_a_prose_without_words() -> None:
    assert ProseBuilder("").build() is EMPTY
    builder = ProseBuilder("![x](y)")
    builder.opaque()
    prose = builder.build()
    assert prose.text == OPAQUE
    assert prose.span(0, 1) == Span(0, 1)
