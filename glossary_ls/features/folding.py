"""Folding: in a glossary file, each entry and each long value in it can be folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base import memo

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document

#: Two lines, counted from 0: the first stays, those up to the last disappear.
Fold = tuple[int, int]


@memo.recent(4)
def folds(document: Document) -> tuple[Fold, ...]:
    """Return what can be folded in a glossary file, ascending; other documents are left to the editor."""
    file = glossary_file_of(document)
    if file is None:
        return ()
    starts = file.text.line_indexes(start for start, _ in file.spans)
    found = [
        (line + first, line + last)
        for line, entry in zip(starts, file.items, strict=True)
        for first, last in entry.several_lines
    ]
    keys = iter(
        file.text.line_indexes(at for each in file.keys for at in (each.span.start, each.whole.end - 1))
    )
    found += ((first, last) for first, last in zip(keys, keys, strict=True) if first < last)
    # Of those that start on one line, the longest comes last.
    return tuple(dict(sorted(found)).items())
