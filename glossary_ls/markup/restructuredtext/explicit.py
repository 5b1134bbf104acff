"""Explicit markup of reStructuredText: lines that begin with two dots ("Explicit Markup Blocks" in docutils).

This module parses single lines; it must not know the structure of a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.restructuredtext.directives import directive
from glossary_ls.markup.restructuredtext.layout import Body, Context, Line

MARKER = re.compile(r"(?:\.\.|__)(?=[ \t]|\Z)[ \t]*")
_FOOTNOTE = re.compile(r"\[(?:[0-9]{1,6}|[#*]|#?[\w.+:-]+)\](?=[ \t]|\Z)[ \t]*")
_TARGET = re.compile(r"_(?:`[^`\r\n]*`|[^\s:\\]?(?:[^:\\\r\n]|\\.|:(?!\s|\Z))*):(?=[ \t]|\Z)[ \t]*")
_SUBSTITUTION = re.compile(r"\|[^|\r\n]+\|[ \t]+([\w-]+)::(?=[ \t]|\Z)[ \t]*")
_DIRECTIVE = re.compile(r"([A-Za-z0-9](?:[\w.+-]|:(?=\w))*)[ ]?::(?=[ \t]|\Z)[ \t]*")
_WORD = re.compile(r"\S+(?:[ \t]+|\Z)")


@dataclass(frozen=True, slots=True)
class Explicit:
    """The parts of a line.

    The marker ends at `marker`; a region of the kind `region` extends from there to `text`; the rest is
    readable text. `context` is that of the lines indented below this one.
    """

    marker: int
    text: int
    region: RegionKind = RegionKind.MARKUP
    kind: RegionKind = RegionKind.PROSE
    context: Context | None = None


def read(text: str, line: Line) -> Explicit:
    """Parse a line that `MARKER` matches."""
    marker = MARKER.match(text, line.start, line.stop)
    after = marker.end() if marker else line.start
    if text[line.start] == "_":
        return Explicit(after, line.stop, RegionKind.URL)
    return _named(text, line, after) or _comment(line, after)


def _named(text: str, line: Line, after: int) -> Explicit | None:
    if found := _FOOTNOTE.match(text, after, line.stop):
        return Explicit(found.end(), found.end())
    if found := _TARGET.match(text, after, line.stop):
        context = Context(Body.ARGUMENTS, line.indent)
        return Explicit(found.end(), line.stop, RegionKind.URL, context=context)
    if found := _SUBSTITUTION.match(text, after, line.stop):
        if found[1] == "replace":
            return Explicit(found.end(), found.end())
        return Explicit(found.end(), line.stop, context=Context(Body.MARKUP, line.indent))
    if found := _DIRECTIVE.match(text, after, line.stop):
        return _directive(text, line, found)
    return None


def _comment(line: Line, after: int) -> Explicit:
    comment = Context(Body.MARKUP, line.indent)
    if after == line.stop:
        # Two dots alone are an empty comment, unless the next line is indented.
        comment = Context(Body.ARGUMENTS, line.indent)
    return Explicit(line.stop, line.stop, context=comment)


def _directive(text: str, line: Line, found: re.Match[str]) -> Explicit:
    known = directive(found[1])
    start = found.end()
    context = Context(known.body, line.indent, options=True)
    if known.title:
        return Explicit(start, start, kind=RegionKind.HEADING, context=context)
    if not known.text:
        if known.body is Body.TEXT and start < line.stop:
            # Arguments may continue on the next lines, such as more signatures of a function.
            context = Context(Body.ARGUMENTS, line.indent, options=True)
        region = RegionKind.MATH if known.body is Body.MATH else RegionKind.MARKUP
        return Explicit(start, line.stop, region, context=context)
    for _ in range(known.skipped):
        word = _WORD.match(text, start, line.stop)
        start = word.end() if word else start
    return Explicit(start, start, context=context)
