"""The rules: one module each, listed here.

A rule has a CODE (stable, kebab-case), a default SEVERITY, a SUMMARY and a function `check` that looks at a
document and yields problems. This package must not know editors or the command line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from glossary_ls.analysis import suppressions
from glossary_ls.base.model import Problem, Severity
from glossary_ls.rules import (
    avoid_alias,
    conflicting_definition,
    defined_elsewhere,
    defined_twice,
    expand_first_use,
    plural_apostrophe,
    redundant_acronym,
    unknown_acronym,
    unused_definition,
    wrong_case,
)
from glossary_ls.rules.invalid_directive import InvalidDirective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document


class Rule(Protocol):
    """What the module of a rule offers."""

    CODE: str
    SEVERITY: Severity
    SUMMARY: str

    def check(self, document: Document, /) -> Iterator[Problem]:
        """Yield the rule's problems in a document, in any order."""
        ...


_RULES: tuple[Rule, ...] = (
    unknown_acronym,
    defined_elsewhere,
    conflicting_definition,
    defined_twice,
    avoid_alias,
    wrong_case,
    redundant_acronym,
    plural_apostrophe,
    expand_first_use,
    unused_definition,
)

#: Every rule.
CHECKS: tuple[Rule, ...] = (*_RULES, InvalidDirective(tuple(rule.CODE for rule in _RULES)))


#: The rules that report the first of several uses, and what reports each.
_EACH = {rule.CODE: rule.each for rule in (avoid_alias, redundant_acronym, wrong_case)}


def run(document: Document, *, each: bool = False) -> tuple[Problem, ...]:
    """Return the problems of a document by place, with the severities that the user has set.

    What the document's own comments hide is left out. `each` wants a problem at each use, to mend them all.
    """
    said = suppressions.read(document, tuple(rule.CODE for rule in _RULES))
    if said.accept or document.glossary.accepted:
        accept = document.settings.accept | said.accept | document.glossary.accepted
        document = replace(document, settings=replace(document.settings, accept=accept))
    found = _problems(document, each=each)
    shown = (problem for problem in found if not _is_hidden(problem, said, document))
    return tuple(sorted(shown, key=lambda problem: (problem.span, problem.code)))


def _is_hidden(problem: Problem, said: suppressions.Directives, document: Document) -> bool:
    if not said.hidden:
        return False
    line_index = document.text.line_index
    return said.hides(problem.code, line_index(problem.span.start), line_index(problem.span.end))


def _problems(document: Document, *, each: bool) -> Iterator[Problem]:
    for rule in CHECKS:
        severity = document.settings.severities.get(rule.CODE, rule.SEVERITY)
        if severity is not Severity.OFF:
            check = _EACH.get(rule.CODE, rule.check) if each else rule.check
            yield from (replace(problem, severity=severity) for problem in check(document))
