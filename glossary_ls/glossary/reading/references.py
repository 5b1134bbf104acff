"""References: definitions that only name other terms, as in `See Shard`.

This module must not know formats, or markup beyond emphasis and links in Markdown.
"""

from __future__ import annotations

import re

from glossary_ls.base.patterns import lazily

_SEE = lazily(
    r"(?:\u2192|->|=>|\u21d2|see(?: also| under| instead| the (?:entry|definition) (?:for|of))?:?|"
    r"synonym (?:of|for):?|same as:?|alias (?:of|for):?|siehe(?: auch)?:?|voir:?|véase:?|cf\.?|use:?|"
    r"also known as:?)\s+(?P<names>[^.\n]{1,120}?)\.?\s*",
    re.IGNORECASE,
)
_CLAUSE = lazily(r"(?:how|what|when|where|why|if|in|on)\s", re.IGNORECASE)
_LINK = lazily(r"\[([^\[\]]+)\](?:\([^()]*\)|\[[^\]]*\])?")


def pointed_at(definition: str) -> tuple[str, ...]:
    """Return the names that a definition only refers to, as in `See Shard.`; none for any other text."""
    found = _SEE.fullmatch(definition.strip().strip("*_").strip())
    if not found:
        return ()
    names = found["names"]
    links = [*_LINK.finditer(names)]
    if links:
        # What is elsewhere on the web is no term.
        return tuple(
            link[1].strip("*_` ") for link in links if not link[0].partition("](")[2].startswith("http")
        )
    parts = re.split(r",\s*|\s+and\s+|\s+or\s+|;\s*", names)
    named = tuple(part.strip("*_`\"' ") for part in parts if part.strip("*_`\"' "))
    return named if all(len(part.split()) <= 5 and not _CLAUSE.match(part) for part in named) else ()
