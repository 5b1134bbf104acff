"""Rule `unknown-acronym`: an acronym that neither the document nor a glossary defines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.classify import is_unknown, plain_words
from glossary_ls.base import memo
from glossary_ls.base.model import READABLE, Problem, Severity, TextEdit
from glossary_ls.rules.shared import misspellings, undefined
from glossary_ls.rules.shared.fix import DocumentChange, Fix, FixKind
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk, ScannedBlock
    from glossary_ls.analysis.document import Document
    from glossary_ls.analysis.harvest import Found
    from glossary_ls.base.model import Candidate
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.rules.shared.fix import Target

CODE = "unknown-acronym"
SEVERITY = Severity.INFORMATION
SUMMARY = "An acronym that neither the document nor a glossary defines."

#: The version at the end of `TLSv1`.
_VERSION = re.compile(r"v[0-9]$")


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each acronym without any definition."""
    unknowns = [unknown for unknown in find(document) if not elsewhere(document, unknown.base)]
    if not unknowns:
        return
    known = misspellings.known_here(document, _explained(document.analysis, document.settings.accept))
    for unknown in unknowns:
        count = unknown.count
        uses = f" ({count} uses)" if count > 1 else ""
        meant = misspellings.meant(unknown.base, count, known, document)
        ending = unknown.first.text[len(unknown.base) :]
        guess = f"; did you mean '{meant}'?" if meant else ""
        yield Problem(
            CODE,
            f"'{unknown.base}' is not defined in this document or any glossary{uses}{guess}",
            unknown.first.span,
            SEVERITY,
            Undefined(unknown.base, meant=f"{meant}{ending}" if meant else ""),
        )


def fixes(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer known acronyms that it may be a misspelling of, and what is offered for an undefined acronym."""
    data = problem.data
    if isinstance(data, Undefined):
        ending = problem.span.of(document.text.source)[len(data.acronym) :]
        similar = (name + ending for name in misspellings.similar(data.acronym, document))
        for new in dict.fromkeys((data.meant, *similar) if data.meant else similar):
            change = DocumentChange((TextEdit(problem.span, new),))
            preferred = new == data.meant
            yield Fix(f"Did you mean '{new}'?", FixKind.FIX, change, (problem,), preferred)
        yield from undefined.fixes(problem, document, targets)


def elsewhere(document: Document, base: str) -> tuple[Found, ...]:
    """Return the definitions of an acronym in other documents of the workspace, the nearest first."""
    return document.elsewhere(base) or document.elsewhere(_VERSION.sub("", base))


@dataclass(frozen=True, slots=True)
class Unknown:
    """An acronym without a definition, and its uses that a reader reads, by chunk.

    Each group has the offset that its spans count from; none is empty.
    """

    base: str
    groups: tuple[tuple[int, tuple[Candidate, ...]], ...]

    @property
    def count(self) -> int:
        """The number of its uses."""
        return sum(len(group) for _, group in self.groups)

    @property
    def first(self) -> Candidate:
        """The first use."""
        start, group = self.groups[0]
        return group[0].shifted(start)

    @property
    def uses(self) -> tuple[Candidate, ...]:
        """Every use, ascending."""
        return tuple(use.shifted(start) for start, group in self.groups for use in group)


def find(document: Document) -> tuple[Unknown, ...]:
    """Return the acronyms that neither a document nor its glossary defines, in the order of first use."""
    return _find(document.analysis, document.settings.accept, document.vocabulary)


@memo.about
def _find(analysis: Analysis, accept: frozenset[str], vocabulary: Vocabulary) -> tuple[Unknown, ...]:
    is_explained, is_plain_word = _explained(analysis, accept), _plain_words(analysis)
    groups: dict[str, list[tuple[int, Group]]] = {}
    for start, tokens in analysis.facts(unexplained):
        for base, group in tokens.items():
            groups.setdefault(base, []).append((start, group))
    found: list[Unknown] = []
    for base, many in groups.items():
        if not is_explained(base):
            uses = [use for _, group in many for use in group.uses]
            if is_unknown(base, uses, is_plain_word, vocabulary):
                found.append(Unknown(base, tuple((start, group.read) for start, group in many if group.read)))
    return tuple(sorted(found, key=lambda unknown: unknown.first.span))


def outside_terms(document: Document) -> Iterator[Candidate]:
    """Yield the candidates that are not a part of a mention, as KV is in `KV cache`."""
    analysis = document.analysis
    for start, scanned in zip(analysis.starts, analysis.blocks, strict=False):
        for candidate in _outside_terms(scanned):
            yield candidate.shifted(start)


def _outside_terms(scanned: ScannedBlock) -> Iterator[Candidate]:
    starts = [mention.span.start for mention in scanned.mentions]
    for candidate in scanned.candidates:
        nearest = bisect_right(starts, candidate.span.start) - 1
        if nearest < 0 or scanned.mentions[nearest].span.end < candidate.span.start + len(candidate.base):
            yield candidate


class Group(NamedTuple):
    """The uses of an acronym in a chunk, and those of them that a reader reads."""

    uses: tuple[Candidate, ...]
    read: tuple[Candidate, ...]


def unexplained(chunk: Chunk, _text: str) -> Mapping[str, Group]:
    """Return the candidates of a chunk by base, without those that the glossary of the chunk defines."""
    is_known = cache(partial(_is_in, chunk.glossary))
    found: dict[str, list[Candidate]] = {}
    for start, scanned in chunk.placed():
        for candidate in _outside_terms(scanned):
            if not is_known(candidate.base):
                found.setdefault(candidate.base, []).append(candidate.shifted(start))
    return {
        base: Group(tuple(uses), tuple(use for use in uses if use.kind in READABLE))
        for base, uses in found.items()
    }


def _explained(analysis: Analysis, accept: frozenset[str]) -> Callable[[str], bool]:
    own = {definition.short for definition in analysis.meanings}
    own |= {short.upper() for short in own if len(short) > 2}

    def is_explained(base: str) -> bool:
        return (
            any(form in accept or form in own for form in _forms(base))
            or _is_in(analysis.glossary, base)
            or (len(base) > 2 and base.upper() in own)
        )

    return is_explained


def _is_in(glossary: Glossary, base: str) -> bool:
    return any(glossary.senses(form) for form in _forms(base))


def _forms(base: str) -> Iterator[str]:
    """Yield an acronym, then without a version, then without a plural ending in capitals."""
    yield base
    if _VERSION.search(base):
        yield base[:-2]
    if len(base) > 3 and base[-1] == "S":
        yield base[:-1]


def _plain_words(analysis: Analysis) -> Callable[[str], bool]:
    chunks = analysis.facts(_plain_words_in)
    return lambda word: any(word in words for _, words in chunks)


def _plain_words_in(chunk: Chunk, _text: str) -> frozenset[str]:
    return plain_words(scanned.block.prose.text for scanned in chunk.blocks)
