"""The tags and texts of a page in HTML, with their places.

A tag ends at the next `>`, even in a quoted attribute: so each character is looked at once, whatever is wrong
with the page. The parser of the standard library tells no end of a tag, and scans some broken pages again and
again. This module must not know what a tag means.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = lazily(r"<(?:(?P<comment>!--)|[!?][^<>]*>|(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>[^<>]*)>)")
_ATTRIBUTE = lazily(r"([\w:@*-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")

#: Elements whose content is no markup.
_RAW = frozenset({"script", "style", "textarea", "template", "title"})

#: Elements that hide what they hold, and are often empty in pages that are XML.
_OPTIONAL = _RAW | {"svg", "iframe", "button", "a", "span", "div"}


class Event(NamedTuple):
    """A start tag (`open`), an end tag (`close`), or a text; and the part of a tag behind its name."""

    kind: str
    name: str
    span: Span
    rest: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of a start tag, by their names in lower case."""
        found = (match.groups() for match in _ATTRIBUTE.finditer(self.rest))
        return {name.lower(): unescape(next(filter(None, values), "")) for name, *values in found}


class OpenCommentError(Exception):
    """A comment is not closed: the offset of its start."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def events(source: str) -> Iterator[Event]:
    """Yield the tags and the texts between them. Raises OpenCommentError at the end of what can be read."""
    at = 0
    while found := _TAG.search(source, at):
        if found.start() > at:
            yield Event("text", "", Span(at, found.start()))
        at = found.end()
        if found["comment"]:
            end = source.find("-->", at)
            if end < 0:
                raise OpenCommentError(found.start())
            at = end + 3
        elif found["name"]:
            name = found["name"].lower()
            if found["rest"].endswith("/") and name in _OPTIONAL:
                continue
            yield Event("close" if found["end"] else "open", name, Span(*found.span()), found["rest"])
            if name in _RAW and not found["end"]:
                closing = re.compile(rf"</{name}", re.IGNORECASE).search(source, at)
                end = closing.start() if closing else len(source)
                if name == "title":
                    yield Event("text", "", Span(at, end))
                at = end
    if at < len(source):
        yield Event("text", "", Span(at, len(source)))
