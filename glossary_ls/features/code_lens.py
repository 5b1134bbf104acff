"""Code lenses: in a glossary file, how often each term is used.

Lenses are slim; the uses are counted when an editor shows one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.features.references import uses
from glossary_ls.features.symbol_at import content, in_glossary_file, term_of
from glossary_ls.glossary.formats.yaml.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Span
    from glossary_ls.features.library import Library, Step
    from glossary_ls.glossary.formats.yaml.outline import Entry, Outline


@dataclass(frozen=True, slots=True)
class Lenses:
    """The places for counts above the entries of a file, one for each."""

    outline: Outline | None

    @property
    def spans(self) -> Iterator[Span]:
        """Where the entries are named, ascending."""
        return map(place, self.outline.entries if self.outline else ())


def lenses(document: Document) -> Lenses:
    """Return a place for each entry of a glossary file; other documents have none."""
    return Lenses(outline(document.text) if in_glossary_file(document) else None)


def place(entry: Entry) -> Span:
    """Return the place for the count of an entry: its name."""
    return content(entry.name)


def uses_at(document: Document, offset: int, library: Library) -> Iterator[Step] | None:
    """Return the uses of the entry at `offset`, or None when there is no entry any more."""
    entry = outline(document.text).entry_at(offset)
    term = term_of(document, entry) if entry else None
    return uses(document, term, library) if term else None


def title(count: int) -> str:
    """Say how many uses there are."""
    return "1 use" if count == 1 else f"{count or 'no'} uses"
