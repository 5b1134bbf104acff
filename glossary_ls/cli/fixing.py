"""The fixes that `glossary-ls check` makes: those that an editor prefers, worked out by the same code.

A fix is *safe* if it writes another form of what is there already: the edits of "fix all" in an editor. It is
*unsafe* if it adds or removes words, or guesses. Fixes that add to a glossary or choose between meanings are
left to people. This module writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls import rules
from glossary_ls.analysis.scan import scan
from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import apart, applied
from glossary_ls.base.model import Correction
from glossary_ls.base.text import Text
from glossary_ls.features.fixes.writing import edits_of
from glossary_ls.rules import expand_first_use
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.fix import DocumentChange, RepeatedChange
from glossary_ls.rules.shared.replacement import OneForm, Replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, TextEdit
    from glossary_ls.rules.shared.fix import Fix

#: A fix may cause another problem; this is how often a document is checked again.
_MOST_ROUNDS = 20


def is_safe(problem: Problem) -> bool:
    """Return whether the fix of a problem, if there is one, never changes what the text says."""
    return isinstance(problem.data, Replacement)


def applicability(code: str) -> str | None:
    """Return whether `check` makes the fixes of a rule: `safe`, `unsafe`, or None if it does not."""
    fixes = {rule.CODE: rule.fixes for rule in rules.DOCUMENT_RULES}.get(code)
    if fixes is replacement.fixes:
        return "safe"
    return "unsafe" if fixes is replacement.definition_fixes or code == expand_first_use.CODE else None


def fix_of(problem: Problem, document: Document) -> Fix | None:
    """Return the fix that an editor prefers, if it edits the document only."""
    if not isinstance(problem.data, Replacement | OneForm | Correction):
        return None
    fixes = rules.fixes(problem, document, ())
    return next((fix for fix in fixes if fix.preferred and isinstance(fix.change, DocumentChange)), None)


def fixed(document: Document, *, unsafe: bool, wanted: Callable[[int], bool]) -> str:
    """Return the text of a document with its problems fixed; `wanted` says on which lines, counted from 0."""
    if not document.settings.diagnostics:
        return document.text.source
    change = edits_of(RepeatedChange(), document, ())
    current = _edited(document, _on_lines(change.edits if change else (), document.text, wanted))
    if unsafe:
        for _ in range(_MOST_ROUNDS):
            edits = tuple(_unsafe(current, wanted))
            if not edits:
                break
            current = _edited(current, edits)
    return current.text.source


def _unsafe(document: Document, wanted: Callable[[int], bool]) -> Iterator[TextEdit]:
    """Yield the edits of one round; of fixes that overlap, the first one."""
    end = -1
    for problem in rules.run(document):
        fix = None if is_safe(problem) else fix_of(problem, document)
        if fix and isinstance(fix.change, DocumentChange):
            edits = apart(fix.change.edits)
            if (
                edits
                and edits[0].span.start > end
                and len(_on_lines(edits, document.text, wanted)) == len(edits)
            ):
                end = edits[-1].span.end
                yield from edits


def _on_lines(edits: tuple[TextEdit, ...], text: Text, wanted: Callable[[int], bool]) -> tuple[TextEdit, ...]:
    return tuple(edit for edit in edits if wanted(text.line_index(edit.span.start)))


def _edited(document: Document, edits: tuple[TextEdit, ...]) -> Document:
    if not edits:
        return document
    text = Text(applied(document.text.source, edits))
    analysis = scan(text, document.language, document.glossary, document.analysis)
    return replace(document, analysis=analysis)
