"""The payload of the rules that report an acronym without a definition, and the fixes that they share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glossary_ls.base.text import Span
from glossary_ls.rules.shared.fix import Adding, Fix, FixKind, GlossaryChange, quick_fix
from glossary_ls.rules.shared.guessing import expansion_of, first_use
from glossary_ls.rules.shared.replacement import edits_at, expanded_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
from glossary_ls.rules.shared.fix import Target


@dataclass(frozen=True, slots=True)
class Undefined:
    """An acronym; its long form, if another document defines it; and what it may be a misspelling of."""

    acronym: str
    long: str = ""
    meant: str = ""


def fixes(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to add the acronym to a glossary, to define it in the document, and to accept it."""
    data = problem.data
    if isinstance(data, Undefined):
        long = data.long or expansion_of(data.acronym, document)
        # What looks like a misspelling is better corrected.
        preferred = not data.meant
        for fix in _additions(data.acronym, long, document, targets):
            yield replace(fix, problems=(problem,), preferred=preferred)
            preferred = False
        if long:
            yield from _definition(problem, data.acronym, long, document)
        for target in dict.fromkeys((*targets[:1], *targets[-1:])):
            change = GlossaryChange(target.path, Adding.ACCEPTED, data.acronym)
            yield Fix(f"Accept '{data.acronym}' in {target.title}", FixKind.FIX, change, (problem,))


def add_term(target: Target, name: str, long: str) -> Fix:
    """Return the fix that adds a term to a glossary."""
    what = f"'{name}' ({long})" if long else f"'{name}'"
    change = GlossaryChange(target.path, Adding.TERM, name, long)
    return Fix(f"Add {what} to {target.title}", FixKind.FIX, change)


def _additions(name: str, long: str, document: Document, targets: Sequence[Target]) -> Iterator[Fix]:
    """Offer an alias of the first term that the long form names, and a new term."""
    by_path = {target.path: target for target in targets}
    for term in document.glossary.senses(long) if long else ():
        file = document.glossary.file_of(term)
        if file is not None and file.path in by_path and not term.expansion:
            target = by_path[file.path]
            title = f"Add '{name}' as another name of '{term.name}' to {target.title}"
            yield Fix(title, FixKind.FIX, GlossaryChange(target.path, Adding.ALIAS, name, term.name))
            break
    for target in targets:
        yield add_term(target, name, long)


def _definition(problem: Problem, name: str, long: str, document: Document) -> Iterator[Fix]:
    """Offer to define an acronym: at an earlier long form, or at its first use."""
    before = first_use(long, document)
    if before and before.end <= problem.span.start:
        if edits := edits_at(Span(before.end, before.end), f" ({name})", document):
            yield quick_fix(f"Define at the first use: {long} ({name})", problem, *edits)
        return
    written = problem.span.of(document.text.source)
    for fix in expanded_at(problem.span, long, written, document):
        yield replace(fix, problems=(problem,))
