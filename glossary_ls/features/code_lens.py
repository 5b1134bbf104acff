"""Code lenses: in a glossary file, how often each term is used.

Lenses are slim; the uses are counted when an editor shows one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.features.references import uses
from glossary_ls.features.subject import content, in_glossary_file, term_of
from glossary_ls.readers.outline import outline

if TYPE_CHECKING:
    from glossary_ls.document import Document
    from glossary_ls.features.library import Library, Location
    from glossary_ls.text import Span


@dataclass(frozen=True, slots=True)
class Lens:
    """A place for a count above an entry; `name` is the term's."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """The uses of a term and how to say their number."""

    title: str
    places: tuple[Location, ...]


def lenses(document: Document) -> tuple[Lens, ...]:
    """Return a lens for each entry of a glossary file; other documents have none."""
    if not in_glossary_file(document):
        return ()
    return tuple(Lens(content(entry.name), entry.name.text) for entry in outline(document.text).entries)


def count(document: Document, offset: int, library: Library) -> Count | None:
    """Return the uses of the entry at `offset`, or None when there is no entry any more."""
    entry = outline(document.text).entry_at(offset)
    term = term_of(document, entry) if entry else None
    if term is None:
        return None
    places = tuple(dict.fromkeys(uses(document, term, library)))
    return Count("1 use" if len(places) == 1 else f"{len(places) or 'no'} uses", places)
