"""What a code action is: a title, a kind, and a change that is worked out when it is wanted.

A change of the document at hand is a few edits. One that costs time (a glossary has to be read, a document
scanned again) is only named here; `writing.edits_of` works it out, now or when the user has chosen it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary_ls.base.model import Problem, TextEdit
    from glossary_ls.base.text import Text


class ActionKind(StrEnum):
    """The kinds of the protocol that are used; one is a part of another by its dots."""

    FIX = "quickfix"
    REWRITE = "refactor.rewrite"
    FIX_ALL = "source.fixAll.glossary_ls"


class Adding(StrEnum):
    """What is added to a glossary, or to the configuration: a rule that is off."""

    TERM = "term"
    ALIAS = "alias"
    ACCEPTED = "accepted"
    RULE_OFF = "rule-off"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """Edits of the document at hand."""

    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class GlossaryChange:
    """Something that is added to the glossary or configuration at `path`, which may not exist yet.

    `text` is the expansion of a new term, and for an alias the term that gets it.
    """

    path: str
    adding: Adding
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RepeatedChange:
    """Every replacement that a rule proposes for a term or a wrong form; without a rule, all safe ones."""

    code: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class LaterUsesChange:
    """The acronym `short` for each later use of what it stands for, by its definition at the offset `at`."""

    short: str
    at: int


Change = DocumentChange | GlossaryChange | RepeatedChange | LaterUsesChange


@dataclass(frozen=True, slots=True)
class CodeAction:
    """One offer to the user; `problems` are those that it settles."""

    title: str
    kind: ActionKind
    change: Change
    problems: tuple[Problem, ...] = ()
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A file to write to: where it is and what a user calls it; one to be made has no text."""

    path: str
    title: str
    text: Text | None = None

    @property
    def source(self) -> str | None:
        """What is in it, or None for one to be made."""
        return None if self.text is None else self.text.source


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a document: its problems, and the glossaries that it may add to, the nearest first.

    `configuration` holds the settings of its workspace folder, if it is in one.
    """

    problems: tuple[Problem, ...] = ()
    targets: tuple[Target, ...] = ()
    configuration: Target | None = None

    @property
    def files(self) -> tuple[Target, ...]:
        """Every file that an action may write to."""
        return (*self.targets, *((self.configuration,) if self.configuration else ()))
