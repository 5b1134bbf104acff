"""Inline markup of AsciiDoc: monospace, emphasis, macros, links, attributes, addresses.

`inline` parses a range of a block from left to right, with nested markup up to a maximum depth. An unclosed
delimiter is text. This module must not know lines or blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup import addresses
from glossary_ls.markup.scan import InlineScan, InlineSyntax, reference, words, write_inline

if TYPE_CHECKING:
    from glossary_ls.markup.writer import Writer

_MAX_DEPTH = 6


def inline(writer: Writer, start: int, end: int, kind: RegionKind = RegionKind.PROSE, depth: int = 0) -> None:
    """Write the readable text of `start` to `end`, offsets into the text of the writer."""
    if depth > _MAX_DEPTH:
        words(writer, start, end, kind)
    else:
        write_inline(InlineScan(_SYNTAX, writer, start, end, kind, depth))


_MARK = r"[`*_#+{\[\\]|<<|\(\(|:(?=[^\s\[\]:]?[^\s\[\]]{0,300}\[)|\^(?=\S)|~(?=\S)|&(?=#?\w{2,31};)"

#: The closing delimiters by opening delimiter; only doubled ones may be inside a word ("unconstrained").
_CLOSE = {
    **{mark: re.compile(rf"(?<=\S){re.escape(mark)}(?!\w)") for mark in "`*_#+"},
    **{mark * 2: re.compile(re.escape(mark * 2)) for mark in "`*_#+"},
    "^": re.compile(r"(?<=\S)\^"),
    "~": re.compile(r"(?<=\S)~"),
    "+++": re.compile(r"\+\+\+"),
}
_ROLE = lazily(r"\[[^\[\]\r\n]{0,100}\](?=[#*_`])")
_ANCHOR = lazily(r"\[\[\[?[^\[\]\r\n]{1,200}\]\]\]?")
_ATTRIBUTE = lazily(r"\{(?:set|counter2?):[^{}\r\n]{1,100}\}|\{[A-Za-z0-9_][\w-]{0,80}\}")
_CROSS_REFERENCE = lazily(r"<<([^<>,]{1,200})(?:,([^<>]{0,500}))?>>")
#: A plus sign at the end of a line, which keeps the line break.
_HARD_BREAK = lazily(r"(?<=[ \t])\+[ \t]*(?=[\r\n]|\Z)")
_INDEX = lazily(r"\(\(\([^()]{1,300}\)\)\)|\(\(([^()]{1,300})\)\)")
_MACRO = lazily(r":([^\s\[\]]{0,300})\[((?:[^\]\\]|\\[\s\S]){0,2000}+)\]")
_NAME = lazily(r"(?<![\w:])[A-Za-z][\w-]{1,20}\Z")
_LABEL = lazily(r"\[((?:[^\]\\]|\\[\s\S]){0,1000}+)\]")
#: What follows the text of a link inside its brackets: attributes, or a caret for a new window.
_LABEL_END = lazily(r"\^?(?:,\s*\w+=[^\]]*)?\Z")

_LINKS = frozenset({"link", "mailto", "xref"})
_KEYS = frozenset({"btn", "kbd", "menu"})
_FORMULAS = frozenset({"asciimath", "latexmath", "stem"})
_NOTES = frozenset({"footnote", "footnoteref", "indexterm2"})


def _inner(scan: InlineScan, start: int, end: int, kind: RegionKind | None = None) -> None:
    """Write the text inside delimiters."""
    inline(scan.writer, start, end, kind or scan.kind, scan.depth + 1)


def _enclosed(scan: InlineScan, at: int) -> int | None:
    text = scan.text
    char = text[at]
    if char == "+" and scan.take(_HARD_BREAK, at):
        return None
    mark = char * 2 if text.startswith(char * 2, at, scan.end) else char
    if mark == "++" and text.startswith("+++", at, scan.end):
        mark = "+++"
    if len(mark) == 1 and at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_:;}\\"):
        return None
    content = at + len(mark)
    if found := scan.close(mark, content):
        scan.flush(at, found.end())
        if char == "`":
            # Plus signs inside keep AsciiDoc from reading the code.
            plus = found.start() - content > 2 and scan.text[content] == "+" == scan.text[found.start() - 1]
            scan.writer.code(at, found.end(), content + plus, found.start() - plus)
        elif mark == "+++":
            scan.writer.builder.opaque()
        elif char == "+":
            scan.writer.builder.add(content, found.start(), scan.kind)
        else:
            _inner(scan, content, found.start())
    return content


def _raised(scan: InlineScan, at: int) -> None:
    found = scan.close(scan.text[at], at + 1)
    if found and not any(map(str.isspace, scan.text[at + 1 : min(found.start(), at + 40)])):
        scan.flush(at, found.end())
        _inner(scan, at + 1, found.start())


def _bracket(scan: InlineScan, at: int) -> None:
    """Skip an anchor or a role."""
    if not scan.take(_ANCHOR, at):
        scan.take(_ROLE, at)


def _brace(scan: InlineScan, at: int) -> None:
    if scan.take(_ATTRIBUTE, at):
        scan.writer.builder.opaque()


def _angle(scan: InlineScan, at: int) -> None:
    found = scan.take(_CROSS_REFERENCE, at)
    if found and found[2]:
        _inner(scan, *found.span(2), RegionKind.LINK)
    elif found:
        scan.writer.opaque(*found.span(), RegionKind.URL)


def _parenthesis(scan: InlineScan, at: int) -> None:
    """Parse an index term, which is visible in two parentheses and hidden in three."""
    found = scan.take(_INDEX, at)
    if found and found[1]:
        _inner(scan, *found.span(1))


def _colon(scan: InlineScan, at: int) -> None:
    if scan.text.startswith("://", at, scan.end):
        _address(scan, at)
        return
    name = _NAME.search(scan.text, max(scan.position, at - 24), at)
    found = _MACRO.match(scan.text, at, scan.end) if name else None
    if name is None or found is None:
        return
    start, end = name.start(), found.end()
    scan.flush(start, end)
    if name[0] in _LINKS:
        _label(scan, start, found.start(2), found.end(2), end)
    elif name[0] in _NOTES:
        scan.writer.builder.space()
        _inner(scan, *found.span(2))
    elif name[0] in _KEYS:
        scan.writer.code(start, end, *found.span(2))
    elif name[0] in _FORMULAS:
        scan.writer.opaque(start, end, RegionKind.MATH)
    elif name[0] not in {"anchor", "indexterm"}:
        scan.writer.builder.opaque()


def _address(scan: InlineScan, at: int) -> None:
    """Parse an address, which may have a text in brackets."""
    found = addresses.address_at(scan.text, at, scan.position, scan.end)
    if found is None:
        return
    label = _LABEL.match(scan.text, found[1], scan.end)
    scan.flush(found[0], label.end() if label else found[1])
    if label:
        _label(scan, found[0], *label.span(1), label.end())
    else:
        scan.writer.opaque(*found, RegionKind.URL)


def _label(scan: InlineScan, start: int, label: int, label_end: int, end: int) -> None:
    """Write the text of a link, or a placeholder if it has none."""
    rest = _LABEL_END.search(scan.text, label, label_end)
    stop = rest.start() if rest else label_end
    if stop == label:
        scan.writer.opaque(start, end, RegionKind.URL)
        return
    scan.writer.hide(start, label, RegionKind.URL)
    _inner(scan, label, stop, RegionKind.LINK)


def _backslash(scan: InlineScan, at: int) -> int | None:
    if at + 1 >= scan.end or scan.text[at + 1].isspace() or scan.text[at + 1].isalnum():
        return None
    scan.flush(at, at + 1)
    return at + 2


_SYNTAX = InlineSyntax(
    _MARK,
    {
        **dict.fromkeys("`*_#+", _enclosed),
        **dict.fromkeys("^~", _raised),
        "[": _bracket,
        "{": _brace,
        "<": _angle,
        "(": _parenthesis,
        ":": _colon,
        "\\": _backslash,
        "&": reference,
        **dict.fromkeys("w@", _address),
    },
    _CLOSE,
)
