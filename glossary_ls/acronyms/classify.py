"""Classifying candidates: which of them are undefined acronyms.

A candidate is classified once per document: it is in a word list, or a series, or else the `evidence` of its
shape and its uses decides. Precision comes before recall: a false report costs more trust than a missing
one. This module must not know where definitions are stored, nor how problems are reported.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.acronyms import evidence
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import READABLE, RegionKind
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.base.model import Candidate
    from glossary_ls.markup.prose import Prose

#: One letter and digits, or digits inside a word, is a model, a version or a grade rather than an acronym.
_SERIES = lazily(r"[A-Za-z]?[0-9]+|[A-Za-z]+[0-9]{2,}[A-Za-z]*|[a-z][0-9]+[a-z]|[A-Z][0-9]+s")

#: A version at the end of a name.
_VERSION = lazily(r"v?[0-9]+$")
#: An acronym of this length is rarely a plural in capitals of another token: HSTS is none of a time zone.
_SHORT = 4
_VERSIONED = lazily(r"[A-Z][a-z]{0,2}[A-Z]+[a-z]?v[0-9]")
#: A word that is not all capitals, nor part of an identifier or a path.
_PLAIN_WORD = lazily(r"(?<![\w./@#$-])[^\W\d_][^\W\d_A-Z]+(?![\w/-]|\.\w)")

#: The least score of an acronym: for reports, where precision comes first; and for a text without other
#: sources, in which capitals are hardly used for emphasis.
STRICT = 0.6
LENIENT = -1.3


@dataclass(frozen=True, slots=True)
class Unknown:
    """An undefined acronym, and its uses in prose."""

    base: str
    uses: tuple[Candidate, ...]


def unknown_acronyms(
    candidates: Iterable[Candidate],
    is_explained: Callable[[str], bool],
    lower_uses: Callable[[str], int],
    vocabulary: Vocabulary,
    threshold: float = STRICT,
) -> tuple[Unknown, ...]:
    """Return the undefined acronyms in the order of their first use.

    `is_explained` returns whether an acronym is defined or accepted, `lower_uses` how often the document has
    a lower-case word. An acronym in the text of a link is reported there only if it is not used elsewhere.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.base, []).append(candidate)
    found = [
        Unknown(base, _readable(uses))
        for base, uses in groups.items()
        if not is_explained(base) and is_unknown(base, uses, lower_uses, vocabulary, threshold)
    ]
    return tuple(sorted(found, key=lambda unknown: unknown.uses[0].span))


def is_unknown(
    base: str,
    uses: Collection[Candidate],
    lower_uses: Callable[[str], int],
    vocabulary: Vocabulary,
    threshold: float = STRICT,
) -> bool:
    """Return whether an undefined token is an acronym, by all its uses in a document, in any order.

    `lower_uses` is as for `unknown_acronyms`; `threshold` is the least score.
    """
    found = evidence_for(base, uses, lower_uses, vocabulary)
    return bool(found) and evidence.score(found) >= threshold


def evidence_for(
    base: str, uses: Collection[Candidate], lower_uses: Callable[[str], int], vocabulary: Vocabulary
) -> Mapping[str, float]:
    """Return the evidence on a token with some uses, or nothing if it is something else beyond doubt."""
    readable = _readable(uses)
    if not readable or _is_listed(base, vocabulary) or _is_numbered(uses):
        return {}
    if any("named" in use.signs for use in uses):
        return {}
    if not (base.isalpha() or _VERSIONED.fullmatch(base)) and _SERIES.fullmatch(base):
        return {}
    in_code = any(use.kind is RegionKind.CODE_INLINE for use in uses)
    return evidence.values_of(base, readable, lower_uses, vocabulary, in_code=in_code)


def _readable(uses: Collection[Candidate]) -> tuple[Candidate, ...]:
    """Return the uses in prose, or if there are none, those in links."""
    read = tuple(use for use in uses if use.kind in READABLE)
    return read or tuple(use for use in uses if use.kind is RegionKind.LINK)


def plain_words(proses: Iterable[Prose]) -> Counter[str]:
    """Return how often some texts use each ordinary word, in lower case, outside code and links."""
    words = (
        _PLAIN_WORD.findall(prose.text, flat, flat + length)
        for prose in proses
        for flat, _, length, kind, _ in prose.pieces
        if kind in READABLE
    )
    return Counter(map(str.lower, chain.from_iterable(words)))


def _is_listed(base: str, vocabulary: Vocabulary) -> bool:
    """Return whether the token is in a word list of non-acronyms."""
    if base in vocabulary.not_acronyms or base in vocabulary.names:
        return True
    stem = _VERSION.sub("", base)
    if base[-1] == "S" and (len(base) > _SHORT or base[:-1].lower() in vocabulary.english):
        stem = base[:-1]
    if stem != base and _is_listed(stem, vocabulary):
        return True
    return len(base) > 3 and base.lower() in _folded(vocabulary.names)


def _is_numbered(uses: Iterable[Candidate]) -> bool:
    """Return whether the token is the name of a series, used with several numbers (`ABC 101`, `ABC 213`)."""
    numbers = {use.after for use in uses}
    return len(numbers) > 1 and all(number.isdigit() and len(number) > 2 for number in numbers)


@memo.recent(8)
def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.lower, names))
