"""Findings: the problems of documents, at most as many as the settings allow, and those of glossary files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.store import Stored
    from glossary_ls.settings.schema import Settings


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of one document or file, ascending, and the text that their spans refer to."""

    text: Text
    problems: tuple[Problem, ...]


def check(document: Document) -> Findings:
    """Return the problems that the rules report in a document, and those of a glossary that it is."""
    settings = document.settings
    problems = rules.run(document)[: settings.max_problems] if settings.diagnostics else ()
    own = next((file for file in document.files if file.path == document.path and file.problems), None)
    if own is not None:
        problems = tuple(sorted((*problems, *own.problems), key=lambda problem: problem.span))
    return Findings(document.text, problems)


class GlossaryFindings:
    """The findings of glossary files: the parser's problems, and those of the rules for glossaries.

    They are remembered until any glossary or setting changes, because they are asked for after every pause.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Stored, Findings]] = {}

    def of(
        self,
        stored: Stored,
        revision: int,
        active: Callable[[], tuple[Glossary, Settings]],
        missing: Callable[[], Iterable[Problem]],
    ) -> Findings:
        """Return the findings in a file.

        `active` returns the glossary and the settings that apply to it, and `missing` the problems with other
        glossaries that it names.
        """
        path = stored.file.path
        known = self._known.get(path)
        if known is None or known[0] != revision or known[1] is not stored:
            found = rules.check_glossary(stored.file, *active())
            every = sorted((*stored.problems, *found, *missing()), key=lambda problem: problem.span)
            known = self._known[path] = revision, stored, Findings(stored.file.text, tuple(every))
        return known[2]
