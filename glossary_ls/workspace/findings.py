"""Findings: the problems of documents, at most as many as the settings allow, and those of glossary files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls import rules
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.rules import unused_definition
from glossary_ls.workspace.merging import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.background import Background
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.store import Stored
    from glossary_ls.settings.schema import Settings

#: How many chunks show what the rules ask about each.
_EXAMPLE = 2


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


def preparing(document: Document) -> Generator[None, None, None]:
    """Work out what `check` asks about a document, in steps, so that it only combines that."""
    example = document.analysis.beginning(_EXAMPLE)
    rules.run(replace(document, analysis=example))
    yield
    yield from document.analysis.working_out(example)
    # Without these steps, combining took five times as long.
    _ = document.analysis.meanings
    yield
    yield from rules.working_out(document)


def check_beginning(document: Document, rest: str) -> Findings:
    """Return the problems in the beginning of a document, of which `rest` is not scanned yet.

    Left out are names that `rest` has in brackets, which may define them, and unused ones that it has.
    """
    found = check(document)
    source = document.text.source

    def is_settled(problem: Problem) -> bool:
        named = problem.span.of(source)
        return f"({named})" not in rest and (problem.code != unused_definition.CODE or named not in rest)

    return Findings(found.text, tuple(filter(is_settled, found.problems)))


class GlossaryFindings:
    """The findings of glossary files: the parser's problems, and those of the rules for glossaries.

    They are remembered until any glossary or setting changes, because they are asked for after every pause.
    Where files with many entries are checked in the background, their findings are those of the parser until
    that is done, or what they were before for the same text.
    """

    def __init__(self) -> None:
        self._background: Background | None = None
        self._on_checked: Callable[[], None] = lambda: None
        self._known: dict[str, _Known] = {}
        self._is_checking = False

    def check_in_background(self, background: Background, on_checked: Callable[[], None]) -> None:
        """Check files with many entries with `background`; `on_checked` is called when that is done."""
        self._background = background
        self._on_checked = on_checked

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
        if known is not None and known.revision == revision and known.stored is stored:
            return known.findings
        glossary, settings = active()
        others = (*stored.problems, *missing())

        def checked() -> _Known:
            found = rules.check_glossary(stored.file, glossary, settings)
            return _Known(revision, stored, _findings(stored, (*others, *found)))

        if self._background is None or len(stored.file.items) <= AT_ONCE:
            known = self._known[path] = checked()
            return known.findings
        if not self._is_checking:
            self._is_checking = True
            self._background(checked, self._arrived)
        is_same = known is not None and known.findings.text is stored.file.text
        return known.findings if known is not None and is_same else _findings(stored, others)

    def _arrived(self, known: _Known) -> None:
        self._is_checking = False
        self._known[known.stored.file.path] = known
        self._on_checked()


class _Known(NamedTuple):
    """The findings in a version of a file at a revision of the workspace."""

    revision: int
    stored: Stored
    findings: Findings


def _findings(stored: Stored, problems: Iterable[Problem]) -> Findings:
    return Findings(stored.file.text, tuple(sorted(problems, key=lambda problem: problem.span)))
