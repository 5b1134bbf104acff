"""The rules for glossary files, with their fixes; what they check is in `glossary.lint`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.model import Term, TextEdit
from glossary_ls.glossary import formats, lint
from glossary_ls.glossary.index import key
from glossary_ls.rules.shared.fix import Adding, DocumentChange, Fix, FixKind, GlossaryChange, no_fixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, Severity
    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.model import GlossaryFile, Placed
    from glossary_ls.rules.shared.fix import Target

#: How many replacements of a deprecated term are offered at most.
_MOST = 3

#: The fields of a term that describe it.
_WRITTEN = tuple(field.name for field in fields(Term) if field.name != "name")


#: A term with nothing but a name.
_NOTHING = Term("")


def _refer(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the term that was probably meant, and to add an entry for the one that is named."""
    found, data = _file(document), problem.data
    if found is None or not isinstance(data, lint.Dangling):
        return
    file, editor = found
    if data.suggestion:
        edit = editor.rewritten(file.text.source, problem.span, data.suggestion)
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
    if _file(document):
        yield _fix("Mark as reviewed today", problem, TextEdit(problem.span, data.today))


def _remove_alias(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    found = _entry(problem, document)
    if found is None or not isinstance(problem.data, lint.Taken):
        return
    file, editor, placed = found
    edits = editor.remove_alias(file.text.source, placed.span, problem.span.start)
    if edits:
        yield _fix(f"Remove the alias '{problem.data.alias}' from '{placed.term.name}'", problem, *edits)


def _delete(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to delete an entry that adds nothing to the first one."""
    found = _entry(problem, document)
    if found is None or not isinstance(problem.data, lint.Duplicate):
        return
    file, editor, placed = found
    start, term = problem.data.first, placed.term
    first = next((each.term for each in file.entries if each.span.start == start), None)
    if first is None or any(
        getattr(term, field) not in {getattr(_NOTHING, field), getattr(first, field)} for field in _WRITTEN
    ):
        return
    edits = editor.remove_entry(file.text.source, placed.span)
    if edits:
        yield _fix(f"Delete this duplicate entry of '{term.name}'", problem, *edits)


def _replace(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the terms that a deprecated one is related to as its replacement."""
    found = _entry(problem, document)
    if found is None:
        return
    file, editor, placed = found
    term = placed.term
    named = (*term.related, *(contrast.term for contrast in term.contrasts))
    known = (other for name in named if (other := document.glossary.term(name)) is not None)
    names = dict.fromkeys(other.name for other in known if key(other.name) != key(term.name))
    for name in list(names)[:_MOST]:
        edits = editor.add_value(file.text.source, placed.span, "status", "replaced_by", name)
        if edits:
            yield _fix(f"Set 'replaced_by' to '{name}'", problem, *edits)


def _file(document: Document) -> tuple[GlossaryFile, Editor] | None:
    """Return the glossary file that a document is, and its editor, if it can be edited."""
    file = glossary_file_of(document)
    editor = formats.editor_for(file) if file else None
    return (file, editor) if file and editor else None


def _entry(problem: Problem, document: Document) -> tuple[GlossaryFile, Editor, Placed] | None:
    """Return the entry that a problem is about, with its file and editor."""
    found = _file(document)
    placed = found[0].entry_at(problem.span.start) if found else None
    return (*found, placed) if found and placed else None


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
