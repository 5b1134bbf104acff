"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base import memo
from glossary_ls.base.text import Span, Text

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.model import Entry, Key


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 0: the first stays, those up to the last disappear."""

    first: int
    last: int


def folds(document: Document) -> tuple[Fold, ...]:
    """Return what can be folded in a glossary file, ascending; other documents are left to the editor."""
    file = glossary_file_of(document)
    if file is None:
        return ()
    line_index = file.text.line_index
    widest: dict[int, int] = {}
    for each in file.keys:
        first, last = line_index(each.span.start), line_index(_end(each) - 1)
        if first < last:
            widest[first] = max(last, widest.get(first, 0))
    for entry, start in zip(file.items, file.starts, strict=True):
        begin = start + entry.span.start
        line = line_index(begin)
        for first, last in _inside(entry, file.text.source[begin : start + entry.span.end]):
            widest[line + first] = max(line + last, widest.get(line + first, 0))
    return tuple(Fold(first, last) for first, last in sorted(widest.items()))


@memo.about
def _inside(entry: Entry, source: str) -> tuple[tuple[int, int], ...]:
    """Return the folds of an entry, itself and its long values, in lines from its first one on."""
    text = Text(source)
    spans = (entry.span, *(Span(each.span.start, _end(each)) for each in entry.keys))
    lines = [[text.line_index(at - entry.span.start) for at in (start, end - 1)] for start, end in spans]
    return tuple((first, last) for first, last in lines if first < last)


def _end(key: Key) -> int:
    return max(key.value.end, key.span.end)
