"""Links, images, wiki links and footnote references in Markdown.

A bracket pair is a link if a destination or a label follows (CommonMark 0.31, section 6.3). Blocks are parsed
independently of the definitions of labels, so `[text][label]` is always a link and `[text]` is not. This
module must not know block structure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.markdown.emphasis import pair
from glossary_ls.markup.markdown.tokens import Bracket, Effect, Token

if TYPE_CHECKING:
    from glossary_ls.markup.markdown.tokens import Scan

_WIKI_LINK = lazily(r"\[\[([^\[\]|\r\n]{1,500}+)(?:\\?\|([^\[\]|\r\n]{1,500}+))?\]\](?![(\[])")
_FOOTNOTE = lazily(r"\[\^[^\[\]\s]{1,200}+\]")

_PART = r"\{\{[^{}\r\n]*+\}\}|\{%[^{}\r\n]*+%\}|\\[^\s]|[^\s()\\]"
_DESTINATION = rf"<[^<>\r\n]*+>|(?:{_PART})*+(?:\((?:[^\s()\\]|\\[^\s])*+\)(?:{_PART})*+)*+"
_TITLE = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"
_TARGET = lazily(rf"\(\s*+(?:{_DESTINATION})(?:\s++(?:{_TITLE}))?\s*+\)", re.DOTALL)
_LABEL = lazily(r"\[(?:[^\[\]\\]|\\.)*+\]", re.DOTALL)


def open_bracket(scan: Scan, position: int) -> int:
    """Parse a `[`, with a `!` before it."""
    text, end = scan.text, scan.end
    image = _is_image(scan, position)
    start = position - image
    if found := _WIKI_LINK.match(text, position, end):
        if image:
            return scan.token(start, found.end(), Effect.OPAQUE)
        visible = found.span(2) if found[2] else found.span(1)
        scan.token(start, visible[0], Effect.LINK_START)
        return scan.token(visible[1], found.end(), Effect.LINK_END)
    if found := _FOOTNOTE.match(text, position, end):
        return scan.token(position, found.end(), Effect.DROP)
    regions = len(scan.writer.regions)
    scan.brackets.append(Bracket(start, image, len(scan.tokens), len(scan.delimiters), regions))
    return scan.token(start, position + 1, Effect.KEEP)


def close_bracket(scan: Scan, position: int) -> int:
    """Parse a `]`: the end of a link or an image if a destination or a label follows."""
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
        del scan.tokens[bracket.tokens :], scan.writer.regions[bracket.regions :]
        scan.token(bracket.start, end, Effect.OPAQUE)
    else:
        pair(inner)
        opening = scan.tokens[bracket.tokens]
        scan.tokens[bracket.tokens] = Token(opening.start, opening.end, Effect.LINK_START)
        scan.token(position, end, Effect.LINK_END)
        scan.linked = position
    scan.writer.hide(after, end, RegionKind.URL)
    return end


def _is_image(scan: Scan, position: int) -> bool:
    before = position - 1
    if before < scan.start or scan.text[before] != "!":
        return False
    # A `!` after a backslash is text.
    return not (scan.tokens and scan.tokens[-1].end == before and scan.text[scan.tokens[-1].start] == "\\")


def _label(scan: Scan, bracket: Bracket, after: int) -> re.Match[str] | None:
    """Match the label of a reference, unless the brackets look like indices: `matrix[i][j]`."""
    before = scan.text[bracket.start - 1] if bracket.start > scan.start else " "
    if before.isalnum() or before == "]":
        return None
    return _LABEL.match(scan.text, after, scan.end)
