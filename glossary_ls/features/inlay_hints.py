"""Inlay hints: the expansion of an acronym, shown behind its first use in the prose of a document.

An acronym that the document spells out itself, or that every reader knows, needs no note. One with several
senses gets the one that fits the document best.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.checks import senses
from glossary_ls.model import AliasKind, RegionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.model import Mention, Term
    from glossary_ls.text import Span

#: Where a note is read as a part of the text; in a heading, a table or a link it would be in the way.
_PLACES = frozenset({RegionKind.PROSE, RegionKind.COMMENT, RegionKind.DOCSTRING})


@dataclass(frozen=True, slots=True)
class InlayHint:
    """A note at `offset`; `term` and `sense` name the term whose documentation is the note's tooltip."""

    offset: int
    label: str
    term: str
    sense: str = ""


def inlay_hints(document: Document, span: Span) -> tuple[InlayHint, ...]:
    """Return the notes inside `span`, ascending."""
    return tuple(hint for hint in _all(document) if span.touches(hint.offset))


def _all(document: Document) -> Iterator[InlayHint]:
    spelt_out = {definition.short for definition in document.analysis.definitions}
    seen: set[str] = set()
    for mention in senses.mentions(document):
        term = mention.term
        if not term.expansion or term.established or term.name in seen or term.name in spelt_out:
            continue
        if _is_short_form(term, mention, document) and _reads_well(document, mention):
            seen.add(term.name)
            yield InlayHint(
                mention.span.end,
                _label(term.expansion, document.settings.inlay_hint_length),
                term.name,
                term.expansion if len(mention.senses) > 1 else "",
            )


def _is_short_form(term: Term, mention: Mention, document: Document) -> bool:
    """Tell whether the term is written as its acronym here, and not by its expansion or a synonym."""
    written = mention.span.of(document.text.source)
    short = [term.name, *(alias.name for alias in term.aliases if alias.kind is AliasKind.ABBREVIATION)]
    return any(written.startswith(name) and len(written) <= len(name) + 2 for name in short)


def _reads_well(document: Document, mention: Mention) -> bool:
    return document.analysis.kind_at(mention.span.start) in _PLACES


def _label(expansion: str, limit: int) -> str:
    return f"({expansion if len(expansion) <= limit else expansion[: limit - 1].rstrip() + '…'})"
