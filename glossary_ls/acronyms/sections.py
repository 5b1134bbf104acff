"""The glossary sections of a document, in which each entry is a definition whatever its letters.

A glossary section is what follows a heading such as "Acronyms and abbreviations", up to a heading that is not
below it. Its entries are items, rows, and headings with the text below. This module must not know markup
languages, but for the marks that tell the level of a heading.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.bounds import ARTICLE, SHORT, split
from glossary_ls.acronyms.declared import GLOSSARY, definition_text, entries
from glossary_ls.acronyms.forms import is_short
from glossary_ls.acronyms.spaced import Spaced
from glossary_ls.base.model import Definition, RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.markup.prose import BREAK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from glossary_ls.acronyms.bounds import Range
    from glossary_ls.markup.prose import PlacedProse, Prose

#: A heading that consists of a short form: `3. ABC`, `What is an ABC?`
_HEADING = Spaced(rf"(?:[\d.]+\)?\s+)?(?:What\s+(?:is|are)\s+)?(?i:{ARTICLE})({SHORT}?)s?\s*[?:.]?")
_MAX_HEADING = 32

#: The marks before a heading, which tell its level by their number; else the line below it tells it.
_MARKS = lazily(r"[ \t>]*([#=]+)[ \t]+")
_HTML_LEVEL = lazily(r"<h([1-6])[\s>]", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading: the offset of its text, what marks its level, and whether it opens a glossary section."""

    start: int
    marks: str
    glossary: bool

    def shifted(self, by: int) -> Heading:
        """Return the heading moved by `by` code points."""
        return self._replace(start=self.start + by)


def headings(blocks: Iterable[PlacedProse], source: str) -> Iterator[Heading]:
    """Yield the headings of some blocks, ascending."""
    for start, prose in blocks:
        for first, last in _heading_ranges(prose):
            span = prose.span(first, last).shifted(start)
            yield Heading(
                span.start, _marks(source, span), GLOSSARY.fullmatch(prose.text, first, last) is not None
            )


def glossary_sections(found: Iterable[Heading], end: int) -> Iterator[Span]:
    """Yield the spans of the glossary sections of a text of the length `end`."""
    opening: Heading | None = None
    higher: set[str] = set()
    for heading in found:
        if opening and (heading.marks in higher or _closes(heading.marks, opening.marks)):
            yield Span(opening.start, heading.start)
            opening = None
        if opening is None:
            higher.add(heading.marks)
            if heading.glossary:
                opening = heading
    if opening:
        yield Span(opening.start, end)


def in_sections(blocks: Sequence[PlacedProse], source: str, known: Collection[Span]) -> Iterator[Definition]:
    """Yield the definitions of a document that are such only because they are in a glossary section.

    `known` are the spans of the short forms that are defined anyway.
    """
    for section in glossary_sections(headings(blocks, source), len(source)):
        for found in section_entries(blocks, source):
            if section.contains(found.short_span.start) and found.short_span not in known:
                yield found


def section_entries(blocks: Sequence[PlacedProse], source: str) -> Iterator[Definition]:
    """Yield the definitions in some blocks as if they were in a glossary section."""
    for start, prose in blocks:
        for short, long in (*entries(prose), *_headed(prose)):
            yield definition(prose, short, long).shifted(start)
    for heading, body in pairwise(blocks):
        if found := entry_below(heading, body, source):
            yield found


def entry_below(heading: PlacedProse, below: PlacedProse, source: str) -> Definition | None:
    """Return the definition of which the short form is a heading and the next block the definition."""
    short = headed_short(heading.prose)
    text = below.prose.text
    if short is None or below.prose.kind_at(0) is RegionKind.HEADING:
        return None
    name = heading.prose.text[slice(*short)]
    # The letters of the short form are compared with the text of the other block.
    long = definition_text(f"{name}{BREAK}{text}", (0, len(name)), len(name) + 1)
    if long is None:
        return None
    shift = len(name) + 1
    return definition_across(heading, short, below, (long[0] - shift, long[1] - shift), source)


def headed_short(heading: Prose) -> Range | None:
    """Return the range of the short form that a text, if it is a heading, consists of."""
    return _short_of(heading.text, (0, len(heading.text)))


def definition(prose: Prose, short: Range, long: Range, wording: str = "") -> Definition:
    """Return the definition of two ranges in the text of a block; the long form may be worded differently."""
    text = prose.text
    spans = prose.span(*short), prose.span(*long), prose.span(*_written(text, short))
    return Definition(text[slice(*short)], wording or text[slice(*long)], *spans)


def definition_across(
    heading: PlacedProse, short: Range, below: PlacedProse, long: Range, source: str
) -> Definition:
    """Return the definition of a range in a heading and one in the block below."""
    text = heading.prose.text
    spans = (heading.prose.span(*place).shifted(heading.start) for place in (short, _written(text, short)))
    short_span, written_span = spans
    long_span = below.prose.span(*long).shifted(below.start)
    wording = " ".join(long_span.of(source).split())
    return Definition(text[slice(*short)], wording, short_span, long_span, written_span)


def _written(text: str, short: Range) -> Range:
    """Return the range of a short form with its plural ending."""
    plural = text.startswith("s", short[1]) and not text[short[1] + 1 : short[1] + 2].isalnum()
    return short[0], short[1] + plural


def _headed(prose: Prose) -> Iterator[tuple[Range, Range]]:
    """Yield the headings in a block that are short forms, and the text below in the same block."""
    for first, last in _heading_ranges(prose):
        short = _short_of(prose.text, (first, last))
        if short is not None and last + 1 < len(prose.text):
            long = definition_text(prose.text, short, last + 1)
            if long is not None and prose.kind_at(long[0]) is not RegionKind.HEADING:
                yield short, long


def _short_of(text: str, heading: Range) -> Range | None:
    if heading[1] - heading[0] > _MAX_HEADING:
        return None
    head = _HEADING.fullmatch(text, *heading)
    if head is None or not is_short(head[1]) or not any(map(str.isupper, head[1][1:])):
        return None
    return head.span(1)


def _heading_ranges(prose: Prose) -> Iterator[Range]:
    """Yield the ranges of the headings in the text of a block."""
    starts = [piece.flat for piece in prose.pieces if piece.kind is RegionKind.HEADING]
    if starts:
        for first, last in split(prose.text, (0, len(prose.text)), BREAK):
            if first < last and any(first <= start < last for start in starts):
                yield first, last


def _marks(source: str, heading: Span) -> str:
    """Return what marks the level of a heading: the marks before it, or one of those below it."""
    line = max(source.rfind("\n", 0, heading.start), source.rfind("\r", 0, heading.start)) + 1
    if marks := _MARKS.match(source, line, heading.start):
        return marks[1]
    if level := _HTML_LEVEL.search(source, line, heading.start):
        return "#" * int(level[1])
    below = source[heading.end : heading.end + 400].splitlines()[1:2]
    return below[0].strip()[:1] if below else ""


def _closes(marks: str, opening: str) -> bool:
    """Return whether a heading ends the section of another one."""
    if marks[:1] == opening[:1] and marks[:1] in {"#", "="}:
        return len(marks) <= len(opening)
    return marks == opening
