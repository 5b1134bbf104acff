"""Simple regular expressions in word lists, such as `[Ww]ebhooks?`, as the words that they match.

This module must not know formats.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A pattern for more words is left out.
_MOST = 64

#: The parts of a pattern: a class of characters, a sign of the syntax, an escaped character, other text.
_PART = lazily(
    r"\[(?P<set>[^\[\]\\^-]+)\]|(?P<sign>[()|?])|\\(?P<escaped>[^\w\s])|(?P<text>[^\\()\[\]{}|?*+^$])"
)
_INSENSITIVE = "(?i)"
_WHOLE = lazily(r"^\^|(?<!\\)\$$|\\b")
_OPEN = lazily(r"\((?:\?:)?")


@memo.recent(1024)
def expanded(pattern: str) -> tuple[str, ...] | None:
    """Return the words that a pattern matches; None if they are too many or cannot be listed.

    A dot is a dot: `Node.js`. A pattern for any casing stands for the usual ones.
    """
    is_insensitive = pattern.startswith(_INSENSITIVE)
    text = _WHOLE.sub("", pattern.removeprefix(_INSENSITIVE))
    try:
        words, end = _alternatives(text, 0)
        re.compile(pattern)
    except (ValueError, re.error):
        return None
    if end < len(text):
        return None
    if is_insensitive:
        words = [form for word in words for form in (word, word.lower(), word.upper(), word.capitalize())]
    # An edge of a word that is none, as in `.\\b`, leaves nothing to match.
    return tuple(word for word in dict.fromkeys(words) if word.strip() and re.fullmatch(pattern, word))


def _alternatives(text: str, at: int) -> tuple[list[str], int]:
    """Return the words of a group that starts at `at`, and where it ends. Raises ValueError."""
    found: list[str] = []
    parts: list[list[str]] = []
    while at < len(text) and text[at] != ")":
        if text[at] == "|":
            found += _joined(parts)
            parts = []
            at += 1
        elif opened := _OPEN.match(text, at):
            inner, at = _alternatives(text, opened.end())
            if at >= len(text):
                raise ValueError("a group is not closed")
            parts.append(inner)
            at += 1
        elif text[at] == "?":
            if not parts:
                raise ValueError("nothing is optional")
            parts[-1] = [*parts[-1], ""]
            at += 1
        else:
            part = _PART.match(text, at)
            if part is None:
                raise ValueError("this is no simple pattern")
            parts.append(list(part["set"]) if part["set"] else [part["escaped"] or part[0]])
            at = part.end()
    found += _joined(parts)
    if len(found) > _MOST:
        raise ValueError("there are too many words")
    return found, at


def _joined(parts: Iterable[list[str]]) -> list[str]:
    parts = list(parts)
    count = 1
    for each in parts:
        count *= len(each)
    if count > _MOST:
        raise ValueError("there are too many words")
    return ["".join(word) for word in product(*parts)]
