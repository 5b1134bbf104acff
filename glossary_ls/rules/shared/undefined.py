"""The payload of the rules that report an acronym without a definition, and the fixes that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span
from glossary_ls.rules.shared.fix import Adding, Fix, FixKind, GlossaryChange, quick_fix
from glossary_ls.rules.shared.guessing import first_use, guess
from glossary_ls.rules.shared.replacement import edits_at, expanded_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.rules.shared.fix import Target


@dataclass(frozen=True, slots=True)
class Undefined:
    """An acronym; its long form, if another document defines it; and what it may be a misspelling of.

    `entry` is the path of the glossary in which it has an entry without an explanation.
    """

    acronym: str
    long: str = ""
    meant: str = ""
    entry: str = ""


def fixes(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to add the acronym to a glossary, to define it in the document, and to accept it."""
    data = problem.data
    if not isinstance(data, Undefined):
        return
    long = data.long or guess(data.acronym, document).long
    # What looks like a misspelling is better corrected.
    preferred, later = not data.meant, False
    for fix in _additions(data, long, document, targets):
        yield replace(fix, problems=(problem,), preferred=preferred, later=later)
        preferred, later = False, True
    if long:
        yield from _definition(problem, data.acronym, long, document)
    if data.meant:
        yield quick_fix(f"Did you mean '{data.meant}'?", problem, TextEdit(problem.span, data.meant))
    later = False
    for target in dict.fromkeys((*targets[:1], *targets[-1:])):
        change = GlossaryChange(target.path, Adding.ACCEPTED, data.acronym)
        title = f"Accept '{data.acronym}' everywhere, no explanation needed ({target.title})"
        yield Fix(title, FixKind.FIX, change, (problem,), later=later)
        later = True


def fixes_for_all(
    problem: Problem, document_problems: Sequence[Problem], targets: Sequence[Target]
) -> Iterator[Fix]:
    """Offer to add, or to accept, all unknown acronyms of a document at once, if this is one of several."""
    same = tuple(to_be_explained(document_problems))
    if problem in same and len(same) > 1:
        for target in targets[:1]:
            number = f"all {len(same)}" if len(same) > 2 else "both"
            count = f"{number} unknown acronyms in this document"
            change = GlossaryChange(target.path, Adding.ALL_TERMS, "")
            yield Fix(f"Add {count} to {target.title}", FixKind.FIX, change, same)
            change = GlossaryChange(target.path, Adding.ALL_ACCEPTED, "")
            title = f"Accept {count}, no explanation needed ({target.title})"
            yield Fix(title, FixKind.FIX, change, same, later=True)


def to_be_explained(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of acronyms that lack an explanation; likely misspellings lack a correction."""
    return (each for each in problems if isinstance(each.data, Undefined) and not each.data.meant)


def add_term(target: Target, name: str, long: str) -> Fix:
    """Return the fix that adds a term to a glossary."""
    what = f"'{name}' ({long})" if long else f"'{name}'"
    change = GlossaryChange(target.path, Adding.TERM, name, long)
    return Fix(f"Add {what} to {target.title}", FixKind.FIX, change)


def _additions(data: Undefined, long: str, document: Document, targets: Sequence[Target]) -> Iterator[Fix]:
    """Offer to explain the entry that there is; else an alias of a term with the long form, and a term."""
    name, by_path = data.acronym, {target.path: target for target in targets}
    if data.entry in by_path:
        target = by_path[data.entry]
        what = f"'{name}' ({long})" if long else f"'{name}'"
        change = GlossaryChange(target.path, Adding.TERM, name, long)
        yield Fix(f"Explain {what} in {target.title}", FixKind.FIX, change)
        return
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
