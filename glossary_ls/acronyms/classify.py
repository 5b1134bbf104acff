"""Which of a document's candidates are acronyms that nobody explains.

A candidate is judged once for the whole document, by its shape, by the word lists and by how the document
uses it. Silence is the safe answer: a wrong report costs more trust than a missing one. The module gets the
findings of a scan handed in; it must not know where explanations are kept nor how a report looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary_ls.base.model import READABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.base.model import Candidate

_SERIES = re.compile(r"[A-Za-z]*[0-9]+|[A-Za-z]+[0-9]{2,}[A-Za-z]*|[a-z][0-9]+[a-z]|[A-Z][0-9]+s")
_VERSIONED = re.compile(r"[A-Z][a-z]{0,2}[A-Z]+[a-z]?v[0-9]")
#: A word that stands by itself and is not all capitals.
_PLAIN_WORD = re.compile(r"(?<![\w./@#$-])[^\W\d_][a-z]{2,}(?![\w/-]|\.\w)")
_VOWELS = frozenset("AEIOUY")


@dataclass(frozen=True, slots=True)
class Standard:
    """How much it takes to call capitals an acronym.

    `habit` is how often a document has to write a short English word in capitals, and never plain; up to
    `length` letters that are no English word are one unless something speaks against it.
    """

    habit: int
    length: int


#: Rather silent than wrong.
CAREFUL = Standard(habit=3, length=5)

#: For a text by itself, that is written with care and shouts at nobody.
OPEN = Standard(habit=1, length=8)

#: A shorter word can be both English and an acronym.
_LONG_WORD = 5


@dataclass(frozen=True, slots=True)
class Unknown:
    """An acronym without an explanation, and every place of it that a reader reads."""

    base: str
    uses: tuple[Candidate, ...]


def unknown_acronyms(
    candidates: Iterable[Candidate],
    is_explained: Callable[[str], bool],
    is_plain_word: Callable[[str], bool],
    vocabulary: Vocabulary,
    standard: Standard = CAREFUL,
) -> tuple[Unknown, ...]:
    """Return the unexplained acronyms in the order of their first use.

    `is_explained` tells of an acronym whether someone explains or accepts it; `is_plain_word` of a word in
    lower case whether the document also writes it as an ordinary word.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.base, []).append(candidate)
    found = [
        Unknown(base, tuple(use for use in uses if use.kind in READABLE))
        for base, uses in groups.items()
        if not is_explained(base) and is_unknown(base, uses, is_plain_word, vocabulary, standard)
    ]
    return tuple(sorted(found, key=lambda unknown: unknown.uses[0].span))


def is_unknown(
    base: str,
    uses: Collection[Candidate],
    is_plain_word: Callable[[str], bool],
    vocabulary: Vocabulary,
    standard: Standard = CAREFUL,
) -> bool:
    """Tell whether a token that nobody explains is an acronym, by all of its uses in a document.

    Where those stand does not matter. `is_plain_word` is as for `unknown_acronyms`.
    """
    if _is_listed(base, vocabulary):
        return False
    read = tuple(use for use in uses if use.kind in READABLE)
    return (
        bool(read)
        and not any(use.named for use in uses)
        and not _is_numbered(uses)
        and _is_acronym(base, read, vocabulary.english, standard)
        and not (len(base) > 2 and is_plain_word(base.lower()))
    )


def plain_words(texts: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that tells of a word in lower case whether the texts have it as an ordinary word."""
    whole = "\n".join(texts)

    def is_plain(word: str) -> bool:
        return any(_stands_alone(whole, form) for form in (word, word.capitalize()))

    return is_plain


def _stands_alone(text: str, word: str) -> bool:
    place = text.find(word)
    while place >= 0:
        match = _PLAIN_WORD.match(text, place)
        if match is not None and match.end() == place + len(word):
            return True
        place = text.find(word, place + 1)
    return False


def _is_listed(base: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word list says that the token is no acronym."""
    if base in vocabulary.not_acronyms or base in vocabulary.names:
        return True
    return len(base) > 3 and base.lower() in _folded(vocabulary.names)


def _is_acronym(base: str, uses: tuple[Candidate, ...], english: frozenset[str], standard: Standard) -> bool:
    """Tell by shape and use whether a token that no list knows is an acronym."""
    if not base.isalpha():
        return _VERSIONED.fullmatch(base) is not None or _SERIES.fullmatch(base) is None
    return not base.isupper() or _are_initials(base, uses, english, standard)


def _are_initials(
    base: str, uses: tuple[Candidate, ...], english: frozenset[str], standard: Standard
) -> bool:
    """Tell of nothing but capitals whether they are read letter by letter or shout a word."""
    if base.lower() in english:
        quiet = sum(not _is_capital(use.before) and not _is_capital(use.after) for use in uses)
        return len(base) < _LONG_WORD and (_is_plural(uses) or quiet >= standard.habit)
    if all(_is_shouted_along(use, english) for use in uses):
        return False
    if len(base) == 2:
        return any(_is_in_sentence(use) for use in uses)
    if len(base) <= standard.length:
        return not all(_is_in_name(use) for use in uses)
    return _is_plural(uses) or not _VOWELS.intersection(base)


def _is_numbered(uses: Iterable[Candidate]) -> bool:
    """Tell the name of a series, which is used with one number and another (`ABC 101`, `ABC 213`)."""
    numbers = {use.after for use in uses}
    return len(numbers) > 1 and all(number.isdigit() and len(number) > 2 for number in numbers)


def _is_plural(uses: tuple[Candidate, ...]) -> bool:
    return any(use.plural for use in uses)


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_shouted_along(use: Candidate, english: frozenset[str]) -> bool:
    """Tell whether a word beside the token is in capitals too, English, and too long for an acronym."""
    least = 4 if len(use.base) > 3 else 5
    return any(
        len(word) >= least and word.isupper() and word.lower() in english for word in (use.before, use.after)
    )


def _is_in_name(use: Candidate) -> bool:
    """Tell whether a hyphen ties the token to the name of a thing, as in `Model4-XYZ`."""
    return use.joined and (_is_mixed(use.before) or _is_mixed(use.after))


def _is_mixed(part: str) -> bool:
    return part[:1].isalpha() and not part.isalpha()


def _is_in_sentence(use: Candidate) -> bool:
    """Tell whether two capitals are used as a word, not as part of a name."""
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


@lru_cache(maxsize=8)
def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.lower, names))
