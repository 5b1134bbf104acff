"""Inline markup of reStructuredText: literals, roles, links, emphasis, substitutions, addresses.

`inline` parses a range of a block from left to right. Inline markup does not nest, so each rule writes its
match and continues after it. An unclosed delimiter is text. This module must not know lines, lists or
directives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.markup.prose import DEFINES
from glossary_ls.markup.scan import InlineScan, InlineSyntax, address, words, write_inline

if TYPE_CHECKING:
    from glossary_ls.markup.writer import Writer


def inline(writer: Writer, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
    """Write the readable text of `start` to `end`, offsets into the text of the writer."""
    write_inline(InlineScan(_SYNTAX, writer, start, end, kind))


_MARK = r"[`*|\[\\]|:(?=[A-Za-z][\w:+.-]{0,60}?:`)|_(?=`|(?<=[^\W_]_)_?(?!\w))"

#: What may precede and follow inline markup: the "inline markup recognition rules" of docutils, but laxer.
_BEFORE = lazily(r"(?<![\w\\`*|])")
_CLOSE = {
    "``": re.compile(r"(?<=\S)``(?![\w`])"),
    "`": re.compile(r"(?<![\s\\])`(?!`)(?:(__?)(?!\w)|:([A-Za-z][\w:+.-]{0,60}?):(?!\w)|(?!\w))"),
    "**": re.compile(r"(?<![\s\\])\*\*(?!\w)"),
    "*": re.compile(r"(?<![\s\\*])\*(?![\w*])"),
}
_ROLE = lazily(r":([A-Za-z][\w:+.-]{0,60}?):`(?=[^\s`])")
_SUBSTITUTION = lazily(r"\|(?=[^\s|])[^|\r\n]{1,80}+(?<=\S)\|_{0,2}(?!\w)")
_CITATION = lazily(r"\[(?:[0-9]{1,6}|[#*]|#?[A-Za-z][\w.+:-]{0,60}+)\]_(?!\w)")
_NAME = lazily(r"(?<![\w.+:-])[^\W_](?:[\w.+:-]*[^\W_])?\Z")
_LOOK_BACK = 64

#: Interpreted text without a role that is a title, not code.
_TITLE = lazily(r"[^\W\d_][\w'\u2019]*+(?:[,.]?[\s-]+[\w'\u2019]++)+[.,]?")


_READ = word_set(
    "abbr abbreviation ac acronym dfn emphasis guilabel index menuselection small strong sub subscript sup"
    " superscript t term title title-reference"
)
_GLOSSED = word_set("abbr abbreviation acronym")
_GLOSS = lazily(r"([^()]+)\(.+\)", re.DOTALL)
_NUMBERS = word_set("bpo cve cwe dpo gh ghsa issue mailheader pep pr pull rfc user")
_LINKS = word_set("any cite doc download external gh-link keyword link numref ref source src")
_TITLED = _READ | _NUMBERS | _LINKS


def _backtick(scan: InlineScan, mark: int) -> int | None:
    if scan.text.startswith("``", mark, scan.end):
        return _literal(scan, mark)
    found = scan.close("`", mark + 1) if _BEFORE.match(scan.text, mark) else None
    if found is not None and found[1]:
        scan.flush(mark, found.end())
        _link(scan, mark, found.end(), mark + 1, found.start())
    elif found is not None:
        _interpreted(scan, mark, found.end(), (mark + 1, found.start()), found[2] or "")
    return None


def _literal(scan: InlineScan, mark: int) -> int:
    if found := scan.close("``", mark + 2):
        scan.flush(mark, found.end())
        scan.writer.code(mark, found.end(), mark + 2, found.start())
    return mark + 2


def _colon(scan: InlineScan, mark: int) -> int | None:
    role = _ROLE.match(scan.text, mark, scan.end)
    if role is None or not _BEFORE.match(scan.text, mark):
        address(scan, mark)
        return None
    if found := scan.close("`", role.end()):
        _interpreted(scan, mark, found.end(), (role.end(), found.start()), role[1])
    return role.end()


def _interpreted(scan: InlineScan, start: int, end: int, content: tuple[int, int], role: str) -> None:
    """Parse interpreted text by the last part of its role: `py:class` is a class."""
    scan.flush(start, end)
    writer = scan.writer
    text = scan.text[slice(*content)]
    name = role.rsplit(":", 1)[-1]
    if name in {"math", "eq"}:
        writer.opaque(start, end, RegionKind.MATH)
    elif text.endswith(">") and "<" in text[1:] and (name in _TITLED or _TITLE.match(text)):
        _link(scan, start, end, *content)
    elif name in _NUMBERS:
        writer.builder.opaque()
    elif name in _READ or (not name and _TITLE.fullmatch(text)):
        if name == "dfn":
            writer.builder.mark(DEFINES)
        gloss = _GLOSS.fullmatch(text) if name in _GLOSSED else None
        bracket = content[0] + gloss.end(1) if gloss else content[0]
        words(writer, content[0], bracket, scan.kind)
        if gloss:
            writer.builder.mark(DEFINES)
        words(writer, bracket, content[1], scan.kind)
    elif name in _LINKS:
        writer.opaque(start, end, RegionKind.URL)
    else:
        writer.code(start, end, *content)


def _link(scan: InlineScan, start: int, end: int, content: int, content_end: int) -> None:
    """Write the text of a link, without a target in angle brackets at its end."""
    writer = scan.writer
    target = scan.text.rfind("<", content, content_end) if scan.text[content_end - 1] == ">" else -1
    if target == content:
        writer.opaque(start, end, RegionKind.URL)
        return
    if target < 0:
        words(writer, content, content_end, RegionKind.LINK)
        return
    words(writer, content, len(scan.text[content:target].rstrip()) + content, RegionKind.LINK)
    writer.hide(target, content_end, RegionKind.URL)


def _star(scan: InlineScan, mark: int) -> int:
    opener = "**" if scan.text.startswith("**", mark, scan.end) else "*"
    content = mark + len(opener)
    found = scan.close(opener, content) if _BEFORE.match(scan.text, mark) else None
    if found is not None:
        scan.flush(mark, found.end())
        words(scan.writer, content, found.start(), scan.kind)
    return content


def _bar(scan: InlineScan, mark: int) -> None:
    if _BEFORE.match(scan.text, mark) and scan.take(_SUBSTITUTION, mark):
        scan.writer.builder.opaque()


def _bracket(scan: InlineScan, mark: int) -> None:
    if scan.take(_CITATION, mark) and scan.text[mark + 1].isalpha():
        scan.writer.builder.opaque()


def _underscore(scan: InlineScan, mark: int) -> int | None:
    """Parse an inline target, or the end of a reference that is a single word."""
    text = scan.text
    if text.startswith("`", mark + 1, scan.end):
        found = scan.close("`", mark + 2) if _BEFORE.match(text, mark) else None
        if found is not None:
            scan.flush(mark, found.end())
            words(scan.writer, mark + 2, found.start(), scan.kind)
        return None
    name = _NAME.search(text, max(scan.position, mark - _LOOK_BACK), mark)
    end = mark + (2 if text.startswith("__", mark, scan.end) else 1)
    if name is not None:
        scan.flush(name.start(), end)
        words(scan.writer, name.start(), mark, RegionKind.LINK)
    return end


def _backslash(scan: InlineScan, mark: int) -> int:
    """Skip a backslash, and the space that it escapes."""
    spaced = scan.text.startswith(" ", mark + 1, scan.end)
    scan.flush(mark, mark + (2 if spaced else 1))
    return mark + 2


_SYNTAX = InlineSyntax(
    _MARK,
    {
        "`": _backtick,
        ":": _colon,
        "*": _star,
        "|": _bar,
        "[": _bracket,
        "_": _underscore,
        "\\": _backslash,
    },
    _CLOSE,
)
