"""Inline markup in comments: code, links, tags of HTML and of documentation tools, addresses.

Markdown, Javadoc and XML documentation are parsed alike. This module must not know lines or comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.markup.scan import InlineScan, InlineSyntax, reference, write_inline

if TYPE_CHECKING:
    from glossary_ls.markup.writer import Writer


def inline(writer: Writer, start: int, end: int, kind: RegionKind) -> None:
    """Write the text of a line or of a part of it."""
    write_inline(InlineScan(_SYNTAX, writer, start, end, kind))


_MARK = r"`|\{@|<(?=[/A-Za-z!])|\[(?=[^\[\]\r\n]{1,200}\]\()|&(?=#?\w{2,31};)|\*\*?(?=\S)"
_CODE = lazily(r"(`+)(?!`)([^\r\n]{0,300}?[^`\r\n])\1(?!`)|`([^`'\r\n]+)'")
_INLINE_TAG = lazily(r"\{@(\w+)\s*([^{}\r\n]*(?:\{[^{}\r\n]*\}[^{}\r\n]*)*)\}")
_HTML = lazily(r"<(/?)([A-Za-z][\w:.-]*)([^<>\r\n]*)>|<!--[^\r\n]*?-->")
_LINK = lazily(r"\[([^\[\]\r\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_STRONG = lazily(r"(\*\*?)(?=[^\s*])([^*\r\n]*[^\s*])\1(?!\w)")
_BREAKING = word_set(
    "p br li ul ol h1 h2 h3 h4 h5 h6 tr table dl dt dd div summary remarks param returns para"
)
_CODE_ELEMENTS = frozenset({"code", "c", "tt", "kbd", "samp", "pre"})


def _code(scan: InlineScan, at: int) -> None:
    if found := scan.take(_CODE, at):
        scan.writer.code(*found.span(), *found.span(2 if found[2] else 3))


def _brace(scan: InlineScan, at: int) -> None:
    """Parse a Javadoc tag such as `{@code x}` or `{@link x label}`."""
    found = scan.take(_INLINE_TAG, at)
    if found and found[2] and found[1] not in {"inheritDoc", "docRoot"}:
        scan.writer.code(*found.span(), *found.span(2))
    elif found:
        scan.writer.builder.opaque()


def _angle(scan: InlineScan, at: int) -> None:
    text, writer = scan.text, scan.writer
    found = _HTML.match(text, at, scan.end)
    if found is None:
        return
    name = (found[2] or "").lower()
    is_in_word = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_") and not found[1]
    if is_in_word and name not in _BREAKING | _CODE_ELEMENTS:
        # The argument of a generic type.
        return
    scan.flush(*found.span())
    if name in _CODE_ELEMENTS and not found[1]:
        close = text.find(f"</{found[2]}>", found.end(), scan.end)
        if close >= 0:
            scan.position = close + len(name) + 3
            writer.code(at, scan.position, found.end(), close)
            return
    if name in _BREAKING:
        writer.builder.break_()
    elif found[0].endswith("/>"):
        writer.builder.opaque()


def _bracket(scan: InlineScan, at: int) -> None:
    if found := scan.take(_LINK, at):
        inline(scan.writer, *found.span(1), RegionKind.LINK)
        scan.writer.hide(*found.span(2), RegionKind.URL)


def _star(scan: InlineScan, at: int) -> None:
    if not (at > 0 and scan.text[at - 1].isalnum()) and (found := scan.take(_STRONG, at)):
        inline(scan.writer, *found.span(2), scan.kind)


_SYNTAX = InlineSyntax(
    _MARK, {"`": _code, "{": _brace, "<": _angle, "[": _bracket, "&": reference, "*": _star}
)
