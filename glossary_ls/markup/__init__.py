"""Which stretches of a document are text for a reader: one parser for each markup language.

A parser turns the source of a document into blocks (see `block`), each with its readable text (see `prose`)
and its regions that are not readable. Languages go by the identifiers that editors use.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from glossary_ls.markup import markdown, names, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.markup.block import Block, Parser, State

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

#: Parsers that are loaded when a document asks for them: a start must not wait for them.
_MODULES = {
    "asciidoc": "asciidoc",
    "html": "html",
    "restructuredtext": "restructuredtext",
    "svelte": "html",
    "vue": "html",
    "xhtml": "html",
    "xml": "html",
}

_LANGUAGES = {
    **names.SUFFIXES,
    ".adoc": "asciidoc",
    ".asc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".htm": "html",
    ".html": "html",
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
    ".svelte": "svelte",
    ".text": PLAIN,
    ".txt": PLAIN,
    ".vue": "vue",
    ".xhtml": "html",
    ".xml": "xml",
}
#: The names that some editors, among them Vim and Kakoune, have for languages instead of the protocol's.
_ALIASES = {
    "adoc": "asciidoc",
    "asciidoctor": "asciidoc",
    "gfm": "markdown",
    "git-commit": "gitcommit",
    "rst": "restructuredtext",
    "text": PLAIN,
}
_NAMES = {**names.NAMES, "commit_editmsg": "gitcommit", "merge_msg": "gitcommit"}


@cache
def parser_for(language_id: str) -> Parser:
    """Return the parser of a language; what is unknown is plain text."""
    language = language_id.lower()
    parser: Parser = _PARSERS.get(language, plain.parse)
    if language in _MODULES:
        parser = import_module(f"glossary_ls.markup.{_MODULES[language]}").parse
    elif language in names.FAMILIES:
        parser = import_module("glossary_ls.markup.code").parser_for(language)
    return parser


def language_named(identifier: str) -> str:
    """Return the protocol's name of a language that an editor names."""
    return _ALIASES.get(identifier.lower(), identifier)


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
