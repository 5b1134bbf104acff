"""Listing terms, for a view of the glossary: all that are in force, those of a query, those of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.checks import senses
from glossary_ls.features.render import plain
from glossary_ls.features.symbols import workspace_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.document import Document
    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Definition, Term
    from glossary_ls.text import Span

#: Where a sentence ends.
_SENTENCE = re.compile(r"(?<=[.!?])\s")

#: What Markdown is made of; most texts have none, and there are many terms in a list.
_MARK = re.compile(r"[\\*_`~\[#]")

#: In characters.
_LONGEST_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class DocumentTerm:
    """A term or an acronym of the document's own, and where the document names it, ascending."""

    meaning: Term | Definition
    spans: tuple[Span, ...]


def terms_of(glossaries: Iterable[Glossary], query: str = "", most: int | None = None) -> tuple[Term, ...]:
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


def document_terms(document: Document) -> tuple[DocumentTerm, ...]:
    """Return what a document names, in the order of the first mention.

    An acronym that it spells out itself counts as its own where the glossary has no term for it.
    """
    spans: dict[int, list[Span]] = {}
    meanings: dict[int, Term | Definition] = {}
    for mention in senses.mentions(document):
        meanings.setdefault(id(mention.term), mention.term)
        spans.setdefault(id(mention.term), []).append(mention.span)
    own = {definition.short: definition for definition in reversed(document.analysis.meanings)}
    for candidate in document.analysis.candidates:
        definition = own.get(candidate.base)
        if definition is not None and not document.glossary.senses(definition.short):
            meanings.setdefault(id(definition), definition)
            spans.setdefault(id(definition), []).append(candidate.span)
    found = (DocumentTerm(meanings[number], tuple(spans[number])) for number in meanings)
    return tuple(sorted(found, key=lambda each: each.spans[0]))


def summary_of(term: Term) -> str:
    """Return what a term means as plain text on one line: its summary, or the start of its definition."""
    text = term.summary or term.definition
    if _MARK.search(text):
        text = plain(text)
    text = " ".join(text.split())
    sentence = _SENTENCE.split(text, maxsplit=1)[0]
    return sentence if len(sentence) <= _LONGEST_SUMMARY else sentence[: _LONGEST_SUMMARY - 1] + "\u2026"
