"""Rule `empty-entry`: an entry that explains nothing."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.rules.shared.fix import no_fixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.rules.shared.case import Case

CODE = "empty-entry"
SEVERITY = Severity.HINT
SUMMARY = "An entry that explains nothing."

#: The fields of a term of which at least one explains it.
_EXPLANATIONS: Callable[[Term], tuple[object, ...]] = attrgetter(
    "expansion", "definition", "summary", "facts", "examples", "questions", "replaced_by"
)


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at the name of each entry without an explanation."""
    for placed in case.file.entries:
        if not any(_EXPLANATIONS(placed.term)):
            message = f"'{placed.term.name}' is not explained; add an expansion, a summary or a definition"
            yield Problem(CODE, message, placed.name.span, SEVERITY)


fixes = no_fixes
