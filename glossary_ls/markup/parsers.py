"""The parsers by language identifier. This module must not know any markup language."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.markup import markdown, plain
from glossary_ls.markup.languages import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.markup.block import Block, Parser, State

_PARSERS: dict[str, Parser] = {
    **dict.fromkeys(("markdown", "pandoc", "quarto", "rmarkdown", "rmd"), markdown.parse),
    **dict.fromkeys(("mdx", "markdown.mdx"), markdown.parse_mdx),
}

#: The modules of further parsers, which are imported on demand to keep the start fast.
_MODULES = {
    "asciidoc": "asciidoc",
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
