"""Tending a glossary file: remedies for what the rules find wrong with its entries."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from glossary_ls.base.model import Term, TextEdit
from glossary_ls.features.fixes.actions import ActionKind, Adding, CodeAction, DocumentChange, GlossaryChange
from glossary_ls.features.symbol_at import glossary_file_of
from glossary_ls.glossary import formats
from glossary_ls.glossary import lint as rules
from glossary_ls.glossary.index import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.features.fixes.actions import Surroundings
    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.model import GlossaryFile, Placed

#: More terms are not offered in the place of a deprecated one.
_MOST = 3

#: The fields in which an entry says something about its name.
_WRITTEN = tuple(field.name for field in fields(Term) if field.name != "name")


#: What an entry says that has nothing but a name.
_NOTHING = Term("")


def tend(problem: Problem, document: Document, around: Surroundings) -> Iterator[CodeAction]:
    """Offer the remedies for a finding in a glossary file that can be edited."""
    file = glossary_file_of(document)
    editor = formats.editor_for(file) if file else None
    if file is None or editor is None:
        return
    if problem.code == rules.DANGLING:
        yield from _refer(problem, document, around, editor)
    elif problem.code in {rules.OVERDUE, rules.MISDATED}:
        yield from _review(problem)
    elif problem.code in {rules.TAKEN, rules.DUPLICATE, rules.UNREPLACED}:
        placed = file.entry_at(problem.span.start)
        if placed and problem.code == rules.TAKEN:
            yield from _give_up(problem, file, editor, placed)
        elif placed and problem.code == rules.DUPLICATE:
            yield from _delete(problem, file, editor, placed)
        elif placed:
            yield from _replace(problem, document, editor, placed)


def _refer(
    problem: Problem, document: Document, around: Surroundings, editor: Editor
) -> Iterator[CodeAction]:
    """Offer the term that was meant, and to give the one that is named an entry."""
    meant = problem.data.get("suggestion")
    name = str(problem.data.get("name", ""))
    if isinstance(meant, str):
        edit = editor.rewritten(document.text.source, problem.span, meant)
        yield _fix(f"Replace '{name}' by '{meant}'", problem, edit, preferred=True)
    if any(target.path == document.path for target in around.targets):
        change = GlossaryChange(document.path, Adding.TERM, name)
        yield CodeAction(f"Add '{name}' to this glossary", ActionKind.FIX, change, (problem,))


def _review(problem: Problem) -> Iterator[CodeAction]:
    today = problem.data.get("today")
    if isinstance(today, str):
        yield _fix("Mark as reviewed today", problem, TextEdit(problem.span, today))


def _give_up(problem: Problem, file: GlossaryFile, editor: Editor, placed: Placed) -> Iterator[CodeAction]:
    edits = editor.remove_alias(file.text.source, placed.span, problem.span.start)
    if edits:
        alias = problem.data.get("alias", "")
        yield _fix(f"Remove the alias '{alias}' from '{placed.term.name}'", problem, *edits)


def _delete(problem: Problem, file: GlossaryFile, editor: Editor, placed: Placed) -> Iterator[CodeAction]:
    """Offer to delete an entry that says nothing which the first one does not say."""
    start = int(problem.data.get("first", -1))
    first = next((each.term for each in file.entries if each.span.start == start), None)
    term = placed.term
    if first is None or any(
        getattr(term, field) not in {getattr(_NOTHING, field), getattr(first, field)} for field in _WRITTEN
    ):
        return
    edits = editor.remove_entry(file.text.source, placed.span)
    if edits:
        yield _fix(f"Delete this entry of '{term.name}', which says nothing new", problem, *edits)


def _replace(problem: Problem, document: Document, editor: Editor, placed: Placed) -> Iterator[CodeAction]:
    """Offer the terms that a deprecated one is related to as what to use instead."""
    term = placed.term
    named = (*term.related, *(contrast.term for contrast in term.contrasts))
    known = (other for name in named if (other := document.glossary.term(name)) is not None)
    names = dict.fromkeys(other.name for other in known if key(other.name) != key(term.name))
    for name in list(names)[:_MOST]:
        edits = editor.add_value(document.text.source, placed.span, "status", "replaced_by", name)
        if edits:
            yield _fix(f"Tell to use '{name}' instead", problem, *edits)


def _fix(title: str, problem: Problem, *edits: TextEdit, preferred: bool = False) -> CodeAction:
    return CodeAction(title, ActionKind.FIX, DocumentChange(edits), (problem,), preferred)
