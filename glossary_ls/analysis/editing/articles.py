"""The article before words that are replaced: `an SLO` becomes `a Service Level Objective`.

An article follows sound, which letters do not always tell: it stays as it is where the sound is not certain.
"""

from __future__ import annotations

import re

from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

_ARTICLE = lazily(r"(?<![\w'\u2019-])(a|an) [*_\[`\"'\u201c\u2018]*\Z", re.IGNORECASE)

#: How many characters before a word its article may start.
_MOST_BEFORE = 8

#: Letters and numbers whose names begin with a vowel, as in `an SLO` and `an 8-bit word`.
_VOWEL_NAMES = frozenset("AEFHILMNORSX")
_VOWEL_NUMBERS = lazily(r"8|1[18](?!\d)")
_VOWELS = frozenset("AEIOU")

#: Acronyms that may be read as a word, of which the letter does not tell the sound: `LAN`, `STEM`, `FLOPS`.
_LIKE_A_WORD = lazily(r"[FHLMNRSX][AEIOUY]|(?:S[CKLMNPTW]|F[LR])(?=.{2}).*[AEIOUY]")

#: Words that begin with a vowel and the sound of a consonant, and the reverse.
_CONSONANT_SOUND = lazily(
    r"uni(?:$|t(?!en)|v|q|[cfloy]|direc|sex|son)|us(?:[aeu]|ing)|util|ubi|ura|ute|eu(?!ler)|ewe|one\b|once\b",
    re.IGNORECASE,
)
_VOWEL_SOUND = lazily(r"hour|honest|honou?r|heir", re.IGNORECASE)

#: A letter that is named before others: `gRPC`, `mTLS`, `x86`.
_LETTER = lazily(r"[a-z](?=[A-Z\d])|[A-Z](?=\d|-[A-Za-z]|$)")


def article(text: str, at: int, words: str) -> TextEdit | None:
    """Return the edit, if any, of the article before an offset of a readable text that `words` there need."""
    start = max(at - _MOST_BEFORE, 0)
    found = _ARTICLE.search(text[start:at])
    vowel = _has_vowel_sound(words) if found else None
    if found is None or vowel is None or (found[1] == "A" and not text[at : at + 1].isalnum()):
        return None
    right = "an" if vowel else "a"
    if right == found[1].lower():
        return None
    right = right.capitalize() if found[1][0].isupper() else right
    return TextEdit(Span(start + found.start(1), start + found.end(1)), right)


def _has_vowel_sound(words: str) -> bool | None:
    """Return whether words begin with the sound of a vowel; None where that is not certain."""
    first = re.split(r"[\s/-]", words, maxsplit=1)[0].strip("'\"()")
    if not first or not first[0].isascii() or not first[0].isalnum():
        return None
    if first[0].isdigit():
        return _VOWEL_NUMBERS.match(first) is not None
    letter = first[0].upper()
    if _LETTER.match(first):
        return letter in _VOWEL_NAMES
    if len(first) > 1 and first[:2].isupper():
        capitals = first.rstrip("s")
        is_uncertain = len(capitals) > 2 and _LIKE_A_WORD.match(capitals)
        return None if is_uncertain else letter in _VOWEL_NAMES
    if _VOWEL_SOUND.match(first):
        return True
    return letter in _VOWELS and not _CONSONANT_SOUND.match(first)
