"""The unknown acronyms of a document, each with its uses and a guess at what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.rules import unknown_acronym
from glossary_ls.rules.shared.guessing import guess
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Span
    from glossary_ls.rules.shared.guessing import Guess


@dataclass(frozen=True, slots=True)
class UnknownAcronym:
    """An acronym that nothing explains: the spans of its uses, ascending, and the best guess.

    `entry` is the path of the glossary in which it has an entry without an explanation.
    """

    name: str
    uses: tuple[Span, ...]
    guess: Guess
    entry: str = ""


def unknown(document: Document, problems: Iterable[Problem]) -> Iterator[UnknownAcronym]:
    """Yield the unknown acronyms among the problems of a document, in the order of their first use."""
    uses = {found.uses[0].span: found for found in unknown_acronym.find(document)}
    for problem in problems:
        data = problem.data
        if isinstance(data, Undefined):
            found = uses.get(problem.span)
            spans = tuple(use.span for use in found.uses) if found else (problem.span,)
            yield UnknownAcronym(data.acronym, spans, guess(data.acronym, document), data.entry)
