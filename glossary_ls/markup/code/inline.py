"""Inline markup in comments: code, links, tags of HTML and of documentation tools, addresses.

Markdown, Javadoc and XML documentation are parsed alike. This module must not know lines or comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import word_set
from glossary_ls.markup import addresses

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.writer import Writer


def inline(writer: Writer, start: int, end: int, kind: RegionKind) -> None:
    """Write the text of a line or of a part of it."""
    text = writer.text
    position = start
    mark = _MARK.search(text, start, end)
    while mark is not None:
        after = _RULES[text[mark.start()]](_Mark(writer, mark.start(), position, end, kind))
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
_BREAKING = word_set(
    "p br li ul ol h1 h2 h3 h4 h5 h6 tr table dl dt dd div summary remarks param returns para"
)
_CODE_ELEMENTS = frozenset({"code", "c", "tt", "kbd", "samp", "pre"})


class _Mark(NamedTuple):
    """A mark at `at`; the text before `position` is already written."""

    writer: Writer
    at: int
    position: int
    end: int
    kind: RegionKind

    def flush(self, upto: int | None = None) -> None:
        """Write the text up to the mark, or up to `upto`."""
        self.writer.builder.add(self.position, self.at if upto is None else upto, self.kind)


def _code(mark: _Mark) -> int | None:
    found = _CODE.match(mark.writer.text, mark.at, mark.end)
    if found is None:
        return None
    mark.flush()
    mark.writer.code(*found.span(), *found.span(2 if found[2] else 3))
    return found.end()


def _brace(mark: _Mark) -> int | None:
    """Parse a Javadoc tag such as `{@code x}` or `{@link x label}`."""
    found = _INLINE_TAG.match(mark.writer.text, mark.at, mark.end)
    if found is None:
        return None
    mark.flush()
    if found[1] in {"inheritDoc", "docRoot"} or not found[2]:
        mark.writer.opaque(*found.span())
    else:
        mark.writer.code(*found.span(), *found.span(2))
    return found.end()


def _angle(mark: _Mark) -> int | None:
    text, at = mark.writer.text, mark.at
    if at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_") and text[at + 1] != "/":
        # The argument of a generic type.
        after = _HTML.match(text, at, mark.end)
        if after is None or after[2] is None or after[2].lower() not in _BREAKING | _CODE_ELEMENTS:
            return None
    found = _HTML.match(text, at, mark.end)
    if found is None:
        return None
    mark.flush()
    name = (found[2] or "").lower()
    if name in _CODE_ELEMENTS and not found[1]:
        close = text.find(f"</{found[2]}>", found.end(), mark.end)
        if close >= 0:
            mark.writer.code(at, close + len(name) + 3, found.end(), close)
            return close + len(name) + 3
    if name in _BREAKING:
        mark.writer.builder.break_()
    if found[0].endswith("/>") and name not in _BREAKING:
        mark.writer.opaque(*found.span())
    else:
        mark.writer.hide(*found.span())
    return found.end()


def _bracket(mark: _Mark) -> int | None:
    found = _LINK.match(mark.writer.text, mark.at, mark.end)
    if found is None:
        return None
    mark.flush()
    mark.writer.hide(found.start(), found.start(1))
    inline(mark.writer, *found.span(1), RegionKind.LINK)
    mark.writer.hide(found.end(1), found.start(2))
    mark.writer.hide(*found.span(2), RegionKind.URL)
    mark.writer.hide(found.end(2), found.end())
    return found.end()


def _entity(mark: _Mark) -> int | None:
    found = _ENTITY.match(mark.writer.text, mark.at, mark.end)
    if found is None:
        return None
    mark.flush()
    mark.writer.hide(*found.span())
    mark.writer.builder.space()
    return found.end()


def _star(mark: _Mark) -> int | None:
    found = _STRONG.match(mark.writer.text, mark.at, mark.end)
    if found is None or (mark.at > 0 and mark.writer.text[mark.at - 1].isalnum()):
        return None
    mark.flush()
    inline(mark.writer, *found.span(2), mark.kind)
    return found.end()


def _address(mark: _Mark) -> int | None:
    found = addresses.address_at(mark.writer.text, mark.at, mark.position, mark.end)
    if found is None:
        return None
    mark.flush(found[0])
    mark.writer.opaque(*found, RegionKind.URL)
    return found[1]


_RULES: dict[str, Callable[[_Mark], int | None]] = {
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
