"""The built-in word lists: what is no acronym although it looks like one."""

from __future__ import annotations

from functools import lru_cache

from glossary_ls.acronyms import vocabulary
from glossary_ls.vfs.files import data_text


@lru_cache(maxsize=1)
def word_lists() -> vocabulary.Vocabulary:
    """Return the built-in word lists."""
    return vocabulary.Vocabulary(
        not_acronyms=vocabulary.parse(data_text("words/not-acronyms.txt")),
        names=vocabulary.parse(data_text("words/names.txt")),
        english=vocabulary.parse(data_text("words/english.txt")),
    )
