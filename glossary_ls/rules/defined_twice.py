"""Rule `defined-twice`: a document defines the same acronym twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.analysis import context, expansions
from glossary_ls.base.model import Problem, Related, Severity
from glossary_ls.rules.shared.replacement import replace_definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "defined-twice"
SEVERITY = Severity.INFORMATION
SUMMARY = "An acronym that the document has already defined."


@dataclass(frozen=True, slots=True)
class Repetition:
    """The acronym of a definition that repeats an earlier one."""

    short: str


#: After so many lines, a second definition helps a reader who did not start at the top.
_FAR = 100


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the second definition of an acronym and, if they differ, at the first other one.

    Titles, tables and lists of terms may repeat the text.
    """
    for short, definitions in document.analysis.definitions_by_short.items():
        if len(definitions) < 2 or short in document.settings.accept:
            continue
        running = _Running(document, definitions)
        first = next(iter(running), None)
        if first is None:
            continue
        different = next((found for found in running.others(first) if running.has(found)), None)
        if different is not None:
            yield _problem(document, first, different, same=False)
            continue
        for earlier, later in pairwise(running):
            if _line(document, later) - _line(document, earlier) <= _FAR:
                yield _problem(document, earlier, later, same=True)
                break


class _Running:
    """The definitions of an acronym in running text; lazy, because they are expensive to find."""

    def __init__(self, document: Document, definitions: Sequence[Definition]) -> None:
        self._document = document
        self._definitions = definitions
        self.has = cache(self._has)

    def __iter__(self) -> Iterator[Definition]:
        return filter(self.has, self._definitions)

    def others(self, first: Definition) -> Iterator[Definition]:
        """Yield the definitions, in running text or not, that disagree with the first one."""
        return (found for found in self._definitions if not expansions.agree(found.long, first.long))

    def _has(self, definition: Definition) -> bool:
        return not context.is_entry(self._document, definition)


def _line(document: Document, definition: Definition) -> int:
    return document.text.line_index(definition.short_span.start) + 1


def _problem(document: Document, first: Definition, second: Definition, *, same: bool) -> Problem:
    line = _line(document, first)
    short = second.short
    message = (
        f"'{short}' is already defined on line {line}: write the acronym alone"
        if same
        else f"'{short}' is '{second.long}' here, but '{first.long}' on line {line}: use one acronym for each"
    )
    related = Related(document.path, first.short_span, f"'{short}' is defined here")
    return Problem(
        CODE, message, second.short_span, SEVERITY, Repetition(short) if same else None, (related,)
    )


def fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the acronym alone for a definition that repeats the first one."""
    if isinstance(problem.data, Repetition):
        yield from replace_definition(problem, problem.data.short, document)
