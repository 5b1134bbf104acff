"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base import memo

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
    return _folds(file) if file else Folds(())


@memo.about
def _folds(file: GlossaryFile) -> Folds:
    starts = file.text.line_starts
    following = [*starts[1:], len(file.text) + 1]
    widest: dict[int, int] = {}
    for start, end in _ends(file):
        first = bisect_right(starts, start) - 1
        if following[first] < end:
            widest[first] = max(bisect_right(starts, end - 1) - 1, widest.get(first, 0))
    return Folds(tuple(Fold(first, last) for first, last in sorted(widest.items())))


def _ends(file: GlossaryFile) -> Iterator[tuple[int, int]]:
    """Yield the starts and ends of the entries, and of the values from the line of their key on."""
    for each in file.keys:
        yield each.span.start, max(each.value.end, each.span.end)
    # Long files have many keys: none of their spans is moved as an object.
    for entry, start in file.entries:
        yield start + entry.span.start, start + entry.span.end
        for each in entry.keys:
            yield start + each.span.start, start + max(each.value.end, each.span.end)
