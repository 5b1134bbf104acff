"""Plain text: paragraphs separated by blank lines, list items and addresses.

This module must not know any markup language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.markup.scan import words
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State

#: A line of a glossary: a word with two capitals, and what separates it from its definition.
_TERM = r"(?:(?:[^\W_]|[/&.-]){0,12}[^\W\d_a-z]){2}(?:[^\W_]|[/&.-]){0,12}"
ENTRY = rf"{_TERM}(?:[ \t]*[:=][ \t]|[ \t]+[-\u2013\u2014]{{1,2}}[ \t])"
#: The marker of a list item at the start of its line, or a rule made of one character.
_ITEM = lazily(
    r"(?:\A|(?<=[\r\n]))[ \t]*(?:[-*+\u2022]|\(?[0-9]{1,3}[.)])[ \t]+"
    r"|(?:\A|(?<=[\r\n]))[ \t]*([-=~*_#.+^])\1{2,}[ \t]*(?=[\r\n]|\Z)"
    rf"|(?:\A|(?<=[\r\n]))[ \t]*(?:(?={ENTRY})|(?P<aligned>{_TERM})[ \t]{{2,}}(?=\w))"
)


def parse(source: str, start: int, state: State) -> Block:  # noqa: ARG001  because of the `Parser` protocol
    """Parse a block of plain text."""
    writer = Writer(source, start)
    position = 0
    for item in _ITEM.finditer(writer.text):
        words(writer, position, item.start())
        writer.builder.break_()
        if item["aligned"]:
            words(writer, *item.span("aligned"))
            writer.builder.cell()
        position = item.end()
    words(writer, position, len(writer.text))
    return writer.block(None)
