"""Rule `invalid-scope`: a pattern in `scope` that matches no document."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base import globs
from glossary_ls.base.model import Problem, Severity
from glossary_ls.glossary.model import Role
from glossary_ls.rules.shared.case import span_of
from glossary_ls.rules.shared.fix import no_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.rules.shared.case import Case

CODE = "invalid-scope"
SEVERITY = Severity.WARNING
SUMMARY = "A pattern in `scope` that matches no document."
fixes = no_fixes


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each invalid pattern."""
    for placed in case.file.where(attrgetter("term.scope")):
        for pattern in placed.term.scope:
            if complaint := globs.complaint(pattern):
                message = f"{complaint}; it makes '{placed.term.name}' a term of no document"
                yield Problem(CODE, message, span_of(placed, Role.SCOPE, pattern))
