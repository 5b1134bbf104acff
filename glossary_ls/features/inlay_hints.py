"""Inlay hints: the expansion of an acronym, shown behind its first use in the prose of a document.

An acronym that the document spells out itself, or that every reader knows, needs no note. One with several
senses gets the one that fits the document best.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from glossary_ls.checks import senses
from glossary_ls.model import AliasKind, RegionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.model import Mention, Term
    from glossary_ls.scan import Analysis
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
    length = document.settings.inlay_hint_length
    known = _KNOWN.get(document.analysis)
    if known is None or known[0] != length:
        # A client asks again for each part that is scrolled into view.
        known = _KNOWN[document.analysis] = length, tuple(_all(document))
    return tuple(hint for hint in known[1] if span.touches(hint.offset))


#: The notes of each version of a document, for the length that they may have.
_KNOWN: WeakKeyDictionary[Analysis, tuple[int, tuple[InlayHint, ...]]] = WeakKeyDictionary()


def _all(document: Document) -> Iterator[InlayHint]:
    analysis = document.analysis
    done = {definition.short for definition in analysis.definitions}
    for start, scanned in zip(analysis.starts, analysis.blocks, strict=False):
        for mention in scanned.mentions:
            # Most mentions are none that gets a note; they are not worth being placed.
            if any(_wants_note(term, done) for term in mention.senses):
                placed = senses.fitting(document, mention.shifted(start))
                term = placed.term
                if (
                    _wants_note(term, done)
                    and _is_short_form(term, placed, document)
                    and _reads_well(document, placed)
                ):
                    done.add(term.name)
                    yield _hint(document, placed)


def _wants_note(term: Term, done: set[str]) -> bool:
    return bool(term.expansion) and not term.established and term.name not in done


def _hint(document: Document, mention: Mention) -> InlayHint:
    term = mention.term
    label = _label(term.expansion, document.settings.inlay_hint_length)
    sense = term.expansion if len(mention.senses) > 1 else ""
    return InlayHint(mention.span.end, label, term.name, sense)


def _is_short_form(term: Term, mention: Mention, document: Document) -> bool:
    """Tell whether the term is written as its acronym here, and not by its expansion or a synonym."""
    written = mention.span.of(document.text.source)
    short = [term.name, *(alias.name for alias in term.aliases if alias.kind is AliasKind.ABBREVIATION)]
    return any(written.startswith(name) and len(written) <= len(name) + 2 for name in short)


def _reads_well(document: Document, mention: Mention) -> bool:
    return document.analysis.kind_at(mention.span.start) in _PLACES


def _label(expansion: str, limit: int) -> str:
    return f"({expansion if len(expansion) <= limit else expansion[: limit - 1].rstrip() + '…'})"
