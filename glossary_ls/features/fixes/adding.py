"""Adding what a document defines, or what is selected, to a glossary."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.analysis import context, expansions
from glossary_ls.base.text import Span
from glossary_ls.rules.shared.fix import FixKind
from glossary_ls.rules.shared.undefined import add_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition
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


def for_selection(document: Document, span: Span, targets: Sequence[Target]) -> Iterator[Fix]:
    """Offer to add what is selected, if that is a phrase without an entry."""
    phrase = span.of(document.text.source)
    if (
        _PHRASE.fullmatch(phrase)
        and document.analysis.kind_at(span.start) in context.SHOWN
        and not document.glossary.senses(phrase)
    ):
        for target in targets:
            yield replace(add_term(target, phrase, ""), kind=FixKind.REWRITE)
