"""Parsing source code into blocks whose readable text is that of comments and docstrings.

This module joins successive line comments and strips the comment markers of the language from their lines.
It must not know where comments are (see `lexer`) nor parse their text (see `comments`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import stripped
from glossary_ls.markup.block import LINE
from glossary_ls.markup.code.classify import is_code, is_legal
from glossary_ls.markup.code.comments import read_comment
from glossary_ls.markup.code.lexer import Comment, Lexer, Position
from glossary_ls.markup.code.syntax import Syntax, TokenKind, syntax_of
from glossary_ls.markup.restructuredtext.parser import read_lines
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, Parser, State
    from glossary_ls.markup.restructuredtext.layout import Context


def parser_for(language: str) -> Parser:
    """Return the parser of a programming language that is in the table of families."""
    return partial(_parse, syntax_of(language))


@dataclass(frozen=True, slots=True)
class CodeState:
    """The state between two blocks: that of the lexer, and the open contexts of a docstring.

    `legal`: the open comment is a license.
    """

    position: Position = Position()
    contexts: tuple[Context, ...] = ()
    legal: bool = False


def _parse(syntax: Syntax, source: str, start: int, state: State) -> Block:
    before = state if isinstance(state, CodeState) else CodeState()
    writer = Writer(source, start)
    if not writer.text:
        return writer.block(before)
    parser = _BlockParser(writer, syntax, before)
    lexer = Lexer(writer.text, syntax, before.position)
    for comment in lexer:
        parser.comment(comment)
    parser.finish()
    still_open = lexer.position.open is not None
    contexts = parser.contexts if still_open else ()
    return writer.block(CodeState(lexer.position, contexts, still_open and parser.legal))


_GUTTER = lazily(r"[ \t]*\*+(?!/)(?=[ \t]|\Z|[^\s*])")
_BOX = lazily(r"(?<=[^ \t*])[ \t]+\*+[ \t]*\Z")
_STARS = lazily(r"[*=#/-]*[ \t]*\Z")


class _BlockParser:
    """The state of a block while its comments are parsed."""

    def __init__(self, writer: Writer, syntax: Syntax, state: CodeState) -> None:
        self.writer = writer
        self.syntax = syntax
        self.contexts = state.contexts
        self.legal = state.legal
        #: The start of the code before the next comment.
        self.code = 0
        #: Successive line comments, which form a paragraph.
        self.run: list[Comment] = []

    def comment(self, comment: Comment) -> None:
        """Parse a comment, or add it to the successive line comments."""
        together = self.run and comment.alone and self.run[-1].alone
        blank = not self.writer.text[self.code : comment.start].strip()
        if not (together and blank and comment.kind is TokenKind.LINE and comment.doc == self.run[-1].doc):
            self._flush()
        if not blank:
            self._code(comment.start)
        self.code = comment.end
        if comment.kind is TokenKind.LINE:
            self.run.append(comment)
        elif comment.kind is TokenKind.BLOCK:
            self._block(comment)
        else:
            self._docstring(comment)

    def finish(self) -> None:
        """Parse the pending line comments, and add the code after the last comment."""
        self._flush()
        self._code(len(self.writer.text))

    def _code(self, end: int) -> None:
        self.writer.builder.break_()
        self.writer.hide(*stripped(self.writer.text, self.code, end), RegionKind.CODE_BLOCK)

    def _flush(self) -> None:
        run, self.run = self.run, []
        if run:
            lines = [(comment.first, comment.last) for comment in run]
            read_comment(self.writer, lines, doc=run[0].doc, settings=self.syntax.settings)

    def _block(self, comment: Comment) -> None:
        text = self.writer.text
        if not comment.continued:
            self.legal = False
        self.legal = self.legal or is_legal(text[comment.first : comment.last])
        if self.legal:
            return
        lines: list[tuple[int, int]] = []
        for found in LINE.finditer(text, comment.first, comment.last):
            start, end = found.span(1)
            gutter = _GUTTER.match(text, start, end) if lines or comment.continued else None
            box = _BOX.search(text, start, end)
            start = gutter.end() if gutter else start
            lines.append((start, max(start, box.start()) if box else end))
        if stars := _STARS.search(text, *lines[-1]):
            lines[-1] = (lines[-1][0], max(stars.start(), lines[-1][0]))
        read_comment(self.writer, lines, doc=comment.doc, settings=self.syntax.settings)

    def _docstring(self, comment: Comment) -> None:
        writer = self.writer
        writer.builder.break_()
        contexts = self.contexts if comment.continued else ()
        writer.kind = RegionKind.DOCSTRING
        self.contexts = read_lines(writer, comment.first, comment.last, contexts, is_code)
        writer.kind = None
        writer.builder.break_()
