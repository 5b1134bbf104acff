"""HTML inside values of data files, as Markdown.

This module must not know formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    import re

_TAG = lazily(r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>\s[^<>]*+)?/?>")
_HREF = lazily(r"\shref\s*=\s*[\"']?(https?://[^\"'\s>]+)")
_ENTITY = lazily(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LINES = lazily(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")

_TITLE = lazily(r"<(?P<tag>strong|b)>(?P<name>[^<>]{1,80})</(?P=tag)>(?:[ \t]*+[:.])?\s++(?=\S)")

#: The tags that are known; others, such as `<name>`, are text.
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_BREAKS = frozenset({"br", "p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "tr", "table", "section"})
_DROPPED = frozenset(
    {"span", "a", "u", "sup", "sub", "small", "font", "abbr", "dfn", "mark", "img", "td", "th"}
)


def to_markdown(text: str) -> str:
    """Return a text with its tags as Markdown, and its character references as characters."""
    if "<" in text:
        link = ""
        parts: list[str] = []
        end = 0
        for found in _TAG.finditer(text):
            parts.append(text[end : found.start()])
            end = found.end()
            shown, link = _shown(found, link)
            parts.append(shown)
        text = _LINES.sub("\n\n", "".join((*parts, text[end:]))).strip()
    return unescaped(text)


def plain(text: str) -> str:
    """Return a text without the tags that are known, and its character references as characters."""
    if "<" in text:
        text = _TAG.sub(lambda found: "" if _is_known(found["name"]) else found[0], text)
    return unescaped(text)


def unescaped(text: str) -> str:
    """Return a text with its character references as characters."""
    if "&" not in text or not _ENTITY.search(text):
        return text
    from html import unescape  # noqa: PLC0415  because few files need it

    return unescape(text)


def _is_known(name: str) -> bool:
    name = name.lower()
    return name in _MARKS or name in _BREAKS or name in _DROPPED


def _shown(found: re.Match[str], link: str) -> tuple[str, str]:
    """Return a tag as Markdown, and the target of the link that is open behind it."""
    name, closes = found["name"].lower(), found[0].startswith("</")
    if name in _MARKS:
        return _MARKS[name], link
    if name == "li":
        return ("" if closes else "\n- "), link
    if name == "a":
        if closes:
            return (f"]({link})" if link else ""), ""
        target = _HREF.search(found["rest"] or "")
        return ("[", target[1]) if target else ("", "")
    if name in _BREAKS:
        return ("\n" if name == "br" else "\n\n"), link
    return ("" if name in _DROPPED else found[0]), link


class Titled(NamedTuple):
    """The name in bold with which a text opens, and the rest."""

    name: str
    rest: str


def opening_title(text: str) -> Titled | None:
    """Return the title in bold with which a text opens: `<b>Budget</b> What is left`."""
    found = _TITLE.match(text)
    return Titled(found["name"].strip(" :."), text[found.end() :]) if found else None
