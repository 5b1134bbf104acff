"""The article before words that are replaced: `an SLO` becomes `a Service Level Objective`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE = re.compile(r"(?<![\w'\u2019-])(a|an)(\s+[*_\[`\"'\u201c\u2018]*)$", re.IGNORECASE)

#: How many characters before a word its article may start.
_MOST_BEFORE = 12

#: Letters whose names begin with a vowel, as in `an SLO`.
_VOWEL_NAMES = frozenset("AEFHILMNORSX")
_VOWELS = frozenset("AEIOUY")
_SOUNDS_LIKE_A_CONSONANT = re.compile(r"(?:uni(?!n)|use|usu|uti|eu|one\b|once\b|ubi)", re.IGNORECASE)
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)


def article(source: str, at: int, words: str) -> Iterator[TextEdit]:
    """Yield the edit, if any, of the article before `at` that `words` there will need."""
    start = max(at - _MOST_BEFORE, 0)
    found = _ARTICLE.search(source[start:at])
    if found and not _is_read_as_word(words):
        right = "an" if _has_vowel_sound(words) else "a"
        if right != found[1].lower():
            right = right.capitalize() if found[1][0].isupper() else right
            yield TextEdit(Span(start + found.start(1), start + found.end(1)), right)


def _has_vowel_sound(words: str) -> bool:
    first = words.partition(" ")[0]
    if len(first) > 1 and first.isupper():
        return first[0] in _VOWEL_NAMES
    if _SILENT_H.match(words):
        return True
    return words[:1].lower() in set("aeiou") and not _SOUNDS_LIKE_A_CONSONANT.match(words)


def _is_read_as_word(words: str) -> bool:
    """Return whether an acronym may be pronounced as a word, as NASA is; then its sound is unknown."""
    return words.isupper() and len(words) > 3 and not _VOWELS.isdisjoint(words)
