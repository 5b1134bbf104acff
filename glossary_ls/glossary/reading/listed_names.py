"""Several names in one text: those of a field that lists aliases, related terms or topics.

This module must not know what the names are for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.reading.openings import meaningful

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is one of several names in a field.
_SEVERAL = lazily(r"\s*(?:[;|\n]|,(?!\d)|<br\s*/?>)\s*")
_LINK = lazily(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_REMARK = lazily(r"\s*\([^()]*\)(?=\s*(?:[.;,|\n]|$))")
_WIKI_LINK = lazily(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")


def split_names(text: str) -> Iterator[str]:
    """Yield the names in a text that lists some: separated by commas, bars, semicolons or lines."""
    bare = _WIKI_LINK.sub(r"\1", _LINK.sub(r"\1", text)) if "[" in text else text
    bare = _REMARK.sub("", bare) if "(" in bare else bare
    for part in _SEVERAL.split(bare):
        name = part.strip().lstrip("-*+\u2022 ").strip('*_`"\u201c\u201d ').rstrip(".").strip()
        if name and meaningful(name):
            yield name
