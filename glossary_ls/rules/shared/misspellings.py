"""Misspellings: the known acronym that an unknown one may be a misspelling of.

Two acronyms that differ in one letter are usually just two acronyms, so a suggestion needs further evidence.
This module must not know any rule.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum, auto
from itertools import islice
from string import ascii_uppercase
from typing import TYPE_CHECKING

from glossary_ls.base.text import common_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document


class Slip(Enum):
    """The kinds of a single typing error."""

    SWAP = auto()
    OTHER_LETTER = auto()
    LETTER_TOO_MANY = auto()
    LETTER_TOO_FEW = auto()


#: How many letters the shorter of both words must have: more for errors that are likelier coincidences.
_SHORTEST = {Slip.SWAP: 3, Slip.OTHER_LETTER: 5, Slip.LETTER_TOO_MANY: 4, Slip.LETTER_TOO_FEW: 4}


#: Acronyms of fewer letters are all one letter away from a known one.
_FEWEST_LETTERS = 4
_MOST_SIMILAR = 2


class Known:
    """The known acronyms of a document with the number of their uses, to be compared with unknown ones."""

    def __init__(self, uses: Mapping[str, int]) -> None:
        self.uses = uses
        self._by_form: dict[str, list[str]] = {}
        for name in filter(str.isalpha, uses):
            for form in _shortened(name):
                self._by_form.setdefault(form, []).append(name)

    def near(self, base: str) -> set[str]:
        """Return the acronyms that may be one slip away: they share a form with a letter left out."""
        return {name for form in _shortened(base) for name in self._by_form.get(form, ())}


def _shortened(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def known_here(document: Document, is_explained: Callable[[str], bool]) -> Known:
    """Return the acronyms that a document defines or uses and that are defined anywhere."""
    uses: Counter[str] = Counter()
    for _, counts in document.analysis.facts(_uses):
        uses.update(counts)
    known = {base: count for base, count in uses.items() if is_explained(base)}
    return Known({**{definition.short: 1 for definition in document.analysis.meanings}, **known})


def _uses(chunk: Chunk, _text: str) -> Counter[str]:
    return Counter(candidate.base for scanned in chunk.blocks for candidate in scanned.candidates)


def meant(base: str, uses: int, known: Known, document: Document) -> str:
    """Return the acronym that an unknown one is probably a misspelling of, or an empty string.

    It is one of the same document that is used as often or more; or one of a glossary that differs by a swap
    of two letters, which is a common typing error and rare between two real acronyms.
    """
    if len(base) < 3 or not base.isalpha():
        return ""
    here = [
        other
        for other in known.near(base)
        if known.uses[other] >= uses
        and (kind := slip(base, other))
        and min(len(base), len(other)) >= _SHORTEST[kind]
    ]
    if here:
        return min(here, key=lambda other: (slip(base, other) is not Slip.SWAP, -known.uses[other], other))
    if uses > 1:
        return ""
    return next((other for other in _swapped(base) if _is_name(document, other)), "")


def slip(wrong: str, right: str) -> Slip | None:
    """Return the single typing error between two words; None for equal ones and larger differences."""
    if wrong == right or abs(len(wrong) - len(right)) > 1 or not right.isalpha():
        return None
    start = common_prefix(wrong, right)
    rest, wanted = wrong[start:], right[start:]
    if rest[:2] == wanted[1::-1] and len(rest) > 1 and rest[2:] == wanted[2:]:
        return Slip.SWAP
    if rest[1:] == wanted[1:] and rest and wanted:
        return Slip.OTHER_LETTER
    # An extra letter at the end makes another acronym rather than an error: LDAP and LDAPS.
    if rest[1:] == wanted and wanted:
        return Slip.LETTER_TOO_MANY
    if rest == wanted[1:] and rest:
        return Slip.LETTER_TOO_FEW
    return None


def _swapped(base: str) -> list[str]:
    pairs = range(len(base) - 1)
    return [base[:at] + base[at + 1] + base[at] + base[at + 2 :] for at in pairs if base[at] != base[at + 1]]


def _is_name(document: Document, name: str) -> bool:
    return any(name in term.names for term in document.glossary.exact(name))


def similar(acronym: str, document: Document) -> list[str]:
    """Return the acronyms of the glossary that are one slip away from an unknown one, the likeliest first."""
    if not acronym.isascii() or not acronym.isupper():
        return []
    known = (name for name in dict.fromkeys(_slips(acronym)) if _is_name(document, name))
    return list(islice(known, _MOST_SIMILAR))


def _slips(acronym: str) -> Iterator[str]:
    """Yield what may have been meant: two letters were exchanged, or one is too many, wrong or lost."""
    yield from _swapped(acronym)
    if len(acronym) < _FEWEST_LETTERS:
        return
    splits = [(acronym[:at], acronym[at:]) for at in range(len(acronym) + 1)]
    # Of four letters only a doubled one may be too many: SLLO may be SLO, but OTLP is not OTP.
    long = len(acronym) > _FEWEST_LETTERS
    yield from (head + tail[1:] for head, tail in splits if tail and (long or head[-1:] == tail[0]))
    yield from (head + letter + tail[1:] for head, tail in splits if tail for letter in ascii_uppercase)
    yield from (head + letter + tail for head, tail in splits for letter in ascii_uppercase)
