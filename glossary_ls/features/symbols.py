"""Symbols: the terms of a glossary file for its outline, and those of all glossaries by a query.

An outline has the terms in the order of the file: with a container for each topic, a term with two topics
would stand in it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.features.subject import content, in_glossary_file, term_of
from glossary_ls.glossary import key
from glossary_ls.model import Status
from glossary_ls.readers.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.document import Document
    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Term
    from glossary_ls.text import Span

#: How many terms a query gives; who looks for more types on.
_MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Symbol:
    """A term in a glossary file: its entry, its name in it, and what it stands for."""

    name: str
    detail: str
    span: Span
    selection: Span
    deprecated: bool


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term that fits a query, and the glossary that holds it."""

    term: Term
    container: str


def document_symbols(document: Document) -> tuple[Symbol, ...]:
    """Return the terms of a glossary file in its order; other documents have none."""
    if not in_glossary_file(document):
        return ()
    found: list[Symbol] = []
    for entry in outline(document.text).entries:
        term = term_of(document, entry)
        detail = (term.expansion or term.summary) if term else ""
        deprecated = term is not None and term.status is Status.DEPRECATED
        found.append(Symbol(entry.name.text, detail, entry.span, content(entry.name), deprecated))
    return tuple(found)


def workspace_symbols(glossaries: Iterable[Glossary], query: str) -> tuple[FoundTerm, ...]:
    """Return the terms whose names hold the characters of `query` in their order, the closest first."""
    wanted = key(query)
    ranked: dict[int, tuple[tuple[int, int, str], Term]] = {}
    for glossary in glossaries:
        for term in glossary.terms:
            ranks = [rank for name in (*term.names, term.expansion) if (rank := _rank(wanted, key(name)))]
            if ranks and id(term) not in ranked:
                ranked[id(term)] = (min(ranks), term)
    best = sorted(ranked.values(), key=lambda row: (row[0], row[1].name.lower()))
    return tuple(FoundTerm(term, _container(term)) for _, term in best[:_MOST_FOUND] if term.origin)


def _rank(wanted: str, name: str) -> tuple[int, int, str] | None:
    """Return how well a name fits, the best lowest: whole, start, start of a word, inside, by letters."""
    if not name:
        return None
    if wanted == name:
        return 0, 0, name
    if name.startswith(wanted):
        return 1, len(name), name
    if f" {wanted}" in name:
        return 2, len(name), name
    at = name.find(wanted)
    if at >= 0:
        return 3, at, name
    rest = iter(name)
    return (4, len(name), name) if all(character in rest for character in wanted) else None


def _container(term: Term) -> str:
    glossary = term.origin.glossary or term.origin.path.rpartition("/")[2] if term.origin else ""
    return " \u00b7 ".join((glossary, *term.topics))
