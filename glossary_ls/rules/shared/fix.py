"""What a fix is: a title, a kind, and a change that is worked out when it is wanted.

A change of the current document is a few edits. One that is expensive (a glossary has to be read, a document
scanned again) is only described here; `features.fixes.writing.edits_of` works it out, now or when the user
has chosen it. This module must not know any rule.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, TextEdit
    from glossary_ls.base.text import Text


class FixKind(StrEnum):
    """The code action kinds of the protocol that are used; a kind includes those below it by dots."""

    FIX = "quickfix"
    REWRITE = "refactor.rewrite"
    FIX_ALL = "source.fixAll.glossary_ls"


class Adding(StrEnum):
    """What is added to a glossary, or to the settings: a rule that is off, a file that is no glossary.

    `ALL_TERMS` and `ALL_ACCEPTED` add every unknown acronym of the document.
    """

    TERM = "term"
    ALIAS = "alias"
    ACCEPTED = "accepted"
    ESTABLISHED = "established"
    ALL_TERMS = "all-terms"
    ALL_ACCEPTED = "all-accepted"
    RULE_OFF = "rule-off"
    NO_SOURCE = "no-source"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """Edits of the current document."""

    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class GlossaryChange:
    """An addition to the glossary or configuration file at `path`, which may not exist yet.

    `text` is the expansion of a term, and for an alias the term that gets it.
    """

    path: str
    adding: Adding
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RepeatedChange:
    """Every replacement that a rule proposes for a subject; without a rule, those of all rules."""

    code: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class LaterUsesChange:
    """The acronym `short` for each later use of its long form, given the offset `at` of its definition."""

    short: str
    at: int


Change = DocumentChange | GlossaryChange | RepeatedChange | LaterUsesChange


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is offered to the user; `problems` are those that it solves.

    `later` marks the less usual ones, which a short list of fixes leaves out.
    """

    title: str
    kind: FixKind
    change: Change
    problems: tuple[Problem, ...] = ()
    preferred: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A file to write to: its path and its name for the user; a file to be created has no text."""

    path: str
    title: str
    text: Text | None = None

    @property
    def source(self) -> str | None:
        """The content of the file, or None for one to be created."""
        return None if self.text is None else self.text.source


@dataclass(frozen=True, slots=True)
class FixContext:
    """The context of a document: its problems, and the glossaries to write to, the nearest first.

    `configuration` holds the settings of its workspace folder, if it is in one.
    """

    problems: tuple[Problem, ...] = ()
    targets: tuple[Target, ...] = ()
    configuration: Target | None = None

    @property
    def files(self) -> tuple[Target, ...]:
        """Every file that a fix may write to."""
        return (*self.targets, *((self.configuration,) if self.configuration else ()))


def no_fixes(_problem: Problem, _document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Return no fixes, for a rule that has none of its own."""
    return iter(())


def quick_fix(title: str, problem: Problem, *edits: TextEdit, preferred: bool = False) -> Fix:
    """Return the fix of a problem that edits its document."""
    return Fix(title, FixKind.FIX, DocumentChange(edits), (problem,), preferred)
