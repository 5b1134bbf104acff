"""Finds the comments and docstrings of a program and steps over its strings.

The lexer goes through one block; what is still open at the block's end is handed to the next one. This module
must not know what a comment says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.markup.code.syntax import Syntax, Token, What, closer

if TYPE_CHECKING:
    from collections.abc import Iterator


class Comment(NamedTuple):
    """A comment or docstring: it stands from `start` to `end`, and its content from `first` to `last`.

    `alone` tells that no code stands before it on its line, `continued` that it began in an earlier block.
    """

    what: What
    start: int
    first: int
    last: int
    end: int
    doc: bool
    alone: bool
    continued: bool


@dataclass(frozen=True, slots=True)
class Open:
    """What is not closed yet: the index of its token, its closer, and how deep it is nested."""

    token: int
    closer: str
    docstring: bool
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Position:
    """Where the lexer is: in something `open` or not, and the last sign of code before."""

    open: Open | None = None
    last: str = ""


class Lexer:
    """Reads one block; iterate over it to the end, and then ask for the `position`."""

    def __init__(self, text: str, syntax: Syntax, position: Position) -> None:
        self._text = text
        self._syntax = syntax
        self.position = position
        self._at = 0

    def __iter__(self) -> Iterator[Comment]:
        """Yield the comments in ascending order."""
        if self.position.open is not None:
            found = self._finish(0, 0, self.position.open, alone=True, continued=True)
            if found is not None:
                yield found
        while (opener := self._syntax.opener(self._text, self._at)) is not None:
            found = self._token(opener)
            if found is not None:
                yield found
        self._code(len(self._text))

    def _code(self, end: int) -> str:
        """Step over code up to `end` and return it."""
        code = self._text[self._at : end]
        if last := code.rstrip()[-1:]:
            self.position = Position(self.position.open, last)
        self._at = end
        return code

    def _token(self, opener: re.Match[str]) -> Comment | None:
        start, first = opener.span()
        before = self._at
        code = self._code(start)
        alone = _ends_line(code) or (before == 0 and not code.strip())
        index = int((opener.lastgroup or "t0")[1:])
        token = self._syntax.tokens[index]
        if token.what is What.LINE:
            line = _REST_OF_LINE.match(self._text, first)
            self._at = line.end() if line else first
            return Comment(What.LINE, start, first, self._at, self._at, token.doc, alone, continued=False)
        if not token.closer:
            self._at = max(first, start + 1)
            self.position = Position(None, '"')
            return None
        mark = opener.groupdict().get(f"mark{index}") or ""
        docstring = token.what is What.DOCSTRING and alone and self._documents(opener[0])
        found = Open(index, token.closer.replace("{mark}", re.escape(mark)), docstring)
        return self._finish(start, first, found, alone=alone, continued=False)

    def _documents(self, opener: str) -> bool:
        last = self.position.last
        return last in {"", ":"} or (len(opener) > 2 and last not in _OPERATORS)

    def _finish(self, start: int, first: int, found: Open, *, alone: bool, continued: bool) -> Comment | None:
        token = self._syntax.tokens[found.token]
        last, end, depth = self._close(token, first, found)
        self._at = end
        if depth:
            self.position = Position(
                Open(found.token, found.closer, found.docstring, depth), self.position.last
            )
        else:
            self.position = Position(None, self.position.last)
        if token.what is What.BLOCK:
            return Comment(What.BLOCK, start, first, last, end, token.doc, alone, continued)
        if found.docstring:
            return Comment(
                What.DOCSTRING, start, first, last, end, doc=True, alone=alone, continued=continued
            )
        self.position = Position(self.position.open, '"')
        return None

    def _close(self, token: Token, first: int, found: Open) -> tuple[int, int, int]:
        """Return where the content ends, where the token ends, and how many levels of it are still open."""
        text = self._text
        if token.nested:
            depth = found.depth
            for sign in closer(f"({token.opener})|{found.closer}").finditer(text, first):
                depth += 1 if sign[1] else -1
                if not depth:
                    return sign.start(), sign.end(), 0
            return len(text), len(text), depth
        pattern = closer(found.closer)
        closing = pattern.match(text, first) if token.anchored else pattern.search(text, first)
        if closing is None:
            return len(text), len(text), 1
        last = closing.start("end") if "end" in pattern.groupindex else closing.start()
        return last, closing.end(), 0


_REST_OF_LINE = re.compile(r"[^\r\n]*+")

#: What goes on behind one of these is not a statement of its own.
_OPERATORS = frozenset("([{,=+-*/%|&^~<>\\.@\"'")


def _ends_line(code: str) -> bool:
    return code.rstrip(" \t").endswith(("\n", "\r"))
