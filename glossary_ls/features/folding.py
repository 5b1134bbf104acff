"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from glossary_ls.features.subject import in_glossary_file
from glossary_ls.readers.outline import outline
from glossary_ls.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.document import Document
    from glossary_ls.readers.outline import Found, Key


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 0: the first stays, those up to the last disappear."""

    first: int
    last: int


def folds(document: Document) -> tuple[Fold, ...]:
    """Return what can be folded in a glossary file, ascending; other documents are left to the editor."""
    if not in_glossary_file(document):
        return ()
    found = outline(document.text)
    line = document.text.line_index
    head = ((line(key.span.start), line(max(_end(key) - 1, key.span.start))) for key in found.head)
    folds = list(_widest(head))
    for part in found.parts:
        within = _FOLDS.get(part.found)
        if within is None:
            within = _FOLDS[part.found] = _within(part.found)
        folds += [Fold(fold.first + part.line, fold.last + part.line) for fold in within]
    return tuple(sorted(folds, key=_first)) if found.head else tuple(folds)


#: The folds of parts, as long as the parts are remembered.
_FOLDS: WeakKeyDictionary[Found, tuple[Fold, ...]] = WeakKeyDictionary()


def _within(found: Found) -> tuple[Fold, ...]:
    """Return the folds of a part of a file: the entries, and the values from the line of their key on."""
    text = Text(found.text)
    spans = [entry.span for entry in found.entries]
    spans += (Span(key.span.start, _end(key)) for key in found.keys)
    line = text.line_index
    return tuple(_widest((line(span.start), line(max(span.end - 1, span.start))) for span in spans))


def _end(key: Key) -> int:
    return max(key.value.end, key.span.end)


def _widest(lines: Iterable[tuple[int, int]]) -> Iterator[Fold]:
    """Yield the widest fold from each line."""
    last_of: dict[int, int] = {}
    for first, last in lines:
        if last > first:
            last_of[first] = max(last, last_of.get(first, 0))
    for first, last in sorted(last_of.items()):
        yield Fold(first, last)


def _first(fold: Fold) -> int:
    return fold.first
