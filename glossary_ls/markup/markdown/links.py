"""Links, images, wiki links and footnote references: everything in square brackets.

A bracket pair becomes a link when an address or a label follows it. Whether a label is defined somewhere is
not known here (a block is parsed on its own), so `[text][label]` counts as a link and `[text]` as text in
brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.markdown.emphasis import pair
from glossary_ls.markup.markdown.tokens import Bracket, Do, Token

if TYPE_CHECKING:
    from glossary_ls.markup.markdown.tokens import Scan

_WIKI_LINK = re.compile(r"\[\[([^\[\]|\r\n]{1,500}+)(?:\\?\|([^\[\]|\r\n]{1,500}+))?\]\](?![(\[])")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,200}+\]")

_PART = r"\{\{[^{}\r\n]*+\}\}|\{%[^{}\r\n]*+%\}|\\[^\s]|[^\s()\\]"
_DESTINATION = rf"<[^<>\r\n]*+>|(?:{_PART})*+(?:\((?:[^\s()\\]|\\[^\s])*+\)(?:{_PART})*+)*+"
_TITLE = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"
_TARGET = re.compile(rf"\(\s*+(?:{_DESTINATION})(?:\s++(?:{_TITLE}))?\s*+\)", re.DOTALL)
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]", re.DOTALL)


def open_bracket(scan: Scan, position: int) -> int:
    """Read a `[`, and the `!` before it if there is one."""
    text, end = scan.text, scan.end
    image = _is_image(scan, position)
    start = position - image
    if found := _WIKI_LINK.match(text, position, end):
        if image:
            return scan.hide(start, found.end(), Do.OPAQUE)
        visible = found.span(2) if found[2] else found.span(1)
        scan.token(start, visible[0], Do.LINK_START)
        return scan.token(visible[1], found.end(), Do.LINK_END)
    if found := _FOOTNOTE.match(text, position, end):
        return scan.hide(position, found.end(), Do.DROP)
    scan.brackets.append(Bracket(start, image, len(scan.tokens), len(scan.delimiters), len(scan.regions)))
    return scan.token(start, position + 1, Do.KEEP)


def close_bracket(scan: Scan, position: int) -> int:
    """Read a `]`: the end of a link or an image if an address or a label follows."""
    after = position + 1
    if not scan.brackets:
        return after
    bracket = scan.brackets.pop()
    target = _TARGET.match(scan.text, after, scan.end) or _label(scan, bracket, after)
    if target is None or (bracket.start < scan.linked and not bracket.image):
        return after
    end = target.end()
    inner = scan.delimiters[bracket.delimiters :]
    del scan.delimiters[bracket.delimiters :]
    if bracket.image:
        del scan.tokens[bracket.tokens :], scan.regions[bracket.regions :]
        scan.region(bracket.start, after, RegionKind.MARKUP)
        scan.token(bracket.start, end, Do.OPAQUE)
    else:
        pair(inner)
        opening = scan.tokens[bracket.tokens]
        scan.tokens[bracket.tokens] = Token(opening.start, opening.end, Do.LINK_START)
        scan.token(position, end, Do.LINK_END)
        scan.linked = position
    scan.region(after, end, RegionKind.URL)
    return end


def _is_image(scan: Scan, position: int) -> bool:
    before = position - 1
    if before < scan.start or scan.text[before] != "!":
        return False
    # After a backslash, the mark is a character like any other.
    return not (scan.tokens and scan.tokens[-1].end == before and scan.text[scan.tokens[-1].start] == "\\")


def _label(scan: Scan, bracket: Bracket, after: int) -> re.Match[str] | None:
    """Match the label of a reference, unless the brackets look like indices: `matrix[i][j]`."""
    before = scan.text[bracket.start - 1] if bracket.start > scan.start else " "
    if before.isalnum() or before == "]":
        return None
    return _LABEL.match(scan.text, after, scan.end)
