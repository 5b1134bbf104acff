"""Findings: the problems that the rules report in a document, at most as many as its settings allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls import rules

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Text


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of one document or file, ascending, and the text that their spans refer to."""

    text: Text
    problems: tuple[Problem, ...]


def check(document: Document) -> Findings:
    """Return the problems that the rules report in a document."""
    settings = document.settings
    problems = rules.run(document)[: settings.max_problems] if settings.diagnostics else ()
    return Findings(document.text, problems)
