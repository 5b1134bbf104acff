"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.model import GlossaryFile


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 0: the first stays, those up to the last disappear."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Folds:
    """What can be folded in a file, ascending."""

    folds: tuple[Fold, ...]


def folds(document: Document) -> Folds:
    """Return what can be folded in a glossary file; other documents are left to the editor."""
    file = glossary_file_of(document)
    if file is None:
        return Folds(())
    line = file.text.line_index
    widest: dict[int, int] = {}
    for span in _spans(file):
        first, last = line(span.start), line(max(span.end - 1, span.start))
        if last > first:
            widest[first] = max(last, widest.get(first, 0))
    return Folds(tuple(Fold(first, last) for first, last in sorted(widest.items())))


def _spans(file: GlossaryFile) -> Iterator[Span]:
    """Yield the entries, and the values from the line of their key on."""
    for placed in file.entries:
        yield placed.span
    inside = (each for placed in file.entries for each in placed.keys)
    for each in chain(file.keys, inside):
        yield Span(each.span.start, max(each.value.end, each.span.end))
