"""Classifying candidates: which of them are undefined acronyms.

A candidate is classified once per document, by its shape, the word lists and its uses. Precision comes before
recall: a false report costs more trust than a missing one. This module must not know where definitions are
stored, nor how problems are reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.model import READABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.base.model import Candidate

_SERIES = re.compile(r"[A-Za-z]*[0-9]+|[A-Za-z]+[0-9]{2,}[A-Za-z]*|[a-z][0-9]+[a-z]|[A-Z][0-9]+s")
_VERSIONED = re.compile(r"[A-Z][a-z]{0,2}[A-Z]+[a-z]?v[0-9]")
#: A word that is not all capitals, nor part of an identifier or a path.
_PLAIN_WORD = re.compile(r"(?<![\w./@#$-])[^\W\d_][a-z]{2,}(?![\w/-]|\.\w)")
_VOWELS = frozenset("AEIOUY")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The evidence that is needed to classify a token in capitals as an acronym.

    `uses` is the number of uses of a short English word in capitals; a token that is not an English word is
    one if it has up to `length` letters.
    """

    uses: int
    length: int


#: High precision, for reports.
STRICT = Thresholds(uses=3, length=5)

#: High recall, for a text without other sources, in which capitals are hardly used for emphasis.
LENIENT = Thresholds(uses=1, length=8)

#: A shorter word can be both English and an acronym.
_LONG_WORD = 5


@dataclass(frozen=True, slots=True)
class Unknown:
    """An undefined acronym, and its uses in prose."""

    base: str
    uses: tuple[Candidate, ...]


def unknown_acronyms(
    candidates: Iterable[Candidate],
    is_explained: Callable[[str], bool],
    is_plain_word: Callable[[str], bool],
    vocabulary: Vocabulary,
    thresholds: Thresholds = STRICT,
) -> tuple[Unknown, ...]:
    """Return the undefined acronyms in the order of their first use.

    `is_explained` returns whether an acronym is defined or accepted, `is_plain_word` whether the document
    also has a lower-case word as an ordinary word.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.base, []).append(candidate)
    found = [
        Unknown(base, tuple(use for use in uses if use.kind in READABLE))
        for base, uses in groups.items()
        if not is_explained(base) and is_unknown(base, uses, is_plain_word, vocabulary, thresholds)
    ]
    return tuple(sorted(found, key=lambda unknown: unknown.uses[0].span))


def is_unknown(
    base: str,
    uses: Collection[Candidate],
    is_plain_word: Callable[[str], bool],
    vocabulary: Vocabulary,
    thresholds: Thresholds = STRICT,
) -> bool:
    """Return whether an undefined token is an acronym, by all its uses in a document, in any order.

    `is_plain_word` is as for `unknown_acronyms`.
    """
    if _is_listed(base, vocabulary):
        return False
    read = tuple(use for use in uses if use.kind in READABLE)
    return (
        bool(read)
        and not any(use.named for use in uses)
        and not _is_numbered(uses)
        and _is_acronym(base, read, vocabulary.english, thresholds)
        and not (len(base) > 2 and is_plain_word(base.lower()))
    )


def plain_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the ordinary words of some texts, in lower case."""
    return frozenset(word.lower() for text in texts for word in _PLAIN_WORD.findall(text))


def _is_listed(base: str, vocabulary: Vocabulary) -> bool:
    """Return whether the token is in a word list of non-acronyms."""
    if base in vocabulary.not_acronyms or base in vocabulary.names:
        return True
    return len(base) > 3 and base.lower() in _folded(vocabulary.names)


def _is_acronym(
    base: str, uses: tuple[Candidate, ...], english: frozenset[str], thresholds: Thresholds
) -> bool:
    """Return whether a token that is in no list is an acronym, by its shape and uses."""
    if not base.isalpha():
        return _VERSIONED.fullmatch(base) is not None or _SERIES.fullmatch(base) is None
    return not base.isupper() or _are_initials(base, uses, english, thresholds)


def _are_initials(
    base: str, uses: tuple[Candidate, ...], english: frozenset[str], thresholds: Thresholds
) -> bool:
    """Return whether a token in capitals is an acronym, not an emphasized word."""
    if base.lower() in english:
        unemphasized = sum(not _is_capital(use.before) and not _is_capital(use.after) for use in uses)
        return len(base) < _LONG_WORD and (_is_plural(uses) or unemphasized >= thresholds.uses)
    if all(_is_beside_capitals(use, english) for use in uses):
        return False
    if len(base) == 2:
        return any(_is_in_sentence(use) for use in uses)
    if len(base) <= thresholds.length:
        return not all(_is_in_name(use) for use in uses)
    return _is_plural(uses) or not _VOWELS.intersection(base)


def _is_numbered(uses: Iterable[Candidate]) -> bool:
    """Return whether the token is the name of a series, used with several numbers (`ABC 101`, `ABC 213`)."""
    numbers = {use.after for use in uses}
    return len(numbers) > 1 and all(number.isdigit() and len(number) > 2 for number in numbers)


def _is_plural(uses: tuple[Candidate, ...]) -> bool:
    return any(use.plural for use in uses)


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_beside_capitals(use: Candidate, english: frozenset[str]) -> bool:
    """Return whether an adjacent word is in capitals, English, and too long for an acronym."""
    least = 4 if len(use.base) > 3 else 5
    return any(
        len(word) >= least and word.isupper() and word.lower() in english for word in (use.before, use.after)
    )


def _is_in_name(use: Candidate) -> bool:
    """Return whether a hyphen joins the token to a name, as in `Model4-XYZ`."""
    return use.joined and (_is_mixed(use.before) or _is_mixed(use.after))


def _is_mixed(part: str) -> bool:
    return part[:1].isalpha() and not part.isalpha()


def _is_in_sentence(use: Candidate) -> bool:
    """Return whether two capitals are used as a word, not as part of a name."""
    if use.plural:
        return True
    if use.joined and len(use.before) == 2 and use.before.islower():
        return False  # a locale, such as en-GB
    return not any(_is_title(word) or word[-1:].isdigit() for word in (use.before, use.after))


def _is_title(word: str) -> bool:
    return word[:1].isupper() and not word.isupper() and word not in _OPENERS


_OPENERS = frozenset(
    ("The", "A", "An", "This", "That", "Each", "Every", "Our", "Your", "No", "In", "For", "If")
)


@memo.recent(8)
def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.lower, names))
