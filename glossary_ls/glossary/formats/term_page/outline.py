"""The sections of a page: its headings, and the text below each of them.

This module must not know what a heading means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped
from glossary_ls.glossary.reading.drafts import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = lazily(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADING = lazily(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_UNDERLINE = lazily(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = lazily(r" {0,3}(`{3,}|~{3,})")
_COMMENT = lazily(r" {0,3}<!--")

#: The mark of a heading, and of a block that has no headings in it.
_ADOC_HEADING = lazily(r"(={1,6})[ \t]+(\S.*)")
_ADOC_BLOCK = lazily(r"(-{4,}|\.{4,}|/{4,}|\+{4,}|={4,}|\*{4,}|_{4,}|--|\|===)[ \t]*")

#: What may stand behind a heading: closing marks, an anchor, an attribute list, a comment.
_BEHIND = lazily(r"(?:[ \t]+#+|[ \t]*\{[#.:][^{}]*\}|[ \t]*<!--[^>]*-->|[ \t]*<a [^>]*>[ \t]*</a>)[ \t]*$")
_MOST_BEHIND = 3


class Heading(NamedTuple):
    """A heading without its marks, and its level from 1."""

    piece: Piece
    level: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, None at the start of a page, and the place of the text below it, up to the next heading."""

    heading: Heading | None
    body: Span


def markdown(source: str, start: int) -> tuple[Section, ...]:
    """Return the sections of Markdown from an offset on, the first of which has no heading."""
    found: list[tuple[Heading, int, int]] = []
    fence = ""
    commented = False
    previous = Span(start, start)
    for line in _LINES.finditer(source, start):
        text = line[0].rstrip("\r\n")
        at = line.start()
        if commented or (not fence and _COMMENT.match(text)):
            commented = "-->" not in text
        elif fence:
            closing = text.strip()
            fence = "" if len(closing) >= len(fence) and not closing.strip(fence[0]) else fence
        elif opened := _FENCE.match(text):
            fence = opened[1]
        elif heading := _HEADING.fullmatch(text):
            found.append((_heading(source, at, heading.span(2), len(heading[1])), at, line.end()))
        elif (under := _UNDERLINE.fullmatch(text)) and _is_text(previous.of(source)):
            level = 1 if under[1][0] == "=" else 2
            found.append(
                (_heading(source, previous.start, (0, len(previous)), level), previous.start, line.end())
            )
        is_under = bool(found) and found[-1][2] == line.end()
        previous = Span(at, at if is_under else at + len(text))
    return tuple(_sections(source, start, found))


def asciidoc(source: str, start: int) -> tuple[Section, ...]:
    """Return the sections of AsciiDoc from an offset on, the first of which has no heading."""
    found: list[tuple[Heading, int, int]] = []
    block = ""
    for line in _LINES.finditer(source, start):
        text = line[0].rstrip()
        if delimiter := _ADOC_BLOCK.fullmatch(text):
            block = "" if block == text else block or delimiter[1]
        elif not block and (heading := _ADOC_HEADING.fullmatch(text)):
            level = len(heading[1])
            found.append((_heading(source, line.start(), heading.span(2), level), line.start(), line.end()))
    return tuple(_sections(source, start, found))


def _is_text(line: str) -> bool:
    """Return whether a line can be the text of a heading that is underlined."""
    return bool(line.strip()) and not line.lstrip().startswith(("-", "*", "+", ">", "|", "#", "<", "`", "!["))


def _heading(source: str, at: int, span: tuple[int, int], level: int) -> Heading:
    start, end = at + span[0], at + span[1]
    for _ in range(_MOST_BEHIND):
        behind = _BEHIND.search(source[start:end])
        end = start + behind.start() if behind else end
    place = Span(*stripped(source, start, end))
    return Heading(Piece(place.of(source), place), level)


def _sections(source: str, start: int, found: list[tuple[Heading, int, int]]) -> Iterator[Section]:
    heading: Heading | None = None
    for following, at, end in found:
        yield Section(heading, Span(start, at))
        heading, start = following, end
    yield Section(heading, Span(start, len(source)))
