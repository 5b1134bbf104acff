"""Inline markup of AsciiDoc as Markdown: references, links, macros, quotes, attributes.

Cross references become links inside of the page (`[text](#id)`). This module must not know blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping

_ATTRIBUTE = lazily(r"\{(?P<name>[A-Za-z0-9_][\w-]{0,60})\}")
_MARK = lazily(
    r"`\+(?P<literal>[^\n`]{1,400}?)\+`"
    r"|\"`(?P<double>[^`\n]{1,400})`\"|'`(?P<single>[^`\n]{1,400})`'"
    r"|``(?P<code2>[^\n]{1,400}?)``|`(?P<code>[^`\n]{1,400})`"
    r"|\+\+\+(?P<raw3>[^\n]{1,400}?)\+\+\+|(?<![\w+])\+\+?(?P<raw>[^\s+](?:[^+\n]{0,400}[^\s+])?)\+\+?(?!\w)"
    r"|<<(?P<id>[^<>,\n]{1,200})(?:,(?P<label>[^<>]{0,400}))?>>"
    r"|\[\[[^\[\]\n]{1,200}\]\]"
    r"|\(\(\((?P<hidden>[^()\n]{1,200})\)\)\)|\(\((?P<indexed>[^()\n]{1,200})\)\)"
    r"|(?:link:)?(?P<address>(?:https?|ftp|irc|mailto):[^\s\[\]<>]{1,2000})\[(?P<title>[^\[\]]{0,400})\]"
    r"|(?P<macro>[a-z][a-z0-9]{1,20}):(?P<target>[^\s\[\]:]{0,400})\[(?P<content>[^\[\]]{0,1000})\]"
    r"|(?P<empty>\#{4}|(?<![\w*])\*{4}(?![\w*]))"
    r"|(?:\[[^\[\]\n]{0,100}\])?#{1,2}(?P<marked>[^\s#](?:[^#\n]{0,400}[^\s#])?)#{1,2}"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]{0,400}[^\s*])?)\*(?![\w*])"
    r"|\^(?P<raised>[^\s^]{1,60})\^|~(?P<lowered>[^\s~]{1,60})~"
    r"|(?P<dash>(?<=\w)--(?=\w|\s|$)|(?<=\s)--(?=\s|$))"
    r"|(?P<break>[ ]\+)$"
    r"|\\(?P<escaped>[*_`#\[{<^~])",
    re.MULTILINE,
)

#: Attributes that every page has.
_BUILT_IN = {
    "nbsp": " ",
    "sp": " ",
    "empty": "",
    "blank": "",
    "zwsp": "",
    "wj": "",
    "apos": "'",
    "quot": '"',
    "lsquo": "\u2018",
    "rsquo": "\u2019",
    "ldquo": "\u201c",
    "rdquo": "\u201d",
    "deg": "\u00b0",
    "plus": "+",
    "brvbar": "\u00a6",
    "vbar": "|",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "startsb": "[",
    "endsb": "]",
    "caret": "^",
    "asterisk": "*",
    "tilde": "~",
    "backslash": "\\",
    "backtick": "`",
    "two-colons": "::",
    "two-semicolons": ";;",
    "cpp": "C++",
    "cxx": "C++",
    "pp": "++",
}
_HIDDEN = word_set("footnote footnoteref indexterm image icon anchor bibanchor counter ifdef ifndef")
_MATH = word_set("stem latexmath asciimath")
#: How often an attribute may name others.
_DEEPEST = 4


def resolved(text: str, attributes: Mapping[str, str]) -> str:
    """Return a text with attributes replaced by their values; unknown ones stay."""
    for _ in range(_DEEPEST):
        if "{" not in text:
            break
        text = _ATTRIBUTE.sub(lambda found: _value(found, attributes), text)
    return text


def _value(found: re.Match[str], attributes: Mapping[str, str]) -> str:
    name = found["name"].lower()
    return attributes.get(name, _BUILT_IN.get(name, found[0]))


def markdown(text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return a text as Markdown."""
    return _MARK.sub(_replaced, resolved(text, attributes or {}))


def _replaced(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if found["id"] is not None:
        return _reference(found["id"], found["label"] or "")
    if found["address"] is not None:
        title = _first(found["title"])
        return f"[{title}]({found['address']})" if title else found["address"]
    if found["macro"] is not None:
        return _macro(found["macro"], found["target"], found["content"])
    if found["dash"] is not None:
        return " \u2014 " if found.string[found.start() - 1].strip() else "\u2014"
    text = found[kind] or "" if kind else ""
    if kind == "bold":
        text = _MARK.sub(_replaced, text)
    return _SHOWN.get(kind, "{}").format(text)


#: How marks show their text.
_SHOWN = {
    "literal": "`{}`",
    "code": "`{}`",
    "code2": "`{}`",
    "double": "\u201c{}\u201d",
    "single": "\u2018{}\u2019",
    "bold": "**{}**",
    "hidden": "",
    "empty": "",
    "break": "",
}


def _reference(target: str, text: str) -> str:
    page, _, anchor = target.rpartition("#")
    return f"[{_first(text)}](#{anchor or page})"


def _first(text: str) -> str:
    """Return the text of a link, without its attributes."""
    if "=" in text:
        text = text.partition(",")[0] if "=" not in text.partition(",")[0] else ""
    return " ".join(text.strip('"^ ').split())


def _macro(name: str, target: str, content: str) -> str:
    if name in _HIDDEN:
        return ""
    if name in _MATH:
        return f"${content}$"
    if name == "xref":
        return _reference(target, content)
    if name == "link":
        text = _first(content)
        return f"[{text or target}]({target})"
    if name in {"kbd", "btn"}:
        return f"`{content}`"
    return _first(content) or target
