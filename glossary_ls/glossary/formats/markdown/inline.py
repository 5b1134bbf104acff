"""Inline markup: names without it, and definitions without what only a site generator understands.

This module must not know lines or blocks.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from glossary_ls.base.patterns import lazily

_IMAGE = lazily(r"!\[[^\[\]]*\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])(?:\{[^{}]*\})?")
_LINK = lazily(
    r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?:\(([^()\s]*(?:\([^()]*\)[^()\s]*)?)(?:\s+[\"'(][^\"']*[\"')])?\)|\[([^\[\]]*)\])"
)
_WIKI = lazily(r"\[\[#?([^\[\]|]+)(?:\\?\|([^\[\]]+))?\]\]")
_TAG = lazily(r"</?[A-Za-z][^<>]*>")
_EMPTY_ANCHOR = lazily(r"<(a|span)\b[^<>]*>\s*</\1>", re.IGNORECASE)
_BREAK = lazily(r"\s*</?br\s*/?>\s*", re.IGNORECASE)
_ATTRIBUTES = lazily(r"\{:?\s*[#.:][^{}]*\}")
_FOOTNOTE = lazily(r"\[\^[^\[\]]+\]")
_CODE = lazily(r"(`+)(.+?)\1(?!`)")
_STRONG = lazily(r"(\*{1,3}|(?<!\w)_{1,3}|~~|==)(?=\S)(.+?)(?<=[^\s])\1(?!\w)")
_LEFT_MARKS = lazily(r"^\*{2,3}|\*{2,3}$|^__|__$")
_HTML_MARKUP = lazily(
    r"</?(?:a|span|div|p|li|ul|ol|section|details|summary|font|center|sup|sub|small|u|dfn|abbr)\b[^<>]*>"
)
_ATTRIBUTES_BEHIND = lazily(r"(?<=[\])*`])\{:?\s*[#.:][^{}]*\}")
_ESCAPE = lazily(r"\\([!-/:-@\[-`{-~])")
_SHORTCODE_EMOJI = lazily(r"(?<!\w):[a-z0-9_+-]+:(?!\w)")
_ROLE = lazily(r"\{(?:term|ref|doc|abbr|numref|eq|any|class|func|meth|mod|code|math|py:\w+)\}`([^`]+)`")
_RST_ROLE = lazily(r":(?:term|ref|doc|abbr|any|class|func|meth|mod|py:\w+):`([^`]+)`")
_TARGETED = lazily(r"^(.*?)\s*<[^<>]*>$")
_SHORTCODE = lazily(r"\{\{[<%]\s*/?\s*([\w./-]+)?([^{}]*?)/?\s*[%>]\}\}")
_ARGUMENT = lazily(r"(?:(\w+)\s*=\s*)?\"([^\"]*)\"")
_LIQUID = lazily(r"\{%[^{}]*%\}")
_EDGE_BLANKS = lazily(r"[ \t]+$", re.MULTILINE)
_BLANK_LINES = lazily(r"\n{3,}")


class Link(NamedTuple):
    """A link: its text, and where it leads."""

    text: str
    target: str


def plain(written: str) -> str:
    """Return a name without markup."""
    text = written
    if "![" in text:
        text = _IMAGE.sub("", text)
    if "<" in text:
        text = _TAG.sub("", _EMPTY_ANCHOR.sub("", text))
    if "[" in text:
        text = _FOOTNOTE.sub("", text)
        text = _LINK.sub(r"\1", _WIKI.sub(_wiki_text, text))
    if "{" in text:
        text = _ATTRIBUTES.sub(
            "", _LIQUID.sub("", _SHORTCODE.sub(_shortcode_text, _ROLE.sub(_role_text, text)))
        )
    if ":" in text:
        text = _SHORTCODE_EMOJI.sub("", text)
    pieces: list[str] = []
    at = 0
    for found in _CODE.finditer(text):
        pieces += (_unmarked(text[at : found.start()]), found[2].strip())
        at = found.end()
    pieces.append(_unmarked(text[at:]))
    return " ".join("".join(pieces).split())


def _unmarked(text: str) -> str:
    if "*" in text or "_" in text or "~~" in text or "==" in text:
        for _ in range(3):
            bare = _STRONG.sub(r"\2", text)
            if bare == text:
                break
            text = bare
        # What is left of marks around code.
        text = _LEFT_MARKS.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return html.unescape(text) if "&" in text else text


def stacked(written: str) -> list[tuple[int, int]]:
    """Return the ranges of the names in a text in which line breaks separate names."""
    if "<" not in written:
        return [(0, len(written))]
    ranges: list[tuple[int, int]] = []
    at = 0
    for found in _BREAK.finditer(written):
        ranges.append((at, found.start()))
        at = found.end()
    ranges.append((at, len(written)))
    return [each for each in ranges if plain(written[slice(*each)])]


def links(text: str) -> list[Link]:
    """Return the links of a text, those of wikis included."""
    found = [Link(plain(each[1]), each[2] or "") for each in _LINK.finditer(text)]
    return found + [Link(_wiki_text(each), each[1]) for each in _WIKI.finditer(text)]


def _wiki_text(found: re.Match[str]) -> str:
    return found[2] or found[1].rpartition("/")[2]


def is_external(target: str) -> bool:
    """Return whether a link leads to the web."""
    return target.startswith(("http://", "https://"))


def readable(written: str) -> str:
    """Return a line of a definition as Markdown that reads without a site generator and without the page."""
    text = written
    if "![" in text:
        text = _IMAGE.sub("", text)
    if "<" in text:
        text = _EMPTY_ANCHOR.sub("", text)
        text = _BREAK.sub("\n", text)
        text = _HTML_MARKUP.sub("", text)
    if "{" in text:
        text = _ROLE.sub(_role_text, text)
        text = _SHORTCODE.sub(_shortcode_text, text)
        text = _LIQUID.sub("", text)
        text = _ATTRIBUTES_BEHIND.sub("", text)
    if ":`" in text:
        text = _RST_ROLE.sub(_role_text, text)
    if "[" in text:
        text = _FOOTNOTE.sub("", text)
        text = _WIKI.sub(_wiki_text, text)
        text = _LINK.sub(_page_link, text)
    return text


def _page_link(found: re.Match[str]) -> str:
    """Return the text of a link to a place of the page or to a definition of a link that is not kept."""
    target = found[2]
    return found[1] if target is None or target.startswith("#") or not target else found[0]


def _role_text(found: re.Match[str]) -> str:
    targeted = _TARGETED.match(found[1])
    return targeted[1] if targeted and targeted[1] else found[1].lstrip("~!")


def _shortcode_text(found: re.Match[str]) -> str:
    """Return the text that a short code shows: its argument `text`, or else the first one that is no id."""
    arguments = {each[1] or "": each[2] for each in _ARGUMENT.finditer(found[2] or "")}
    for name in ("text", "title", "term", "name", "", "term_id", "id"):
        if arguments.get(name):
            return arguments[name]
    return ""


def tidy(text: str) -> str:
    """Return a text of several lines without blanks at their ends, and without more than one blank line."""
    return _BLANK_LINES.sub("\n\n", _EDGE_BLANKS.sub("", text)).strip("\n").rstrip()
