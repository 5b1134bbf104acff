"""Outlines of pages: headings, items, tables and paragraphs, and which of them are the entries of a glossary.

A page of any markup language becomes a list of nodes whose texts are Markdown. `entries_of` decides by what
most of a page is made of whether its terms are its headings, or the items, rows and bold names in them. This
module must not know any markup language but Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.names import key
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.names import read_name
from glossary_ls.glossary.reading.tables import Row, drafts_of_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Kind(Enum):
    """What a node of a page is; `OTHER` is content without a name, such as a block of code."""

    HEADING = auto()
    ITEM = auto()
    BULLET = auto()
    PARAGRAPH = auto()
    TABLE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a page; spans count in the file.

    `names` are the text of a heading or the names of an item, and `text` is what follows them (Markdown), with
    its place in `body`. The lower the `level`, the higher is a heading. Links to `anchors` lead to the node.
    An item that `is_declared` is an entry because the page says so; then it has no others.
    """

    kind: Kind
    span: Span
    text: str = ""
    names: tuple[Piece, ...] = ()
    body: Span | None = None
    level: int = 0
    rows: tuple[Row, ...] = ()
    has_header: bool = False
    anchors: tuple[str, ...] = ()
    fields: tuple[tuple[Field, Piece], ...] = ()
    is_declared: bool = False


class Found(NamedTuple):
    """The entries of a page, and by what they were recognized."""

    drafts: tuple[Draft, ...] = ()
    evidence: str = ""


#: Headings of what surrounds the terms of a page.
_AROUND = word_set(
    "introduction overview preface foreword references bibliography contents purpose scope background about "
    "resources sources links changelog contributing appendix summary notes license conclusion usage index"
) | {
    "see also",
    "further reading",
    "table of contents",
    "how to use this page",
    "how to use this glossary",
    "how to contribute",
    "about this document",
    "about this glossary",
    "related pages",
    "related documents",
    "revision history",
    "next steps",
    "external links",
    "additional resources",
    "more information",
}

#: From as many headings with text on, headings are the terms of a page.
_FEWEST_HEADINGS = 2
_FEWEST_BULLETS = 2
#: The share of the headings of a level that have text, if they are terms, and of named bullets in a list.
_SHARE = 0.6
_MOST_WORDS = 9
_MOST_PLAIN_WORDS = 6

_BOLD = re.compile(
    r"\*\*(?P<name>[^*\n]{1,120})\*\*(?P<more>[ ]?\([^()\n]{1,80}\))?[ ]*(?P<sign>[:.\u2013\u2014=-]*)(?=\s|$|:)\s*"
)
_PLAIN = re.compile(r"(?P<name>[^\n:.;!?]{1,80}?)(?P<sign>:|[ ]+[\u2013\u2014=-]{1,3}|[ ]*\u2014)(?=\s)\s*")
_LINK_NAME = re.compile(r"\[([^\[\]\n]{1,80})\]\([^()\n]*\)(?P<sign>[ ]*[:.\u2013\u2014=-]*)(?=\s)\s*")
_LABEL = re.compile(
    r"(?P<mark>\*{0,2})(?P<label>[^\W\d_][\w' .-]{1,30}?)(?::(?P=mark)|(?P=mark)[ ]?:)\s+(?=\S)"
)
_LOCAL = re.compile(r"\[([^\[\]\n]*)\]\(#((?:[^()\n]|\([^()\n]*\))*)\)")
_ALONE = re.compile(r"\w+")

#: Fields that a label in a definition may start; the others are too close to ordinary words.
_INNER = frozenset(Field) - {Field.NAME, Field.LANGUAGE}


# --- from nodes to entries --------------------------------------------------------------------------------


def entries_of(nodes: Sequence[Node], items: str = "items") -> Found:
    """Return the entries among the nodes of a page; `items` says what the items of its language are called."""
    sections = tuple(_sections(nodes))
    if any(node.is_declared for node in nodes):
        drafts = [*_declared(sections)]
        evidence = f"{len(drafts)} {items}"
    elif headed := _by_headings(sections):
        drafts, evidence = headed, f"{len(headed)} headings with text"
    else:
        listed = [*_by_lists(sections)]
        drafts = [draft for _, draft in listed]
        counts = Counter(items if kind is Kind.ITEM else _WORDS[kind] for kind, _ in listed)
        evidence = ", ".join(f"{count} {word}" for word, count in counts.most_common())
    return Found(tuple(linked(drafts, anchors_of(nodes))), evidence)


_WORDS = {
    Kind.TABLE: "rows of tables",
    Kind.BULLET: "list items that open with a name",
    Kind.PARAGRAPH: "paragraphs that open with a bold name",
}


def _declared(sections: Sequence[_Section]) -> Iterator[Draft]:
    title = _title(sections)
    for section in sections:
        topics = section.topics(title, inside=True)
        yield from (draft_of(node, topics) for node in section.content if node.is_declared)


def draft_of(node: Node, topics: tuple[str, ...] = ()) -> Draft:
    """Return the entry that an item is."""
    text, fields = _with_fields(node.text, node.body or node.span)
    return Draft(node.span, node.names, text, node.body, (*node.fields, *fields), topics)


def anchors_of(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the name of each node that has one, by its anchors."""
    return {anchor: node.names[0].text for node in nodes if node.names for anchor in node.anchors}


def linked(drafts: Iterable[Draft], anchors: Mapping[str, str]) -> Iterator[Draft]:
    """Yield drafts in which links inside of the page are text, and those to other entries related terms."""
    drafts = list(drafts)
    names = dict(_names(drafts))
    for draft in drafts:
        related: list[str] = []

        def text_of(found: re.Match[str], related: list[str] = related) -> str:
            text, target = found[1].strip(), found[2].strip()
            name = anchors.get(target) or target
            known = names.get(key(name)) or names.get(key(text))
            if known:
                related.append(known)
            name = known or anchors.get(target, "")
            return text or name or target.replace("_", " ").replace("-", " ")

        definition = _LOCAL.sub(text_of, draft.definition)
        fields = tuple(
            (field, piece._replace(text=_LOCAL.sub(text_of, piece.text))) for field, piece in draft.fields
        )
        own = {key(name) for _, name in _names((draft,))}
        place = draft.body or draft.span
        more = (
            (Field.RELATED, Piece(name, place)) for name in dict.fromkeys(related) if key(name) not in own
        )
        yield replace(draft, definition=definition, fields=(*fields, *more))


def _names(drafts: Iterable[Draft]) -> Iterator[tuple[str, str]]:
    """Yield the name of each draft by the keys of all of its names."""
    for draft in drafts:
        name = read_name(draft.names[0].text).name if draft.names else ""
        for piece in draft.names:
            read = read_name(piece.text)
            for each in (piece.text, read.name, read.expansion, *(alias.name for alias in read.aliases)):
                if each:
                    yield key(each), name


def is_letter(text: str) -> bool:
    """Return whether a heading only divides a list by its initials: `B`, `0-9`, `A, B and C`."""
    words = [word for word in _ALONE.findall(text) if word.lower() not in {"and", "to", "bis", "et"}]
    return all(len(word) == 1 or word.isdigit() for word in words) or text.strip().lower() in {
        "numbers",
        "symbols",
        "numeric",
        "other",
    }


# --- sections ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Section:
    """A heading (None above the first one), the nodes up to the next heading, and the headings above."""

    heading: Node | None
    above: tuple[Node, ...]
    content: list[Node]
    has_sections: bool = False

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        return self.heading.names[0].text if self.heading and self.heading.names else ""

    def topics(self, title: Node | None, *, inside: bool) -> tuple[str, ...]:
        """Return the topics of an entry in the section; `inside` counts the own heading as well."""
        nodes = (*self.above, *((self.heading,) if inside and self.heading else ()))
        texts = (node.names[0].text for node in nodes if node is not title and node.names)
        return tuple(
            text for text in texts if not is_letter(text) and not _is_around(text) and not _is_glossary(text)
        )


def _sections(nodes: Iterable[Node]) -> Iterator[_Section]:
    section = _Section(None, (), [])
    path: list[_Section] = []
    for node in nodes:
        if node.kind is not Kind.HEADING:
            section.content.append(node)
            continue
        yield section
        while path and path[-1].level >= node.level:
            path.pop()
        for each in path:
            each.has_sections = True
        section = _Section(node, tuple(each.heading for each in path if each.heading), [])
        path.append(section)
    yield section


def _title(sections: Sequence[_Section]) -> Node | None:
    """Return the title of the page: its first heading, if no other one is as high."""
    headings = [section.heading for section in sections if section.heading]
    top = [node for node in headings if node.level == min(each.level for each in headings)]
    return top[0] if len(top) == 1 and top[0] is headings[0] else None


def _is_around(text: str) -> bool:
    return " ".join(text.strip(" :*").lower().split()) in _AROUND


def _is_glossary(text: str) -> bool:
    words = text.lower()
    return any(word in words for word in ("glossar", "acronym", "abbreviat", "terminolog", "definitions"))


def _is_term(section: _Section) -> bool:
    """Return whether the heading of a section may be the name of a term."""
    text = section.title
    return (
        bool(text.strip())
        and not is_letter(text)
        and not _is_around(text)
        and field_of(text) is None
        and (len(text.split()) <= _MOST_WORDS or text.rstrip().endswith("?"))
    )


# --- headings that are terms ------------------------------------------------------------------------------


def _by_headings(sections: Sequence[_Section]) -> list[Draft]:
    """Return the entries of a page whose headings are terms; none for other pages."""
    title = _title(sections)
    usable = [
        section
        for section in sections
        if section.heading and section.heading is not title and _is_term(section)
    ]
    leaves = Counter(section.level for section in usable if _opens_with_prose(section))
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
    if (
        len(told) < max(_FEWEST_HEADINGS, _SHARE * len(terms))
        or listed > len(told)
        or inside > 2 * len(told) + 2
    ):
        return []
    drafts: list[Draft] = []
    for number, section in enumerate(sections):
        if id(section) in numbers:
            below = [*_below(sections, number)]
            drafts.append(_headed(section, below, section.topics(title, inside=False)))
    return drafts


def _opens_with_prose(section: _Section) -> bool:
    first = section.content[0] if section.content else None
    if first is None:
        return False
    if first.kind is Kind.PARAGRAPH:
        found = _BOLD.match(first.text)
        return found is None or field_of(found["name"]) is not None
    if first.kind is Kind.ITEM:
        return field_of(first.names[0].text) is not None
    return first.kind is Kind.OTHER or (first.kind is Kind.BULLET and opening(first.text) is None)


def _listed(section: _Section) -> int:
    """Return how many entries the items and tables of a section would be."""
    items = (node for node in section.content if node.kind is Kind.ITEM)
    count = sum(1 for node in items if field_of(node.names[0].text) is None)
    return count + sum(max(len(node.rows) - 1, 0) for node in section.content if node.kind is Kind.TABLE)


def _below(sections: Sequence[_Section], number: int) -> Iterator[_Section]:
    """Yield the sections inside of the one with a number."""
    level = sections[number].level
    for at in range(number + 1, len(sections)):
        if sections[at].level <= level:
            return
        yield sections[at]


def _headed(section: _Section, below: Sequence[_Section], topics: tuple[str, ...]) -> Draft:
    heading = section.heading
    assert heading is not None  # noqa: S101  because only sections with a heading are terms
    texts = [joined(section.content)]
    nodes = [*section.content]
    fields: list[tuple[Field, Piece]] = [*heading.fields]
    for part in below:
        field = field_of(part.title)
        text = joined(part.content)
        nodes += [*filter(None, (part.heading,)), *part.content]
        if field in _INNER and field is not None and part.content:
            fields.append((field, Piece(text, Span(part.content[0].span.start, part.content[-1].span.end))))
        elif field is not Field.NAME:
            texts += [f"**{part.title}**", text]
    end = max((node.span.end for node in nodes), default=heading.span.end)
    body = Span(nodes[0].span.start, end) if nodes else None
    definition, inner = _with_fields("\n\n".join(filter(None, texts)), body or heading.span)
    return Draft(Span(heading.span.start, end), heading.names, definition, body, (*fields, *inner), topics)


def joined(nodes: Iterable[Node]) -> str:
    """Return nodes as Markdown, with the items of a list together."""
    text = ""
    last: Node | None = None
    for node in nodes:
        if part := markdown_of(node):
            is_list = last is not None and last.kind is node.kind is Kind.BULLET
            text += ("\n" if is_list else "\n\n" if text else "") + part
            last = node
    return text


def markdown_of(node: Node) -> str:
    """Return a node as Markdown."""
    if node.kind is Kind.BULLET:
        return "- " + node.text.replace("\n", "\n  ")
    if node.kind is Kind.ITEM:
        return f"**{node.names[0].text}**: {node.text}"
    if node.kind is Kind.TABLE:
        lines = ["| " + " | ".join(cell.text.replace("\n", " ") for cell in row) + " |" for row in node.rows]
        rule = "|" + " --- |" * len(node.rows[0]) if node.rows else ""
        return "\n".join((*lines[:1], rule, *lines[1:]))
    return node.text


# --- entries in lists, tables and paragraphs --------------------------------------------------------------


def _by_lists(sections: Sequence[_Section]) -> Iterator[tuple[Kind, Draft]]:
    title = _title(sections)
    bold = sum(
        1
        for section in sections
        for node in section.content
        if node.kind is Kind.PARAGRAPH and _is_bold_name(node.text)
    )
    for section in sections:
        if _is_around(section.title):
            continue
        topics = section.topics(title, inside=True)
        bullets = [node for node in section.content if node.kind is Kind.BULLET]
        named = [node for node in bullets if opening(node.text)]
        are_named = len(named) >= max(_FEWEST_BULLETS, _SHARE * len(bullets))
        yield from _listed_in(section, topics, bullets=are_named, paragraphs=bold >= _FEWEST_BULLETS)


def _listed_in(
    section: _Section, topics: tuple[str, ...], *, bullets: bool, paragraphs: bool
) -> Iterator[tuple[Kind, Draft]]:
    nodes = section.content
    is_entry = [
        (node.kind is Kind.ITEM and field_of(node.names[0].text) is None)
        or (paragraphs and node.kind is Kind.PARAGRAPH and _is_bold_name(node.text))
        for node in nodes
    ]
    has_paragraphs = any(
        each and node.kind is Kind.PARAGRAPH for each, node in zip(is_entry, nodes, strict=True)
    )
    for number, node in enumerate(nodes):
        if node.kind is Kind.ITEM and is_entry[number]:
            yield Kind.ITEM, draft_of(node, topics)
        elif node.kind is Kind.PARAGRAPH and is_entry[number]:
            behind = number + 1
            while behind < len(nodes) and not is_entry[behind] and nodes[behind].kind is not Kind.TABLE:
                behind += 1
            yield Kind.PARAGRAPH, _opened(node, nodes[number + 1 : behind], topics)
        elif node.kind is Kind.BULLET and bullets and not has_paragraphs and opening(node.text):
            yield Kind.BULLET, _opened(node, (), topics)
        elif node.kind is Kind.TABLE:
            for draft in drafts_of_table(node.rows, has_header=node.has_header, topics=topics):
                yield Kind.TABLE, draft


class Opening(NamedTuple):
    """The name that a text opens with, and the rest of it."""

    name: str
    rest: str


def opening(text: str) -> Opening | None:
    """Return the name that a list item opens with: bold, a link, or plain before a colon or a dash."""
    if (found := _BOLD.match(text)) and field_of(found["name"]) is None:
        return Opening(found["name"] + (found["more"] or ""), text[found.end() :])
    if (found := _LINK_NAME.match(text)) and found["sign"].strip():
        return Opening(found[1], text[found.end() :])
    found = _PLAIN.match(text)
    if found and len(found["name"].split()) <= _MOST_PLAIN_WORDS and field_of(found["name"]) is None:
        return Opening(found["name"], text[found.end() :])
    return None


def _is_bold_name(text: str) -> bool:
    found = _BOLD.match(text)
    return found is not None and field_of(found["name"]) is None and not found["name"].strip().endswith("!")


def _opened(node: Node, behind: Sequence[Node], topics: tuple[str, ...]) -> Draft:
    """Return the entry that a text with a name is, with the nodes that belong to it."""
    opened = opening(node.text) or Opening(node.text, "")
    text = "\n\n".join(filter(None, (opened.rest.lstrip("-:\u2013\u2014 "), joined(behind))))
    span = Span(node.span.start, behind[-1].span.end if behind else node.span.end)
    definition, fields = _with_fields(text, span)
    return Draft(span, (Piece(opened.name, node.span),), definition, span, fields, topics)


def _with_fields(text: str, place: Span) -> tuple[str, tuple[tuple[Field, Piece], ...]]:
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
        if found and field in _INNER and field is not None and (found["mark"] or kept):
            fields.append((field, Piece(part[found.end() :], place)))
        else:
            kept.append(part)
    return "\n\n".join(kept), tuple(fields)
