"""Adding what a document defines, or what is selected, to a glossary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.analysis import context, expansions
from glossary_ls.base.dataclass import replace
from glossary_ls.base.text import Span
from glossary_ls.matching.words import is_boundary
from glossary_ls.rules.shared.fix import FixKind
from glossary_ls.rules.shared.guessing import guess
from glossary_ls.rules.shared.undefined import Undefined, add_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition, Problem
    from glossary_ls.rules.shared.fix import Fix, Target

#: What a selection must look like to be offered as a term: a few words on one line.
_PHRASE = re.compile(r"[^\W\d_](?:[\w'\u2019/&.+-]| (?! )){0,58}[\w+]")


def for_definition(document: Document, span: Span, targets: Sequence[Target]) -> Iterator[Fix]:
    """Offer to add a definition of the document to a glossary."""
    for definition in document.analysis.definitions_in(Span(span.start, span.start)):
        if not _is_known(definition, document):
            for target in targets:
                yield add_term(target, definition.short, definition.long)


def _is_known(definition: Definition, document: Document) -> bool:
    """Return whether a glossary gives a name the meaning of the document, or none at all."""
    senses = document.glossary.senses(definition.short)
    is_unexplained = any(not any(expansions.long_forms(term)) for term in senses)
    return is_unexplained or expansions.any_agrees(senses, definition.long)


def for_selection(
    document: Document, span: Span, targets: Sequence[Target], problems: Iterable[Problem] = ()
) -> Iterator[Fix]:
    """Offer to add what is selected, extended to whole words, if that is a phrase without an entry.

    The fixes of an unknown acronym among the problems add it already.
    """
    phrase = _whole_words(document.text.source, span).of(document.text.source)
    if any(isinstance(each.data, Undefined) and each.data.acronym == phrase for each in problems):
        return
    if (
        len(span) > 1
        and _PHRASE.fullmatch(phrase)
        and document.analysis.kind_at(span.start) in context.SHOWN
        and not document.glossary.senses(phrase)
    ):
        long = guess(phrase, document).long if phrase.isupper() else ""
        for target in targets:
            yield replace(add_term(target, phrase, long), kind=FixKind.REWRITE)


def _whole_words(source: str, span: Span) -> Span:
    """Return a span without the blanks around it, extended to the words in which it begins and ends."""
    selected = span.of(source)
    start = span.start + len(selected) - len(selected.lstrip())
    end = span.end - len(selected) + len(selected.rstrip())
    while start < end and not is_boundary(source, start):
        start -= 1
    while start < end and not is_boundary(source, end):
        end += 1
    return Span(start, max(start, end))
