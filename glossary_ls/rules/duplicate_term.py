"""Rule `duplicate-term`: an entry with the name and expansion of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import fields
from glossary_ls.base.model import CaseRule, Problem, Related, Severity, Term
from glossary_ls.glossary.index import key
from glossary_ls.rules.shared.case import editable_entry
from glossary_ls.rules.shared.fix import quick_fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.model import Placed
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "duplicate-term"
SEVERITY = Severity.WARNING
SUMMARY = "Two entries of a glossary with the same name and the same expansion."

_NAMELESS = Term("")


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each entry with the name and expansion of an earlier one."""
    seen: dict[tuple[str, str, str], Placed] = {}
    for placed in case.named(case.names.shared):
        term = placed.term
        # With `case: exact`, `Apple` and `apple` are two terms.
        name = term.name if term.case is CaseRule.EXACT else key(term.name)
        context = case.file.head.context_of(term)
        first = seen.setdefault((name, key(term.expansion), context.topic if context else ""), placed)
        if first is not placed:
            yield Problem(
                CODE,
                f"'{term.name}' already has an entry on line {case.file.line_of(first) + 1}; "
                "merge the two, or give each its own expansion if they mean different things",
                placed.name.span,
                related=(Related(case.file.path, first.name.span, "the first entry"),),
            )


def fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to delete an entry that adds nothing to the first one."""
    found = editable_entry(problem, document)
    if found is None:
        return
    file, editor, placed = found
    term, first = placed.term, file.entry_at(problem.related[0].span.start)
    if first is None or not _adds_nothing(term, first.term):
        return
    edits = editor.remove_entry(file.text.source, placed.span)
    if edits:
        yield quick_fix(f"Delete this duplicate entry of '{term.name}'", problem, *edits)


def _adds_nothing(term: Term, first: Term) -> bool:
    """Return whether each field of a term is empty or the same as in another term."""
    names = (field.name for field in fields(Term) if field.name != "name")
    return all(getattr(term, name) in {getattr(_NAMELESS, name), getattr(first, name)} for name in names)
