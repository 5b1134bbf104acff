"""What is worth an entry, best first.

Acronyms are in the order of the documents that use them, then of their uses. Phrases are in the order of
their C-value times the binary logarithm of one more than the documents that use them. The C-value favors long
phrases, and counts uses within longer phrases less: K. Frantzi, S. Ananiadou and H. Mima, "Automatic
recognition of multi-word terms: the C-value/NC-value method", International Journal on Digital Libraries 3
(2000), section 2. This module must not know documents.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from math import log2
from typing import TYPE_CHECKING

from glossary_ls.analysis.expansions import agree
from glossary_ls.base.dataclass import dataclass
from glossary_ls.features.harvest.found import reliability
from glossary_ls.features.harvest.phrases import FEWEST, phrase_key, single
from glossary_ls.rules.shared.guessing import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.features.harvest.found import Acronym, Harvest, Phrase, Uses, Wording

#: How many uses an acronym and a phrase need.
FEWEST_ACRONYM, FEWEST_PHRASE = 1, 3

#: An acronym that every document defines which uses it needs an entry if it is used in as many documents.
_FEWEST_DEFINED = 2

#: The least share of the uses of a phrase that are behind an article, a preposition or a verb.
_NOMINAL = 0.1

#: From this share of its uses within one longer phrase on, a phrase is a fragment of that.
_FRAGMENT = 0.8


class Kind(StrEnum):
    """What kind of name is missing."""

    ACRONYM = "acronym"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that the glossary lacks, with the numbers and places of its uses.

    `wordings` are the long forms that an acronym may have, the most likely one first, which do not agree with
    each other. `entry` is the path of a glossary that has an entry without an explanation.
    """

    name: str
    kind: Kind
    uses: int
    documents: int
    places: Uses
    wordings: tuple[Wording, ...] = ()
    entry: str = ""

    @property
    def long(self) -> str:
        """The most likely long form, or an empty string."""
        return self.wordings[0].long if self.wordings else ""

    @property
    def is_conflict(self) -> bool:
        """Whether documents define the acronym differently."""
        return len(self.defined) > 1

    @property
    def defined(self) -> tuple[Wording, ...]:
        """The long forms that documents define."""
        return tuple(each for each in self.wordings if each.origin is Origin.WORKSPACE)


def missing_acronyms(harvest: Harvest, fewest: int | None = None) -> tuple[Missing, ...]:
    """Return the acronyms that the glossary lacks, best first; `fewest` is the least number of uses."""
    fewest = FEWEST_ACRONYM if fewest is None else fewest
    found = (
        Missing(name, Kind.ACRONYM, each.uses, each.documents, each.places, _wordings(each), each.entry)
        for name, each in harvest.acronyms.items()
        if each.uses >= fewest and (each.undefined or each.documents >= _FEWEST_DEFINED)
    )
    return tuple(sorted(found, key=lambda each: (-each.documents, -each.uses, each.name)))


def _wordings(acronym: Acronym) -> tuple[Wording, ...]:
    """Return the long forms that differ in their meaning; a guess only where nothing is defined."""
    kept: list[Wording] = []
    ordered = sorted(
        acronym.wordings.values(), key=lambda each: (reliability(each.origin), -each.documents, each.long)
    )
    for each in ordered:
        if each.origin is ordered[0].origin and not any(agree(each.long, other.long) for other in kept):
            kept.append(each)
    return tuple(kept)


def missing_phrases(harvest: Harvest, fewest: int | None = None) -> tuple[Missing, ...]:
    """Return the phrases that the glossary lacks, best first; `fewest` is the least number of uses."""
    fewest = FEWEST_PHRASE if fewest is None else fewest
    phrases = {name: each for name, each in harvest.phrases.items() if _is_likely(each, fewest)}
    spelled_out = {
        phrase_key(wording.long)
        for acronym in harvest.acronyms.values()
        for wording in acronym.wordings.values()
    }
    long_forms = {name: each for name, each in harvest.phrases.items() if name in spelled_out}
    longer = _containing(phrases | long_forms)
    scores = {
        name: _c_value(name, each.uses, longer.get(name, ())) * log2(1 + each.documents)
        for name, each in phrases.items()
        if name not in spelled_out and max(longer.get(name, ()), default=0) < _FRAGMENT * each.uses
    }
    ordered = sorted((-score, name) for name, score in scores.items() if score > 0)
    best = (phrases[name] for _, name in ordered)
    return tuple(
        Missing(_spelling(each), Kind.PHRASE, each.uses, each.documents, each.places) for each in best
    )


def _is_likely(phrase: Phrase, fewest: int) -> bool:
    return phrase.uses >= fewest and phrase.nominal >= max(1, _NOMINAL * phrase.uses)


def _containing(phrases: Mapping[str, Phrase]) -> Mapping[str, list[int]]:
    """Return for each phrase that is a part of longer ones how often these are used."""
    found: dict[str, list[int]] = {}
    for name, phrase in phrases.items():
        for part in _parts(name):
            if part in phrases:
                found.setdefault(part, []).append(phrase.uses)
    return found


def _parts(name: str) -> Iterator[str]:
    """Yield the shorter phrases in a phrase, each once."""
    words = name.split(" ")
    ranges = ((start, end) for start in range(len(words)) for end in range(start + FEWEST, len(words) + 1))
    yield from {single(" ".join(words[start:end])) for start, end in ranges} - {name}


def _c_value(name: str, uses: int, longer: Iterable[int]) -> float:
    counts = tuple(longer)
    nested = sum(counts) / len(counts) if counts else 0
    return log2(len(name.split(" "))) * (uses - nested)


def _spelling(phrase: Phrase) -> str:
    """Return the usual spelling, in the singular but for names; of several, that with the fewest capitals."""
    spellings: Counter[str] = Counter()
    for form, count in phrase.forms.items():
        is_name = form.rpartition(" ")[2][:1].isupper() and single(form) not in phrase.forms
        spellings[form if is_name else single(form)] += count
    return min(spellings, key=lambda each: (-spellings[each], sum(map(str.isupper, each)), each))
