"""Definition: the places that explain what the cursor is on.

The document's own definition comes first, then the entries of the glossary, the best sense first. For an
acronym that has neither, the definitions in other documents of the workspace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.text import Span
from glossary_ls.features.library import Location
from glossary_ls.features.symbol_at import subject_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.features.library import Library
    from glossary_ls.features.symbol_at import Subject


@dataclass(frozen=True, slots=True)
class Link:
    """A way from `origin`, a span of the document, to a place."""

    origin: Span
    target: Location


def definition(document: Document, offset: int, library: Library) -> tuple[Link, ...]:
    """Return the ways from what is at `offset` to its explanations."""
    subject = subject_at(document, offset)
    if subject is None:
        return tuple(_neighbors(document, offset))
    return tuple(Link(subject.span, place) for place in _locations(document, subject, offset, library))


def entry_location(term: Term, library: Library) -> Location | None:
    """Return where the entry of a term is in its file; None when the file is gone."""
    found = library.locate(term)
    if found is None or library.text(found.file.path) is None:
        return None
    return Location(found.file.path, found.placed.span, found.placed.name.content)


def _locations(document: Document, subject: Subject, offset: int, library: Library) -> Iterator[Location]:
    entries = tuple(place for term in subject.senses if (place := entry_location(term, library)))
    if subject.own is not None:
        first, second = sorted((subject.own.short_span, subject.own.long_span))
        place = Location("", Span(first.start, max(first.end, second.end)), subject.own.short_span)
        # In a glossary that is a document, the entry itself may be the definition.
        is_entry = any(entry.path == document.path and entry.name == place.name for entry in entries)
        # From the document's own definition, the glossary is the next step.
        if not entries or not (is_entry or place.span.touches(offset)):
            yield place
    yield from entries


def _neighbors(document: Document, offset: int) -> Iterator[Link]:
    """Yield where other documents spell out an acronym that nobody explains here, the nearest first."""
    if candidate := document.analysis.candidate_at(offset):
        for found in document.definitions_elsewhere(candidate.base):
            yield Link(candidate.span, Location(found.path, found.span, found.span))
