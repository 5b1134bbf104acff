"""What the text beside a name is, where a format does not say so: an expansion or a definition."""

from __future__ import annotations

from glossary_ls.base.patterns import lazily

_SHORT = lazily(r"[A-Z0-9][A-Za-z0-9/&.+-]*")

#: No acronym stands for more words.
_MOST_WORDS = 8


def is_expansion(name: str, text: str) -> bool:
    """Return whether a text is what an acronym stands for, and not a definition."""
    is_acronym = _SHORT.fullmatch(name) is not None and sum(map(str.isupper, name)) > 1
    return is_acronym and not is_sentence(text)


def is_sentence(text: str) -> bool:
    """Return whether a text is too long for an expansion, or ends as a sentence does."""
    return len(text.split()) > _MOST_WORDS or text.endswith((".", "!", "?"))
