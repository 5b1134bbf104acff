"""HTML as Markdown: the texts of definitions, and of names without markup.

This module must not know which parts of a page are definitions.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped, word_set
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.labels import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.glossary.formats.html.events import Event

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "kbd": "`", "samp": "`", "tt": "`"}
_BLOCKS = word_set(
    "p div section article ul ol dl table tbody thead tr h1 h2 h3 h4 h5 h6 blockquote figure details summary "
    "dd dt"
)
_CELLS = frozenset({"td", "th"})

#: Elements that are no text: what they hold is left out.
HIDDEN = word_set("script style template svg button nav form select iframe noscript head title textarea")

#: Elements without an end tag.

#: The link to a heading itself, as generators add it.
_PERMALINK = lazily(r"headerlink|anchor|permalink|heading-link|edit|back-?to-?top", re.IGNORECASE)

_BLANKS = lazily(r"[ \t\r\n\f]+")
_EMPTY_MARKS = lazily(r"\*\*[ \n]*\*\*|(?<!`)``(?!`)")
_GAPS = lazily(r"[ \t]*\n(?:[ \t]*\n)+")


def long_forms(inside: Iterable[Event]) -> Iterator[tuple[Field, Piece]]:
    """Yield the long forms that the titles of abbreviations give: `<abbr title="Queue Wait Budget">`."""
    for event in inside:
        if event.kind == "open" and event.name in {"abbr", "acronym"}:
            title = " ".join(event.attributes.get("title", "").split())
            if title:
                yield Field.LONG_FORM, Piece(title, event.span)


def name_of(source: str, inside: Sequence[Event]) -> Piece:
    """Return the text of some events without markup, and its place from the first to the last word."""
    parts: list[str] = []
    start = end = -1
    skipped = 0
    for event in inside:
        if event.kind == "text":
            if not skipped and event.span.of(source).strip("\u00b6# \t\r\n\f"):
                found = stripped(source, *event.span)
                start, end = (found[0] if start < 0 else start), found[1]
                parts.append(event.span.of(source))
        elif event.name in {"br", "p", "div"}:
            parts.append(" ")
        elif (
            event.name in HIDDEN
            or (event.name == "a" and _is_permalink(event))
            or (skipped and event.name == "a")
        ):
            skipped = max(skipped + (1 if event.kind == "open" else -1), 0)
    text = _BLANKS.sub(" ", unescape("".join(parts))).replace("\u00b6", "").strip()
    if start < 0:
        at = inside[0].span.end if inside else 0
        return Piece("", Span(at, at))
    return Piece(text, Span(start, end))


def _is_permalink(event: Event) -> bool:
    return event.kind == "open" and _PERMALINK.search(event.attributes.get("class", "")) is not None


def markdown(source: str, inside: Iterable[Event]) -> str:
    """Return some events as Markdown."""
    writer = _Writer(source)
    for event in inside:
        writer.take(event)
    text = _EMPTY_MARKS.sub("", "".join(writer.parts))
    lines = (line.rstrip() for line in _GAPS.sub("\n\n", text).strip().split("\n"))
    return "\n".join(lines)


class _Writer:
    """Writes events as Markdown, with the lists and links that are open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.parts: list[str] = []
        self._lists: list[str] = []
        self._links: list[str] = []
        self._hidden = 0
        self._permalink = False
        self._pre = False

    def take(self, event: Event) -> None:
        """Write an event."""
        if self._permalink:
            self._permalink = event.name != "a" or event.kind == "open"
        elif event.name in HIDDEN:
            self._hidden = max(self._hidden + (1 if event.kind == "open" else -1), 0)
        elif self._hidden:
            pass
        elif event.kind == "text":
            self._text(event.span.of(self._source))
        elif event.kind == "open":
            self._open(event)
        else:
            self._close(event.name)

    def _text(self, written: str) -> None:
        text = unescape(written)
        if self._pre:
            self.parts.append(text)
            return
        text = _BLANKS.sub(" ", text)
        # A text such as `List<T>` would be taken for a tag.
        text = re.sub(r"<(?=[A-Za-z/!])", r"\\<", text) if "`" not in self.parts[-1:] else text
        if text.startswith(" ") and (not self.parts or self.parts[-1].endswith(("\n", " "))):
            text = text[1:]
        self.parts.append(text)

    def _open(self, event: Event) -> None:
        name = event.name
        if name == "br":
            self.parts.append("\n")
        elif name == "pre":
            self._pre = True
            self.parts.append("\n\n```\n")
        elif name == "a" and _is_permalink(event):
            self._permalink = True
        elif name == "a":
            href = event.attributes.get("href", "")
            is_outside = href.startswith(("http:", "https:"))
            self._links.append(href if is_outside else "")
            self.parts.append("[" if is_outside else "")
        elif name in {"ul", "ol"}:
            self._lists.append(name)
            self.parts.append("\n\n" if len(self._lists) == 1 else "")
        elif name == "li":
            mark = "1. " if self._lists[-1:] == ["ol"] else "- "
            self.parts.append("\n" + "  " * max(len(self._lists) - 1, 0) + mark)
        elif name in _CELLS:
            self.parts.append("" if not self.parts or self.parts[-1].endswith("\n") else " \u2013 ")
        elif name in _MARKS and not self._pre:
            self.parts.append(_MARKS[name])
        elif name in _BLOCKS and not self._is_in_item():
            self.parts.append("\n" if name in {"tr", "dd"} else "\n\n")

    def _close(self, name: str) -> None:
        if name == "pre":
            self._pre = False
            self.parts.append("\n```\n\n")
        elif name == "a" and self._links:
            href = self._links.pop()
            self.parts.append(f"]({href})" if href else "")
        elif name in {"ul", "ol"}:
            self._lists[-1:] = []
            self.parts.append("" if self._lists else "\n\n")
        elif name in _MARKS and not self._pre:
            mark = _MARKS[name]
            if self.parts and self.parts[-1].endswith(" ") and self.parts[-1].strip():
                self.parts[-1] = self.parts[-1].rstrip()
                mark += " "
            self.parts.append(mark)
        elif name in _BLOCKS and not self._is_in_item() and name != "tr":
            self.parts.append("\n\n")

    def _is_in_item(self) -> bool:
        """Return whether a paragraph would end the item that was just begun."""
        return (
            bool(self.parts)
            and self.parts[-1].lstrip().startswith(("- ", "1. "))
            and not self.parts[-1][3:].strip()
        )
