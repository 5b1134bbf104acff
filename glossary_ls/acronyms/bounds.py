"""The limits of definitions: how far a long form may be from the short form, and how well it must fit.

Shared by `brackets` and `sentences`. A range is a pair of offsets into the readable text of a block. This
module must not know the patterns of definitions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms import phrases
from glossary_ls.acronyms.alignment import SUGGESTED, good_before, is_addition, is_phrase, max_cost
from glossary_ls.acronyms.dismissal import cannot_end
from glossary_ls.acronyms.forms import GREEK_NAMES, STOP_WORDS, words_of
from glossary_ls.acronyms.spaced import ALNUM, UNSPACED, Spaced
from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.acronyms.forms import Word

Range = tuple[int, int]

#: A short form: letters and digits with single punctuation marks between, or initials with full stops.
SHORT = rf"(?:(?:[^\W\d_]\.){{2,7}}|{ALNUM}(?:{ALNUM}|[-/&.+\u2010\u2011](?={ALNUM})){{0,19}})"
#: Not after a letter or digit that belongs to the same token.
ALONE = rf"(?<!{ALNUM})"
QUOTES = "\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d"
QUOTE = rf"[{QUOTES}]"
ARTICLE = rf"(?:(?:the|an?|our|their|its|simply|just|{phrases.ARTICLES})(?:\s+|(?<=['\u2019])))?"
ARTICLES = word_set("the a an our their its simply just") | phrases.ARTICLE_WORDS

_MAX_LENGTH = 60
_MAX_LENGTH_PER_LETTER = 18

#: Opening and closing brackets, for a character set.
OPENING = "(\\[\uff08\uff3b\u3010"
CLOSING = ")\\]\uff09\uff3d\u3011"
#: The end of a sentence or clause.
_STOP = r"[.!?;]\s|[\u3002\uff01\uff1f\uff1b]"

#: A bracket inside a word, as in `poly(ADP-ribose)` and `benzo[a]pyrene`.
_WITHIN = r"(?<=[^\W_])(?:\([\w,'\u2032+-]{1,16}\)|\[[\w,'\u2032+-]{1,16}\])(?=[\s\w-]|$)"

#: Where the text of a long form starts and ends at the latest.
_START = lazily(rf"(?P<within>{_WITHIN})|[\n\x1e\x1f\ufffc{OPENING}{CLOSING}]|:\s|\uff1a|{_STOP}")
_END = lazily(rf"[\n\x1e\x1f\ufffc{OPENING}{CLOSING}]|{_STOP}")
#: Another acronym in brackets within a long form: `widget (WG) control plane (WCP)`.
_NESTED = Spaced(rf"\({SHORT}\)")
_REFERENCE = lazily(r"\s{4,}[\d/.-]+$")
_PUNCTUATION = Spaced(rf"(?:[.!?;:,]\s*|[{UNSPACED}]{{5}})$")

#: The locants with which the name of a chemical begins: `3,4-`, `12-O-`, `beta-1-`; or one letter.
_PREFIX = lazily(
    rf"(?<![^\s(])(?:(?:[\d\u03b1-\u03c9A-Za-z]|{'|'.join(GREEK_NAMES)})(?:[\d,'\u2032])*[-\u2010\u2011])+$"
)


def _max_length(short: str) -> int:
    """Return the maximum length of the long form of `short`, in characters."""
    return _MAX_LENGTH + _MAX_LENGTH_PER_LETTER * len(short)


def latest_end(text: str, start: int, short: str) -> int:
    """Return the latest end of a long form of `short` that starts at `start`."""
    limit = min(len(text), start + _max_length(short))
    stop = _END.search(text, start, limit)
    return stop.start() if stop else limit


def long_before(text: str, end: int, short: str, tolerance: float) -> Range | None:
    """Return the long form of `short` that ends at `end`, or before the spaces, quotes and bracket there."""
    while text[end - 1 : end] in {" ", "]"}:
        end -= 1
    floor = max(0, end - _max_length(short))
    has_nested = text.find("(", floor, end) >= 0
    most = max_cost(short, tolerance)
    if has_nested:
        most = max(most, max_cost(short, min(tolerance, SUGGESTED)))
    if most < 0 or cannot_end(text, end, short, most):
        return None
    found = _long_before(text, end, short, tolerance)
    if found is None and has_nested and not _is_numbered(short, text[floor:end]):
        inside = _NESTED.sub(lambda nested: " " * len(nested[0]), text[floor:end])
        if inside != text[floor:end]:
            masked = _long_before(inside, len(inside), short, min(tolerance, SUGGESTED))
            # A number after the bracket is a reference: `Widget Act (WA) 2016/679`.
            end = len(_REFERENCE.sub("", inside[: masked[1]])) if masked else 0
            found = (floor + masked[0], floor + end) if masked else None
    return found


def _is_numbered(short: str, before: str) -> bool:
    """Return whether a short form is a defined one with a number: `domains (WD) of A (WD1)`."""
    bare = short.rstrip("0123456789")
    return bare != short and f"({bare})" in before


def _long_before(text: str, end: int, short: str, tolerance: float) -> Range | None:
    floor = max(0, end - _max_length(short))
    for stop in _START.finditer(text, floor, end):
        if stop.end() < end and stop.lastgroup is None:
            floor = stop.end()
    first = max(floor - 1, 0)
    found = _long_at_end(text[first:end], floor - first, short, tolerance)
    return (first + found[0], first + found[1]) if found else None


@memo.recent(256)
def _long_at_end(text: str, floor: int, short: str, tolerance: float) -> Range | None:
    """Return the long form of `short` that starts at `floor` or later and ends with the text.

    Memoized, because tables and logs repeat themselves; `text` has one character before `floor`.
    """
    found = words_of(text, floor, len(text))[-(2 * len(short) + 8) :]
    if not found or _PUNCTUATION.search(text, found[-1].end):
        return None
    fit = good_before(text, short, found, tolerance)
    if fit is None:
        return None
    rest = [word for word in found if word.start >= fit.end]
    last = fit.end if not rest or rest[0].gap == "/" or is_addition(rest) else found[-1].end
    if last == fit.end and rest and _is_name(text, rest):
        return None
    if text.endswith(("'s", "\u2019s"), fit.start, last):
        last -= 2
    if text.startswith(")", last) and "(" in text[fit.start : last]:
        last += 1
    prefix = _PREFIX.search(text, floor, fit.start)
    start = prefix.start() if prefix else fit.start
    return (start, last) if is_phrase(text[start:last]) else None


def _is_name(text: str, words: Sequence[Word]) -> bool:
    """Return whether all words but function words are in title case."""
    return all(text[word.start].isupper() for word in words if word.text not in STOP_WORDS)


def trimmed(text: str, start: int, end: int) -> int:
    """Return `end` without the punctuation before it, but not less than `start`."""
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return end


def split(text: str, whole: Range, separator: str) -> list[Range]:
    """Return the parts of a range between the matches of a regular expression."""
    parts: list[Range] = []
    start = whole[0]
    for match in re.compile(separator).finditer(text, *whole):
        parts.append((start, match.start()))
        start = match.end()
    return [*parts, (start, whole[1])]
