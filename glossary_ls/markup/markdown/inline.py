"""Inline markup of Markdown: code, links, emphasis, tags, formulas, addresses.

`inline` parses a range of a block from left to right into tokens, and writes the text between them. Unclosed
delimiters take linear time in all. This module must not know lines, lists or other block structure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import stripped
from glossary_ls.markup import addresses
from glossary_ls.markup.formulas import formula_end
from glossary_ls.markup.markdown.emphasis import delimiter_at, pair
from glossary_ls.markup.markdown.lines import Verbatim
from glossary_ls.markup.markdown.links import close_bracket, open_bracket
from glossary_ls.markup.markdown.patterns import BRACES, DELIMITED
from glossary_ls.markup.markdown.tags import angle
from glossary_ls.markup.markdown.tokens import Effect, Scan, Token, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glossary_ls.markup.writer import Writer


def inline(writer: Writer, start: int, end: int, kind: RegionKind, *, jsx: bool) -> Verbatim | None:
    """Write the readable text of `start` to `end`, offsets into the text of the writer.

    Return what is open at the end and continues after the block.
    """
    text = writer.text
    addressed = addresses.has_address(text, start, end)
    if not addressed and _MARK.search(text, start, end) is None:
        writer.builder.add(start, end, kind)
        return None
    scan = Scan(writer, start, end, kind, jsx)
    search = (_MARK_OR_ADDRESS if addressed else _MARK).search
    position = start
    while found := search(text, position, end):
        position = _RULES[text[found.start()]](scan, found.start())
    pair(scan.delimiters)
    write(scan)
    return scan.unclosed


_MARK = lazily(r"[\[\]`*_<$\\&{~=%]")
_MARK_OR_ADDRESS = lazily(rf"{_MARK.pattern}|{addresses.MARK.pattern}")

_RUNS = {char: re.compile(re.escape(char) + "++") for char in "`*_~="}
_ENTITY = lazily(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

#: Attributes after a heading, a link or an image; and a role of MyST before its text.
_ATTRIBUTES = lazily(r"\{(?::|[ \t]?[.#])[^{}\r\n]{0,300}+\}")
_ROLE = lazily(r"\{([A-Za-z][\w:+.-]{0,60}+)\}(?=`)")
_READABLE_ROLES = frozenset({"abbr", "dfn", "guilabel", "sub", "sup", "term"})
_ROLE_TARGET = lazily(r"`([^`<>]+?)\s*(<[^`<>]*>`)")
_ROLE_GLOSS = lazily(r"([^`()]+)\([^`]+\)(?=`)")
#: What begins with a brace, by the keys of `DELIMITED`.
_BRACED = {
    "jsx comment": Effect.DROP,
    "comment tag": Effect.SPACE,
    "comment shortcode": Effect.SPACE,
    "template comment": Effect.DROP,
    "tag": Effect.SPACE,
    "template": Effect.OPAQUE,
}
_BRACED_IN_MDX = {"jsx comment": Effect.DROP}

#: A formula: dollar signs without spaces inside, and not next to a word or an amount of money.
_MATH = lazily(r"(?<![\w$\\])\$(?![\s$])((?:[^$\\`]|\\.)++)(?<!\s)\$(?![\w$])", re.DOTALL)
_DISPLAY_MATH = lazily(r"\$\$(?=[^$])(?:[^$\\`]|\\.|\$(?!\$))++\$\$", re.DOTALL)
_AMOUNT = lazily(r"[0-9][^\s\\^_={}+<>]*+\s[^\\^_={}+<>]*+\Z")


def _code(scan: Scan, position: int) -> int:
    content = position + 1
    while scan.text.startswith("`", content, scan.end):
        content += 1
    close = _closing_run(scan, content, content - position)
    if close is None:
        return content
    end = close + content - position
    scan.writer.hide(position, end, RegionKind.CODE_INLINE)
    return scan.token(position, end, Effect.CODE, stripped(scan.text, content, close))


def _closing_run(scan: Scan, start: int, length: int) -> int | None:
    """Return the start of the next run of `length` backticks (CommonMark 0.31, section 6.1), or None."""
    if length == 1:
        # Nearly always the next backtick stands alone, and no table of runs is needed.
        close = scan.text.find("`", start, scan.end)
        if close < 0 or close + 1 == scan.end or scan.text[close + 1] != "`":
            return close if close >= 0 else None
    if scan.backticks is None:
        scan.backticks = {}
        for found in _RUNS["`"].finditer(scan.text, start, scan.end):
            scan.backticks.setdefault(found.end() - found.start(), []).append(found.start())
    places = scan.backticks.get(length, [])
    index = bisect_left(places, start)
    return places[index] if index < len(places) else None


def _emphasis(scan: Scan, position: int) -> int:
    char = scan.text[position]
    found = _RUNS[char].match(scan.text, position, scan.end)
    end = found.end() if found else position + 1
    if char in "~=" and end - position != 2:
        return end
    run = delimiter_at(scan.text, position, end - position)
    if run is not None:
        scan.delimiters.append(run)
        scan.tokens.append(Token(position, end, Effect.DELIMITER, delimiter=run))
    return end


def formula(scan: Scan, position: int) -> int | None:
    """Parse a formula that starts with a backslash."""
    end = formula_end(scan.text, position, scan.end, scan.missing)
    return None if end is None else scan.hide(position, end, Effect.OPAQUE, RegionKind.MATH)


def _escape(scan: Scan, position: int) -> int:
    if end := formula(scan, position):
        return end
    after = position + 1
    if after >= scan.end or scan.text[after] in "\r\n":
        return scan.token(position, after, Effect.SPACE)
    if scan.text[after] in _ESCAPABLE:
        scan.token(position, after, Effect.DROP)
        return after + 1
    return after


def entity(scan: Scan, position: int) -> int:
    """Parse a character reference (CommonMark 0.31, section 2.5)."""
    found = _ENTITY.match(scan.text, position, scan.end)
    return scan.token(position, found.end(), Effect.REFERENCE) if found else position + 1


def _dollar(scan: Scan, position: int) -> int:
    text, end = scan.text, scan.end
    found = _DISPLAY_MATH.match(text, position, end)
    if found is None:
        found = _MATH.match(text, position, end)
        if found and _AMOUNT.match(found[1]):
            found = None
    if found:
        return scan.hide(position, found.end(), Effect.OPAQUE, RegionKind.MATH)
    return position + (2 if text.startswith("$$", position, end) else 1)


def _brace(scan: Scan, position: int) -> int:
    text, end = scan.text, scan.end
    if found := _ATTRIBUTES.match(text, position, end):
        return scan.token(position, found.end(), Effect.DROP)
    if end_of_stretch := _stretch(scan, position, _BRACED_IN_MDX if scan.jsx else _BRACED):
        return end_of_stretch
    if scan.jsx:
        return _expression(scan, position)
    if found := _ROLE.match(text, position, end):
        return _role(scan, found)
    return position + 1


def _percent(scan: Scan, position: int) -> int:
    """Parse a comment of Obsidian."""
    return _stretch(scan, position, {"note": Effect.DROP}) or position + 1


def _stretch(scan: Scan, position: int, effects: Mapping[str, Effect]) -> int | None:
    """Parse what is delimited as one of some keys of `DELIMITED` says, even if it ends in a later block."""
    for key, effect in effects.items():
        delimited = DELIMITED[key]
        found = delimited.opener.match(scan.text, position, scan.end)
        if found is None or key in scan.missing:
            continue
        if close := delimited.closer.search(scan.text, found.end(), scan.end):
            return scan.token(position, close.end(), effect)
        if scan.writer.closes(delimited.either, scan.end):
            scan.unclosed = Verbatim(delimited.kind, key)
            return scan.token(position, scan.end, effect)
        scan.missing.add(key)
    return None


def _role(scan: Scan, found: re.Match[str]) -> int:
    """Parse a role of MyST: a link with its text, or text; the content of other roles is code."""
    end = scan.token(*found.span(), Effect.DROP)
    if link := _ROLE_TARGET.match(scan.text, end, scan.end):
        scan.token(end, link.start(1), Effect.LINK_START)
        scan.writer.hide(*link.span(2), RegionKind.URL)
        return scan.token(link.end(1), link.end(), Effect.LINK_END)
    close = _closing_run(scan, end + 1, 1) if found[1] in _READABLE_ROLES else None
    if close is None:
        return end
    scan.token(end, end + 1, Effect.DEFINES if found[1] == "dfn" else Effect.DROP)
    if found[1] == "abbr" and (gloss := _ROLE_GLOSS.match(scan.text, end + 1, close + 1)):
        scan.token(gloss.end(1), gloss.end(1), Effect.DEFINES)
    return scan.token(close, close + 1, Effect.DROP)


def _expression(scan: Scan, position: int) -> int:
    """Parse an expression of MDX; one after a tag at the start of the text may continue over blank lines."""
    if scan.braces is None:
        scan.braces = pairs_of_braces(scan.text, position, scan.end)
    close = scan.braces.get(position)
    if close is None and scan.text[scan.start] == "<":
        signs = BRACES.findall(scan.text, position, scan.end)
        scan.unclosed = Verbatim(RegionKind.CODE_BLOCK, "{", 2 * signs.count("{") - len(signs))
        return scan.hide(position, scan.end, Effect.OPAQUE, RegionKind.CODE_INLINE)
    if close is None:
        return position + 1
    return scan.hide(position, close + 1, Effect.OPAQUE, RegionKind.CODE_INLINE)


def pairs_of_braces(text: str, start: int, end: int) -> dict[int, int]:
    """Return the offset of the closing brace of each brace that has one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in BRACES.finditer(text, start, end):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            pairs[opened.pop()] = found.start()
    return pairs


def address(scan: Scan, position: int) -> int:
    """Parse an address."""
    low = scan.tokens[-1].end if scan.tokens else scan.start
    found = addresses.address_at(scan.text, position, low, scan.end)
    if found is None:
        return position + 1
    return scan.hide(*found, Effect.OPAQUE, RegionKind.URL)


#: The rules by the first character of a match of `_MARK`; each returns the offset of the next search.
_RULES: dict[str, Callable[[Scan, int], int]] = {
    "`": _code,
    **dict.fromkeys("*_~=", _emphasis),
    "\\": _escape,
    "&": entity,
    "[": open_bracket,
    "]": close_bracket,
    "<": angle,
    "$": _dollar,
    "{": _brace,
    "%": _percent,
    **dict.fromkeys(":w@", address),
}
