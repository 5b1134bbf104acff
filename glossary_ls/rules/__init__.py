"""The rules: one module each, with its fixes, listed here.

`rule` has the protocol, `shared` what several rules have in common. Examples to read:
`plural_apostrophe` checks documents, `empty_entry` glossary files. This package must not know editors or the
command line.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from glossary_ls.analysis import suppressions
from glossary_ls.base import memo
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Severity
from glossary_ls.rules import (
    alias_taken,
    avoid_alias,
    conflicting_definition,
    dangling_reference,
    defined_elsewhere,
    defined_twice,
    duplicate_term,
    empty_entry,
    expand_first_use,
    invalid_date,
    invalid_scope,
    no_replacement,
    plural_apostrophe,
    redundant_acronym,
    review_overdue,
    unexplained_entry,
    unknown_acronym,
    unsearched_text,
    unused_definition,
    wrong_case,
)
from glossary_ls.rules.invalid_directive import InvalidDirective
from glossary_ls.rules.rule import Repeating
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.rules.rule import Rule
    from glossary_ls.rules.shared.fix import Fix, Target
    from glossary_ls.settings.schema import Settings

_Subject = TypeVar("_Subject")

_RULES: tuple[Rule[Document], ...] = (
    unknown_acronym,
    unexplained_entry,
    defined_elsewhere,
    conflicting_definition,
    defined_twice,
    avoid_alias,
    wrong_case,
    redundant_acronym,
    plural_apostrophe,
    expand_first_use,
    unused_definition,
    unsearched_text,
)
_CODES = tuple(rule.CODE for rule in _RULES)

#: The rules for documents.
DOCUMENT_RULES: tuple[Rule[Document], ...] = (*_RULES, InvalidDirective(_CODES))

#: The rules for glossary files.
GLOSSARY_RULES: tuple[Rule[Case], ...] = (
    duplicate_term,
    alias_taken,
    dangling_reference,
    empty_entry,
    invalid_date,
    invalid_scope,
    review_overdue,
    no_replacement,
)

#: Every rule.
RULES: tuple[Rule[Document] | Rule[Case], ...] = (*DOCUMENT_RULES, *GLOSSARY_RULES)

_BY_CODE: Mapping[str, Rule[Document] | Rule[Case]] = {rule.CODE: rule for rule in RULES}


def run(document: Document, *, each: bool = False) -> tuple[Problem, ...]:
    """Return the problems of a document in ascending order, with the severities of its settings.

    Problems that a directive in the document hides are left out. With `each`, every use is a problem of its
    own, also for rules that report several uses as one.
    """
    directives = suppressions.read(document.analysis, _CODES)
    document = _accepting(document, directives.accept)
    found = _problems(DOCUMENT_RULES, document, document.settings, each=each)
    line = document.text.line_index
    shown = (
        problem
        for problem in found
        if not directives.hides(problem.code, line(problem.span.start), line(problem.span.end))
    )
    return tuple(sorted(shown, key=lambda problem: (problem.span, problem.code)))


def working_out(document: Document) -> Iterator[None]:
    """Compute what the rules remember about a document, one rule at a time; yield after each."""
    document = accepting(document)
    for rule in DOCUMENT_RULES:
        deque(_problems((rule,), document, document.settings), maxlen=0)
        yield


def accepting(document: Document) -> Document:
    """Return a document whose settings accept what its directives and its glossary accept as well."""
    return _accepting(document, suppressions.read(document.analysis, _CODES).accept)


def _accepting(document: Document, accept: frozenset[str]) -> Document:
    if not (accept or document.glossary.accepted):
        return document
    accept = _accepted(document.glossary, document.settings.accept | accept)
    return replace(document, settings=replace(document.settings, accept=accept))


@memo.about
def _accepted(glossary: Glossary, others: frozenset[str]) -> frozenset[str]:
    return glossary.accepted | others if others else glossary.accepted


def prepare(glossary: Glossary) -> None:
    """Work out what the rules need of a glossary, which takes long for many terms."""
    wrong_case.right_forms(glossary)
    avoid_alias.discouraged_names(glossary)


def check_glossary(
    file: GlossaryFile, glossary: Glossary, settings: Settings, today: date | None = None
) -> tuple[Problem, ...]:
    """Return the problems of a glossary file in ascending order, with the severities of its settings.

    `glossary` is the one that the file is merged into. The reader's problems are not among them.
    """
    case = Case(file, glossary, settings, today or datetime.now(UTC).date())
    found = _problems(GLOSSARY_RULES, case, settings)
    return tuple(sorted(found, key=lambda problem: (problem.span, problem.code)))


def fixes(problem: Problem, document: Document, targets: Sequence[Target]) -> Iterator[Fix]:
    """Yield the fixes for a problem that the rule, or the parser, that reports it offers."""
    rule = _BY_CODE.get(problem.code)
    return rule.fixes(problem, document, targets) if rule else replacement.corrections(problem, document)


def _problems(
    rules: Sequence[Rule[_Subject]], subject: _Subject, settings: Settings, *, each: bool = False
) -> Iterator[Problem]:
    for rule in rules:
        severity = settings.severities.get(rule.CODE, rule.SEVERITY)
        if severity is not Severity.OFF:
            found = rule.each(subject) if each and isinstance(rule, Repeating) else rule.check(subject)
            yield from (replace(problem, severity=severity) for problem in found)
