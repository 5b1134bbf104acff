"""Clauses: where the first one of a definition ends, what it is without markup, and what it looks like.

This module must not know acronyms, formats, or markup beyond emphasis and links in Markdown.
"""

from __future__ import annotations

import re

from glossary_ls.base.patterns import lazily

_STOP = lazily(
    r"[.;:,(\n\u2013\u2014!?]|\s[-=]\s|\s(?:and\s)?(?:is|are|was|were|refers|means|ist|sind|est|es|which|that|used)\s|$"
)
#: Marks of quotation and emphasis, and of links.
OPENING_MARKS = "\"'\u201c\u2018\u201e\u00ab*_`["
CLOSING_MARKS = "\"'\u201d\u2019\u201c\u00bb*_`]"
_EMPHASIS = lazily(r"[*_`]+|</?[a-z][^<>]*>|\[|\]\([^()\s]*\)|\]\[[^\]]*\]|\]")
ARTICLE = lazily(r"^(?:an?|the|das|der|die|eine?)\s+", re.IGNORECASE)

#: Words of no more letters have no capital in a title, and a title has no more longer words.
_LITTLE = 3
_MOST_TITLE = 10


def clause_end(text: str, start: int) -> int:
    """Return the offset of the first stop behind `start`: punctuation, a verb or a relative pronoun."""
    at = start
    while found := _STOP.search(text, at):
        # A stop inside of a word, as in `Node.js` and `e.g.`, ends nothing.
        if (
            found[0] in {".", ":", ",", "\u2013", "\u2014"}
            and found.end() < len(text)
            and not text[found.end()].isspace()
            and text[found.end()] not in CLOSING_MARKS
        ):
            at = found.end()
            continue
        return found.start()
    return len(text)


def quoted_opening(text: str) -> str:
    """Return the quoted or emphasized text with which a text opens, with its marks."""
    found = re.match(
        r"(\*\*|__|\*|_|\"|\u201c|'|\u2018)([^*_\"\u201c\u201d'\u2018\u2019\n]{3,120})(\*\*|__|\*|_|\"|\u201d|'|\u2019)",
        text,
    )
    return found[0] if found else ""


def bare_of(text: str) -> str:
    """Return a clause without markup, marks around it, and the article in front."""
    bare = " ".join(_EMPHASIS.sub("", text).split()).strip(OPENING_MARKS + CLOSING_MARKS + " ,;:")
    return ARTICLE.sub("", bare)


def is_title(text: str) -> bool:
    """Return whether a text is one line without a stop, most of its longer words with a capital."""
    words = [word for word in text.split() if len(word) > _LITTLE]
    capitals = sum(word.lstrip("*_\"'(")[:1].isupper() for word in words)
    is_line = "\n" not in text.strip() and not text.rstrip().endswith((".", "!", "?")) and ". " not in text
    is_plain = is_line and {"(", ":"}.isdisjoint(text)
    return is_plain and 1 < len(words) <= _MOST_TITLE and capitals * 5 >= len(words) * 4


def is_phrase(text: str) -> bool:
    """Return whether a text opens as a definition does: with an article, or with how and when."""
    return bool(re.match(r"(?:an?|the|when|how|used|see|this|to)\s", text, re.IGNORECASE))
