"""The words of a long form, and the letters of a short form.

This module must not know how they are aligned, nor where in a text they may be.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from glossary_ls.acronyms.phrases import SKIPPED
from glossary_ls.acronyms.spaced import ALNUM, UNSPACED, Spaced
from glossary_ls.acronyms.tokens import is_quantity
from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

#: Words that initials usually skip.
STOP_WORDS = word_set(
    "a an and are as at by for from in into is it no of off on or out over per s "
    "than that the to up using via vs with you your"
) | (SKIPPED - {"die"})

#: Lower-case tokens that are words or Latin abbreviations, not short forms.
_LITTLE_WORDS = STOP_WORDS | word_set(
    "am be do go he hi if me my so us we ok can may not but all any one see new old yes few too also ex eg "
    "ie e.g i.e a.k.a a.m p.m c.f n.b q.v et.al"
)
_DOTTED = lazily(r"(?:[^\W\d_]\.){1,6}[^\W\d_]\.?")

_FILE_NAME = lazily(r"\w\.\w\w|\w\w\.\w")

_WORD = Spaced(rf"[A-ZÀ-ÖØ-Þ]{{2,}}s?(?![a-zß-öø-ÿ])|[^\W\d_a-zß-öø-ÿ{UNSPACED}]?[a-zß-öø-ÿ]+|\d+|{ALNUM}")
#: A word of ASCII letters or digits, which is searched faster.
ASCII_WORD = lazily(r"[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|\d+|[A-Z]")
_JOINTS = frozenset("-\u2010\u2011'\u2019_+&")
#: What joins the parts of `poly(A)-binding`.
_JOINT_AFTER_BRACKET = ")-"
_GREEK_LETTERS = "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03ba\u03bb\u03bc\u03c0\u03c3\u03c4\u03c6\u03c9"
GREEK_NAMES = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "kappa", "lambda", "mu", "pi", "sigma", "tau"),
    *("phi", "omega"),
)
_GREEK = dict(zip(_GREEK_LETTERS, GREEK_NAMES, strict=True))
#: The Latin letters with diacritics, and those without.
_BARE = {
    code: bare
    for code in range(0xDF, 0x180)
    if (bare := unicodedata.normalize("NFD", chr(code))[0]).isascii() and bare.islower()
}


class Word(NamedTuple):
    """A word, or a part of a compound or camelCase word; `gap` is the text between it and the word before.

    `joined`: it continues the word before.
    """

    start: int
    end: int
    text: str
    joined: bool
    gap: str


def folded(text: str) -> str:
    """Return a text in lower case without the diacritics of Latin letters; its length stays."""
    return text if text.isascii() else text.translate(_BARE)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words of `text[start:end]` in lower case."""
    found: list[Word] = []
    last = start
    pattern = ASCII_WORD if text.isascii() else _WORD
    for match in pattern.finditer(text, start, end):
        gap = text[last : match.start()]
        joined = bool(found) and (
            not gap
            or (gap[0] in _JOINTS and len(gap.strip()) == 1 and gap[-1:] != ",")
            or gap == _JOINT_AFTER_BRACKET
        )
        word = folded(match[0].lower())
        found.append(Word(match.start(), match.end(), _GREEK.get(word, word), joined, gap.strip()))
        last = match.end()
    return found


def letters_of(short: str) -> str:
    """Return the letters, digits and `&` of a short form, which the long form has to contain."""
    letters = folded(short.lower())
    if letters.isascii() and letters.isalnum():
        return letters
    return "".join(_GREEK.get(char, char)[0] for char in letters if char.isalnum() or char == "&")


@memo.recent(2048)
def is_short(token: str) -> bool:
    """Return whether a token can be a short form, which is no number, quantity or common word.

    It has 2 to 10 letters and digits, with a hyphen up to 15.
    """
    if token.isalpha() and token.isupper():
        return 2 <= len(token) <= 10
    if _DOTTED.fullmatch(token):
        return token.rstrip(".").lower() not in _LITTLE_WORDS
    size = sum(map(str.isalnum, token))
    letters = sum(map(str.isalpha, token))
    most = 15 if "-" in token else 10
    if not 2 <= size <= most or not letters or (letters == 1 and (token[0].isdigit() or size > 3)):
        return False
    if is_quantity(token) or _FILE_NAME.search(token) or (token[1:2] in {"/", "."} and len(token) < 5):
        return False
    return token.lower() not in _LITTLE_WORDS or token.isupper()


def base_of(token: str) -> str:
    """Return a short form without a plural ending."""
    return token[:-1] if len(token) > 2 and token[-1] == "s" and token[-2].isupper() else token
