"""Which stretches of a document are text for a reader: one parser for each markup language.

A parser turns the source of a document into blocks (see `block`), each with its readable text (see `prose`)
and its regions that are not readable. Languages go by the identifiers that editors use.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from glossary_ls.regions import markdown, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.regions.block import Block, Parser, State

PLAIN = "plaintext"

_PARSERS: dict[str, Parser] = {
    "markdown": markdown.parse,
    "markdown.mdx": markdown.parse_mdx,
    "mdx": markdown.parse_mdx,
    "pandoc": markdown.parse,
    "quarto": markdown.parse,
    "rmarkdown": markdown.parse,
    "rmd": markdown.parse,
}

_LANGUAGES = {
    ".adoc": "asciidoc",
    ".asc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mdown": "markdown",
    ".mdx": "mdx",
    ".mkd": "markdown",
    ".mkdn": "markdown",
    ".qmd": "quarto",
    ".rest": "restructuredtext",
    ".rmd": "rmd",
    ".rst": "restructuredtext",
    ".text": PLAIN,
    ".txt": PLAIN,
}
_NAMES = {"commit_editmsg": "gitcommit", "merge_msg": "gitcommit"}


def parser_for(language_id: str) -> Parser:
    """Return the parser of a language; what is unknown is plain text."""
    return _PARSERS.get(language_id.lower(), plain.parse)


def language_of(path: str) -> str:
    """Return the identifier of the language that a file's name tells."""
    file = PurePath(path.replace("\\", "/"))
    return _NAMES.get(file.name.lower()) or _LANGUAGES.get(file.suffix.lower(), PLAIN)


def parse(source: str, language_id: str) -> Iterator[tuple[int, Block]]:
    """Return all blocks of a document, each with its start."""
    parser = parser_for(language_id)
    start = 0
    state: State = None
    while start < len(source):
        block = parser(source, start, state)
        yield start, block
        start += block.length
        state = block.state
