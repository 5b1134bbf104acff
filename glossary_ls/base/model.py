"""The nouns of the program: frozen data that every other module passes around.

Nothing here reads, searches or renders. Spans are code-point offsets (see `text`), into the document at hand
unless the field says otherwise. This module must not import anything of the project but `text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.base.text import Place


# --- the term store ---------------------------------------------------------------------------------------


class AliasKind(StrEnum):
    """What another name of a term is to the term."""

    ABBREVIATION = "abbreviation"
    SYNONYM = "synonym"
    VARIANT = "variant"
    AVOID = "avoid"


class CaseRule(StrEnum):
    """Whether upper and lower case tell a term from an ordinary word."""

    ANY = "any"
    EXACT = "exact"


class Status(StrEnum):
    """Where a term stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a term."""

    name: str
    kind: AliasKind = AliasKind.SYNONYM


@dataclass(frozen=True, slots=True)
class Contrast:
    """A term that this one is confused with, and how the two differ (Markdown)."""

    term: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A common question with its answer (Markdown), and the further terms at which it is shown."""

    question: str
    answer: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term as its entry defines it, wherever that stands.

    Entries with the same name and different expansions are senses of the name. Each entry of each file has a
    `Term` object of its own, so that a term is told from others by identity.
    """

    name: str
    expansion: str = ""
    aliases: tuple[Alias, ...] = ()
    definition: str = ""
    summary: str = ""
    facts: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    questions: tuple[Question, ...] = ()
    status: Status = Status.ACTIVE
    replaced_by: str = ""
    owner: str = ""
    reviewed: str = ""
    case: CaseRule | None = None
    established: bool = False
    source: str = ""
    license: str = ""
    url: str = ""
    scope: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The term's name and those of its aliases, the name first."""
        return (self.name, *(alias.name for alias in self.aliases))

    @property
    def gist(self) -> str:
        """What tells the term from others of its name: its expansion or, without one, its summary."""
        return self.expansion or self.summary


#: Where a problem stands that concerns a whole file.
START = Span(0, 0)


# --- findings ---------------------------------------------------------------------------------------------


class Severity(StrEnum):
    """How loudly a finding is shown; `off` means not at all."""

    OFF = "off"
    HINT = "hint"
    INFORMATION = "information"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Related:
    """A place that explains a finding; `place` tells where it is when it lies in another file."""

    path: str
    span: Span
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in a document, a glossary file or a setting.

    `code` is stable and names the rule (kebab-case, a page in docs/rules); `data` is what a quick fix needs
    to be worked out later without asking the server's memory.
    """

    code: str
    message: str
    span: Span = START
    severity: Severity = Severity.WARNING
    data: Mapping[str, str | int] = field(default_factory=dict)
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A change of a text: `new` takes the place of what `span` covers."""

    span: Span
    new: str


# --- what a scan sees in a document -----------------------------------------------------------------------


class RegionKind(StrEnum):
    """What a stretch of a document is to its reader; a `LINK` is the short text of one."""

    PROSE = "prose"
    HEADING = "heading"
    TABLE = "table"
    COMMENT = "comment"
    DOCSTRING = "docstring"
    LINK = "link"
    CODE_INLINE = "code_inline"
    CODE_BLOCK = "code_block"
    URL = "url"
    MARKUP = "markup"
    FRONT_MATTER = "front_matter"
    MATH = "math"


#: The kinds of region whose words are sentences for a reader: only these are reported on.
READABLE = frozenset(
    {RegionKind.PROSE, RegionKind.HEADING, RegionKind.TABLE, RegionKind.COMMENT, RegionKind.DOCSTRING}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document names a term; `senses` are the entries that the name may mean, best first."""

    span: Span
    senses: tuple[Term, ...]

    @property
    def term(self) -> Term:
        """The most likely sense."""
        return self.senses[0]

    def shifted(self, by: int) -> Mention:
        """Return the same mention, `by` code points further on."""
        return Mention(self.span.shifted(by), self.senses)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token that may be an acronym: `base` is its form without a plural ending.

    `joined` tells that a hyphen or slash ties it to another word. `before` and `after` are the words beside
    it when nothing but a space or a hyphen stands between, else empty. `named` tells that the words around
    show it to be a company or a person.
    """

    span: Span
    text: str
    base: str
    kind: RegionKind
    joined: bool = False
    before: str = ""
    after: str = ""
    named: bool = False

    @property
    def plural(self) -> bool:
        """Whether it is written with a plural ending."""
        return self.text != self.base

    def shifted(self, by: int) -> Candidate:
        """Return the same candidate, `by` code points further on."""
        return Candidate(
            self.span.shifted(by),
            self.text,
            self.base,
            self.kind,
            self.joined,
            self.before,
            self.after,
            self.named,
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """A document's own explanation of an acronym: both forms as written and where they stand."""

    short: str
    long: str
    short_span: Span
    long_span: Span

    def shifted(self, by: int) -> Definition:
        """Return the same definition, `by` code points further on."""
        return Definition(self.short, self.long, self.short_span.shifted(by), self.long_span.shifted(by))
