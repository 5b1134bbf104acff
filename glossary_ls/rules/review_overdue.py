"""Rule `review-overdue`: an entry that was last reviewed longer ago than the settings allow."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.glossary.model import Role
from glossary_ls.rules.shared.case import span_of
from glossary_ls.rules.shared.review import Reviewed, mark_reviewed, months_since

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.rules.shared.case import Case

CODE = "review-overdue"
SEVERITY = Severity.INFORMATION
SUMMARY = "An entry whose last review is out of date."
fixes = mark_reviewed


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each review date that is `review_months` or more ago; 0 disables the rule."""
    limit = case.settings.review_months
    for placed in case.file.where(attrgetter("term.reviewed")) if limit else ():
        term = placed.term
        age = months_since(term.reviewed, case.today)
        if age is not None and age >= limit:
            owner = f"; ask {term.owner}" if term.owner else ""
            message = f"'{term.name}' was last reviewed {age} months ago; check that it is up to date{owner}"
            data = Reviewed(case.today.isoformat())
            yield Problem(CODE, message, span_of(placed, Role.REVIEWED), data=data)
