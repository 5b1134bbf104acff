"""Inline markup of reStructuredText as Markdown: roles, literals, links, substitutions.

Links to terms and sections become links inside of the page (`[text](#target)`). This module must not know
blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = lazily(
    r"``(?P<literal>(?:[^`\n]|`(?!`)|\n(?!\n))+)``"
    r"|(?::(?P<role>[A-Za-z][\w+.:-]{0,60}):)?`(?P<text>[^`]+)`(?P<tail>__?|:[A-Za-z][\w+.:-]{0,60}:)?"
    r"|\|(?P<name>[^|\s](?:[^|\n]{0,80}[^|\s])?)\|_{0,2}"
    r"|[ ]?\[(?:\d{1,4}|\#[\w-]*|\*)\]_"
    r"|\[(?P<citation>[A-Za-z][\w.-]{0,60})\]_"
    r"|(?<![\w_])(?P<word>[A-Za-z0-9]{1,40}(?:-[A-Za-z0-9]{1,40}){0,6})__?(?![\w_])"
    r"|\\(?P<escaped>[^\n])"
)
_TARGET = lazily(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)

_CODE = word_set(
    "class func meth attr mod data exc obj const file command program code samp kbd envvar option literal "
    "cmake type macro member struct enum function method module c cpp py js rst makevar mimetype regexp "
    "token"
)
_LOCAL = word_set("term")
_HIDDEN = word_set("raw raw-html index target eq cite footcite footnote")


def markdown(text: str, substitutions: Mapping[str, str] | None = None) -> str:
    """Return a text as Markdown; `substitutions` are texts by their names."""

    def replaced(found: re.Match[str]) -> str:
        if found["literal"] is not None:
            return _code(found["literal"])
        if found["text"] is not None:
            return _interpreted(found)
        if (name := found["name"]) is not None:
            return (substitutions or {}).get(name.lower(), name)
        if found["escaped"] is not None:
            return found["escaped"].strip()
        return found["citation"] or found["word"] or ""

    return _MARK.sub(replaced, text)


def _code(text: str) -> str:
    inner = " ".join(text.split())
    return f"`` {inner} ``" if "`" in inner else f"`{inner}`"


def _interpreted(found: re.Match[str]) -> str:
    """Return a role, a link, or text in the default role."""
    tail = found["tail"] or ""
    text = " ".join(found["text"].split())
    role = (found["role"] or tail.strip(":_")).lower()
    name = role.rpartition(":")[2]
    link = _TARGET.fullmatch(text)
    shown, target = (link["text"].replace("\\", ""), link["target"]) if link else (text, text)
    if not role:
        is_address = link is not None and tail.startswith("_") and ":" in target
        return f"[{shown or target}]({target})" if is_address else shown or target
    if name in _HIDDEN:
        return ""
    if name == "math":
        return f"${text}$"
    if name in _LOCAL:
        return f"[{shown.lstrip('!~')}](#{target.lstrip('!~')})"
    if name in _CODE or role.startswith(("py:", "c:", "cpp:", "js:")):
        return _code(shown.lstrip("!").rpartition(".")[2] if shown.startswith("~") else shown.lstrip("!"))
    return shown.lstrip("!~") or target
