"""Replacing what a rule found by its proposal, once or everywhere, and mistyped acronyms by known ones."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span
from glossary_ls.features.fixes.actions import ActionKind, CodeAction, DocumentChange, RepeatedChange
from glossary_ls.features.fixes.articles import article
from glossary_ls.features.fixes.link_names import linked
from glossary_ls.glossary import lint
from glossary_ls.rules import (
    avoid_alias,
    defined_twice,
    expand_first_use,
    plural_apostrophe,
    redundant_acronym,
    unknown_acronym,
    unused_definition,
    wrong_case,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition, Problem

#: The rules whose replacement never changes what a sentence says.
SAFE = frozenset({avoid_alias.CODE, plural_apostrophe.CODE, redundant_acronym.CODE, wrong_case.CODE})

#: Rules that point at an acronym and mean the whole definition that it is in.
_OF_DEFINITIONS = frozenset({defined_twice.CODE, unused_definition.CODE})

#: Acronyms of fewer letters are all one letter away from a known one.
_FEWEST_LETTERS = 4
_MOST_SIMILAR = 2


def by_proposal(problem: Problem, document: Document) -> Iterator[CodeAction]:
    """Offer what the rule proposes."""
    if problem.code in {unknown_acronym.CODE, lint.DANGLING}:
        return
    edits = edits_for(problem, document)
    if not edits:
        return
    edit = edits[0]
    written = " ".join(edit.span.of(document.text.source).split())
    title = f"Replace '{written}' by '{edit.new}'"
    if problem.code == expand_first_use.CODE:
        title = f"Expand at this use: {edit.new}"
    yield CodeAction(title, ActionKind.FIX, DocumentChange(edits), (problem,), preferred=True)
    uses = problem.data.get("uses", 1)
    if problem.code in SAFE and isinstance(uses, int) and uses > 1:
        title = f"Replace all {uses} uses of '{written}' by '{edit.new}'"
        change = RepeatedChange(problem.code, subject(problem, document))
        yield CodeAction(title, ActionKind.FIX, change, (problem,))


def by_similar(problem: Problem, document: Document) -> Iterator[CodeAction]:
    """Offer the known acronyms that are one slip away from an unknown one."""
    if problem.code != unknown_acronym.CODE:
        return
    acronym = str(problem.data.get("acronym", ""))
    ending = problem.span.of(document.text.source)[len(acronym) :]
    likely = problem.data.get("replacement")
    others = (known + ending for known in _similar(acronym, document))
    for new in dict.fromkeys((likely, *others) if isinstance(likely, str) else others):
        change = DocumentChange((TextEdit(problem.span, new),))
        title = f"Did you mean '{new}'?"
        yield CodeAction(title, ActionKind.FIX, change, (problem,), preferred=new == likely)


def everywhere(problems: Iterable[Problem]) -> Iterator[CodeAction]:
    """Offer to carry out every replacement that is safe."""
    found = tuple(problem for problem in problems if problem.code in SAFE and "replacement" in problem.data)
    if found:
        title = "Fix all names that the glossary writes in another way"
        yield CodeAction(title, ActionKind.FIX_ALL, RepeatedChange(), found)


def subject(problem: Problem, document: Document) -> str:
    """Return what a problem has in common with others of its rule: the term, else what is written."""
    return str(problem.data.get("term", problem.span.of(document.text.source)))


def edits_for(problem: Problem, document: Document) -> tuple[TextEdit, ...]:
    """Return what a rule proposes, if it does, as one edit and maybe another one for the article."""
    source = document.text.source
    new = problem.data.get("replacement", problem.data.get("suggestion"))
    if not isinstance(new, str):
        return ()
    span: Span | None = problem.span
    if problem.code in _OF_DEFINITIONS:
        found = document.analysis.definitions_in(problem.span)
        definition = next((each for each in found if each.short_span == problem.span), None)
        span = _whole(definition, source) if definition else None
    if span is None or span.of(source) == new:
        return ()
    return *linked(document, TextEdit(span, new)), *article(source, span.start, new)


def _whole(definition: Definition, source: str) -> Span | None:
    """Return the span of `long form (SHORT)` or `SHORT (long form)`; None for any other form."""
    first, second = sorted((definition.short_span, definition.long_span))
    between = source[first.end : second.start]
    if "".join(between.split()) == "(" and source[second.end : second.end + 1] == ")":
        return Span(first.start, second.end + 1)
    return None


def _similar(acronym: str, document: Document) -> list[str]:
    if not acronym.isascii() or not acronym.isupper():
        return []
    found: list[str] = []
    for slip in _slips(acronym):
        if slip not in found and any(slip in term.names for term in document.glossary.exact(slip)):
            found.append(slip)
            if len(found) == _MOST_SIMILAR:
                break
    return found


def _slips(acronym: str) -> Iterator[str]:
    """Yield what may have been meant: two letters were exchanged, or one is too many, wrong or lost."""
    splits = [(acronym[:at], acronym[at:]) for at in range(len(acronym) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1)
    if len(acronym) < _FEWEST_LETTERS:
        return
    # Of four letters only a doubled one may be too many: SLLO may be SLO, but OTLP is not OTP.
    long = len(acronym) > _FEWEST_LETTERS
    yield from (head + tail[1:] for head, tail in splits if tail and (long or head[-1:] == tail[0]))
    yield from (head + letter + tail[1:] for head, tail in splits if tail for letter in ascii_uppercase)
    yield from (head + letter + tail for head, tail in splits for letter in ascii_uppercase)
