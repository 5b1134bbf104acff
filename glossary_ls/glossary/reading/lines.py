"""Lines of a text with their indentation and their places, for readers that work line by line.

This module must not know any markup language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = lazily(r"(?P<blank>[ \t\ufeff\f]*)(?P<text>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TAB = 8


class Line(NamedTuple):
    """The text of a line without blanks around it, its offset in the file, and its column."""

    start: int
    text: str
    indent: int

    @property
    def end(self) -> int:
        """The offset behind the text."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """The place of the text."""
        return Span(self.start, self.end)

    def cut(self, count: int) -> Line:
        """Return the line without its first `count` characters."""
        rest = self.text[count:]
        blanks = len(rest) - len(rest.lstrip())
        return Line(self.start + count + blanks, rest.lstrip(), self.indent + count + blanks)


def lines_of(source: str) -> list[Line]:
    """Return the lines of a text; a tab leads to the next multiple of eight columns."""
    found: list[Line] = []
    for match in _LINE.finditer(source):
        if match.start() == len(source):
            break
        blank, text = match["blank"], match["text"].rstrip()
        indent = len(blank.expandtabs(_TAB)) if "\t" in blank else len(blank)
        found.append(Line(match.start("text"), text, indent if text else 0))
    return found


def span_of(lines: Sequence[Line]) -> Span | None:
    """Return the place of lines, without blank ones at the ends; None if all are blank."""
    first = next((line for line in lines if line.text), None)
    last = next((line for line in reversed(lines) if line.text), None)
    return Span(first.start, last.end) if first and last else None


def covered(lines: Sequence[Line]) -> Span:
    """Return the place of lines as `span_of` does; that of the first one if all are blank."""
    return span_of(lines) or lines[0].span


def indented(lines: Sequence[Line], start: int, indent: int) -> int:
    """Return the number of the first line from `start` on that is not blank nor deeper than `indent`.

    Blank lines before it are not counted in.
    """
    at, end = start, start
    while at < len(lines) and (not lines[at].text or lines[at].indent > indent):
        at += 1
        if lines[at - 1].text:
            end = at
    return end


def dedented(lines: Sequence[Line]) -> str:
    """Return lines as a text without their common indentation, and without blank lines at the ends."""
    least = min((line.indent for line in lines if line.text), default=0)
    text = "\n".join(" " * (line.indent - least) + line.text if line.text else "" for line in lines)
    return text.strip("\n")
