"""The lexer: finds the comments and docstrings of a program and skips its strings.

It processes one block; a token that is open at the end is part of its `position` and continued in the next
block. This module must not know the content of comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.markup.code.syntax import Syntax, Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator


class Comment(NamedTuple):
    """A comment or docstring from `start` to `end`, with its content from `first` to `last`.

    `alone`: no code precedes it on its line. `continued`: it begins in an earlier block.
    """

    kind: TokenKind
    start: int
    first: int
    last: int
    end: int
    doc: bool
    alone: bool
    continued: bool


@dataclass(frozen=True, slots=True)
class Open:
    """An open token: its index in the syntax, its closer, and its nesting depth."""

    token: int
    closer: str
    docstring: bool
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Position:
    """The state of the lexer: the open token, if any, and the last character of code that is not a space."""

    open: Open | None = None
    last: str = ""


class Lexer:
    """Iterates over the comments of a block; `position` is valid after the last one."""

    def __init__(self, text: str, syntax: Syntax, position: Position) -> None:
        self._text = text
        self._syntax = syntax
        self.position = position
        self._at = 0

    def __iter__(self) -> Iterator[Comment]:
        """Yield the comments in ascending order."""
        if self.position.open is not None:
            yield from self._finish(0, 0, self.position.open, alone=True, continued=True)
        while (opener := self._syntax.opener(self._text, self._at)) is not None:
            yield from self._token(opener)
        self._code(len(self._text))

    def _code(self, end: int) -> str:
        """Skip code up to `end` and return it."""
        code = self._text[self._at : end]
        if last := code.rstrip()[-1:]:
            self.position = Position(self.position.open, last)
        self._at = end
        return code

    def _token(self, opener: re.Match[str]) -> Iterator[Comment]:
        start, first = opener.span()
        before = self._at
        code = self._code(start)
        alone = code.rstrip(" \t").endswith(("\n", "\r")) or (before == 0 and not code.strip())
        index = int((opener.lastgroup or "t0")[1:])
        token = self._syntax.tokens[index]
        mark = opener.groupdict().get(f"mark{index}") or ""
        last = self.position.last
        is_statement = last in {"", ":"} or (first - start > 2 and last not in _OPERATORS)
        docstring = token.kind is TokenKind.DOCSTRING and alone and is_statement
        found = Open(index, token.closer.replace("{mark}", re.escape(mark)), docstring)
        return self._finish(start, first, found, alone=alone, continued=False)

    def _finish(
        self, start: int, first: int, found: Open, *, alone: bool, continued: bool
    ) -> Iterator[Comment]:
        token = self._syntax.tokens[found.token]
        last, end, depth = self._close(token, first, found)
        self._at = max(end, start + 1)
        still_open = replace(found, depth=depth) if depth else None
        if token.kind in {TokenKind.LINE, TokenKind.BLOCK} or found.docstring:
            self.position = Position(still_open, self.position.last)
            doc = token.doc or found.docstring
            yield Comment(token.kind, start, first, last, end, doc, alone, continued)
        else:
            self.position = Position(still_open, '"')

    def _close(self, token: Token, first: int, found: Open) -> tuple[int, int, int]:
        """Return the end of the content, the end of the token, and its nesting depth, 0 if it is closed."""
        text = self._text
        if token.nested:
            depth = found.depth
            for sign in re.compile(f"({token.opener})|{found.closer}").finditer(text, first):
                depth += 1 if sign[1] else -1
                if not depth:
                    return sign.start(), sign.end(), 0
            return len(text), len(text), depth
        pattern = re.compile(found.closer)
        # A closer that begins with a negated set matches the content too.
        is_anchored = token.closer.startswith(("(?:[^", "[^"))
        closing = pattern.match(text, first) if is_anchored else pattern.search(text, first)
        if closing is None:
            return len(text), len(text), 1
        last = closing.start("end") if "end" in pattern.groupindex else closing.start()
        return last, closing.end(), 0


#: A string after one of these characters is part of an expression, not a statement.
_OPERATORS = frozenset("([{,=+-*/%|&^~<>\\.@\"'")
