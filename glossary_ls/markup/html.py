"""HTML, XML and templates: the text between tags.

Tags are parsed like those in Markdown. Scripts, styles, comments and preformatted text continue over blank
lines, so an open one is in the state between blocks. This module must not know the rest of Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup import addresses
from glossary_ls.markup.markdown.inline import address, entity, formula
from glossary_ls.markup.markdown.tags import angle
from glossary_ls.markup.markdown.tokens import Effect, Scan, write
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State


def parse(source: str, start: int, state: State) -> Block:
    """Parse a block of HTML; the state is the opener of an element or comment that is open, or empty."""
    writer = Writer(source, start)
    name = state if isinstance(state, str) else ""
    position = 0
    while position < len(writer.text):
        if name:
            closing = _CLOSERS[name].search(writer.text, position)
            end = closing.end() if closing else len(writer.text)
            writer.builder.break_()
            if name not in _MARKUP:
                writer.hide(position, end, RegionKind.CODE_BLOCK)
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
    return writer.block(name)


_OPENER = lazily(
    r"<!--|<!\[CDATA\[|<\?|<(pre|script|style|textarea)(?=[\s>])|(\{%-?) *comment\b|(\{#)(?=[\s-])",
    re.IGNORECASE,
)
#: A tag that continues in the next block.
_UNCLOSED_TAG = lazily(r"(<)/?[A-Za-z][\w:.-]*+(?=\s|\Z)[^<>]*+\Z")
_CLOSERS = {
    "<": re.compile(r">"),
    "<!--": re.compile(r"-->"),
    "<![cdata[": re.compile(r"\]\]>"),
    "<?": re.compile(r"\?>"),
    **dict.fromkeys(("{%", "{%-"), re.compile(r"\{%-? *endcomment *-?%\}")),
    "{#": re.compile(r"#\}"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("pre", "script", "style", "textarea")},
}
_MARKUP = frozenset({"<", "<!--", "<?", "{%", "{%-", "{#"})

_MARK = lazily(rf"[<&{{\\]|{addresses.MARK.pattern}")
_TEMPLATE = lazily(r"\{\{[^{}]*+\}\}|\{%[^%]*+%\}|\{[#@/:][^{}]*+\}")
#: A tag whose attributes are not valid HTML.
_BROKEN_TAG = lazily(r"</?[A-Za-z][^<>]*+>")


def _write(writer: Writer, start: int, end: int) -> None:
    """Write a range of text and tags."""
    scan = Scan(writer, start, end, RegionKind.PROSE, jsx=False)
    mark = _MARK.search(writer.text, start, end)
    while mark is not None:
        mark = _MARK.search(writer.text, _RULES[mark[0][0]](scan, mark.start()), end)
    write(scan)


def _angle(scan: Scan, at: int) -> int:
    after = angle(scan, at)
    if after == at + 1 and (tag := _BROKEN_TAG.match(scan.text, at, scan.end)):
        return scan.token(*tag.span(), Effect.SPACE)
    return after


def _template(scan: Scan, at: int) -> int:
    found = _TEMPLATE.match(scan.text, at, scan.end)
    return scan.token(*found.span(), Effect.OPAQUE) if found else at + 1


def _backslash(scan: Scan, at: int) -> int:
    return formula(scan, at) or at + 1


#: The rules by the first character of a match of `_MARK`; each returns the offset of the next search.
_RULES = {"<": _angle, "&": entity, "{": _template, "\\": _backslash, **dict.fromkeys(":w@", address)}
