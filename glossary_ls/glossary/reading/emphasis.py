"""Names without emphasis. This module must not know where a name is written."""

from __future__ import annotations

from glossary_ls.base.patterns import lazily

_EMPHASIS = lazily(r"(?P<mark>\*{1,2}|`)(?P<text>[^*`]+)(?P=mark)")


def plain(text: str) -> str:
    """Return a text in Markdown without emphasis and marks of code, on one line."""
    return " ".join(_EMPHASIS.sub(r"\g<text>", text).split())
