"""Leads: how lines open that may be entries, such as `**Shard**: a part`, `- [Shard](#shard) - a part`.

A lead is found by its line alone; whether it is an entry depends on the page (see `shape`). This module must
not know pages.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.lines import Line, columns

#: A name with its markup is no longer.
_MOST_NAME = 240


class Mark(Enum):
    """What marks the name of a lead."""

    STRONG = auto()
    LINK = auto()
    CODE = auto()
    EMPHASIS = auto()
    PLAIN = auto()


class Lead(NamedTuple):
    """The opening of a line: the place of a name with its markup, and the text behind its separator.

    `indent` is in columns; `name` and `rest` are places in the file. `separator` is `:`, `-`, `.`, `=` or
    empty; `is_alone` means that nothing follows in the line.
    """

    line: int
    is_item: bool
    mark: Mark
    separator: str
    is_alone: bool
    indent: int
    name: Span
    rest: int


BULLET = lazily(r"(?:[-*+\u2022\u25aa\u2023]|\d{1,3}[.)])(?:[ \t]+|(?=\*\*))(?:\[[ xX]\][ \t]+)?")
_SKIPPED = lazily(
    r"(?:<(a|span)\b[^<>]*>\s*</\1>\s*|<(?:p|li|div)\b[^<>]*>\s*|[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]++\s*+)*+"
)
_STRONG = lazily(
    r"(?P<mark>\*{2,3}|__)(?=\S)(?P<text>[^*\n]{1,200}?(?:\*[^*\n]{1,80}\*[^*\n]{0,80}?)?)(?P=mark)(?!\*)"
    r"|\[(?P<mark2>\*\*|__)(?P<text2>[^*\[\]\n]{1,200})(?P=mark2)\](?:\([^()\s]*\)|\[[^\[\]]*\])"
    r"|\[(?P<text5>[^\[\]\n]{1,200})\](?=\{[^{}\n]*#)"
    r"|<(?P<mark3>b|strong|dfn|abbr)\b[^<>]*>(?P<text3>[^<>\n]{1,200})</(?P=mark3)>"
    r"|<(?P<mark4>a|span)\b[^<>]*\b(?:id|name|class)=[^<>]*>(?P<text4>[^<>\n]{1,200})</(?P=mark4)>"
)
_LINK = lazily(r"\[\[?[^\[\]\n]{1,200}\]\]?(?:\([^()\s]*(?:\s\"[^\"\n]*\")?\)|\[[^\[\]\n]*\])?")
_CODE = lazily(r"`[^`\n]{1,120}`")
_EMPHASIS = lazily(r"\*(?=\S)[^*\n]{1,160}(?<=\S)\*(?!\*)|_(?=\S)[^_\n]{1,160}(?<=\S)_(?!\w)")
_PAREN = lazily(r"\s*[(\uff08][^()\uff08\uff09\n]{1,120}[)\uff09]")
_JOINED = lazily(r"\s*(?:/|,|\||;|\bor\b|\baka\b|\bor just\b|,\s*(?:or|aka))\s*(?=\*\*|__|`|\[|<b|<strong)")
_SEPARATOR = lazily(
    r"\s*(?::|\uff1a)(?!:)(?:\s+|(?=\S)|$)|\s*(?:\u2014|\u2013|\u2015|--+)\s*|\s+-\s*|-\s+|\s*=+>?\s+|\s*(?:\u2192|->)\s*"
    r"|\.\s+|\.$|\s*\|\s+|,\s+(?=an?\s|the\s)"
)
_PLAIN = lazily(
    r"(?P<name>[^\s:*_`\[<>|!#(\u2014-][^:\n\u2014\u2013]{0,90}?)"
    r"(?P<separator>:\s+|\uff1a\s*|(?<=[a-z]{3})-\s+|\s+(?:-|\u2014|\u2013|--|=|->|\u2192)\s+|\s*\u2014\s*)(?=\S)"
)
_INNER_END = lazily(r"\s*(?::|\uff1a|\.|\u2014|\u2013|\s-)\s*$")
_ATTRIBUTES = lazily(r"\s*\{:?\s*[#.:][^{}]*\}")
_ANCHOR = lazily(r"\s*<(a|span)\b[^<>]*>\s*</\1>")
_HARD_BREAK = lazily(r"\s*(?:\\|<br\s*/?>)\s*$", re.IGNORECASE)
_SENTENCE_END = lazily(r"[^\W\d_]{3}\. ")
_MOST_PLAIN_WORDS = 7
_TERMINAL = lazily(r"[\s\\]*(?:<br\s*/?>)?\s*$", re.IGNORECASE)


def lead_of(number: int, line: Line, *, plain: bool = True) -> Lead | None:
    """Return the lead of a line of text, or None; without `plain`, only names with markup count."""
    text, at = line.text, line.at
    indent = columns(line)
    bullet = BULLET.match(text, at, line.end)
    if bullet:
        at = bullet.end()
    elif text[at] in "|>":
        return None
    skipped = _SKIPPED.match(text, at, line.end)
    at = skipped.end() if skipped else at
    if at >= line.end:
        return None
    char = text[at]
    start = line.start
    lead = Lead(
        number, bool(bullet), Mark.PLAIN, "", is_alone=False, indent=indent, name=Span(start + at, 0), rest=0
    )
    if char in "*_`[<" and (found := _marked(text, at, line.end)):
        return _finished(lead, line, *found)
    if plain and (bullet or indent <= 3) and (named := _PLAIN.match(text, at, line.end)):
        name = named["name"]
        is_name = name[-1] not in ".,;!" and not _SENTENCE_END.search(name)
        if is_name and len(name.split()) <= _MOST_PLAIN_WORDS:
            name_span = Span(start + at, start + named.end("name"))
            sign = _sign(named["separator"].strip())
            return lead._replace(separator=sign, name=name_span, rest=start + named.end())
    return None


def alone_of(number: int, line: Line) -> Lead | None:
    """Return the lead of an item that is nothing but a short name without markup, or None."""
    bullet = BULLET.match(line.text, line.at, line.end)
    if not bullet:
        return None
    end = _HARD_BREAK.sub("", line.text[: line.end]).rstrip()
    name = end[bullet.end() :].rstrip(":")
    if not name or len(name.split()) > _MOST_PLAIN_WORDS or name[-1] in ".,;!?" or len(name) > _MOST_NAME:
        return None
    span = Span(line.start + bullet.end(), line.start + bullet.end() + len(name))
    rest = line.start + line.end
    return Lead(
        number,
        is_item=True,
        mark=Mark.PLAIN,
        separator="",
        is_alone=True,
        indent=columns(line),
        name=span,
        rest=rest,
    )


def _marked(text: str, at: int, stop: int) -> tuple[int, Mark, str] | None:
    """Return the end of the marked names at an offset, their mark, and the text of the last one."""
    stop = min(stop, at + 2 * _MOST_NAME)
    for mark, pattern in _MARKS:
        if found := pattern.match(text, at, stop):
            inner, end = found[0], found.end()
            while (joined := _JOINED.match(text, end, stop)) and (
                again := pattern.match(text, joined.end(), stop)
            ):
                inner, end = again[0], again.end()
            return end, mark, inner
    return None


_MARKS = ((Mark.STRONG, _STRONG), (Mark.LINK, _LINK), (Mark.CODE, _CODE), (Mark.EMPHASIS, _EMPHASIS))


def _finished(lead: Lead, line: Line, end: int, mark: Mark, inner: str) -> Lead | None:
    """Return a lead whose marked name ends at `end`, with what belongs to the name behind it."""
    text = line.text
    for pattern in (_ANCHOR, _ATTRIBUTES, _PAREN, _ATTRIBUTES):
        if found := pattern.match(text, end, line.end):
            if pattern is _PAREN and not _is_of_name(text, found.end(), line.end, mark):
                continue
            end = found.end()
    separator = _SEPARATOR.match(text, end, line.end)
    bare = inline.plain(inner)
    inside = _INNER_END.search(bare)
    sign = _sign(separator[0].strip()) if separator else _sign(inside[0].strip()) if inside else ""
    rest = separator.end() if separator else end
    is_alone = bool(_TERMINAL.match(text, rest, line.end))
    if mark in {Mark.EMPHASIS, Mark.CODE, Mark.LINK} and not sign and not is_alone:
        return None
    if not separator and not is_alone and not inside and text[end] not in " \t(\uff08":
        # `**Shard**s are`, `**Shard**-based`.
        return None
    name = Span(lead.name.start, line.start + end)
    return lead._replace(mark=mark, separator=sign, is_alone=is_alone, name=name, rest=line.start + rest)


def _is_of_name(text: str, end: int, stop: int, mark: Mark) -> bool:
    """Return whether a parenthesis that ends at `end` belongs to a name, and not to the text behind it."""
    return (
        end >= stop
        or bool(_SEPARATOR.match(text, end, stop))
        or bool(_TERMINAL.match(text, end, stop))
        or (mark is Mark.STRONG and text[end : end + 1] in " \t")
    )


def _sign(separator: str) -> str:
    if not separator:
        return ""
    if separator[0] in ":\uff1a":
        return ":"
    if separator[0] in "-\u2014\u2013\u2015":
        return "-"
    return separator[0]
