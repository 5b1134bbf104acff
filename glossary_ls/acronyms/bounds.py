"""How far from a short form its long form may be, and how plainly a place must tie the two.

Shared by what reads brackets and what reads sentences. A range is a pair of offsets into one block's
readable text. The module must not know in what shapes writers give definitions.
"""

from __future__ import annotations

import re
from functools import lru_cache

from glossary_ls.acronyms.alignment import fit_before, is_good, is_phrase, most_for, words_of
from glossary_ls.acronyms.vocabulary import words

Range = tuple[int, int]

#: A short form: letters and digits, with single marks between; or initials, each with its full stop.
SHORT = r"(?:(?:[^\W\d_]\.){2,7}|[^\W_](?:[^\W_]|[-/&.+\u2010\u2011](?=[^\W_])){0,13})"
QUOTE = "[\"'`\u2018\u2019\u201c\u201d]"
ARTICLE = r"(?:(?:the|an?|simply|just)\s+)?"
ARTICLES = words("the a an simply just")

#: What a fit may cost for each letter of the short form.
BRACKETS = 0.75
PLAIN = 0.5
HINTED = 0.34
STRICT = 0.08

_REACH = 60
_REACH_PER_LETTER = 18

#: A bracket inside a word, as in `poly(ADP-ribose)`.
_WITHIN = r"(?<=[^\W_])\([\w,'\u2032+-]{1,16}\)(?=[\s-])"

#: What a long form does not reach across, looking back and looking ahead.
_START = re.compile(rf"(?P<within>{_WITHIN})|[\n\x1f\ufffc()\[\]]|[.!?;:]\s")
_END = re.compile(r"[\n\x1f\ufffc()\[\]]|[.!?;]\s")
_PUNCTUATION = re.compile(r"[.!?;:,)]\s*$")

#: The numbers and letters with which a chemical's name begins: `3,4-`, `12-O-`, `N-`.
_LOCANTS = re.compile(r"(?<![^\s(])(?:[\d\u03b1-\u03c9A-Z](?:[\d,'\u2032])*[-\u2010\u2011])+$")


def reach_of(short: str) -> int:
    """Return how many characters the long form of `short` may take."""
    return _REACH + _REACH_PER_LETTER * len(short)


def stretch_after(text: str, start: int, short: str) -> int:
    """Return the end of the text after `start` in which a long form has to be."""
    limit = min(len(text), start + reach_of(short))
    stop = _END.search(text, start, limit)
    return stop.start() if stop else limit


def long_before(text: str, end: int, short: str, tolerance: float) -> Range | None:
    """Return the long form of `short` that ends at `end`, but for spaces and quotes."""
    floor = max(0, end - reach_of(short))
    for stop in _START.finditer(text, floor, end):
        if stop.end() < end and stop.lastgroup is None:
            floor = stop.end()
    first = max(floor - 1, 0)
    found = _long_at_end(text[first:end], floor - first, short, tolerance)
    return (first + found[0], first + found[1]) if found else None


@lru_cache(maxsize=256)
def _long_at_end(text: str, floor: int, short: str, tolerance: float) -> Range | None:
    """Return the long form of `short` that starts at `floor` or later and ends with the text.

    One character in front of `floor` is enough. Tables and logs say the same again and again.
    """
    found = words_of(text, floor, len(text))[-(2 * len(short) + 8) :]
    if not found or _PUNCTUATION.search(text, found[-1].end):
        return None
    fit = fit_before(short, found, most_for(short, tolerance))
    if fit is None or not is_good(fit, text, short, tolerance):
        return None
    behind = [word for word in found if word.start >= fit.end]
    last = found[-1].end if behind and behind[0].gap != "/" else fit.end
    locants = _LOCANTS.search(text, floor, fit.start)
    start = locants.start() if locants else fit.start
    return (start, last) if is_phrase(text[start:last]) else None


def trimmed(text: str, fitted: int, end: int) -> int:
    """Return the end of a long form: trailing words belong to it, trailing punctuation does not."""
    while end > fitted and not text[end - 1].isalnum():
        end -= 1
    return end
