"""Rule `review-overdue`: an entry that was last reviewed longer ago than the settings allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.glossary.model import Role
from glossary_ls.rules.shared.case import span_of
from glossary_ls.rules.shared.dates import read_date
from glossary_ls.rules.shared.review import Reviewed, mark_reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "review-overdue"
SEVERITY = Severity.INFORMATION
SUMMARY = "An entry whose last review is too long ago."


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each review date that is `review_months` or more ago; 0 disables the rule."""
    limit = case.settings.review_months
    for placed in case.file.entries if limit else ():
        term = placed.term
        day = read_date(term.reviewed) if term.reviewed else None
        if day is None:
            continue
        age = (case.today.year - day.year) * 12 + case.today.month - day.month - (case.today.day < day.day)
        if age >= limit:
            owner = f"; ask {term.owner}" if term.owner else ""
            message = f"'{term.name}' was last reviewed {age} months ago; check that it is up to date{owner}"
            data = Reviewed(case.today.isoformat())
            yield Problem(CODE, message, span_of(placed, Role.REVIEWED), SEVERITY, data)


def fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the current date."""
    yield from mark_reviewed(problem, document)
