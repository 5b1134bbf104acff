"""What the documents of a folder use, as sums that can be added up in any order and grouping.

`merged` is associative and commutative, and `Coverage()` is its identity, so that the documents can be
divided among processes or machines. Each document must be in one part only. The size of a sum grows with the
documents by their findings alone; of the places of a term, a few are kept.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glossary_ls.base.dataclass import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_Key = TypeVar("_Key")

#: How many documents are kept for each term, and how many definitions for each acronym.
MOST_SPOTS = 10
MOST_DEFINITIONS = 3


class Explained(StrEnum):
    """Where a document's reader finds what a term means; the order is that of reports."""

    IN_DOCUMENT = "in_document"
    LATE = "late"
    GLOSSARY = "glossary"
    NOT_EXPANDED = "not_expanded"
    NOWHERE = "unexplained"


class EntryId(NamedTuple):
    """An entry: the path of its glossary (as `portable` returns it), its name and its expansion."""

    glossary: str
    name: str
    expansion: str = ""


class Use(NamedTuple):
    """A term in a document; `line` is the one of its first use, from 1."""

    name: str
    explained: Explained
    uses: int
    line: int


class Spot(NamedTuple):
    """A document that uses a term, how often, and the line of the first use, from 1."""

    path: str
    line: int
    uses: int


class Defined(NamedTuple):
    """A definition of an acronym in a document; `line` counts from 1."""

    path: str
    line: int
    long: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often, and in how many documents, a term is used; `spots` are those with the most uses."""

    uses: int = 0
    documents: int = 0
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """One document: its uses of terms, and how many different terms are explained in which way.

    `findings` are the terms that a writer may want to explain: those that are `LATE`, `NOT_EXPANDED` or
    explained `NOWHERE`, in the order of their first use.
    """

    path: str
    uses: int
    terms: Mapping[Explained, int]
    findings: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sum over some documents, which are ordered by path.

    `entries` has the uses of each entry, `acronyms` those of the acronyms that nothing explains, and
    `definitions` where documents define acronyms.
    """

    documents: tuple[DocumentCoverage, ...] = ()
    entries: Mapping[EntryId, Tally] = field(default_factory=dict)
    acronyms: Mapping[str, Tally] = field(default_factory=dict)
    definitions: Mapping[str, tuple[Defined, ...]] = field(default_factory=dict)


def merged(parts: Iterable[Coverage]) -> Coverage:
    """Return the sum of some parts."""
    found = tuple(parts)
    definitions: dict[str, list[Defined]] = {}
    for part in found:
        for short, many in part.definitions.items():
            definitions.setdefault(short, []).extend(many)
    return Coverage(
        tuple(sorted(chain.from_iterable(part.documents for part in found), key=lambda each: each.path)),
        _added(part.entries for part in found),
        _added(part.acronyms for part in found),
        {short: tuple(sorted(set(many))[:MOST_DEFINITIONS]) for short, many in sorted(definitions.items())},
    )


def total(rows: Iterable[Mapping[Explained, int]]) -> Mapping[Explained, int]:
    """Return the sums of counts, in the order of reports."""
    sums: Counter[Explained] = Counter()
    for row in rows:
        sums.update(row)
    return {each: sums[each] for each in Explained}


def share(terms: Mapping[Explained, int]) -> float:
    """Return the percentage of terms that the document or a glossary explains: 100 if there are no terms."""
    number = sum(terms.values())
    return 100 * (number - terms.get(Explained.NOWHERE, 0)) / number if number else 100.0


def _added(parts: Iterable[Mapping[_Key, Tally]]) -> Mapping[_Key, Tally]:
    grouped: dict[_Key, list[Tally]] = {}
    for part in parts:
        for name, tally in part.items():
            grouped.setdefault(name, []).append(tally)
    return {name: tallies[0] if len(tallies) == 1 else _sum(tallies) for name, tallies in grouped.items()}


def _sum(tallies: Iterable[Tally]) -> Tally:
    uses, documents = 0, 0
    spots: list[Spot] = []
    for tally in tallies:
        uses += tally.uses
        documents += tally.documents
        spots += tally.spots
    spots.sort(key=lambda spot: (-spot.uses, spot.path))
    return Tally(uses, documents, tuple(spots[:MOST_SPOTS]))
