"""How well a short form fits a run of words.

The search starts from two published ones. Schwartz and Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text" (PSB 2003): the letters of the short form must occur in the long
form in order, and the first one at the start of a word. Ab3P (Sohn, Comeau, Kim and Wilbur, "Abbreviation
definition identification based on automatic precision estimates", BMC Bioinformatics 2008): of several
strategies, prefer the one that is right most often. Here every fit has a cost instead: nothing for a letter
that begins a word, more for letters inside a word and for words without a letter. The cheapest fit wins, and
the caller says how much it may cost. The module knows words and letters only; where to look is the matter of
`definitions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.vocabulary import words as word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words that initials usually pass over.
STOP_WORDS = word_list(
    "a an and are as at by de del des di du et for from in into is it la le no of off on or out over per s "
    "than that the to und up using via von vs with you your"
)

#: Words with which hardly any long form begins.
_POOR_STARTS = word_list("a an and are it is of that the")
#: Words with which none ends.
_POOR_ENDS = word_list("a an and are as at by for from is of or that the than to with your")

_STOP_COST = 0.1
_NUMBER_COST = 0.4
_PART_COST = 0.5
_WORD_COST = 1.5
_COMMA_COST = 0.5
_MID_WORD_START = 0.6
_POOR_START = 0.7
_NEXT_LETTER = 0.5
_INNER_LETTER = 1.0
_LATE_LETTER = 1.2
_SOUND = 0.3
#: A short form that a longer one takes in whole, as IPAM does IP.
_WHOLE_WORD = 0.1
_MOVED_DIGITS = 0.1
_DROPPED_DIGITS = 0.8
_UNSETTLED_END = 0.5

#: What no fit may cost more than; the second where a word is as long as the name of a chemical.
_LIMIT = 2.5
_CHEMICAL_LIMIT = 3.5
_CHEMICAL = re.compile(r"[^\W\d_]{16}")
#: What the fit of a short form without capitals may cost.
_LOWER_CASE = 0.15
_LOWER_CASE_COMPOUND = 1.2

_FAR = 1e9

#: Short forms in small letters that are words; `i.e.` and the like come with dots.
_LITTLE_WORDS = STOP_WORDS | word_list(
    "am be do go he hi if me my so us we ok can may not but all any one see new old yes few too also e.g i.e "
    "a.k.a a.m p.m c.f n.b q.v et.al"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]\.?")

_FILE_NAME = re.compile(r"\w\.\w\w|\w\w\.\w")
_CODE = re.compile(r"[=`{}<>$\\]|\w_\w|[a-z]\.[A-Za-z]")
_CHUNK = re.compile(r"[^\w/&-]+")

_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}s?(?![a-zß-öø-ÿ])|[^\W\d_a-zß-öø-ÿ]?[a-zß-öø-ÿ]+|\d+|[^\W_]")
_JOINTS = frozenset("-\u2010\u2011'\u2019_+&")
_SPELT = {
    "1": ("one", "first"),
    "2": ("to", "two", "too", "second"),
    "3": ("three", "third"),
    "4": ("for", "four", "fourth"),
    "x": ("ex", "cross", "trans"),
    "&": ("and",),
}
_GREEK = {
    "\u03b1": "alpha",
    "\u03b2": "beta",
    "\u03b3": "gamma",
    "\u03b4": "delta",
    "\u03b5": "epsilon",
    "\u03b6": "zeta",
    "\u03ba": "kappa",
    "\u03bb": "lambda",
    "\u03bc": "mu",
    "\u03c0": "pi",
    "\u03c3": "sigma",
    "\u03c4": "tau",
    "\u03c6": "phi",
    "\u03c9": "omega",
}
_NUMERONYM = re.compile(r"([a-z])(\d{1,2})([a-z])")
_REPEATS = re.compile(r"([a-z])([2-4])")


class Word(NamedTuple):
    """A word, or the part of one between hyphens or humps; `gap` is what stands before it."""

    start: int
    end: int
    text: str
    joined: bool
    gap: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A run of the text that a short form fits, and how badly."""

    start: int
    end: int
    cost: float


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Split `text[start:end]` into words in lower case."""
    found: list[Word] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        gap = text[last : match.start()]
        joined = bool(found) and (
            not gap or (gap[0] in _JOINTS and len(gap.strip()) == 1 and gap[-1:] != ",")
        )
        word = match[0].lower()
        found.append(Word(match.start(), match.end(), _GREEK.get(word, word), joined, gap.strip()))
        last = match.end()
    return found


def letters_of(short: str) -> str:
    """Return what of a short form has to be found in the long one."""
    return "".join(_GREEK.get(char, char)[0] for char in short.lower() if char.isalnum() or char == "&")


def is_short(token: str) -> bool:
    """Tell whether a token can be a short form: 2 to 10 letters and digits, no number and no small word."""
    if _DOTTED.fullmatch(token):
        return token.rstrip(".").lower() not in _LITTLE_WORDS
    size = sum(map(str.isalnum, token))
    letters = sum(map(str.isalpha, token))
    if not 2 <= size <= 10 or not letters or (letters == 1 and (token[0].isdigit() or size > 3)):
        return False
    if _FILE_NAME.search(token) or (token[1:2] in {"/", "."} and len(token) < 5):
        return False
    return token.lower() not in _LITTLE_WORDS or token.isupper()


def base_of(token: str) -> str:
    """Return a short form without its plural ending."""
    return token[:-1] if len(token) > 2 and token[-1] == "s" and token[-2].isupper() else token


def is_good(fit: Fit, text: str, short: str, tolerance: float) -> bool:
    """Tell whether a fit is a definition and not chance, nor the short form once more.

    `tolerance` is what the fit may cost for each letter of the short form.
    """
    long = text[fit.start : fit.end]
    limit = _CHEMICAL_LIMIT if _CHEMICAL.search(long) else _LIMIT
    if fit.cost > min(most_for(short, tolerance), limit) or _CODE.search(long):
        return False
    if len(long) <= len(short) + 1 or short in _CHUNK.split(long) or _is_clipped(short, long):
        return False
    if short.islower() and not short.isalpha():
        return fit.cost <= _LOWER_CASE_COMPOUND
    if short.isalpha() and (short.islower() or short[1:].islower()):
        return fit.cost <= _LOWER_CASE and _words_apart(long) and (len(short) > 2 or fit.cost == 0)
    return is_phrase(long) and not (long.isupper() and " " not in long)


def most_for(short: str, tolerance: float) -> float:
    """Return what a fit may cost in all if it may cost `tolerance` for each letter of the short form."""
    return min(tolerance * sum(map(str.isalnum, short)), _CHEMICAL_LIMIT)


def is_phrase(long: str) -> bool:
    """Tell whether a text can be a long form: no half of a quotation, no small word at its ends."""
    first, *_, last = long.split() * 2
    return first not in _POOR_STARTS and last not in _POOR_ENDS and long.count('"') % 2 == 0


def _is_clipped(short: str, long: str) -> bool:
    """Tell a word that was cut off (`Config`, `RegExp`) from letters that were picked out."""
    return len(short) > 4 and short.isalpha() and long[:5].lower() == short[:5].lower()


def _words_apart(long: str) -> bool:
    return " " in long or "-" in long


def fit_before(short: str, words: Sequence[Word], most: float = _FAR) -> Fit | None:
    """Return the best fit among the runs that end with the last word.

    Fits that cost more than `most` are not looked for, so that another one of them or none may be returned.
    """
    return _best(short, words, at_start=False, settled=True, most=most)


def fit_within(short: str, words: Sequence[Word]) -> Fit | None:
    """Return the best fit among the runs that start with the first word and should end with the last."""
    return _best(short, words, at_start=True, settled=True)


def fit_after(short: str, words: Sequence[Word], most: float = _FAR) -> Fit | None:
    """Return the best fit among the runs that start with the first word, wherever they end.

    `most` is as for `fit_before`.
    """
    return _best(short, words, at_start=True, settled=False, most=most)


def fit_shuffled(short: str, words: Sequence[Word]) -> Fit | None:
    """Return the last words, when their initials are the letters of the short form in another order.

    Small words are passed over: `disease of the X type 2` is as good as `type 2 X disease`.
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
    short: str, words: Sequence[Word], *, at_start: bool, settled: bool, most: float = _FAR
) -> Fit | None:
    if not words:
        return None
    best: Fit | None = None
    for letters, extra in _variants(letters_of(short)):
        search = _Search(letters, words, settled=settled, most=most)
        for first in range(1 if at_start else len(words)):
            if _price(letters[0], words[first].text) is None:
                continue
            cost, last = search.cost(0, first)
            cost += extra
            if words[first].text in _POOR_STARTS:
                cost += _POOR_START
            if words[first].joined and first > 0 and not words[first - 1].text.isdigit():
                cost += _MID_WORD_START
            if cost < _FAR and (best is None or cost <= best.cost):
                best = Fit(words[first].start, words[last].end, cost)
    return _numeronym(letters_of(short), words, at_start=at_start) or best


def _variants(letters: str) -> list[tuple[str, float]]:
    """Return the readings of the letters: `s3` may be three words with s, and digits may say nothing."""
    if not letters:
        return []
    readings = [(letters, 0.0)]
    if not letters.isalpha():
        repeated = _REPEATS.sub(lambda match: match[1] * int(match[2]), letters)
        if repeated != letters:
            readings.append((repeated, 0.0))
        bare = re.sub(r"\d", "", letters)
        if len(bare) > 1 and len(letters) - len(bare) < 3:
            readings.append((re.sub(r"\D", "", letters) + bare, _MOVED_DIGITS))
            readings.append((bare, _DROPPED_DIGITS))
    return readings


def _numeronym(letters: str, words: Sequence[Word], *, at_start: bool) -> Fit | None:
    """Fit `k8s`: the first and last letter of a word and how many are left out between them."""
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
    """Return the price of taking `letter` for the start of `word`, None when that cannot be."""
    if word[0] == letter:
        return 0.0
    if letter in _SPELT and word.startswith(_SPELT[letter]):
        return _SOUND if letter == "x" else 0.0
    return None


class _Search:
    """The cheapest way to find letters in words, remembered for each letter and word.

    Ways that cost more than `most` may be given up.
    """

    __slots__ = ("_known", "_letters", "_most", "_settled", "_words")

    def __init__(self, letters: str, words: Sequence[Word], *, settled: bool, most: float) -> None:
        self._most = most
        self._letters = letters
        self._words = words
        self._settled = settled
        self._known: dict[tuple[int, int], tuple[float, int]] = {}

    def cost(self, index: int, at: int) -> tuple[float, int]:
        """Return the cost of the letters from `index` on, the first being in word `at`, and the last word."""
        key = index, at
        if key not in self._known:
            self._known[key] = self._work_out(index, at)
        return self._known[key]

    def _work_out(self, index: int, at: int) -> tuple[float, int]:
        price = _price(self._letters[index], self._words[at].text)
        return (_FAR, at) if price is None else self._take(index, at, 0, price)

    def _late(self, index: int, at: int) -> tuple[float, int]:
        """Return the cost when the first of the letters is inside word `at`, as O is in "carbon monoxide"."""
        if self._most < _LATE_LETTER:
            return _FAR, at
        letters, word = self._letters, self._words[at].text
        found = word.find(letters[index], 1)
        if found < 0 or len(word) < 6 or not letters[index].isalpha():
            return _FAR, at
        return self._take(index, at, found, _LATE_LETTER)

    def _take(self, index: int, at: int, position: int, spent: float) -> tuple[float, int]:
        """Go through a word that has letter `index` at `position` and see how many more to take from it."""
        letters, word = self._letters, self._words[at].text
        best = _FAR, at
        taken = 1
        while True:
            here = index + taken
            if taken == len(word) > 1 and word not in STOP_WORDS:
                spent = _WHOLE_WORD
            if here == len(letters):
                roomy = _is_roomy(word, taken, position, alone=index == 0)
                return min(best, (spent + self._tail(at), at)) if roomy else best
            if spent <= self._most and _is_roomy(word, taken, position, alone=False):
                rest, last = self._continue(here, at + 1)
                best = min(best, (spent + rest, last))
            found = word.find(letters[here], position + 1)
            in_number = word.isdigit() and found == position + 1
            if found < 0 or (letters[here].isdigit() and not in_number):
                return best
            if not in_number:
                spent += _NEXT_LETTER if found == position + 1 else _INNER_LETTER
            position = found
            taken += 1

    def _continue(self, index: int, at: int) -> tuple[float, int]:
        """Find the next word for a letter; every word passed over costs."""
        best = _FAR, at
        skipped = 0.0
        while at < len(self._words) and skipped < 3.5 and skipped <= self._most:
            word = self._words[at]
            if "," in word.gap or ";" in word.gap:
                skipped += _COMMA_COST
            for rest, last in (self.cost(index, at), self._late(index, at)):
                best = min(best, (skipped + rest, last))
            skipped += _skip(word)
            at += 1
        return best

    def _tail(self, at: int) -> float:
        """Return the price of leaving out the words behind the last one that is used."""
        behind = self._words[at + 1 :]
        if not behind:
            return 0.0
        if not self._settled:
            return 0.0 if behind[0].gap else _UNSETTLED_END
        if behind[0].gap == "/":
            return _PART_COST
        return sum(map(_skip, behind)) + 0.2


def _is_roomy(word: str, taken: int, position: int, *, alone: bool) -> bool:
    """Tell whether a word is long enough to hold the letters up to `position` for more than chance."""
    if alone:
        return len(word) >= max(8, 2.6 * taken) and (taken > 2 or len(word) - position > 3)
    return position == taken - 1 or len(word) >= 2 * taken


def _skip(word: Word) -> float:
    if word.text in STOP_WORDS:
        return _STOP_COST
    if word.text.isdigit():
        return _NUMBER_COST
    return _PART_COST if word.joined or word.gap == "/" else _WORD_COST
