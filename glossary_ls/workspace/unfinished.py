"""Which findings are shown while a word is being typed, so that nothing half-typed is reported.

The word at the end of the last edit is not judged, nor is what it makes of the rest of the document. What was
shown before moves with the text and goes as soon as no rule reports it. This module must not know time:
another one decides when a word is finished.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.text import Span, common_ends
from glossary_ls.matching.words import is_word_char
from glossary_ls.workspace.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Problem

#: What joins the parts of a word: behind one of these, the word may go on.
_JOINERS = frozenset("-_/&+'\u2019")


def while_typing(before: Findings, now: Findings, *, in_one_place: bool = True) -> Findings:
    """Return the findings to show of `now`, if `before` are those that were shown before the last edits.

    Unless the edits were all `in_one_place`, every word that they touch is being typed.
    """
    if before.text.source == now.text.source:
        return now
    edit = _Edit.between(before.text.source, now.text.source)
    word = _word(now.text.source, edit.new.end if in_one_place else edit.new.start, edit.new.end)
    if not word:
        return now
    known = {(each.code, span): each for each in before.problems for span in edit.moved(each.span)}
    # Of what is in the edited part of the text, its words tell that it is still the same.
    old = before.text.source
    kept = {(each.code, each.span.of(old)) for each in before.problems if each.span.overlaps(edit.old)}
    shown: list[Problem] = []
    held: set[tuple[str, str]] = set()
    for problem in now.problems:
        span = problem.span
        named = problem.code, span.of(now.text.source)
        is_near = span.start <= edit.new.end and edit.new.start <= span.end
        is_known = known.pop((problem.code, span), None) or (is_near and named in kept)
        if is_known or (is_near and not span.overlaps(word)):
            shown.append(problem)
        else:
            held.add(named)
    for (code, span), problem in known.items():
        # A word that is being typed may be an earlier use, at which the problem would be reported.
        if (code, span.of(now.text.source)) in held and not span.overlaps(word):
            shown.append(replace(problem, span=span, related=()))
    return Findings(now.text, tuple(sorted(shown, key=lambda problem: (problem.span, problem.code))))


def _word(source: str, start: int, end: int) -> Span | None:
    """Return the range from `start` to `end` with the words at its ends; None if that is no word."""
    while start and _is_in_word(source[start - 1]):
        start -= 1
    while end < len(source) and _is_in_word(source[end]):
        end += 1
    return Span(start, end) if any(map(is_word_char, source[start:end])) else None


def _is_in_word(char: str) -> bool:
    return char in _JOINERS or is_word_char(char)


@dataclass(frozen=True, slots=True)
class _Edit:
    """The span that differs between two texts, in either of them."""

    old: Span
    new: Span

    @classmethod
    def between(cls, old: str, new: str) -> _Edit:
        """Return the shortest edit that makes one text of another."""
        before, behind = common_ends(old, new)
        return cls(Span(before, len(old) - behind), Span(before, len(new) - behind))

    def moved(self, span: Span) -> Iterator[Span]:
        """Yield where a span of the old text may be in the new one: at its ends, an edit may belong to it."""
        by = self.new.end - self.old.end
        if span.end <= self.old.start:
            yield span
        elif span.start >= self.old.end:
            yield span.shifted(by)
        if span.start <= self.old.start and self.old.end <= span.end:
            yield Span(span.start, span.end + by)
