"""Readings: what entries of glossaries say, remembered by their text, and placed where they stand now.

It must not know how an entry is read.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from glossary_ls.model import Origin, Term
from glossary_ls.readers.memory import Memory
from glossary_ls.text import Span

if TYPE_CHECKING:
    from glossary_ls.model import Problem
    from glossary_ls.readers.pieces import Piece

#: The fields of a term that its text alone tells, in their order; `origin` is the last one.
_FIELDS = tuple(field.name for field in fields(Term) if field.name != "origin")


class Reading:
    """An entry as it was read alone: a term and problems whose places count from its start."""

    __slots__ = ("_at", "_fields", "_last", "problems", "term")

    def __init__(self, term: Term | None, problems: tuple[Problem, ...]) -> None:
        self.term = term
        self.problems = problems
        # Setting the fields one by one is faster than `replace`, and long files have many terms to place.
        self._fields: tuple[Any, ...] = tuple(getattr(term, name) for name in _FIELDS) if term else ()
        self._at: tuple[str, int, int, str] | None = None
        self._last: Term | None = None

    def placed(self, path: str, piece: Piece, name: str) -> Term:
        """Return the term where it stands in a file; the same object as long as it stays there."""
        at = path, piece.start, piece.line, name
        if self._last is None or self._at != at:
            origin = self.term.origin if self.term else None
            span = origin.span.shifted(piece.start) if origin else Span(piece.start, piece.start)
            line = piece.line + (origin.line if origin else 1)
            column = origin.column if origin else 1
            self._at, self._last = at, Term(*(*self._fields, Origin(path, span, line, name, column)))
        return self._last


#: What is known of entries.
READINGS: Memory[Reading] = Memory()
