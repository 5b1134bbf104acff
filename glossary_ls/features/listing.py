"""Listing terms for a view of the glossary: all terms, those that match a query, those of a document."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Definition
from glossary_ls.features.render import plain
from glossary_ls.features.symbols import workspace_symbols

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Contrast, Mention, Term
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Contents

#: Where a sentence ends.
_SENTENCE = re.compile(r"(?<=[.!?])\s")

#: The signs of Markdown; most texts have none, so that long lists are fast.
_MARK = re.compile(r"[\\*_`~\[#]")

#: In characters.
_LONGEST_SUMMARY = 200

#: How many places of a term are returned at most, the first ones.
MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class DocumentTerm:
    """A term, or an acronym that the document defines, with the number of its uses in the document.

    `spans` are those of the first uses, ascending, at most `MOST_PLACES`.
    """

    meaning: Term | Definition
    spans: tuple[Span, ...]
    count: int


def terms_of(glossaries: Collection[Glossary], query: str = "", most: int | None = None) -> tuple[Term, ...]:
    """Return at most `most` terms of several glossaries by name; with a query its matches, the best first."""
    if query.strip():
        return tuple(found.term for found in workspace_symbols(glossaries, query, most))
    terms = {id(term): term for glossary in glossaries for term in glossary.terms}
    return tuple(sorted(terms.values(), key=lambda term: (term.name.casefold(), term.name))[:most])


def counts_of(glossaries: Collection[Glossary]) -> dict[str, int]:
    """Return for each file, by its path, the number of its terms that `terms_of` returns.

    A term that a nearer glossary replaces does not count.
    """
    used = frozenset(id(term) for glossary in glossaries for term in glossary.terms)
    found: dict[str, frozenset[int]] = {}
    for file in chain.from_iterable(glossary.files for glossary in glossaries):
        found[file.path] = found.get(file.path, frozenset()) | (file.ids & used)
    return {path: len(ids) for path, ids in found.items()}


def relatives(term: Term, glossary: Glossary) -> tuple[str, ...]:
    """Return the names of other terms that an entry leads to, each once, as far as a glossary has them."""
    contrasts = (contrast.term for contrast in glossary.contrasts(term))
    names = dict.fromkeys((term.replaced_by, *contrasts, *term.related))
    return tuple(
        name for name in names if name and term not in glossary.senses(name) and glossary.senses(name)
    )


def comparisons(glossary: Glossary, file: Contents) -> tuple[tuple[str, Contrast], ...]:
    """Return the comparisons that a file of a glossary makes, each with its first term, in order of these."""
    telling = (term for term in file.telling if glossary.term(term.name) is not None)
    rows = [(term.name, contrast) for term in telling for contrast in term.contrasts]
    return tuple(sorted(rows, key=lambda row: row[0].casefold()))


def document_terms(document: Document, at: int | None = None) -> tuple[DocumentTerm, ...]:
    """Return the terms of a document, in the order of the first use; with `at` only what is there.

    An acronym that the document defines is among them if the glossary has no term for it.
    """
    analysis = document.analysis
    found: dict[object, tuple[Term | Definition, _Places]] = {}
    terms: dict[tuple[object, ...], Term] = {}
    for start, names in analysis.facts(_mentioned):
        for name, (first, places) in names.items():
            if name not in terms:
                terms[name] = disambiguation.fitting(document, first.shifted(start)).term
            found.setdefault(id(terms[name]), (terms[name], _Places()))[1].add(places, start)
    own = {
        definition.short: definition
        for definition in reversed(analysis.meanings)
        if not document.glossary.senses(definition.short)
    }
    for start, bases in analysis.facts(_candidates):
        for short in own.keys() & bases.keys():
            found.setdefault(short, (own[short], _Places()))[1].add(bases[short], start)
    rows = (DocumentTerm(meaning, places.first, places.count) for meaning, places in found.values())
    if at is not None:
        rows = (row for row in rows if _is_at(row.meaning, document, at))
    return tuple(sorted(rows, key=lambda each: each.spans[0].start))


def _is_at(meaning: Term | Definition, document: Document, offset: int) -> bool:
    if isinstance(meaning, Definition):
        near = document.analysis.blocks_near(offset)
        uses = (
            use.span.shifted(start)
            for start, scanned in near
            for use in scanned.candidates
            if use.base == meaning.short
        )
        return any(span.touches(offset) for span in uses)
    mention = document.analysis.mention_at(offset)
    return mention is not None and disambiguation.fitting(document, mention).term is meaning


class _Places:
    """Where something is named: how often, and the first places."""

    def __init__(self) -> None:
        self.count = 0
        self._spans: list[Span] = []

    def add(self, spans: Sequence[Span], start: int) -> None:
        """Add places that count from `start`."""
        self.count += len(spans)
        self._spans += (span.shifted(start) for span in spans[:MOST_PLACES])

    @property
    def first(self) -> tuple[Span, ...]:
        """The first places, ascending."""
        return tuple(sorted(self._spans)[:MOST_PLACES])


class _Mentioned(NamedTuple):
    """Where a name with the same senses is mentioned, and its first mention."""

    first: Mention
    places: list[Span]


def _mentioned(chunk: Chunk, text: str) -> Mapping[tuple[object, ...], _Mentioned]:
    found: dict[tuple[object, ...], _Mentioned] = {}
    for mention in chunk.mentions():
        name = mention.span.of(text), *map(id, mention.senses)
        found.setdefault(name, _Mentioned(mention, [])).places.append(mention.span)
    return found


def _candidates(chunk: Chunk, _text: str) -> Mapping[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for candidate in chunk.candidates():
        found.setdefault(candidate.base, []).append(candidate.span)
    return found


def summary_of(term: Term) -> str:
    """Return the summary of a term, or the start of its definition, as plain text on one line."""
    text = term.summary or term.definition
    if _MARK.search(text):
        text = plain(text)
    text = " ".join(text.split())
    sentence = _SENTENCE.split(text, maxsplit=1)[0]
    return sentence if len(sentence) <= _LONGEST_SUMMARY else sentence[: _LONGEST_SUMMARY - 1] + "\u2026"
