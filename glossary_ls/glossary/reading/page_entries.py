"""Entries of pages: which nodes of an outline are the entries of a glossary.

`entries_of` decides by what most of a page is made of whether its terms are its headings, or the items, rows
and bold names in them. This module must not know any markup language but Markdown.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import leftovers
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.local_links import anchors_of, linked
from glossary_ls.glossary.reading.outline import (
    Kind,
    Node,
    Section,
    is_around,
    is_glossary,
    is_letter,
    joined,
    sections_of,
    title_of,
)
from glossary_ls.glossary.reading.tables import drafts_of_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Found(NamedTuple):
    """The entries of a page, and by what they were recognized."""

    drafts: tuple[Draft, ...] = ()
    evidence: str = ""


#: From as many headings with text on, headings are the terms of a page.
_FEWEST_HEADINGS = 2
_FEWEST_BULLETS = 2
#: The share of the headings of a level that have text, if they are terms, and of named bullets in a list.
_SHARE = 0.6
_MOST_WORDS = 9
_FEW = 0.4
_MOST_PLAIN_WORDS = 6

_BOLD = lazily(
    r"\*\*(?P<name>[^*\n]{1,120})\*\*(?P<more>[ ]?\([^()\n]{1,80}\))?"
    r"[ ]*(?P<sign>[:.\u2013\u2014=-]*)(?=\s|$|:)\s*"
)
_PLAIN = lazily(r"(?P<name>[^\n:.;!?]{1,80}?)(?P<sign>:|[ ]+[\u2013\u2014=-]{1,3}|[ ]*\u2014)(?=\s)\s*")
_LINK_NAME = lazily(r"\[([^\[\]\n]{1,80})\]\([^()\n]*\)(?P<sign>[ ]*[:.\u2013\u2014=-]*)(?=\s)\s*")
_LABEL = lazily(r"(?P<mark>\*{0,2})(?P<label>[^\W\d_][\w' .-]{1,30}?)(?::(?P=mark)|(?P=mark)[ ]?:)\s+(?=\S)")

#: Fields that a label in a definition may start; the others are too close to ordinary words.
_INNER = frozenset(Field) - {Field.NAME, Field.LANGUAGE}


# --- from nodes to entries --------------------------------------------------------------------------------


def entries_of(nodes: Sequence[Node], items: str = "items", *, is_whole: bool = False) -> Found:
    """Return the entries among the nodes of a page; `items` is what items are called in its language.

    `is_whole` means that the whole page is the glossary, whatever part of it says so.
    """
    sections = tuple(sections_of(nodes))
    if not is_whole and any(node.is_declared for node in nodes):
        drafts = [*_declared(sections)]
        evidence = f"{len(drafts)} {items}"
    elif headed := _by_headings(sections, is_whole=is_whole):
        drafts, evidence = headed, f"{len(headed)} headings with text"
    else:
        listed = [*_by_lists(sections)]
        drafts = [draft for _, draft in listed]
        counts = Counter(items if kind is Kind.ITEM else _WORDS[kind] for kind, _ in listed)
        evidence = ", ".join(f"{count} {word}" for word, count in counts.most_common())
    leftovers.keep(nodes, sections, drafts)
    return Found(tuple(linked(drafts, anchors_of(nodes))), evidence)


_WORDS = {
    Kind.TABLE: "rows of tables",
    Kind.BULLET: "list items that open with a name",
    Kind.PARAGRAPH: "paragraphs that open with a bold name",
}


def _declared(sections: Sequence[Section]) -> Iterator[Draft]:
    title = title_of(sections)
    for section in sections:
        topics = section.topics(title, inside=True)
        yield from (draft_of(node, topics) for node in section.content if node.is_declared)


def draft_of(node: Node, topics: tuple[str, ...] = ()) -> Draft:
    """Return the entry that an item is."""
    text, fields = with_fields(node.text, node.body or node.span)
    return Draft(node.span, node.names, text, node.body, (*node.fields, *fields), topics)


# --- headings that are terms ------------------------------------------------------------------------------


def _is_term(section: Section) -> bool:
    """Return whether the heading of a section may be the name of a term."""
    text = section.title
    return (
        bool(text.strip())
        and not is_letter(text)
        and not is_around(text)
        and not is_glossary(text)
        and (len(text.split()) <= _MOST_WORDS or text.rstrip().endswith("?"))
    )


def _by_headings(sections: Sequence[Section], *, is_whole: bool) -> list[Draft]:
    """Return the entries of a page whose headings are terms; none for other pages.

    One is enough below the title of a glossary.
    """
    title = title_of(sections)
    is_titled = is_whole and title is not None and is_glossary(title.names[0].text)
    fewest = 1 if is_titled else _FEWEST_HEADINGS
    usable = [
        section
        for section in sections
        if section.heading and section.heading is not title and _is_term(section)
    ]
    leaves = Counter(
        section.level for section in usable if _opens_with_prose(section) and field_of(section.title) is None
    )
    if not leaves:
        return []
    level = max(leaves, key=lambda each: (leaves[each], each))
    terms = [section for section in usable if section.level == level]
    numbers = {id(section) for section in terms}
    told = [section for section in terms if _opens_with_prose(section)]
    listed = sum(
        _listed(section) for section in sections if section.level <= level and id(section) not in numbers
    )
    inside = sum(_listed(section) for section in told)
    if len(told) < max(fewest, _SHARE * len(terms)) or listed > len(told) or inside > 2 * len(told) + 2:
        return []
    drafts: list[Draft] = []
    for number, section in enumerate(sections):
        if id(section) in numbers:
            below = [*_below(sections, number)]
            drafts.append(_headed(section, below, section.topics(title, inside=False)))
    return drafts


def _opens_with_prose(section: Section) -> bool:
    first = section.content[0] if section.content else None
    if first is None:
        return False
    name = _name_of(first)
    return first.kind is not Kind.TABLE and (not name or field_of(name) is not None)


def _listed(section: Section) -> int:
    """Return how many entries the items and tables of a section would be."""
    items = (node for node in section.content if node.kind is Kind.ITEM)
    count = sum(1 for node in items if field_of(node.names[0].text) is None)
    return count + sum(max(len(node.rows) - 1, 0) for node in section.content if node.kind is Kind.TABLE)


def _below(sections: Sequence[Section], number: int) -> Iterator[Section]:
    """Yield the sections inside of the one with a number."""
    level = sections[number].level
    for at in range(number + 1, len(sections)):
        if sections[at].level <= level:
            return
        yield sections[at]


def _headed(section: Section, below: Sequence[Section], topics: tuple[str, ...]) -> Draft:
    heading = section.heading
    assert heading is not None  # noqa: S101  because only sections with a heading are terms
    texts = [joined(section.content)]
    nodes = [*section.content]
    fields: list[tuple[Field, Piece]] = [*heading.fields]
    for part in below:
        field = field_of(part.title)
        text = joined(part.content)
        nodes += [*filter(None, (part.heading,)), *part.content]
        if field and field in _INNER and part.content:
            fields.append((field, Piece(text, Span(part.content[0].span.start, part.content[-1].span.end))))
        elif field is not Field.NAME:
            texts += [f"**{part.title}**", text]
    end = max((node.span.end for node in nodes), default=heading.span.end)
    body = Span(nodes[0].span.start, end) if nodes else None
    definition, inner = with_fields("\n\n".join(filter(None, texts)), body or heading.span)
    return Draft(Span(heading.span.start, end), heading.names, definition, body, (*fields, *inner), topics)


# --- entries in lists, tables and paragraphs --------------------------------------------------------------


def _by_lists(sections: Sequence[Section]) -> Iterator[tuple[Kind, Draft]]:
    title = title_of(sections)
    names = [name for section in sections for node in section.content if (name := _name_of(node))]
    labels = sum(field_of(name) is not None for name in names)
    # Where few names are those of fields, these are terms as well: `Source`, `Context`.
    fields_are_terms = labels <= _FEW * len(names)
    bold = sum(
        node.kind is Kind.PARAGRAPH and bool(_name_of(node))
        for section in sections
        for node in section.content
    )
    for section in sections:
        if is_around(section.title):
            continue
        named = [
            bool(name := _name_of(node)) and (fields_are_terms or field_of(name) is None)
            for node in section.content
        ]
        bullets = [
            is_named
            for is_named, node in zip(named, section.content, strict=True)
            if node.kind is Kind.BULLET
        ]
        unread = set()
        if sum(bullets) < max(_FEWEST_BULLETS, _SHARE * len(bullets)):
            unread.add(Kind.BULLET)
        if bold < _FEWEST_BULLETS:
            unread.add(Kind.PARAGRAPH)
        is_entry = [
            is_named and node.kind not in unread
            for is_named, node in zip(named, section.content, strict=True)
        ]
        yield from _listed_in(section.content, is_entry, section.topics(title, inside=True))


def _listed_in(
    nodes: Sequence[Node], is_entry: Sequence[bool], topics: tuple[str, ...]
) -> Iterator[tuple[Kind, Draft]]:
    has_paragraphs = any(
        each and node.kind is Kind.PARAGRAPH for each, node in zip(is_entry, nodes, strict=True)
    )
    for number, node in enumerate(nodes):
        if node.kind is Kind.TABLE:
            for draft in drafts_of_table(node.rows, has_header=node.has_header, topics=topics):
                yield Kind.TABLE, draft
        elif not is_entry[number]:
            continue
        elif node.kind is Kind.ITEM:
            yield Kind.ITEM, draft_of(node, topics)
        elif node.kind is Kind.PARAGRAPH:
            behind = number + 1
            while behind < len(nodes) and _goes_on(nodes[behind], is_entry=is_entry[behind]):
                behind += 1
            yield Kind.PARAGRAPH, _opened(node, nodes[number + 1 : behind], topics)
        elif not has_paragraphs:
            yield Kind.BULLET, _opened(node, (), topics)


def _goes_on(node: Node, *, is_entry: bool) -> bool:
    """Return whether a node belongs to the paragraph with a name above it."""
    return node.kind is not Kind.TABLE and (not is_entry or node.kind is Kind.BULLET)


def _name_of(node: Node) -> str:
    """Return the name that a node has or opens with; empty for none."""
    if node.kind is Kind.ITEM:
        return node.names[0].text
    if node.kind is Kind.BULLET:
        opened = opening(node.text)
        return opened.name if opened else ""
    found = _BOLD.match(node.text) if node.kind is Kind.PARAGRAPH else None
    return found["name"] if found and not found["name"].strip().endswith("!") else ""


class Opening(NamedTuple):
    """The name that a text opens with, and the rest of it."""

    name: str
    rest: str


def opening(text: str) -> Opening | None:
    """Return the name that a list item opens with: bold, a link, or plain before a colon or a dash."""
    if found := _BOLD.match(text):
        return Opening(found["name"] + (found["more"] or ""), text[found.end() :])
    if (found := _LINK_NAME.match(text)) and found["sign"].strip():
        return Opening(found[1], text[found.end() :])
    found = _PLAIN.match(text)
    if found and len(found["name"].split()) <= _MOST_PLAIN_WORDS:
        return Opening(plain(found["name"]), text[found.end() :])
    return None


def _opened(node: Node, behind: Sequence[Node], topics: tuple[str, ...]) -> Draft:
    """Return the entry that a text with a name is, with the nodes that belong to it."""
    opened = opening(node.text) or Opening(node.text, "")
    text = "\n\n".join(filter(None, (opened.rest.lstrip("-:\u2013\u2014 "), joined(behind))))
    span = Span(node.span.start, behind[-1].span.end if behind else node.span.end)
    definition, fields = with_fields(text, span)
    return Draft(span, (Piece(opened.name, node.span),), definition, span, fields, topics)


def with_fields(text: str, place: Span) -> tuple[str, tuple[tuple[Field, Piece], ...]]:
    """Return a definition without its labeled paragraphs, and these."""
    if ":" not in text:
        return text, ()
    kept: list[str] = []
    fields: list[tuple[Field, Piece]] = []
    is_code = False
    for part in text.split("\n\n"):
        found = None if is_code else _LABEL.match(part)
        field = field_of(found["label"]) if found else None
        is_code ^= part.count("```") % 2 == 1
        if found and field and field in _INNER and (found["mark"] or kept):
            fields.append((field, Piece(part[found.end() :], place)))
        else:
            kept.append(part)
    return "\n\n".join(kept), tuple(fields)
