"""References: every place that names the term under the cursor, and the highlights in one document.

A place counts for the best sense of what is written there. In glossary files the references of other entries
and the words of their texts count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.checks.senses import fitting
from glossary_ls.features.definition import entry_location
from glossary_ls.features.library import Location, same
from glossary_ls.features.subject import content, in_glossary_file, subject_at
from glossary_ls.matching.fold import fold_wide, words
from glossary_ls.matching.inflection import plurals
from glossary_ls.readers.outline import REFERENCES, Role, outline
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.features.library import Library
    from glossary_ls.features.subject import Subject
    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Term
    from glossary_ls.text import Text

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A place in the document at hand."""

    span: Span


def references(
    document: Document, offset: int, library: Library, *, declaration: bool = True
) -> tuple[Location, ...]:
    """Return the places that name what stands at `offset`; with `declaration`, its entry as well."""
    subject = subject_at(document, offset)
    if subject is None:
        return ()
    if not subject.senses:
        return tuple(Location("", span, span) for span in _own_uses(document, subject))
    term = subject.senses[0]
    found = list(uses(document, term, library))
    place = entry_location(term, library) if declaration else None
    if place is not None:
        found.insert(0, Location(place.path, place.name, place.name))
    return tuple(dict.fromkeys(found))


def uses(document: Document, term: Term, library: Library) -> Iterator[Location]:
    """Yield the places that name a term, its own entry left out: documents first, then glossary files."""
    for source in library.sources(document, first_words(term)):
        for mention in source.mentions:
            if mention.senses[0] is term or same(mention.senses[0], term):
                yield Location(source.path, mention.span, mention.span)
    for path in library.glossaries():
        text = library.text(path)
        for span in in_glossary(text, term, library.glossary_of(path)) if text else ():
            yield Location(path, span, span)


def highlights(document: Document, offset: int) -> tuple[Highlight, ...]:
    """Return where this document names what stands at `offset`, ascending."""
    subject = subject_at(document, offset)
    if subject is None:
        return ()
    if not subject.senses:
        return tuple(map(Highlight, _own_uses(document, subject)))
    term = subject.senses[0]
    found = {subject.span}
    if in_glossary_file(document):
        found.update(in_glossary(document.text, term, document.glossary))
        place = term.origin if term.origin and term.origin.path == document.path else None
        entry = outline(document.text).entry_from(place.span.start) if place else None
        if entry:
            found.add(content(entry.name))
    else:
        analysis = document.analysis
        for start, scanned in zip(analysis.starts, analysis.blocks, strict=False):
            for each in scanned.mentions:
                if any(sense is term for sense in each.senses):
                    mention = fitting(document, each.shifted(start))
                    if mention.term is term:
                        found.add(mention.span)
    return tuple(map(Highlight, sorted(found)))


def in_glossary(text: Text, term: Term, glossary: Glossary) -> Iterator[Span]:
    """Yield where the entries of a glossary file name a term, apart from the names of its own entry."""
    candidates = first_words(term)
    if not mentions_any(text.source, candidates):
        return
    for entry in outline(text).entries:
        for value in entry.values:
            if value.role in REFERENCES and mentions_any(value.text, candidates):
                best = glossary.term(value.text)
                if best is not None and same(best, term):
                    yield content(value)
            elif value.role is Role.TEXT and mentions_any(value.span.of(text.source), candidates):
                yield from _in_text(value.span, text, term, glossary)


def _in_text(span: Span, text: Text, term: Term, glossary: Glossary) -> Iterator[Span]:
    """Yield where a text of an entry names a term, line by line: in between stands indentation."""
    for line in _LINE.finditer(text.source, span.start, span.end):
        for hit in glossary.find(line.group()):
            if same(glossary.senses_of(hit)[0], term):
                yield Span(hit.start, hit.end).shifted(line.start())


def first_words(term: Term) -> frozenset[str]:
    """Return words in lower case of which a text that names the term holds at least one."""
    found: set[str] = set()
    for name in (*term.names, term.expansion):
        parts = words(name)
        if parts:
            found.add(parts[0])
            if len(parts) == 1:
                found.update(plurals(parts[0]))
    return frozenset(found)


def mentions_any(source: str, candidates: frozenset[str]) -> bool:
    """Tell whether a text holds one of some words in lower case, if only within another word."""
    folded = source.lower() if source.isascii() else fold_wide(source)
    return any(word in folded for word in candidates)


def _own_uses(document: Document, subject: Subject) -> Iterator[Span]:
    """Yield the uses of an acronym that only the document itself defines."""
    if subject.own is not None:
        for candidate in document.analysis.candidates:
            if candidate.base == subject.own.short:
                yield candidate.span
