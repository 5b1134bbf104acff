"""What was found in some documents: the numbers and places that the ranking needs, for any set of documents.

The results of documents are merged by `merged`, which is associative and commutative: partial results can be
made anywhere and merged in any order. Everything can be pickled. This module must not know how anything is
found.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glossary_ls.rules.shared.guessing import Origin

#: How many places are kept: the first use in each of some documents.
MOST_PLACES = 3


class Use(NamedTuple):
    """A line of a document, counted from 1; the path is the one that the document was read with."""

    path: str
    line: int


Uses = tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A long form that an acronym may have, where it comes from, and the documents that say so.

    `where` names a source that is no document.
    """

    long: str
    origin: Origin
    documents: int
    places: Uses
    where: str = ""


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym: all uses, the documents that use it, and how many of these do not define it.

    `wordings` are by their texts in lower case. `entry` is the path of a glossary in which it has an entry
    without an explanation.
    """

    uses: int
    documents: int
    undefined: int
    places: Uses
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: all uses, the documents that use it, the uses behind an article or such, and spellings."""

    uses: int
    documents: int
    nominal: int
    places: Uses
    forms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What was found in a number of documents: acronyms by name, phrases by their keys."""

    documents: int = 0
    acronyms: Mapping[str, Acronym] = field(default_factory=dict)
    phrases: Mapping[str, Phrase] = field(default_factory=dict)


def merged(harvests: Iterable[Harvest]) -> Harvest:
    """Return what was found in several sets of documents that do not overlap."""
    number = 0
    acronyms: dict[str, Acronym] = {}
    phrases: dict[str, Phrase] = {}
    for harvest in harvests:
        number += harvest.documents
        for name, acronym in harvest.acronyms.items():
            known = acronyms.get(name)
            acronyms[name] = _both_acronyms(known, acronym) if known else acronym
        for key, phrase in harvest.phrases.items():
            other = phrases.get(key)
            phrases[key] = _both_phrases(other, phrase) if other else phrase
    return Harvest(number, acronyms, phrases)


def first_places(places: Iterable[Use]) -> Uses:
    """Return the places that are kept of many, which are in different documents."""
    return tuple(sorted(places)[:MOST_PLACES])


def _both_acronyms(one: Acronym, other: Acronym) -> Acronym:
    wordings = dict(one.wordings)
    for key, wording in other.wordings.items():
        known = wordings.get(key)
        wordings[key] = _both_wordings(known, wording) if known else wording
    return Acronym(
        one.uses + other.uses,
        one.documents + other.documents,
        one.undefined + other.undefined,
        first_places((*one.places, *other.places)),
        wordings,
        min(filter(None, (one.entry, other.entry)), default=""),
    )


def _both_wordings(one: Wording, other: Wording) -> Wording:
    """Return a long form with the documents of both; only those of the more reliable origin count."""
    if one.origin != other.origin:
        return min(one, other, key=lambda each: reliability(each.origin))
    return Wording(
        min(one.long, other.long),
        one.origin,
        one.documents + other.documents,
        first_places((*one.places, *other.places)),
        min(one.where, other.where),
    )


def _both_phrases(one: Phrase, other: Phrase) -> Phrase:
    return Phrase(
        one.uses + other.uses,
        one.documents + other.documents,
        one.nominal + other.nominal,
        first_places((*one.places, *other.places)),
        Counter(one.forms) + Counter(other.forms),
    )


def reliability(origin: Origin) -> int:
    """Return the rank of an origin of a guess, the most reliable one first."""
    return list(type(origin)).index(origin)
