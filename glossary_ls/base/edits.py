"""Applying edits to a string. It must not know where the edits come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import TextEdit


def applied(source: str, edits: Iterable[TextEdit]) -> str:
    """Return `source` with non-overlapping edits applied; insertions at one offset keep their order."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (source[position : edit.span.start], edit.new)
        position = edit.span.end
    return "".join((*parts, source[position:]))
