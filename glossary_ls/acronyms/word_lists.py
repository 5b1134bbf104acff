"""The built-in word lists. This module must not know how they are used."""

from __future__ import annotations

from glossary_ls.acronyms import vocabulary
from glossary_ls.base import memo
from glossary_ls.vfs.files import data_text


@memo.recent(1)
def word_lists() -> vocabulary.Vocabulary:
    """Return the built-in word lists."""
    return vocabulary.Vocabulary(
        not_acronyms=vocabulary.parse(data_text("words/not-acronyms.txt")),
        names=vocabulary.parse(data_text("words/names.txt")),
        english=vocabulary.Words(data_text("words/english.txt")),
    )
