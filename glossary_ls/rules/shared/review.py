"""The date of the last review: what its two rules know of it, and the fix that both offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.base.model import TextEdit
from glossary_ls.rules.shared.case import edit, editable_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.rules.shared.fix import Fix


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The current date, and the date that an invalid one probably means, both in ISO form."""

    today: str
    meant: str = ""


def mark_reviewed(problem: Problem, document: Document) -> Iterator[Fix]:
    """Offer the current date."""
    if isinstance(problem.data, Reviewed) and editable_file(document):
        yield edit("Mark as reviewed today", problem, TextEdit(problem.span, problem.data.today))
