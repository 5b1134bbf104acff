"""Named: the places of a document by the term that they name.

A place counts for the sense that fits the document best. Of a document that is edited, only the part that was
touched is put in order anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import disambiguation
from glossary_ls.base.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span

#: A mention, and the offset that its span counts from.
Placed = tuple[int, Mention]

#: Mentions by the names of the terms that they may mean.
Names = dict[str, list[Placed]]


def spans_in(document: Document, term: Term) -> tuple[Span, ...]:
    """Return where a document names a term, ascending."""
    return tuple(
        span
        for start, names in document.analysis.facts(_names)
        for span in _meant(document, start, names.get(term.name, ()), term)
    )


def spans_of(term: Term, names: Mapping[str, Iterable[Placed]]) -> tuple[Span, ...]:
    """Return the places of a term among mentions of which the first sense counts."""
    found = names.get(term.name, ())
    return tuple(mention.span.shifted(start) for start, mention in found if mention.senses[0] is term)


def by_name(mentions: Iterable[Placed]) -> Names:
    """Put mentions in order."""
    found: Names = {}
    for placed in mentions:
        several = placed[1].senses
        for name in {term.name for term in several} if len(several) > 1 else (several[0].name,):
            found.setdefault(name, []).append(placed)
    return found


def by_best_name(document: Document) -> Names:
    """Put the mentions of a document in order, each by the sense that fits best alone."""
    fitting = (disambiguation.fitting(document, mention) for mention in document.analysis.mentions)
    return by_name((0, Mention(mention.span, mention.senses[:1])) for mention in fitting)


def _names(chunk: Chunk, _text: str) -> Names:
    """Put the mentions of a chunk in order."""
    return by_name((start, mention) for start, scanned in chunk.placed() for mention in scanned.mentions)


def _meant(document: Document, start: int, placed: Iterable[Placed], term: Term) -> Iterator[Span]:
    for local, mention in placed:
        by = start + local
        if len(mention.senses) == 1:
            if mention.senses[0] is term:
                yield mention.span.shifted(by)
        elif any(sense is term for sense in mention.senses):
            found = disambiguation.fitting(document, mention.shifted(by))
            if found.term is term:
                yield found.span
