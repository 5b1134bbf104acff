"""Aligning the letters of a short form with the words of a long form.

Based on Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
(PSB 2003): the letters of the short form occur in the long form in order, the first one at the start of a
word. And on Ab3P (Sohn, Comeau, Kim and Wilbur, "Abbreviation definition identification based on automatic
precision estimates", BMC Bioinformatics 2008): of several strategies, the one with the best precision is
preferred. Here each fit has a cost instead: none for a letter that begins a word, more for letters inside a
word and for words without a letter. The cheapest fit is returned, and the caller sets the maximum cost. This
module must not know where in a text a definition may be; see `definitions`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms.forms import STOP_WORDS, letters_of
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.acronyms.forms import Word

#: Prepositions that begin an addition to a long form: `service level objective for writes (SLO)`.
_PREPOSITIONS = word_set(
    "above across after among at before below between beyond during for from in on over per under with"
)

#: Words that rarely begin a long form.
_POOR_STARTS = word_set("a an and are it is of that the")
#: Words that never end a long form.
_POOR_ENDS = word_set("a an and are as at by for from is of or that the than to with your")

#: The least cost of a last word that is left out, unless it is a function word, and of a second letter of a
#: word.
STEP = 0.5

# The costs of skipped words.
_STOP_COST = 0.1
_NUMBER_COST = 0.4
_PART_COST = STEP
_WORD_COST = 1.5
_COMMA_COST = 0.5
_PAUSES = frozenset(",;-\u2013\u2014")
_HYPHENS = frozenset("-\u2010\u2011")
# The costs of a first word.
_MID_WORD_START = 0.6
_POOR_START = 0.7
# The costs of letters: the second of a word, a later one, one of a word whose first letter is not used.
_NEXT_LETTER = STEP
_INNER_LETTER = 1.0
_LATE_LETTER = 1.2
#: A letter that is pronounced like the start of the word, as X in "cross".
_SOUND = 0.3
#: A word that is used as a whole, as IP in IPAM.
_WHOLE_WORD = 0.1
_MOVED_DIGITS = 0.1
_DROPPED_DIGITS = 0.8
#: A long form that ends inside a compound.
_INCOMPLETE_END = 0.5
#: The most that an addition after a long form costs, if it begins with a preposition and has at most 5 words.
_ADDITION = 1.6
_LONGEST_ADDITION = 5

#: The maximum cost of a fit per letter of the short form, by the strength of the evidence around it.
BRACKETS = 0.75
EXPLICIT = 0.5
SUGGESTED = 0.34
WEAK = 0.08

#: The maximum cost of any fit in brackets, and elsewhere. Below it, the cost per letter decides: random words
#: fit a short form of four letters at a cost of 3 as often (0.4 %) as one of three letters at a cost of 1.5.
_LIMIT = 4.5
_LIMIT_OUTSIDE_BRACKETS = 2.5
#: The maximum cost of a fit for a short form without capitals, but for one that cannot be a word.
_LOWER_CASE = 0.15
_LOWER_CASE_COMPOUND = 1.2
#: The same in brackets, for those of two letters or in title case.
_SMALL_CASE = 1.0
_VOWELS = lazily(r"[aeiouy\u00e4\u00f6\u00fc]", re.IGNORECASE)

_IMPOSSIBLE = 1e9

_CODE = lazily(r"[=`{}<>$\\]|\w_\w|[a-z]\.[A-Za-z]")
_NOT_TOKEN = lazily(r"[^\w/&-]+")

_SPELT = {
    "1": ("one", "first"),
    "2": ("to", "two", "too", "second"),
    "3": ("three", "third"),
    "4": ("for", "four", "fourth"),
    "x": ("ex", "cross", "trans"),
    "&": ("and",),
}
_NUMERONYM = lazily(r"([a-z])(\d{1,2})([a-z])")
_REPEATS = lazily(r"([a-z])([2-4])")


@dataclass(frozen=True, slots=True)
class Fit:
    """The range of a long form in the text, and the cost of the alignment."""

    start: int
    end: int
    cost: float


def is_good(fit: Fit, text: str, short: str, tolerance: float) -> bool:
    """Return whether a fit is a plausible definition, not a coincidence or the short form itself.

    `tolerance` is the maximum cost per letter of the short form.
    """
    long = text[fit.start : fit.end]
    if fit.cost > max_cost(short, tolerance) or _CODE.search(long):
        return False
    if len(long) <= len(short) + 1 or short in _NOT_TOKEN.split(long) or _is_clipped(short, long):
        return False
    if short.islower() and not short.isalpha():
        return True
    if _is_like_word(short):
        if (short.istitle() or len(short) == 2) and tolerance >= BRACKETS:
            return True
        is_compound = " " in long or "-" in long
        return is_compound and (len(short) > 2 or fit.cost == 0)
    return is_phrase(long) and not (long.isupper() and " " not in long)


@memo.recent(512)
def max_cost(short: str, tolerance: float) -> float:
    """Return the maximum cost of a fit, given that per letter of the short form; less than 0 for none at all.

    It is less for a short form that may be a word.
    """
    limit = _LIMIT if tolerance >= BRACKETS else _LIMIT_OUTSIDE_BRACKETS
    limit = min(tolerance * sum(map(str.isalnum, short)), limit)
    if short.islower() and not short.isalpha():
        return min(limit, _LOWER_CASE_COMPOUND)
    if not _is_like_word(short):
        return limit
    if (short.istitle() or len(short) == 2) and tolerance >= BRACKETS:
        return min(limit, _SMALL_CASE) if len(short) < 5 else -1.0
    return min(limit, _LOWER_CASE)


def _is_like_word(short: str) -> bool:
    return short.isalpha() and short[1:].islower() and _VOWELS.search(short) is not None


def is_phrase(long: str) -> bool:
    """Return whether a text can be a long form: quotes are balanced, and no function word is at its ends."""
    first, *_, last = long.split() * 2
    return first not in _POOR_STARTS and last not in _POOR_ENDS and long.count('"') % 2 == 0


def _is_clipped(short: str, long: str) -> bool:
    """Return whether a short form is a clipping (`Config`, `RegExp`) or the word itself (`EXPORT`).

    A short form in capitals may begin with a good part of a long word: `reconciliation job (RECON)`.
    """
    if len(short) < 5 or not short.isalpha() or long[:5].lower() != short[:5].lower():
        return False
    return not short.isupper() or 2 * len(long.split(maxsplit=1)[0]) < 3 * len(short)


def fit_before(short: str, words: Sequence[Word], limit: float = _IMPOSSIBLE) -> Fit | None:
    """Return the best fit that ends with the last word.

    The search is cut off at a cost of `limit`; of fits that cost more, any or none is returned.
    """
    return _best(short, words, at_start=False, to_end=True, limit=limit)


def fit_within(short: str, words: Sequence[Word]) -> Fit | None:
    """Return the best fit that starts with the first word; words after its end add to the cost."""
    return _best(short, words, at_start=True, to_end=True)


def fit_after(short: str, words: Sequence[Word], limit: float = _IMPOSSIBLE) -> Fit | None:
    """Return the best fit that starts with the first word and ends anywhere; `limit` as in `fit_before`."""
    return _best(short, words, at_start=True, to_end=False, limit=limit)


def good_before(text: str, short: str, words: Sequence[Word], tolerance: float) -> Fit | None:
    """Return the best fit that ends with the last word if it is good; `tolerance` as in `is_good`."""
    fit = fit_before(short, words, max_cost(short, tolerance))
    return fit if fit is not None and is_good(fit, text, short, tolerance) else None


def good_after(text: str, short: str, words: Sequence[Word], tolerance: float) -> Fit | None:
    """Return the best fit that starts with the first word and ends anywhere if it is good."""
    fit = fit_after(short, words, max_cost(short, tolerance))
    return fit if fit is not None and is_good(fit, text, short, tolerance) else None


def good_within(text: str, short: str, words: Sequence[Word], tolerance: float) -> Fit | None:
    """Return the best fit that starts with the first word and ends with the last one if it is good."""
    fit = fit_within(short, words)
    return fit if fit is not None and is_good(fit, text, short, tolerance) else None


def fit_shuffled(short: str, words: Sequence[Word]) -> Fit | None:
    """Return the last words if their initials are the letters of the short form in another order.

    Function words are skipped: `disease of the X type 2` fits as well as `type 2 X disease`.
    """
    letters = sorted(letters_of(short))
    initials: list[str] = []
    for word in reversed(words):
        if word.gap and word.gap.strip("-'\u2019"):
            return None
        if word.text not in STOP_WORDS:
            initials.append(word.text[0])
            if len(initials) == len(letters):
                fits = sorted(initials) == letters
                return Fit(word.start, words[-1].end, 0.0) if fits else None
    return None


def _best(
    short: str, words: Sequence[Word], *, at_start: bool, to_end: bool, limit: float = _IMPOSSIBLE
) -> Fit | None:
    if not words:
        return None
    best: Fit | None = None
    for letters, extra in _variants(letters_of(short)):
        search = _Search(letters, words, to_end=to_end, limit=limit)
        for first in range(1 if at_start else len(words)):
            if _price(letters[0], words[first].text) is None:
                continue
            cost, last = search.cost(0, first)
            cost += extra
            if words[first].text in _POOR_STARTS:
                cost += _POOR_START
            if words[first].joined and first > 0 and not words[first - 1].text.isdigit():
                cost += _MID_WORD_START
            if cost < _IMPOSSIBLE and (best is None or cost <= best.cost):
                best = Fit(words[first].start, words[last].end, cost)
    return _numeronym(letters_of(short), words, at_start=at_start) or best


def _variants(letters: str) -> list[tuple[str, float]]:
    """Return the letters and alternatives to them, with costs: `s3` may be `sss` or `s`, for example."""
    if not letters:
        return []
    variants = [(letters, 0.0)]
    if not letters.isalpha():
        repeated = _REPEATS.sub(lambda match: match[1] * int(match[2]), letters)
        if repeated != letters:
            variants.append((repeated, 0.0))
        bare = re.sub(r"\d", "", letters)
        if len(bare) > 1 and len(letters) - len(bare) < 3:
            variants.append((re.sub(r"\D", "", letters) + bare, _MOVED_DIGITS))
            variants.append((bare, _DROPPED_DIGITS))
    return variants


def _numeronym(letters: str, words: Sequence[Word], *, at_start: bool) -> Fit | None:
    """Fit a numeronym such as `k8s`: the first and last letter of a word, and the number of those between."""
    match = _NUMERONYM.fullmatch(letters)
    if match is None:
        return None
    last = 0 if at_start else len(words) - 1
    first = last
    while first > 0 and words[first].joined:
        first -= 1
    if at_start:
        while last + 1 < len(words) and words[last + 1].joined:
            last += 1
    word = "".join(part.text for part in words[first : last + 1])
    fits = len(word) == int(match[2]) + 2 and word.startswith(match[1]) and word.endswith(match[3])
    return Fit(words[first].start, words[last].end, 0.0) if fits else None


def _price(letter: str, word: str) -> float | None:
    """Return the cost of matching `letter` with the start of `word`, or None if it does not match."""
    if word[0] == letter:
        return 0.0
    if letter in _SPELT and word.startswith(_SPELT[letter]):
        return _SOUND if letter == "x" else 0.0
    return None


class _Search:
    """The cheapest alignment of letters with words, by dynamic programming over letter and word.

    Alignments that cost more than `limit` may be cut off.
    """

    __slots__ = ("_costs", "_letters", "_limit", "_to_end", "_words")

    def __init__(self, letters: str, words: Sequence[Word], *, to_end: bool, limit: float) -> None:
        self._limit = limit
        self._letters = letters
        self._words = words
        self._to_end = to_end
        self._costs: dict[tuple[int, int], tuple[float, int]] = {}

    def cost(self, index: int, at: int) -> tuple[float, int]:
        """Return the cost of the letters from `index` on, the first in word `at`, and the last word used."""
        key = index, at
        if key not in self._costs:
            price = _price(self._letters[index], self._words[at].text)
            self._costs[key] = (_IMPOSSIBLE, at) if price is None else self._consume(index, at, 0, price)
        return self._costs[key]

    def _cost_inside(self, index: int, at: int) -> tuple[float, int]:
        """Return the cost if the first of the letters is inside word `at`, as O is in "carbon monoxide"."""
        if self._limit < _LATE_LETTER:
            return _IMPOSSIBLE, at
        letters, word = self._letters, self._words[at].text
        found = word.find(letters[index], 1)
        if found < 0 or len(word) < 6 or not letters[index].isalpha():
            return _IMPOSSIBLE, at
        return self._consume(index, at, found, _LATE_LETTER)

    def _consume(self, index: int, at: int, position: int, spent: float) -> tuple[float, int]:
        """Return the least cost over how many letters word `at` matches, the first at `position` in it."""
        letters, word = self._letters, self._words[at].text
        best = _IMPOSSIBLE, at
        used = 1
        while True:
            here = index + used
            if used == len(word) > 1 and word not in STOP_WORDS:
                spent = _WHOLE_WORD
            if here == len(letters):
                fits = _is_long_enough(word, used, position, alone=index == 0)
                return min(best, (spent + self._tail(at), at)) if fits else best
            if spent <= self._limit and _is_long_enough(word, used, position, alone=False):
                rest, last = self._continue(here, at + 1)
                best = min(best, (spent + rest, last))
            found = word.find(letters[here], position + 1)
            in_number = word.isdigit() and found == position + 1
            if found < 0 or (letters[here].isdigit() and not in_number):
                return best
            if not in_number:
                spent += _NEXT_LETTER if found == position + 1 else _INNER_LETTER
            position = found
            used += 1

    def _continue(self, index: int, at: int) -> tuple[float, int]:
        """Return the least cost over the next word for a letter; each skipped word has a cost."""
        best = _IMPOSSIBLE, at
        skipped = 0.0
        while at < len(self._words) and skipped < 3.5 and skipped <= self._limit:
            word = self._words[at]
            if word.gap and not word.joined and word.gap[0] in _PAUSES and not self._is_in_list(at):
                skipped += _COMMA_COST
            for rest, last in (self.cost(index, at), self._cost_inside(index, at)):
                best = min(best, (skipped + rest, last))
            # A number labels the words before it: type 1.
            cost = _STOP_COST if word.text.isdigit() and self._is_locant(at) else _skip(word)
            skipped += min(cost, _PART_COST) if self._letters[index].isdigit() else cost
            at += 1
        return best

    def _is_in_list(self, at: int) -> bool:
        """Return whether a word continues a list of numbers: the 6 in `1,6-diol`."""
        return self._words[at].text.isdigit() and self._words[at - 1].text.isdigit()

    def _is_locant(self, at: int) -> bool:
        """Return whether a number is a locant of the chemical name that follows: both in `1,6-diol`."""
        rest = self._words[at + 1 : at + 2]
        if not rest or not rest[0].text.isdigit():
            return bool(rest) and rest[0].gap[:1] in _HYPHENS
        return rest[0].gap == "," and self._is_locant(at + 1)

    def _tail(self, at: int) -> float:
        """Return the cost of the unused words after the last used one."""
        rest = self._words[at + 1 :]
        if not rest:
            return 0.0
        if not self._to_end:
            return 0.0 if rest[0].gap or rest[0].text in STOP_WORDS else _INCOMPLETE_END
        if rest[0].gap == "/":
            return _PART_COST
        cost = sum(map(_skip, rest)) + 0.2
        return min(cost, _ADDITION) if is_addition(rest) else cost


def is_addition(words: Sequence[Word]) -> bool:
    """Return whether some words after a long form are an addition to it that starts with a preposition."""
    return words[0].text in _PREPOSITIONS and 1 < len(words) <= _LONGEST_ADDITION


def _is_long_enough(word: str, used: int, position: int, *, alone: bool) -> bool:
    """Return whether a word is so long that `used` letters up to `position` in it are not a coincidence."""
    if alone:
        # Letters that begin the word are rarely a coincidence: `simvastatin (SIMVA)`.
        share = 2 if position == used - 1 else 2.6
        return len(word) >= max(8, share * used) and (used > 2 or len(word) - position > 3)
    return position == used - 1 or len(word) >= 2 * used


def _skip(word: Word) -> float:
    if word.text in STOP_WORDS:
        return _STOP_COST
    if word.text.isdigit():
        return _NUMBER_COST
    return _PART_COST if word.joined or word.gap == "/" else _WORD_COST
