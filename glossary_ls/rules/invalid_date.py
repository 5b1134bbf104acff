"""Rule `invalid-date`: a review date that is not a valid date."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity, TextEdit
from glossary_ls.glossary.model import Role
from glossary_ls.rules.shared.case import span_of
from glossary_ls.rules.shared.fix import quick_fix
from glossary_ls.rules.shared.review import Reviewed, mark_reviewed, meant, read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "invalid-date"
SEVERITY = Severity.WARNING
SUMMARY = "A review date that is not a valid date."


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each review date that cannot be read."""
    for placed in case.file.where(attrgetter("term.reviewed")):
        reviewed = placed.term.reviewed
        if read_date(reviewed) is None:
            message = f"'{reviewed}' is not a valid date; write year, month and day, as in 2026-01-31"
            date = meant(reviewed)
            data = Reviewed(case.today.isoformat(), date.isoformat() if date else "")
            yield Problem(CODE, message, span_of(placed, Role.REVIEWED), data=data)


def fixes(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the date that was probably meant, and the current date."""
    if isinstance(problem.data, Reviewed) and problem.data.meant:
        written, date = problem.span.of(document.text.source), problem.data.meant
        change = TextEdit(problem.span, date)
        yield quick_fix(f"Replace '{written}' with '{date}'", problem, change, preferred=True)
    yield from mark_reviewed(problem, document, targets)
