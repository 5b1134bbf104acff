"""Rule `no-replacement`: a deprecated term without a replacement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity, Status
from glossary_ls.glossary.index import key
from glossary_ls.glossary.model import Role
from glossary_ls.rules.shared.case import editable_entry, span_of
from glossary_ls.rules.shared.fix import quick_fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "no-replacement"
SEVERITY = Severity.INFORMATION
SUMMARY = "A deprecated term without a replacement."

#: The number of replacements that are offered at most.
_MOST = 3


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at the status of each deprecated term without a replacement."""
    for placed in case.file.where(lambda entry: entry.term.status is Status.DEPRECATED):
        if not placed.term.replaced_by:
            message = f"'{placed.term.name}' is deprecated; name the term to use instead in 'replaced_by'"
            yield Problem(CODE, message, span_of(placed, Role.STATUS))


def fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the related terms as the replacement."""
    found = editable_entry(problem, document)
    if found is None:
        return
    file, editor, placed = found
    term = placed.term
    related = (*term.related, *(contrast.term for contrast in term.contrasts))
    known = (other for name in related if (other := document.glossary.term(name)) is not None)
    names = dict.fromkeys(other.name for other in known if key(other.name) != key(term.name))
    for name in list(names)[:_MOST]:
        edits = editor.add_value(file.text.source, placed.span, "status", "replaced_by", name)
        if edits:
            yield quick_fix(f"Set 'replaced_by' to '{name}'", problem, *edits)
