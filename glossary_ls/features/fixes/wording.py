"""Expanding the acronym at the cursor: `Service Level Objective (SLO)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import context, disambiguation, expansions
from glossary_ls.base.dataclass import replace
from glossary_ls.rules import expand_first_use, plural_apostrophe, redundant_acronym
from glossary_ls.rules.shared.fix import FixKind
from glossary_ls.rules.shared.replacement import Replacement, expanded_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Span
    from glossary_ls.rules.shared.fix import Fix

#: The rules that keep the acronym, and fix the text around it.
_KEEPING = frozenset({plural_apostrophe.CODE, redundant_acronym.CODE})

#: How many senses of one acronym are offered at most.
_MOST_SENSES = 3


def expand(document: Document, span: Span, problems: Iterable[Problem]) -> Iterator[Fix]:
    """Offer to expand the acronym at the cursor: `Service Level Objective (SLO)`.

    If one of the problems has a replacement for the acronym, that is expanded.
    """
    mention = document.analysis.mention_at(span.start)
    if mention is None or document.analysis.kind_at(mention.span.start) not in context.SHOWN:
        return
    if any(problem.code == expand_first_use.CODE for problem in problems):
        return
    span, written = _fixed(mention.span, document.text.source, problems)
    defining = document.analysis.definitions_in(mention.span)
    if any(definition.short_span.overlaps(mention.span) for definition in defining):
        return
    ordered = disambiguation.fitting(document, mention).senses
    fitting = [term for term in ordered if any(expansions.short_forms_in(written, term))]
    for term in fitting[:_MOST_SENSES]:
        for fix in expanded_at(span, expansions.spelled_out_as(written, term), written, document):
            yield replace(fix, kind=FixKind.REWRITE)


def _fixed(span: Span, source: str, problems: Iterable[Problem]) -> tuple[Span, str]:
    """Return what to expand, and where: the text at `span`, or the replacement that a problem has for it."""
    for problem in problems:
        data = problem.data
        if problem.code in _KEEPING and problem.span.start == span.start and isinstance(data, Replacement):
            return problem.span, data.new
    return span, span.of(source)
