"""The syntax of LaTeX as far as glossaries need it: comments, groups, arguments, keys, own macros.

This module must not know what a command means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = lazily(r"\\(?:url|href|path|nolinkurl)\{[^{}\n]*\}|\\.|%[^\n]*", re.DOTALL)
_BRACE = lazily(r"\\.|[{}]", re.DOTALL)
_BLANKS = lazily(r"\s*")
_BRACKET = lazily(r"\\.|[\]{}]", re.DOTALL)
_PART = lazily(r"\\.|[,={]", re.DOTALL)
COMMAND = lazily(r"\\(?P<name>[A-Za-z@]+)\*?")
_NOT_LINE_END = lazily(r"[^\n]")
_PARAGRAPH = lazily(r"\n[ \t]*(?:\n|\\)")
_HIDDEN = lazily(r"\\(?P<open>begin\{comment\}|iffalse\b)|\\(?P<close>end\{comment\}|fi\b)")
#: No options are longer, in characters.
_LONGEST_OPTIONS = 4_000
#: No more of a group that is not closed is read, in characters.
_LONGEST_OPEN = 1_000


class Pair(NamedTuple):
    """A key and its value; `place` is that of the value without braces."""

    key: str
    place: Span


@dataclass(slots=True)
class Source:
    """A text of which comments are blank, and its groups: offsets of their braces."""

    text: str
    pairs: dict[int, int] = field(default_factory=dict)
    unclosed: list[int] = field(default_factory=list)
    #: Own macros without arguments: the places of their texts.
    macros: dict[str, Span] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Source:
        """Return a text with its groups."""
        source = cls(_without_comments(text))
        opened: list[int] = []
        for found in _BRACE.finditer(source.text):
            if found[0] == "{":
                opened.append(found.start())
            elif found[0] == "}" and opened:
                source.pairs[opened.pop()] = found.start()
        source.unclosed = opened
        return source

    def skip(self, at: int) -> int:
        """Return the next offset that is not blank."""
        found = _BLANKS.match(self.text, at)
        return found.end() if found else at

    def group(self, at: int) -> Span | None:
        """Return the place inside of the braces that follow an offset; None if none follow.

        A group that is not closed ends before the next blank line or command at the start of a line.
        """
        at = self.skip(at)
        if not self.text.startswith("{", at):
            return None
        if at in self.pairs:
            return Span(at + 1, self.pairs[at])
        limit = min(at + _LONGEST_OPEN, len(self.text))
        found = _PARAGRAPH.search(self.text, at, limit)
        return Span(at + 1, found.start() if found else limit)

    def behind(self, inside: Span) -> int:
        """Return the offset behind a group."""
        return inside.end + 1 if self.text[inside.end : inside.end + 1] in {"}", "]"} else inside.end

    def options(self, at: int) -> Span | None:
        """Return the place inside of the brackets that follow an offset; None if none follow."""
        at = self.skip(at)
        if not self.text.startswith("[", at):
            return None
        limit = at + _LONGEST_OPTIONS
        inner = at + 1
        if self.text.find("]", inner, limit) < 0:
            return None
        while found := _BRACKET.search(self.text, inner, limit):
            if found[0] == "]":
                return Span(at + 1, found.start())
            if found[0] == "}":
                return None
            inner = self.pairs.get(found.start(), found.start()) + 1 if found[0] == "{" else found.end()
        return None

    def keys(self, place: Span) -> Iterator[Pair]:
        """Yield the keys and values in a text such as `name={X}, text=y`."""
        start, at = place.start, place.start
        equals = -1
        while at <= place.end:
            found = _PART.search(self.text, at, place.end)
            at = place.end if found is None else found.start()
            if found is None or found[0] == ",":
                if pair := self._pair(start, equals, at):
                    yield pair
                start, equals, at = at + 1, -1, at + 1
            elif found[0] == "{":
                at = self.pairs.get(at, at) + 1
            else:
                equals = at if found[0] == "=" and equals < 0 else equals
                at = found.end()

    def _pair(self, start: int, equals: int, end: int) -> Pair | None:
        key = self.text[start : equals if equals >= 0 else end].strip()
        if not key:
            return None
        if equals < 0:
            return Pair(key, Span(end, end))
        return Pair(key, self.unbraced(Span(equals + 1, end)))

    def unbraced(self, place: Span) -> Span:
        """Return the place of a text without blanks, and without braces around all of it."""
        start, end = place
        while True:
            text = self.text[start:end]
            start += len(text) - len(text.lstrip())
            end -= len(text) - len(text.rstrip()) if text.strip() else 0
            if end - start > 1 and self.text[start] == "{" and self.pairs.get(start) == end - 1:
                start, end = start + 1, end - 1
            else:
                return Span(start, max(start, end))


def _without_comments(text: str) -> str:
    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0]) if found[0].startswith("%") else found[0]

    bare = _COMMENT.sub(blank, text)
    if "\\begin{comment}" not in bare and "\\iffalse" not in bare:
        return bare
    parts: list[str] = []
    at, opened = 0, -1
    for found in _HIDDEN.finditer(bare):
        if found["open"] and opened < 0:
            opened = found.start()
        elif found["close"] and opened >= 0:
            parts += (bare[at:opened], _NOT_LINE_END.sub(" ", bare[opened : found.end()]))
            at, opened = found.end(), -1
    return "".join((*parts, bare[at:]))
