"""Rule `empty-entry`: an entry that explains nothing."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.rules.shared.fix import no_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.rules.shared.case import Case

CODE = "empty-entry"
SEVERITY = Severity.HINT
SUMMARY = "An entry that explains nothing."
fixes = no_fixes


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at the name of each entry without an explanation."""
    for placed in case.file.where(attrgetter("is_unexplained")):
        message = f"'{placed.term.name}' is not explained; add an expansion, a summary or a definition"
        yield Problem(CODE, message, placed.name.span)
