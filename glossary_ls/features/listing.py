"""Listing terms, for a view of the glossary: all that are in force, those of a query, those of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, starmap
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation
from glossary_ls.analysis.runs import Summary
from glossary_ls.base.model import Definition
from glossary_ls.base.text import Span
from glossary_ls.features.render import plain
from glossary_ls.features.symbols import workspace_symbols

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, KeysView, Mapping, Sequence

    from glossary_ls.analysis.chunks import Portion
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention, Term
    from glossary_ls.glossary.index import Glossary

#: Where a sentence ends.
_SENTENCE = re.compile(r"(?<=[.!?])\s")

#: What Markdown is made of; most texts have none, and there are many terms in a list.
_MARK = re.compile(r"[\\*_`~\[#]")

#: In characters.
_LONGEST_SUMMARY = 200

#: Of a term that a document names more often, the first places are told.
MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class DocumentTerm:
    """A term or an acronym of the document's own: where the document names it, ascending, and how often.

    `spans` are the first ones, at most `MOST_PLACES`.
    """

    meaning: Term | Definition
    spans: tuple[Span, ...]
    count: int


def terms_of(glossaries: Collection[Glossary], query: str = "", most: int | None = None) -> tuple[Term, ...]:
    """Return the terms of several glossaries by name; with a query those that fit it, the closest first.

    With `most` there are no more than that.
    """
    if query.strip():
        return tuple(found.term for found in workspace_symbols(glossaries, query, most))
    terms = {id(term): term for glossary in glossaries for term in glossary.terms}
    return tuple(sorted(terms.values(), key=lambda term: (term.name.casefold(), term.name))[:most])


def count_of(glossaries: Iterable[Glossary]) -> int:
    """Return how many terms several glossaries have together."""
    tables = [glossary.terms for glossary in glossaries]
    # The documents of a workspace share one glossary, as a rule.
    return len(tables[0]) if len(tables) == 1 else len(set(map(id, chain.from_iterable(tables))))


def document_terms(document: Document, at: int | None = None) -> tuple[DocumentTerm, ...]:
    """Return what a document names, in the order of the first mention; with `at` only what stands there.

    An acronym that it spells out itself counts as its own where the glossary has no term for it.
    """
    analysis = document.analysis
    places: dict[int, list[_Places]] = {}
    meanings: dict[int, Term | Definition] = {}
    for found in analysis.summary(_MENTIONED).values():
        start, mention = found.first
        term = disambiguation.fitting(document, mention.shifted(start)).term
        meanings[id(term)] = term
        places.setdefault(id(term), []).append(found.places)
    own = {
        definition.short: definition
        for definition in reversed(analysis.meanings)
        if not document.glossary.senses(definition.short)
    }
    for short, several in _used(document, own.keys()).items():
        meanings[id(own[short])] = own[short]
        places[id(own[short])] = [_joined(several)]
    rows = (_document_term(meanings[number], several) for number, several in places.items())
    if at is not None:
        rows = (row for row in rows if _stands_at(row.meaning, document, at))
    return tuple(sorted(rows, key=lambda each: each.spans[0].start))


def _document_term(meaning: Term | Definition, several: Iterable[_Places]) -> DocumentTerm:
    placed = [(start + span.start, start + span.end) for places in several for start, span in places.first]
    spans = starmap(Span, sorted(placed)[:MOST_PLACES])
    return DocumentTerm(meaning, tuple(spans), sum(places.number for places in several))


def _stands_at(meaning: Term | Definition, document: Document, offset: int) -> bool:
    if isinstance(meaning, Definition):
        near = document.analysis.around(offset)
        uses = (
            use.span.shifted(start)
            for start, scanned in near
            for use in scanned.candidates
            if use.base == meaning.short
        )
        return any(span.touches(offset) for span in uses)
    mention = document.analysis.mention_at(offset)
    return mention is not None and disambiguation.fitting(document, mention).term is meaning


class _Places(NamedTuple):
    """How many places there are, and the first of them, each with the offset that it counts from."""

    number: int
    first: tuple[tuple[int, Span], ...]


class _Mentioned(NamedTuple):
    """Where a name with the same senses stands, and its first mention with the offset that it counts from."""

    first: tuple[int, Mention]
    places: _Places


def _mentioned(portion: Portion, text: str) -> Mapping[tuple[object, ...], _Mentioned]:
    placed: dict[tuple[object, ...], list[tuple[int, Mention]]] = {}
    for start, scanned in portion.placed():
        for mention in scanned.mentions:
            name = mention.span.shifted(start).of(text), *map(id, mention.senses)
            placed.setdefault(name, []).append((start, mention))
    return {
        name: _Mentioned(found[0], _places([(start, mention.span) for start, mention in found]))
        for name, found in placed.items()
    }


def _joined_mentioned(
    parts: Iterable[tuple[int, Mapping[tuple[object, ...], _Mentioned]]], _text: str
) -> Mapping[tuple[object, ...], _Mentioned]:
    firsts: dict[tuple[object, ...], tuple[int, Mention]] = {}
    places: dict[tuple[object, ...], list[tuple[int, _Places]]] = {}
    for start, names in parts:
        for name, found in names.items():
            firsts.setdefault(name, (start + found.first[0], found.first[1]))
            places.setdefault(name, []).append((start, found.places))
    return {name: _Mentioned(first, _joined(places[name])) for name, first in firsts.items()}


def _used(document: Document, shorts: KeysView[str]) -> Mapping[str, list[tuple[int, _Places]]]:
    """Return where a document uses some acronyms, by portion."""
    found: dict[str, list[tuple[int, _Places]]] = {}
    for start, bases in document.analysis.facts(_candidates):
        for short in shorts & bases.keys():
            found.setdefault(short, []).append((start, bases[short]))
    return found


def _candidates(portion: Portion, _text: str) -> Mapping[str, _Places]:
    placed: dict[str, list[tuple[int, Span]]] = {}
    for start, scanned in portion.placed():
        for candidate in scanned.candidates:
            placed.setdefault(candidate.base, []).append((start, candidate.span))
    return {base: _places(found) for base, found in placed.items()}


def _places(found: Sequence[tuple[int, Span]]) -> _Places:
    return _Places(len(found), tuple(found[:MOST_PLACES]))


def _joined(several: Iterable[tuple[int, _Places]]) -> _Places:
    count = 0
    first: list[tuple[int, Span]] = []
    for start, places in several:
        if len(first) < MOST_PLACES:
            first += [(start + local, span) for local, span in places.first[: MOST_PLACES - len(first)]]
        count += places.number
    return _Places(count, tuple(first))


_MENTIONED = Summary(_mentioned, _joined_mentioned)


def summary_of(term: Term) -> str:
    """Return what a term means as plain text on one line: its summary, or the start of its definition."""
    text = term.summary or term.definition
    if _MARK.search(text):
        text = plain(text)
    text = " ".join(text.split())
    sentence = _SENTENCE.split(text, maxsplit=1)[0]
    return sentence if len(sentence) <= _LONGEST_SUMMARY else sentence[: _LONGEST_SUMMARY - 1] + "\u2026"
