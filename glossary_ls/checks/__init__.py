"""The rules: one module each, listed here.

A rule has a CODE (stable, kebab-case), a default SEVERITY, a SUMMARY and a function `check` that looks at a
document and yields problems. This package must not know editors or the command line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from glossary_ls.checks import unknown_acronym
from glossary_ls.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document


class Rule(Protocol):
    """What the module of a rule offers."""

    CODE: str
    SEVERITY: Severity
    SUMMARY: str

    def check(self, document: Document, /) -> Iterator[Problem]:
        """Yield the rule's problems in a document, in any order."""
        ...


#: Every rule.
CHECKS: tuple[Rule, ...] = (unknown_acronym,)


def run(document: Document) -> tuple[Problem, ...]:
    """Return the problems of a document by place, with the severities that the user has set."""
    return tuple(sorted(_problems(document), key=lambda problem: (problem.span, problem.code)))


def _problems(document: Document) -> Iterator[Problem]:
    for rule in CHECKS:
        severity = document.settings.severities.get(rule.CODE, rule.SEVERITY)
        if severity is not Severity.OFF:
            yield from (replace(problem, severity=severity) for problem in rule.check(document))
