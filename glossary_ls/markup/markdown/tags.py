"""HTML and JSX tags in Markdown, and their effect on the readable text.

Each pattern fails at the next `<`, so that a text that consists of such characters takes linear time. This
module must not know the rest of Markdown.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import stripped
from glossary_ls.markup.markdown.tokens import Effect
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from glossary_ls.markup.markdown.tokens import Scan


def angle(scan: Scan, position: int) -> int:
    """Parse the `<` at `position`: an autolink, a comment, a declaration, a tag or text."""
    text, end = scan.text, scan.end
    for opener, closer in _CLOSERS:
        if text.startswith(opener, position, end):
            close = scan.find(closer, position + len(opener))
            if close < 0:
                return position + len(opener)
            return scan.token(position, close + len(closer), Effect.DROP)
    if found := _AUTOLINK.match(text, position, end):
        return scan.hide(position, found.end(), Effect.OPAQUE, RegionKind.URL)
    if found := _DECLARATION.match(text, position, end):
        return scan.token(position, found.end(), Effect.DROP)
    if found := (_JSX_TAG if scan.jsx else _TAG).match(text, position, end):
        return _tag(scan, found)
    return position + 1


_CLOSERS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_DECLARATION = lazily(r"<![A-Za-z][^<>]*+>")
_AUTOLINK = lazily(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}+)>"
)

_NAME = r"[A-Za-z][A-Za-z0-9.:-]*+"
_ATTRIBUTE = r"[A-Za-z_:@#*][\w.:@-]*+"
_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`{}]++"
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
#: The groups are the slash of a closing tag, the name and the attributes.
_TAG = lazily(rf"<(/?)({_NAME})((?:\s++{_ATTRIBUTE}(?:\s*+=\s*+(?:{_VALUE}))?)*+)\s*+/?>")
#: JSX has fragments without a name, and expressions in attributes.
_JSX_TAG = lazily(
    rf"<(/?)((?:{_NAME})?)((?:\s++(?:{_BRACES}|{_ATTRIBUTE}(?:\s*+=\s*+(?:{_BRACES}|{_VALUE}))?))*+)\s*+/?>"
)
_HREF = lazily(r"\s(?:href|to)\s*=", re.IGNORECASE)
_TITLE = lazily(r"\stitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ABBR_REST = lazily(r"([^<>\[\]`*]*)</(?:abbr|acronym|dfn)\s*>", re.IGNORECASE)

#: The effects of tags on the text; other tags, such as components, separate words.
_EFFECTS = {
    name: Effect[effect]
    for effect, names in tomllib.loads(data_text("elements.toml")).items()
    for name in names.split()
}
_CLOSING_EFFECTS = {
    Effect.CELL: Effect.SPACE,
    Effect.OPAQUE: Effect.SPACE,
    Effect.DEFINITION: Effect.BREAK,
    Effect.DEFINES: Effect.DROP,
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_CODE_BLOCKS = frozenset({"pre", "script", "style", "textarea"})
_END_TAGS = {
    name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in sorted({*_CODE, *_CODE_BLOCKS, "math"})
}


def _tag(scan: Scan, found: re.Match[str]) -> int:
    start, end = found.span()
    closing, name = bool(found[1]), found[2].lower()
    if not closing and name in _END_TAGS and not found[0].endswith("/>"):
        return _code(scan, found, name)
    if not closing and name in {"abbr", "acronym", "dfn"} and (stop := _abbr(scan, found)) is not None:
        return stop
    effect = _EFFECTS.get(name, Effect.SPACE)
    if closing:
        effect = _CLOSING_EFFECTS.get(effect, effect)
    if closing and name == "a":
        effect = Effect.LINK_END
    elif name == "a" and _HREF.search(found[3]):
        effect = Effect.LINK_START
    return scan.token(start, end, effect)


def _code(scan: Scan, found: re.Match[str], name: str) -> int:
    """Parse an element with inline code, a code block or a formula."""
    start, content = found.span()
    block = name in _CODE_BLOCKS
    end_tag = None if name in scan.missing else _END_TAGS[name].search(scan.text, content, scan.end)
    if end_tag is None:
        scan.missing.add(name)
        return scan.token(start, content, Effect.BREAK if block else Effect.DROP)
    if name == "math":
        return scan.hide(start, end_tag.end(), Effect.OPAQUE, RegionKind.MATH)
    if block:
        return scan.hide(start, end_tag.end(), Effect.BREAK, RegionKind.CODE_BLOCK)
    scan.writer.hide(start, end_tag.end(), RegionKind.CODE_INLINE)
    return scan.token(start, end_tag.end(), Effect.CODE, stripped(scan.text, content, end_tag.start()))


def _abbr(scan: Scan, found: re.Match[str]) -> int | None:
    """Parse `<abbr title="Long Form">LF</abbr>` as the text "LF (Long Form)"."""
    title = _TITLE.search(scan.text, found.start(3), found.end(3))
    rest = _ABBR_REST.match(scan.text, found.end(), scan.end)
    if title is None or rest is None:
        return None
    long = stripped(scan.text, *title.span(1 if title[1] is not None else 2))
    if long[0] == long[1]:
        return None
    scan.token(found.start(), found.end(), Effect.DROP)
    return scan.token(rest.end(1), rest.end(), Effect.GLOSS, long)
