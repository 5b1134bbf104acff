"""Replacing what a rule found by what it proposes, once or everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import context
from glossary_ls.analysis.editing.plan import plan_edits
from glossary_ls.analysis.editing.reading import read_analysis
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Correction, TextEdit
from glossary_ls.base.text import Span
from glossary_ls.rules.shared.fix import DocumentChange, Fix, FixKind, RepeatedChange, quick_fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.rules.shared.fix import Target


@dataclass(frozen=True, slots=True)
class Replacement:
    """The payload of a rule whose proposal never changes the meaning of a sentence.

    `new` replaces the span of the problem. `subject` is what the `uses` of one problem have in common; empty
    for a rule that reports each use.
    """

    new: str
    uses: int = 1
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OneForm:
    """The payload of a rule about a definition of which one form, `new`, is enough."""

    new: str


def fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the proposal for one use, and for all of them if there are more."""
    data = problem.data
    if not isinstance(data, Replacement):
        return
    if edits := edits_at(problem.span, data.new, document):
        names = _names(problem.span, data.new, document)
        yield quick_fix(f"Replace {names}", problem, *edits, preferred=True)
        if data.uses > 1:
            change = RepeatedChange(problem.code, data.subject)
            yield Fix(f"Replace all {data.uses} uses of {names}", FixKind.FIX, change, (problem,))


def corrections(problem: Problem, document: Document) -> Iterator[Fix]:
    """Offer the correction that a parser proposes."""
    if isinstance(problem.data, Correction):
        edit = TextEdit(problem.span, problem.data.new)
        title = f"Replace {_names(edit.span, edit.new, document)}"
        yield quick_fix(title, problem, edit, preferred=True)


def everywhere(problems: Iterable[Problem]) -> Iterator[Fix]:
    """Offer to make every replacement."""
    found = tuple(problem for problem in problems if isinstance(problem.data, Replacement))
    if found:
        title = "Fix all names that differ from the glossary"
        yield Fix(title, FixKind.FIX_ALL, RepeatedChange(), found)


def _names(span: Span, new: str, document: Document) -> str:
    written = " ".join(span.of(document.text.source).split())
    return f"'{written}' with '{new}'"


def edits_at(span: Span, new: str, document: Document) -> tuple[TextEdit, ...]:
    """Return the edits that write `new` at `span`, and what has to change with it; none if it would harm."""
    if span.of(document.text.source) == new:
        return ()
    return plan_edits(read_analysis(document.analysis), (TextEdit(span, new),)).edits


def expanded_at(span: Span, long: str, written: str, document: Document) -> Iterator[Fix]:
    """Offer to write `long (written)` at a use of an acronym."""
    if context.opens_sentence(document, span.start):
        long = long[:1].upper() + long[1:]
    new = f"{long} ({written})"
    if edits := edits_at(span, new, document):
        yield Fix(f"Expand here: {new}", FixKind.FIX, DocumentChange(edits))


def definition_fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to write one form alone for `long form (SHORT)` or `SHORT (long form)`.

    The problem is at the short form. A definition in any other form is left alone.
    """
    source, data = document.text.source, problem.data
    definitions = document.analysis.definitions_in(problem.span)
    found = next((found for found in definitions if found.short_span == problem.span), None)
    if found and isinstance(data, OneForm):
        first, second = sorted((found.short_span, found.long_span))
        between = source[first.end : second.start]
        if "".join(between.split()) == "(" and source[second.end : second.end + 1] == ")":
            span = Span(first.start, second.end + 1)
            if edits := edits_at(span, data.new, document):
                title = f"Replace {_names(span, data.new, document)}"
                yield quick_fix(title, problem, *edits, preferred=True)
