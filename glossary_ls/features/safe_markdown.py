"""Markdown of a glossary, made safe to show: glossaries come with repositories that nobody has read.

Pictures, which would be fetched because a mouse rests on a word, HTML, and links that run commands, open
files or name other computers become plain text. This module must not know terms.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")

#: Inline code that every parser takes for code: on one line and, because of tables, without a bar.
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^`|]*+(?<!`)\1(?!`)")

#: An escaped character, or what begins a picture, a tag, or an address in angle brackets.
_SIGN = re.compile(r"\\.|!\[|<(?=[a-zA-Z/!?])(?!(?:https?://|mailto:))", re.IGNORECASE | re.DOTALL)

#: The targets of links, and of the definitions of links.
_TARGET = re.compile(r"\](\(\s*+<?([^\s)>]*+)|:[ \t]*+\n?[ \t]*+<?([^\s>]*+))")

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SCHEMES = frozenset({"http", "https", "mailto"})
_CONTROLS = re.compile(r"[\x00-\x20\x7f\\]")


def safe(markdown: str) -> str:
    """Return Markdown without pictures and HTML, and with links to the web and to relative paths only."""
    if not re.search(r"[<\]]", markdown):
        return markdown
    return _TARGET.sub(_target, "".join(_lines(markdown)))


def is_safe_link(target: str) -> bool:
    """Return whether the target of a link is on the web or relative to the file."""
    written = _CONTROLS.sub("", unescape(target))
    scheme = _SCHEME.match(written)
    if scheme:
        return scheme[1].lower() in _SCHEMES
    # Two slashes, of either kind, name another computer.
    return not (written.startswith("//") or target.startswith("\\\\"))


def _lines(markdown: str) -> Iterator[str]:
    fence = ""
    for line in markdown.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
            yield line
        elif mark:
            fence = mark[1]
            yield line
        else:
            last = 0
            for code in _CODE.finditer(line):
                yield _SIGN.sub(_sign, line[last : code.start()])
                yield code[0]
                last = code.end()
            yield _SIGN.sub(_sign, line[last:])


def _sign(found: re.Match[str]) -> str:
    if found[0].startswith("\\"):
        return found[0]
    return r"!\[" if found[0] == "![" else r"\<"


def _target(found: re.Match[str]) -> str:
    is_definition = found[1].startswith(":")
    if is_safe_link((found[3] if is_definition else found[2]) or ""):
        return found[0]
    return f"]\\{found[1]}"
