"""The inside of a line of a comment: inline code, links, tags of HTML and of documentation tools, addresses.

Markdown, Javadoc and XML documentation are read alike. This module must not know lines or comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.markup import addresses

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.writer import Writer


def inline(writer: Writer, start: int, end: int, kind: RegionKind) -> None:
    """Write the text of a line or a part of it."""
    text = writer.text
    position = start
    mark = _MARK.search(text, start, end)
    while mark is not None:
        after = _RULES[text[mark.start()]](_Place(writer, mark.start(), position, end, kind))
        if after is not None:
            position = after
        mark = _MARK.search(text, mark.end() if after is None else after, end)
    writer.builder.add(position, end, kind)


_MARK = re.compile(
    r"`|\{@|<(?=[/A-Za-z!])|\[(?=[^\[\]\r\n]{1,200}\]\()|&(?=#?\w{2,8};)|\*\*?(?=\S)|://|www\.|@"
)
_CODE = re.compile(r"(`+)(?!`)([^\r\n]{0,300}?[^`\r\n])\1(?!`)|`([^`'\r\n]+)'")
_INLINE_TAG = re.compile(r"\{@(\w+)\s*([^{}\r\n]*(?:\{[^{}\r\n]*\}[^{}\r\n]*)*)\}")
_HTML = re.compile(r"<(/?)([A-Za-z][\w:.-]*)([^<>\r\n]*)>|<!--[^\r\n]*?-->")
_LINK = re.compile(r"\[([^\[\]\r\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_STRONG = re.compile(r"(\*\*?)(?=[^\s*])([^*\r\n]*[^\s*])\1(?!\w)")
_BREAKING = frozenset(
    {
        *(
            "p",
            "br",
            "li",
            "ul",
            "ol",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "tr",
            "table",
            "dl",
            "dt",
            "dd",
            "div",
        ),
        *("summary", "remarks", "param", "returns", "para"),
    }
)
_CODE_ELEMENTS = frozenset({"code", "c", "tt", "kbd", "samp", "pre"})


class _Place(NamedTuple):
    """A mark at `at`; the text from `position` on has not been written yet."""

    writer: Writer
    at: int
    position: int
    end: int
    kind: RegionKind

    def flush(self, upto: int | None = None) -> None:
        """Write the text before the mark."""
        self.writer.builder.add(self.position, self.at if upto is None else upto, self.kind)


def _code(place: _Place) -> int | None:
    found = _CODE.match(place.writer.text, place.at, place.end)
    if found is None:
        return None
    place.flush()
    place.writer.code(*found.span(), *found.span(2 if found[2] else 3))
    return found.end()


def _brace(place: _Place) -> int | None:
    """Read `{@code x}`, `{@link x label}` and the like."""
    found = _INLINE_TAG.match(place.writer.text, place.at, place.end)
    if found is None:
        return None
    place.flush()
    if found[1] in {"inheritDoc", "docRoot"} or not found[2]:
        place.writer.opaque(*found.span())
    else:
        place.writer.code(*found.span(), *found.span(2))
    return found.end()


def _angle(place: _Place) -> int | None:
    text, at = place.writer.text, place.at
    if at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_") and text[at + 1] != "/":
        # The argument of a generic type.
        after = _HTML.match(text, at, place.end)
        if after is None or after[2] is None or after[2].lower() not in _BREAKING | _CODE_ELEMENTS:
            return None
    found = _HTML.match(text, at, place.end)
    if found is None:
        return None
    place.flush()
    name = (found[2] or "").lower()
    if name in _CODE_ELEMENTS and not found[1]:
        close = text.find(f"</{found[2]}>", found.end(), place.end)
        if close >= 0:
            place.writer.code(at, close + len(name) + 3, found.end(), close)
            return close + len(name) + 3
    if name in _BREAKING:
        place.writer.builder.break_()
    if found[0].endswith("/>") and name not in _BREAKING:
        place.writer.opaque(*found.span())
    else:
        place.writer.hide(*found.span())
    return found.end()


def _bracket(place: _Place) -> int | None:
    found = _LINK.match(place.writer.text, place.at, place.end)
    if found is None:
        return None
    place.flush()
    place.writer.hide(found.start(), found.start(1))
    inline(place.writer, *found.span(1), RegionKind.LINK)
    place.writer.hide(found.end(1), found.start(2))
    place.writer.hide(*found.span(2), RegionKind.URL)
    place.writer.hide(found.end(2), found.end())
    return found.end()


def _entity(place: _Place) -> int | None:
    found = _ENTITY.match(place.writer.text, place.at, place.end)
    if found is None:
        return None
    place.flush()
    place.writer.hide(*found.span())
    place.writer.builder.space()
    return found.end()


def _star(place: _Place) -> int | None:
    found = _STRONG.match(place.writer.text, place.at, place.end)
    if found is None or (place.at > 0 and place.writer.text[place.at - 1].isalnum()):
        return None
    place.flush()
    inline(place.writer, *found.span(2), place.kind)
    return found.end()


def _address(place: _Place) -> int | None:
    found = addresses.address_at(place.writer.text, place.at, place.position, place.end)
    if found is None:
        return None
    place.flush(found[0])
    place.writer.opaque(*found, RegionKind.URL)
    return found[1]


_RULES: dict[str, Callable[[_Place], int | None]] = {
    "`": _code,
    "{": _brace,
    "<": _angle,
    "[": _bracket,
    "&": _entity,
    "*": _star,
    ":": _address,
    "w": _address,
    "@": _address,
}
