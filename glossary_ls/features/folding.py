"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.features.subject import in_glossary_file
from glossary_ls.readers.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.text import Span


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 0: the first stays, those up to the last disappear."""

    first: int
    last: int


def folds(document: Document) -> tuple[Fold, ...]:
    """Return what can be folded in a glossary file, ascending; other documents are left to the editor."""
    if not in_glossary_file(document):
        return ()
    line = document.text.line_index
    lines = {(line(span.start), line(max(span.end - 1, span.start))) for span in _spans(document)}
    widest: dict[int, int] = {}
    for first, last in lines:
        if last > first:
            widest[first] = max(last, widest.get(first, 0))
    return tuple(Fold(first, last) for first, last in sorted(widest.items()))


def _spans(document: Document) -> Iterator[Span]:
    """Yield the entries, and the values from the line of their key on."""
    found = outline(document.text)
    for entry in found.entries:
        yield entry.span
    for key in found.keys:
        yield type(key.span)(key.span.start, max(key.value.end, key.span.end))
