"""Glossary files made of terms, for tests that need no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.model import Entry, GlossaryFile, Role, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import Term


def file_of(path: str, terms: Iterable[Term]) -> GlossaryFile:
    """Return a glossary file with one line for each term, which holds its name."""
    names = [term.name.replace("\n", " ") for term in terms]
    items: list[Entry] = []
    starts: list[int] = []
    start = 0
    for term, name in zip(terms, names, strict=True):
        value = Value(Role.TERM, Span(0, len(name)), term.name)
        items.append(Entry(term, value.span, value, (value,)))
        starts.append(start)
        start += len(name) + 1
    return GlossaryFile(path, Text("\n".join(names)), items=tuple(items), starts=tuple(starts))
