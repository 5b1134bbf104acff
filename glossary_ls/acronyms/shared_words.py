"""Definitions of two short forms in one bracket: `red and green widgets (RW, GW)`.

The long forms stand in the same order before the bracket. The first one may share the last words of the
second one, or the second one the first words of the first one; then its range is that of both, and its
wording has only its own words. This module must not know definitions of other shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import BRACKETS, good_within
from glossary_ls.acronyms.bounds import CLOSING, OPENING, SHORT, Range, long_before
from glossary_ls.acronyms.forms import base_of, is_short, words_of
from glossary_ls.acronyms.spaced import Spaced
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator

_AND = r"(?:and|or|und|oder|et|y)"
_PAIR = Spaced(rf"[{OPENING}](?P<first>{SHORT})(?:,? {_AND} |, ?|/)(?P<second>{SHORT})[{CLOSING}]")
#: Words, and those after a conjunction.
_WORDS = r"(?:[^\W_][\w'\u2019-]* ){1,6}"
_JOINED = lazily(rf"(?P<left>{_WORDS}){_AND} (?:the )?(?P<right>{_WORDS})$")
_WINDOW = 160

#: The range of a long form, and its wording.
_Long = tuple[Range, str]


def two_in_brackets(text: str) -> Iterator[tuple[Range, Range, str]]:
    """Yield the ranges of both forms of two acronyms in a bracket, and the wording of the long form."""
    for pair in _PAIR.finditer(text):
        first, second = base_of(pair["first"]), base_of(pair["second"])
        longs = _longs(text, pair.start(), first, second) if is_short(first) and is_short(second) else None
        if longs is not None:
            yield (pair.start("first"), pair.start("first") + len(first)), *longs[0]
            yield (pair.start("second"), pair.start("second") + len(second)), *longs[1]


def _longs(text: str, end: int, first: str, second: str) -> tuple[_Long, _Long] | None:
    """Return the long forms of two short forms at the end of a text before a bracket."""
    floor = max(0, end - _WINDOW)
    joined = _JOINED.search(text[floor:end])
    if joined is None:
        return None
    middle, start, end = floor + joined.end("left") - 1, floor + joined.start("right"), end - 1
    right = joined["right"].split()
    own = long_before(text, middle, first, BRACKETS)
    words = text[slice(*own)].split(" ") if own is not None else []
    if own is not None and len(words) > 1:
        best = _best(second, [(words[:shared], right) for shared in range(len(words))])
        if best:
            return (own, " ".join(words)), ((start if best == " ".join(right) else own[0], end), best)
    if not _best(second, [([], right)]):
        return None
    left = joined["left"].split()
    for at in reversed(range(len(left))):
        best = _best(first, [(left[at:], right[shared:]) for shared in range(1, len(right))])
        if best:
            return ((middle - len(" ".join(left[at:])), end), best), ((start, end), " ".join(right))
    return None


def _best(short: str, longs: list[tuple[list[str], list[str]]]) -> str:
    """Return the long form, of two lists of words each, that fits a short form best, or an empty string."""
    wordings = [" ".join((*head, *tail)) for head, tail in longs]
    fits = [good_within(each, short, words_of(each, 0, len(each)), BRACKETS) for each in wordings]
    costs = [(fit.cost, each) for fit, each in zip(fits, wordings, strict=True) if fit is not None]
    return min(costs)[1] if costs else ""
