"""Outlines of pages: headings, items, tables and paragraphs as nodes, and their sections.

A page of any markup language becomes a list of nodes whose texts are Markdown. This module must not know
which of them are entries.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.text import Span
    from glossary_ls.glossary.reading.drafts import Piece
    from glossary_ls.glossary.reading.labels import Field
    from glossary_ls.glossary.reading.tables import Row

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

#: A heading of more words is no topic.
_MOST_TOPIC_WORDS = 7

_ALONE = lazily(r"\w+")


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

    `names` are the text of a heading or the names of an item, and `text` is what follows (Markdown), with
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


# --- sections ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Section:
    """A heading (None above the first one), the nodes up to the next heading, and the headings above."""

    heading: Node | None
    above: tuple[Node, ...]
    content: list[Node]
    has_sections: bool = False

    @property
    def level(self) -> int:
        """The level of the heading; 0 without one."""
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        """The text of the heading."""
        return self.heading.names[0].text if self.heading and self.heading.names else ""

    def topics(self, title: Node | None, *, inside: bool) -> tuple[str, ...]:
        """Return the topics of an entry in the section; `inside` counts the own heading as well."""
        nodes = (*self.above, *((self.heading,) if inside and self.heading else ()))
        texts = (node.names[0].text for node in nodes if node is not title and node.names)
        return tuple(
            text
            for text in texts
            if len(text.split()) <= _MOST_TOPIC_WORDS
            and not (is_letter(text) or is_around(text) or is_glossary(text))
        )


def sections_of(nodes: Iterable[Node]) -> Iterator[Section]:
    """Yield the sections of a page, the first of which has no heading."""
    section = Section(None, (), [])
    path: list[Section] = []
    for node in nodes:
        if node.kind is not Kind.HEADING:
            section.content.append(node)
            continue
        yield section
        while path and path[-1].level >= node.level:
            path.pop()
        for each in path:
            each.has_sections = True
        section = Section(node, tuple(each.heading for each in path if each.heading), [])
        path.append(section)
    yield section


def title_of(sections: Sequence[Section]) -> Node | None:
    """Return the title of the page: its first heading, if no other one is as high."""
    headings = [section.heading for section in sections if section.heading]
    highest = min((each.level for each in headings), default=0)
    top = [node for node in headings if node.level == highest]
    return top[0] if len(top) == 1 and top[0] is headings[0] else None


def is_around(text: str) -> bool:
    """Return whether a heading is that of an introduction, of references or the like."""
    return " ".join(text.strip(" :*").lower().split()) in _AROUND


def is_glossary(text: str) -> bool:
    """Return whether a heading says that terms follow, and not which."""
    words = text.lower()
    return any(
        word in words for word in ("glossar", "acronym", "abbreviat", "terminolog", "definitions", "list of ")
    )


def is_letter(text: str) -> bool:
    """Return whether a heading only divides a list by its initials: `B`, `0-9`, `A, B and C`."""
    words = [word for word in _ALONE.findall(text) if word.lower() not in {"and", "to", "bis", "et"}]
    return all(len(word) == 1 or word.isdigit() for word in words) or text.strip().lower() in {
        "numbers",
        "symbols",
        "numeric",
        "other",
    }
