"""The parsers by language identifier. This module must not know any markup language."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.markup import markdown, plain
from glossary_ls.markup.languages import PLAIN, language_of, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.markup.block import Block, Parser, State

_PARSERS: dict[str, Parser] = {
    **dict.fromkeys(("markdown", "pandoc", "quarto", "rmarkdown", "rmd"), markdown.parse),
    **dict.fromkeys(("mdx", "markdown.mdx"), markdown.parse_mdx),
    **dict.fromkeys((PLAIN, "gitcommit"), plain.parse),
}

#: The modules of further parsers, which are imported on demand to keep the start fast.
_MODULES = {
    "asciidoc": "asciidoc",
    "org": "org",
    "restructuredtext": "restructuredtext",
    **dict.fromkeys(("html", "svelte", "vue", "xhtml", "xml"), "html"),
}


@memo.recent(256)
def parser_for(language_id: str) -> Parser:
    """Return the parser of a language; the one of plain text for unknown languages."""
    language = language_id.lower()
    parser: Parser = _PARSERS.get(language, plain.parse)
    if language in _MODULES:
        parser = import_module(f"glossary_ls.markup.{_MODULES[language]}").parse
    elif language in table("families"):
        parser = import_module("glossary_ls.markup.code").parser_for(language)
    return parser


def language_named(identifier: str, path: str) -> str:
    """Return the language of a document: by its editor's identifier or a part of it, else by its file name.

    Vim joins the parts of an identifier with dots, such as `markdown.pandoc`, and Emacs names modes that use
    Tree-sitter like `markdown-ts`.
    """
    for name in (identifier, identifier.removesuffix("-ts"), *identifier.split(".")):
        language = table("aliases").get(name.lower(), name)
        if _has_parser(language.lower()):
            return language
    named = language_of(path)
    return identifier if identifier and named == PLAIN else named


def _has_parser(language: str) -> bool:
    return language in _PARSERS or language in _MODULES or language in table("families")


def parse(source: str, language_id: str) -> Iterator[tuple[int, Block]]:
    """Yield all blocks of a document, each with its start."""
    parser = parser_for(language_id)
    start = 0
    state: State = None
    while start < len(source):
        block = parser(source, start, state)
        yield start, block
        start += block.length
        state = block.state
