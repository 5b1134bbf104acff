"""Edits of a string. This module must not know where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def insertion(at: int, new: str) -> TextEdit:
    """Return the edit that inserts a text at an offset."""
    return TextEdit(Span(at, at), new)


def apart(edits: Iterable[TextEdit]) -> tuple[TextEdit, ...]:
    """Return distinct edits in order; of two that overlap, the first counts."""
    found: list[TextEdit] = []
    # Numbers are compared faster than spans, and there may be thousands.
    for edit in sorted(set(edits), key=lambda edit: (edit.span.start, edit.span.end, edit.new)):
        if not found or found[-1].span.end <= edit.span.start:
            found.append(edit)
    return tuple(found)


def applied(source: str, edits: Iterable[TextEdit]) -> str:
    """Return `source` with non-overlapping edits applied; insertions at one offset keep their order."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (source[position : edit.span.start], edit.new)
        position = edit.span.end
    return "".join((*parts, source[position:]))
