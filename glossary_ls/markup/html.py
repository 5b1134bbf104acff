"""HTML, XML and the templates made of it: the text between tags.

Tags are read as Markdown reads those inside it; scripts, styles, comments and preformatted text go on over
blank lines and are carried from one block to the next. This module must not know the rest of Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup import addresses
from glossary_ls.markup.extent import extent
from glossary_ls.markup.markdown.tags import ENTITY, angle
from glossary_ls.markup.markdown.tokens import Do, Scan
from glossary_ls.markup.markdown.tokens import write as write_tokens
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State


@dataclass(frozen=True, slots=True)
class HtmlState:
    """What one block leaves to the next: the name of what is open, or nothing."""

    open: str = ""


def parse(source: str, start: int, state: State) -> Block:
    """Read a block of HTML."""
    reach = extent(source, start)
    writer = Writer(source[start : reach.text])
    name = state.open if isinstance(state, HtmlState) else ""
    position = 0
    while position < len(writer.text):
        if name:
            closing = _CLOSERS[name].search(writer.text, position)
            end = closing.end() if closing else len(writer.text)
            writer.builder.break_()
            writer.hide(position, end, _KINDS.get(name, RegionKind.CODE_BLOCK))
            if closing is None:
                break
            position, name = end, ""
        else:
            opening = _OPENER.search(writer.text, position) or _UNCLOSED_TAG.search(writer.text, position)
            end = opening.start() if opening else len(writer.text)
            if position < end:
                _write(writer, position, end)
            name = opening[opening.lastindex or 0].lower() if opening else ""
            position = end
    return writer.block(start, reach, len(source), HtmlState(name))


_NAMES = ("code", "pre", "script", "style", "template", "textarea")
_OPENER = re.compile(r"<!--|<!\[CDATA\[|<\?|<(pre|script|style|textarea)(?=[\s>])", re.IGNORECASE)
#: A tag that goes on in the next block.
_UNCLOSED_TAG = re.compile(r"(<)/?[A-Za-z][\w:.-]*+(?=\s|\Z)[^<>]*+\Z")
_CLOSERS = {
    "<": re.compile(r">"),
    "<!--": re.compile(r"-->"),
    "<![cdata[": re.compile(r"\]\]>"),
    "<?": re.compile(r"\?>"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _NAMES},
}
_KINDS = {"<": RegionKind.MARKUP, "<!--": RegionKind.MARKUP, "<?": RegionKind.MARKUP}

_MARK = re.compile(rf"[<&{{]|{addresses.MARK.pattern}")
_TEMPLATE = re.compile(r"\{\{[^{}]*+\}\}|\{%[^%]*+%\}|\{[#@/:][^{}]*+\}")
#: A tag whose attributes are not those of HTML.
_BROKEN_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")


def _write(writer: Writer, start: int, end: int) -> None:
    """Write text and tags."""
    scan = Scan(writer.text, start, end, RegionKind.PROSE, jsx=False)
    mark = _MARK.search(writer.text, start, end)
    while mark is not None:
        mark = _MARK.search(writer.text, _read(scan, mark.start()), end)
    write_tokens(scan, writer.builder)
    writer.regions += scan.regions


def _read(scan: Scan, at: int) -> int:
    char = scan.text[at]
    if char == "<":
        after = angle(scan, at)
        if after == at + 1 and (tag := _BROKEN_TAG.match(scan.text, at, scan.end)):
            return scan.hide(*tag.span(), Do.SPACE)
        return after
    if char in "&{":
        found = (ENTITY if char == "&" else _TEMPLATE).match(scan.text, at, scan.end)
        if found is None:
            return at + 1
        return scan.hide(*found.span(), Do.SPACE if char == "&" else Do.OPAQUE)
    address = addresses.address_at(
        scan.text, at, scan.tokens[-1].end if scan.tokens else scan.start, scan.end
    )
    return at + 1 if address is None else scan.hide(*address, Do.OPAQUE, RegionKind.URL)
