"""Code lenses: in a glossary file, how often each term is used.

Lenses are slim; the uses are counted when an editor shows one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.features.references import uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.features.library import Library, Step
    from glossary_ls.glossary.model import Range


def lenses(document: Document) -> list[Range]:
    """Return where each entry of a glossary file is named; its count is shown there."""
    file = glossary_file_of(document)
    return file.labels if file else []


def uses_at(document: Document, offset: int, library: Library) -> Iterator[Step] | None:
    """Return the uses of the entry at `offset`, or None when there is no entry any more."""
    file = glossary_file_of(document)
    placed = file.entry_at(offset) if file else None
    is_used = placed is not None and document.locate(placed.term)
    return uses(document, placed.term, library) if placed and is_used else None


def title(count: int) -> str:
    """Say how many uses there are."""
    return "1 use" if count == 1 else f"{count or 'no'} uses"
