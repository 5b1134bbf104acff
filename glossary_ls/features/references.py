"""References: every place that names the term under the cursor, and the highlights in one document.

A place counts for the best sense of what is written there. In glossary files the references of other entries
and the words of their texts count too.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.dataclass import replace
from glossary_ls.features.definition import entry_location
from glossary_ls.features.library import Source
from glossary_ls.features.occurrences import finding, in_glossary, spans_in
from glossary_ls.features.symbol_at import subject_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span
    from glossary_ls.features.library import Library, Step
    from glossary_ls.features.symbol_at import Subject


def references(
    document: Document, offset: int, library: Library, *, declaration: bool = True
) -> Iterator[Step]:
    """Return a walk over what names the thing at `offset`; with `declaration`, its entry comes first.

    It is about the documents that are open as they are now.
    """
    subject = subject_at(document, offset)
    if subject is None:
        return iter(())
    if not subject.senses:
        return iter((Source(document.path, document.text, tuple(_own_uses(document, subject))),))
    term = subject.senses[0]
    found = uses(document, term, library)
    place = entry_location(term, library) if declaration else None
    text = library.text(place.path) if place else None
    return _after(Source(place.path, text, (place.name,)), found) if place and text else found


def uses(document: Document, term: Term, library: Library) -> Iterator[Step]:
    """Return a walk over what names a term, its own entry left out: documents first, then glossary files.

    It is about the documents that are open as they are now.
    """
    return chain(library.sources(document, term), _in_glossaries(document, term, library))


def _in_glossaries(document: Document, term: Term, library: Library) -> Iterator[Step]:
    for path in library.glossaries_around(document):
        file = library.glossary_file(path) if path else None
        if path is None or file is None:
            yield None
        else:
            for found in finding(file, term, library.glossary_of(path)):
                yield Source(path, file.text, tuple(span for span, _ in found)) if found else None


def _after(entry: Source, steps: Iterable[Step]) -> Iterator[Step]:
    yield entry
    for step in steps:
        if isinstance(step, Source) and step.path == entry.path:
            # By an anchor of YAML the name of an entry can be a reference to it.
            yield replace(step, spans=tuple(span for span in step.spans if span not in entry.spans))
        else:
            yield step


def highlights(document: Document, offset: int) -> tuple[Span, ...] | None:
    """Return where this document names what is at `offset`, ascending; None if that names no term."""
    subject = subject_at(document, offset)
    if subject is None:
        return None
    if not subject.senses:
        return tuple(_own_uses(document, subject))
    term = subject.senses[0]
    file = glossary_file_of(document)
    if file is None:
        found = spans_in(document, term)
        return found if subject.span in found else tuple(sorted((*found, subject.span)))
    spans = {subject.span, *(span for span, _ in in_glossary(file, term, document.glossary))}
    placed = file.locate(term)
    if placed and placed not in file.kept:
        spans.add(placed.name.content)
    return tuple(sorted(spans))


def _own_uses(document: Document, subject: Subject) -> Iterator[Span]:
    """Yield the uses of an acronym that only the document itself defines."""
    if subject.own is not None:
        for candidate in document.analysis.candidates:
            if candidate.base == subject.own.short:
                yield candidate.span
