"""What an entry says beside its explanation, as paragraphs, for files with one text for each term.

It must not know how they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Status
from glossary_ls.glossary.exports.prose import Emphasis, Paragraph, Reference, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.prose import Block, Inline, Inlines

#: The fields of `Term` that `notes` has.
NOTES = frozenset({"contrasts", "questions", "related", "status", "replaced_by"})


def notes(term: Term) -> Iterator[Block]:
    """Yield whether the term is in use, comparisons, questions with their answers, and related terms."""
    if term.status is Status.DEPRECATED:
        instead: Inlines = (" Use ", Reference(term.replaced_by), " instead.") if term.replaced_by else ()
        yield Paragraph((Emphasis(("Deprecated.",), strong=False), *instead))
    elif term.status is Status.DRAFT:
        yield Paragraph((Emphasis(("Draft: this entry is not agreed yet.",), strong=False),))
    for contrast in term.contrasts:
        other = Reference(contrast.term)
        opening: Inlines = ("Not to be confused with ", other, ": " if contrast.difference else ".")
        yield from behind(opening, contrast.difference)
    for question in term.questions:
        yield from behind((_strong(question.question), " "), question.answer)
    if term.related:
        yield Paragraph(("See also ", *_listed(term.related), "."))


def behind(opening: Inlines, markdown: str) -> Iterator[Block]:
    """Yield the blocks of a text behind some words, in the same paragraph where that is possible."""
    blocks = parsed(markdown)
    if blocks and isinstance(blocks[0], Paragraph):
        yield Paragraph((*opening, *blocks[0].children))
        yield from blocks[1:]
    else:
        yield Paragraph(opening)
        yield from blocks


def _strong(text: str) -> Inline:
    return Emphasis((text,), strong=True)


def _listed(names: tuple[str, ...]) -> Iterator[Inline]:
    for number, name in enumerate(names):
        if number:
            yield ", "
        yield Reference(name)
