"""Rule `unknown-acronym`: an acronym that neither the document nor a glossary defines."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache, partial
from typing import TYPE_CHECKING

from glossary_ls.acronyms.classify import plain_words, unknown_acronyms
from glossary_ls.acronyms.definitions import explained_by
from glossary_ls.analysis.chunks import readable_text
from glossary_ls.base import memo
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.rules.shared import misspellings, undefined
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.acronyms.classify import Unknown
    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk, ScannedBlock
    from glossary_ls.analysis.document import Document
    from glossary_ls.analysis.folder_definitions import FoundDefinition
    from glossary_ls.base.model import Candidate, Term
    from glossary_ls.glossary.index import Glossary

CODE = "unknown-acronym"
SEVERITY = Severity.INFORMATION
SUMMARY = "An acronym that neither the document nor a glossary defines."
fixes = undefined.fixes

#: The version at the end of `TLSv1` or `HTTP2`.
_VERSION = lazily(r"(?:(?<=..)v|(?<=[A-Z]{3}))[0-9]$")


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each acronym without any definition."""
    unknowns = [
        unknown
        for unknown in find(document)
        if not (bare_entry(document, unknown.base) or definitions_elsewhere(document, unknown.base))
    ]
    if not unknowns:
        return
    known = misspellings.meant_here(document, _explained(document.analysis, document.settings.accept))
    for unknown in unknowns:
        count, first = len(unknown.uses), unknown.uses[0]
        uses = f" ({count} uses)" if count > 1 else ""
        meant = misspellings.meant(unknown.base, count, known, document)
        ending = first.text[len(unknown.base) :]
        guess = f"; did you mean '{meant}'?" if meant else ""
        yield Problem(
            CODE,
            f"'{unknown.base}' is not defined{uses}{guess}",
            first.span,
            data=Undefined(unknown.base, meant=f"{meant}{ending}" if meant else ""),
        )


def definitions_elsewhere(document: Document, base: str) -> tuple[FoundDefinition, ...]:
    """Return the definitions of an acronym in other documents of the workspace, the nearest first."""
    return document.definitions_elsewhere(base) or document.definitions_elsewhere(_VERSION.sub("", base))


def bare_entry(document: Document, base: str) -> Term | None:
    """Return the best term of an unknown acronym that has an entry without an explanation."""
    return next((term for form in _forms(base) for term in document.glossary.senses(form)), None)


def find(document: Document) -> tuple[Unknown, ...]:
    """Return the acronyms that neither a document nor its glossary explains, in the order of first use."""
    return _find(document.analysis, document.settings.accept, document.vocabulary)


@memo.about
def _find(analysis: Analysis, accept: frozenset[str], vocabulary: Vocabulary) -> tuple[Unknown, ...]:
    uses = (
        use.shifted(start)
        for start, acronyms in analysis.facts(unexplained)
        for uses in acronyms.values()
        for use in uses
    )
    return unknown_acronyms(uses, _explained(analysis, accept), lower_uses(analysis), vocabulary)


def outside_terms(scanned: ScannedBlock) -> Iterator[Candidate]:
    """Yield the candidates of a block that are not a part of a mention, as KV is in `KV cache`.

    A mention of a term that is its name only explains nothing.
    """
    mentions = [each for each in scanned.mentions if not all(term.is_bare for term in each.senses)]
    starts = [mention.span.start for mention in mentions]
    for candidate in scanned.candidates:
        nearest = bisect_right(starts, candidate.span.start) - 1
        if nearest < 0 or mentions[nearest].span.end < candidate.span.start + len(candidate.base):
            yield candidate


def unexplained(chunk: Chunk, _text: str) -> Mapping[str, list[Candidate]]:
    """Return the candidates of a chunk by base, without those that the glossary of the chunk defines."""
    is_known = cache(partial(_is_in, chunk.glossary))
    found: dict[str, list[Candidate]] = {}
    for start, scanned in chunk.placed():
        for candidate in outside_terms(scanned):
            if not is_known(candidate.base):
                found.setdefault(candidate.base, []).append(candidate.shifted(start))
    return found


def _explained(analysis: Analysis, accept: frozenset[str]) -> Callable[[str], bool]:
    own = {form for definition in analysis.meanings for form in explained_by(definition.short)}
    own |= {short.upper() for short in own if len(short) > 2}

    def is_explained(base: str) -> bool:
        return (
            any(form in accept or form in own for form in _forms(base))
            or _is_in(analysis.glossary, base)
            or (len(base) > 2 and base.upper() in own)
        )

    return is_explained


def _is_in(glossary: Glossary, base: str) -> bool:
    return any(not term.is_bare for form in _forms(base) for term in glossary.senses(form))


def _forms(base: str) -> Iterator[str]:
    """Yield an acronym, then in letters of usual width, without a version, without a plural in capitals."""
    yield base
    if not base.isascii() and (usual := unicodedata.normalize("NFKC", base)) != base:
        yield from _forms(usual)
    if version := _VERSION.search(base):
        yield base[: version.start()]
    if len(base) > 3 and base[-1] == "S":
        yield base[:-1]


def lower_uses(analysis: Analysis) -> Callable[[str], int]:
    """Return a function for how often a document has a word in lower case, outside code and links."""

    def uses(word: str) -> int:
        # Words are counted in the few documents that may have one of those asked for.
        if word.isascii() and not any(_may_have(text, word) for _, text in analysis.facts(readable_text)):
            return 0
        return sum(words.get(word, 0) for _, words in analysis.facts(_plain_words_in))

    return uses


@memo.recent(4096)
def _may_have(text: str, word: str) -> bool:
    """Return, at little cost, whether a text may have an ASCII word in lower case, or with a capital.

    Remembered, because each version of a document asks for the same words, and most of its chunks are as
    they were.
    """
    return word.isalpha() and (word in text or word.capitalize() in text)


def _plain_words_in(chunk: Chunk, _text: str) -> Counter[str]:
    return plain_words(scanned.block.prose for scanned in chunk.blocks)
