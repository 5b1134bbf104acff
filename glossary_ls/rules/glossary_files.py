"""The rules for glossary files, with their fixes; what they check is in `glossary.lint`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from glossary_ls.base.model import Term, TextEdit
from glossary_ls.glossary import lint
from glossary_ls.glossary.formats.yaml import writers
from glossary_ls.glossary.formats.yaml.outline import outline
from glossary_ls.glossary.index import key
from glossary_ls.rules.shared.fix import Adding, DocumentChange, Fix, FixKind, GlossaryChange, no_fixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, Severity
    from glossary_ls.glossary.formats.yaml.outline import Entry
    from glossary_ls.rules.shared.fix import Target

#: How many replacements of a deprecated term are offered at most.
_MOST = 3

#: The fields of a term that describe it.
_WRITTEN = tuple(field.name for field in fields(Term) if field.name not in {"name", "origin"})


#: A term with nothing but a name.
_NOTHING = Term("")


def _refer(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the term that was probably meant, and to add an entry for the one that is named."""
    data = problem.data
    if not isinstance(data, lint.Dangling):
        return
    if data.suggestion:
        edit = writers.rewritten(document.text.source, problem.span, data.suggestion)
        yield _fix(f"Replace '{data.name}' with '{data.suggestion}'", problem, edit, preferred=True)
    if any(target.path == document.path for target in targets):
        change = GlossaryChange(document.path, Adding.TERM, data.name)
        yield Fix(f"Add '{data.name}' to this glossary", FixKind.FIX, change, (problem,))


def _review(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the date that an unreadable one probably means, and the current date."""
    data = problem.data
    if not isinstance(data, lint.Reviewed):
        return
    if data.meant:
        written = problem.span.of(document.text.source)
        edit = TextEdit(problem.span, data.meant)
        yield _fix(f"Replace '{written}' with '{data.meant}'", problem, edit, preferred=True)
    yield _fix("Mark as reviewed today", problem, TextEdit(problem.span, data.today))


def _remove_alias(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    found = _entry_at(problem, document)
    if found is None or not isinstance(problem.data, lint.Taken):
        return
    entry, _ = found
    edits = writers.remove_alias(document.text.source, entry.span, problem.span.start)
    if edits:
        yield _fix(f"Remove the alias '{problem.data.alias}' from '{entry.name.text}'", problem, *edits)


def _delete(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to delete an entry that adds nothing to the first one."""
    found = _entry_at(problem, document)
    if found is None or not isinstance(problem.data, lint.Duplicate):
        return
    entry, term = found
    first = document.glossary.entry(document.path, problem.data.first)
    if first is None or any(
        getattr(term, field) not in {getattr(_NOTHING, field), getattr(first, field)} for field in _WRITTEN
    ):
        return
    edits = writers.remove_entry(document.text.source, entry.span)
    if edits:
        yield _fix(f"Delete this duplicate entry of '{term.name}'", problem, *edits)


def _replace(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the terms that a deprecated one is related to as its replacement."""
    found = _entry_at(problem, document)
    if found is None:
        return
    entry, term = found
    named = (*term.related, *(contrast.term for contrast in term.contrasts))
    known = (other for name in named if (other := document.glossary.term(name)) is not None)
    names = dict.fromkeys(other.name for other in known if key(other.name) != key(term.name))
    for name in list(names)[:_MOST]:
        edits = writers.add_value(document.text.source, entry.span, "status", "replaced_by", name)
        if edits:
            yield _fix(f"Set 'replaced_by' to '{name}'", problem, *edits)


def _entry_at(problem: Problem, document: Document) -> tuple[Entry, Term] | None:
    """Return the entry that a problem is about, and its term."""
    entry = outline(document.text).entry_at(problem.span.start)
    term = document.glossary.entry(document.path, entry.span.start) if entry else None
    return (entry, term) if entry and term else None


def _fix(title: str, problem: Problem, *edits: TextEdit, preferred: bool = False) -> Fix:
    return Fix(title, FixKind.FIX, DocumentChange(edits), (problem,), preferred)


@dataclass(eq=False, slots=True)
class GlossaryRule:
    """A rule of `glossary.lint`, with its fixes."""

    CODE: str
    SEVERITY: Severity
    SUMMARY: str
    check: Callable[[lint.Case], Iterator[Problem]]
    fixes: Callable[[Problem, Document, Sequence[Target]], Iterator[Fix]]


_FIXES = {
    lint.DANGLING: _refer,
    lint.DUPLICATE: _delete,
    lint.MISDATED: _review,
    lint.OVERDUE: _review,
    lint.TAKEN: _remove_alias,
    lint.UNREPLACED: _replace,
}

#: Every rule for glossary files.
RULES = tuple(
    GlossaryRule(rule.CODE, rule.SEVERITY, rule.SUMMARY, rule.check, _FIXES.get(rule.CODE, no_fixes))
    for rule in lint.FILE_RULES
)
