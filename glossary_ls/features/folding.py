"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from glossary_ls.base.text import Span, Text
from glossary_ls.features.symbol_at import in_glossary_file
from glossary_ls.glossary.formats.yaml.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.formats.yaml.outline import Found, Key, Outline, Part


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 0: the first stays, those up to the last disappear."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Folds:
    """What can be folded in a glossary file: around its entries, and in each of its parts."""

    head: tuple[Fold, ...] = ()
    outline: Outline | None = None

    def all(self) -> Iterator[Fold]:
        """Yield the folds, ascending."""
        count = len(self.outline.starts) if self.outline else 0
        parts = map(self.outline.part, range(count)) if self.outline else ()
        return iter(sorted((*self.head, *(fold for part in parts for fold in within(part))), key=_first))


def folds(document: Document) -> Folds:
    """Return what can be folded in a glossary file; other documents are left to the editor."""
    if not in_glossary_file(document):
        return Folds()
    found = outline(document.text)
    line = document.text.line_index
    head = ((line(key.span.start), line(max(_end(key) - 1, key.span.start))) for key in found.head)
    return Folds(tuple(_widest(head)), found)


def within(part: Part) -> Iterator[Fold]:
    """Yield the folds of a part of a file: the entries, and the values from the line of their key on."""
    local = _LOCAL.get(part.found)
    if local is None:
        line = Text(part.found.text).line_index
        spans = [entry.span for entry in part.found.entries]
        spans += (Span(key.span.start, _end(key)) for key in part.found.keys)
        lines = ((line(span.start), line(max(span.end - 1, span.start))) for span in spans)
        local = _LOCAL[part.found] = tuple(_widest(lines))
    return (Fold(fold.first + part.line, fold.last + part.line) for fold in local)


#: The folds of parts by their own lines, as long as the parts are remembered.
_LOCAL: WeakKeyDictionary[Found, tuple[Fold, ...]] = WeakKeyDictionary()


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
