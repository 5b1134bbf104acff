"""Adding what a document mentions to a glossary: as a term, as another name, or as an accepted acronym."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.analysis import expansions
from glossary_ls.base.model import READABLE, RegionKind
from glossary_ls.features.fixes.actions import ActionKind, Adding, CodeAction, GlossaryChange
from glossary_ls.features.fixes.guessing import expansion_of
from glossary_ls.features.symbol_at import definitions_at
from glossary_ls.rules import defined_elsewhere, unknown_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition, Problem, Term
    from glossary_ls.base.text import Span
    from glossary_ls.features.fixes.actions import Surroundings, Target

#: The rules whose findings are acronyms without an explanation in this document.
_UNEXPLAINED = frozenset({unknown_acronym.CODE, defined_elsewhere.CODE})

_PLACES = READABLE | {RegionKind.LINK}

#: What a selection must look like to be offered as a term: a few words on one line.
_PHRASE = re.compile(r"[^\W\d_](?:[\w'\u2019/&.+-]| (?! )){0,58}[\w+]")


def for_unknown(problem: Problem, document: Document, around: Surroundings) -> Iterator[CodeAction]:
    """Offer to add an acronym that nobody explains."""
    if problem.code not in _UNEXPLAINED:
        return
    name = str(problem.data.get("acronym", ""))
    long = str(problem.data.get("long", "")) or expansion_of(name, document)
    # What looks like a slip is better mended.
    preferred = "replacement" not in problem.data
    for target, term in _owners(long, document, around):
        change = GlossaryChange(target.path, Adding.ALIAS, name, term.name)
        title = f"Add '{name}' as another name of '{term.name}' to {target.title}"
        yield CodeAction(title, ActionKind.FIX, change, (problem,), preferred)
        preferred = False
    for target in around.targets:
        yield replace(_term(target, name, long), problems=(problem,), preferred=preferred)
        preferred = False


def accept(problem: Problem, around: Surroundings) -> Iterator[CodeAction]:
    """Offer to accept an acronym that nobody explains, for everyone and for oneself."""
    if problem.code in _UNEXPLAINED:
        name = str(problem.data.get("acronym", ""))
        for target in dict.fromkeys((*around.targets[:1], *around.targets[-1:])):
            change = GlossaryChange(target.path, Adding.ACCEPTED, name)
            yield CodeAction(f"Accept '{name}' in {target.title}", ActionKind.FIX, change, (problem,))


def for_definition(document: Document, span: Span, around: Surroundings) -> Iterator[CodeAction]:
    """Offer to take a definition of the document over into a glossary."""
    for definition in definitions_at(document, span.start):
        if not _is_known(definition, document):
            for target in around.targets:
                yield _term(target, definition.short, definition.long)


def _is_known(definition: Definition, document: Document) -> bool:
    """Tell whether a glossary means by a name what the document does, or says nothing about what it means."""
    senses = document.glossary.senses(definition.short)
    return any(
        expansions.agree(definition.long, form) for term in senses for form in expansions.long_forms(term)
    ) or any(not next(expansions.long_forms(term), "") for term in senses)


def for_selection(document: Document, span: Span, around: Surroundings) -> Iterator[CodeAction]:
    """Offer to add what is selected, if that is a phrase without an entry."""
    phrase = span.of(document.text.source)
    if (
        _PHRASE.fullmatch(phrase)
        and document.analysis.kind_at(span.start) in _PLACES
        and not document.glossary.senses(phrase)
    ):
        for target in around.targets:
            yield replace(_term(target, phrase, ""), kind=ActionKind.REWRITE)


def _term(target: Target, name: str, long: str) -> CodeAction:
    what = f"'{name}' ({long})" if long else f"'{name}'"
    change = GlossaryChange(target.path, Adding.TERM, name, long)
    return CodeAction(f"Add {what} to {target.title}", ActionKind.FIX, change)


def _owners(long: str, document: Document, around: Surroundings) -> Iterator[tuple[Target, Term]]:
    """Yield the term that has the long form for its name already, with the glossary that it is in."""
    targets = {target.path: target for target in around.targets}
    for term in document.glossary.senses(long) if long else ():
        file = document.glossary.file_of(term)
        if file is not None and file.path in targets and not term.expansion:
            yield targets[file.path], term
            return
