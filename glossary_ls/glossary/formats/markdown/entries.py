"""Entries of headings and of leads: their names, and where their bodies end.

This module must not know how the shape of a page is decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.bodies import read_body
from glossary_ls.glossary.formats.markdown.candidates import Style, is_label
from glossary_ls.glossary.formats.markdown.leads import BULLET
from glossary_ls.glossary.formats.markdown.lines import Kind, columns
from glossary_ls.glossary.formats.markdown.sections import topics
from glossary_ls.glossary.formats.markdown.tables import long_forms, name_pieces
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.glossary.formats.markdown.bodies import Body
    from glossary_ls.glossary.formats.markdown.candidates import Content
    from glossary_ls.glossary.formats.markdown.leads import Lead
    from glossary_ls.glossary.formats.markdown.lines import Line
    from glossary_ls.glossary.formats.markdown.sections import Section
    from glossary_ls.glossary.formats.markdown.shape import Shape

_ID = lazily(
    r"\{:?\s*#([^\s{}]+)[^{}]*\}|<(?:a|span|h\d)\b[^<>]*\b(?:id|name)=[\"']([^\"'<>]+)[\"']", re.IGNORECASE
)
#: What may stand at the end of a name inside of its marks.
_NAME_ENDS = " :\uff1a.\u2014\u2013-"

#: Initials with stops, without the last one.
_DOTTED = lazily(r"\w(?:\.\w)+")
_PARENTHESIS = lazily(r"\s*\([^()]*\)$")
_VARIABLE = lazily(r"\{\{")


class Written(NamedTuple):
    """An entry, the links in its body, the anchors that lead to it, and the title of its section."""

    draft: Draft
    links: tuple[inline.Link, ...]
    anchors: tuple[str, ...]
    section: str
    is_heading: bool


def of_headings(lines: Sequence[Line], sections: Sequence[Section], shape: Shape) -> Iterator[Written]:
    """Yield the entries whose names are headings."""
    numbers = sorted(shape.terms)
    for number, following in zip_longest(numbers, numbers[1:]):
        section = sections[number]
        line = lines[section.heading]
        end = _end_with_fields(sections, section, shape)
        end = min(end, sections[following].heading) if following else end
        body = read_body(lines, section.first, _start(lines, section.first), end)
        name = Span(line.start + line.at, line.start + line.end)
        title = sections[section.parent].title
        written = _written(lines, section.heading, name, body)
        draft = replace(written.draft, topics=topics(sections, section, own=False))
        yield written._replace(draft=draft, section=title)


def _end_with_fields(sections: Sequence[Section], section: Section, shape: Shape) -> int:
    """Return the line behind a section and the sections behind it whose titles are labels of its fields."""
    end = section.whole
    siblings = sections[section.parent].children
    at = bisect_right(siblings, section.number)
    while at < len(siblings):
        following = sections[siblings[at]]
        if following.number in shape.terms or following.is_about or not is_label(following.title):
            break
        end = following.whole
        at += 1
    return end


def _start(lines: Sequence[Line], at: int) -> int:
    return lines[at].start if at < len(lines) else 0


def of_leads(lines: Sequence[Line], sections: Sequence[Section], content: Content) -> Iterator[Written]:
    """Yield the entries of a section whose names are leads."""
    section = content.section
    of_section = topics(sections, section, own=True)
    for lead, following in zip_longest(content.leads, content.leads[1:]):
        end = following.line if following else section.end
        end = _item_end(lines, lead, end) if lead.is_item else _text_end(lines, lead, end)
        body = read_body(lines, lead.line, lead.rest, end, dedent=lead.is_item)
        parent = _parent_item(lines, lead, section.first) if content.style is Style.NESTED else ""
        around = (parent,) if parent else of_section
        written = _written(lines, lead.line, lead.name, body)
        names = tuple(piece._replace(text=_without_end(piece.text)) for piece in written.draft.names)
        draft = replace(_with_sentence(written.draft, lead), names=names, topics=around)
        yield written._replace(draft=draft, section=section.title)


def _without_end(name: str) -> str:
    """Return a name without the signs behind it; the last stop of `A.B.C.` is a part of it."""
    end = name.rstrip(_NAME_ENDS)
    return f"{end}." if _DOTTED.fullmatch(end) and name.startswith(f"{end}.") else end


def _item_end(lines: Sequence[Line], lead: Lead, end: int) -> int:
    """Return the line behind an item: further lines are indented, or go on without a blank line."""
    at = lead.line + 1
    is_blank = False
    while at < end:
        line = lines[at]
        if line.kind is Kind.BLANK:
            is_blank = True
        elif line.kind is Kind.RULE or line.kind is Kind.HEADING:
            break
        elif line.kind is Kind.TEXT or line.kind is Kind.CODE:
            inside = columns(line) >= lead.indent + 2
            is_bullet = bool(BULLET.match(line.text, line.at, line.end))
            if not inside and (is_blank or is_bullet):
                break
            is_blank = False
        at += 1
    return at


def _text_end(lines: Sequence[Line], lead: Lead, end: int) -> int:
    """Return the line behind the paragraphs, lists and code of a name, which a rule ends."""
    for at in range(lead.line + 1, end):
        if lines[at].kind is Kind.RULE:
            return at
    return end


def _parent_item(lines: Sequence[Line], lead: Lead, first: int) -> str:
    """Return the text of the item around a nested one, if it is short."""
    for at in range(lead.line - 1, max(first - 1, lead.line - 200), -1):
        line = lines[at]
        bullet = BULLET.match(line.text, line.at, line.end) if line.kind is Kind.TEXT else None
        if bullet and columns(line) <= lead.indent - 2:
            title = inline.plain(line.text[bullet.end() : min(line.end, bullet.end() + 120)]).strip(" :")
            return title if len(title.split()) <= 6 else ""
    return ""


def _with_sentence(draft: Draft, lead: Lead) -> Draft:
    """Return a draft whose definition is a whole sentence, where the name is its subject: `**Shard** is`."""
    if lead.separator or lead.is_alone or not draft.definition[:1].islower() or not draft.names:
        return draft
    name = _PARENTHESIS.sub("", draft.names[0].text)
    return replace(draft, definition=f"{name} {draft.definition}")


def _written(lines: Sequence[Line], at: int, name: Span, body: Body) -> Written:
    """Return the entry with a name in a line; its topics and section are for the caller to add."""
    line = lines[at]
    text = name.shifted(-line.start).of(line.text)
    pieces = tuple(name_pieces(text, name))
    urls = [
        (Field.URL, Piece(link.target, name))
        for link in inline.links(text)
        if inline.is_external(link.target)
    ]
    draft = Draft(Span(name.start, max(name.end, body.end)), pieces, body.definition, body.span)
    draft = replace(draft, fields=(*body.fields, *urls, *long_forms(text, name)))
    near = [line.text, lines[at - 1].text if at and lines[at - 1].kind is Kind.HIDDEN else ""]
    anchors = tuple(found[1] or found[2] for each in near for found in _ID.finditer(each))
    return Written(draft, body.links, anchors, "", is_heading=line.kind is Kind.HEADING)


def is_variable(written: Written, source: str) -> bool:
    """Return whether a name is a variable that a site generator fills in."""
    return bool(written.draft.names) and bool(_VARIABLE.search(written.draft.names[0].span.of(source)))
