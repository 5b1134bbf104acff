"""Symbols: the terms of a glossary file for its outline, and those of all glossaries by a query.

An outline has the terms in the order of the file: with a container for each topic, a term with two topics
would stand in it twice.
"""

from __future__ import annotations

import re
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
    """Return the terms one of whose names holds `query`, the closest first.

    When there is none, those that hold its characters in their order.
    """
    wanted = key(query)
    rows = [row for glossary in glossaries for row in glossary.names]
    found = [(_rank(wanted, row[0]), row) for row in rows if wanted in row[0]]
    if not found:
        in_order = re.compile(".*?".join(map(re.escape, wanted)))
        found = [((len(row[0]), 0), row) for row in rows if in_order.search(row[0])]
    best: dict[int, Term] = {}
    for _, (_, _, term) in sorted(found, key=lambda each: (each[0], each[1][0])):
        if term.origin is not None:
            best.setdefault(id(term), term)
        if len(best) == _MOST_FOUND:
            break
    return tuple(FoundTerm(term, _container(term)) for term in best.values())


def _rank(wanted: str, name: str) -> tuple[int, int]:
    """Return how well a name fits, the best lowest: as a whole, by its start, by a word, by its inside."""
    if name.startswith(wanted):
        return (0 if name == wanted else 1), len(name)
    return (2 if f" {wanted}" in name else 3), len(name)


def _container(term: Term) -> str:
    glossary = term.origin.glossary or term.origin.path.rpartition("/")[2] if term.origin else ""
    return " \u00b7 ".join((glossary, *term.topics))
