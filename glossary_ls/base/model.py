"""The data model: frozen data classes that the other packages exchange.

Nothing here reads, searches or renders. Spans are code-point offsets (see `text`) into the current document
unless the field says otherwise. This module must not import anything from the project but `text`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from glossary_ls.base.text import Place


# --- the term store ---------------------------------------------------------------------------------------


class AliasKind(StrEnum):
    """The relation of an alias to its term."""

    ABBREVIATION = "abbreviation"
    SYNONYM = "synonym"
    VARIANT = "variant"
    AVOID = "avoid"


class CaseRule(StrEnum):
    """Whether a term is matched case-sensitively (`exact`) or not (`any`)."""

    ANY = "any"
    EXACT = "exact"


class Status(StrEnum):
    """The life-cycle stage of a term."""

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
    """A term that is often confused with this one, and how the two differ (Markdown)."""

    term: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A common question with its answer (Markdown), and the other terms that show it."""

    question: str
    answer: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term as its entry defines it, without the place of the entry.

    Entries with the same name and different expansions are senses of the name. Each entry of each file has a
    `Term` object of its own, so that terms are distinguished by identity.
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
        """The name of the term, followed by those of its aliases."""
        return (self.name, *(alias.name for alias in self.aliases))

    @property
    def is_bare(self) -> bool:
        """Whether the entry holds a name only: nothing in it tells a reader what the name means.

        An `established` term needs no explanation, and another name may be one.
        """
        texts = self.expansion, self.definition, self.summary, self.replaced_by, self.url
        lists = self.facts, self.examples, self.questions, self.contrasts, self.aliases
        return not (any(texts) or any(lists) or self.established)

    @property
    def gist(self) -> str:
        """The expansion or, without one, the summary: what distinguishes the senses of a name."""
        return self.expansion or self.summary


#: The span of a problem that concerns a whole file.
START = Span(0, 0)


# --- findings ---------------------------------------------------------------------------------------------


class Severity(StrEnum):
    """The severity of a problem; `off` means that it is not reported."""

    OFF = "off"
    HINT = "hint"
    INFORMATION = "information"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Related:
    """A location that explains a problem; `place` is set when it is in another file."""

    path: str
    span: Span
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a document, a glossary file or a setting.

    `code` is stable and names the rule (kebab-case, a page in docs/rules). `data` is what the rule's fixes
    need to know of it: a frozen dataclass that is declared beside the rule.
    """

    code: str
    message: str
    span: Span = START
    severity: Severity = Severity.WARNING
    data: object = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """The `data` of a problem of which the span should read `new`."""

    new: str


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replaces the text that `span` covers with `new`."""

    span: Span
    new: str


# --- what a scan sees in a document -----------------------------------------------------------------------


class RegionKind(StrEnum):
    """The role of a range of a document; a `LINK` is a short link text."""

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


#: The kinds of region that hold prose: problems are reported only in these.
READABLE = frozenset(
    {RegionKind.PROSE, RegionKind.HEADING, RegionKind.TABLE, RegionKind.COMMENT, RegionKind.DOCSTRING}
)


class Mention(NamedTuple):
    """A use of a term in a document; `senses` are the terms that the name may mean, best first.

    A tuple, because a document has thousands, and a frozen data class takes three times as long to make.
    """

    span: Span
    senses: tuple[Term, ...]

    @property
    def term(self) -> Term:
        """The most likely sense."""
        return self.senses[0]

    def shifted(self, by: int) -> Mention:
        """Return the mention moved by `by` code points."""
        return Mention(self.span.shifted(by), self.senses)


class Candidate(NamedTuple):
    """A token that may be an acronym: `base` is its form without a plural ending.

    `joined`: a hyphen or slash connects it to another word. `before` and `after` are the adjacent words when
    only a space or a hyphen separates them, else empty. `signs` are names of evidence that the characters
    around it give (see `acronyms/evidence`). A tuple for the same reason as `Mention`.
    """

    span: Span
    text: str
    base: str
    kind: RegionKind
    joined: bool = False
    before: str = ""
    after: str = ""
    signs: frozenset[str] = frozenset()

    @property
    def plural(self) -> bool:
        """Whether it is written with a plural ending."""
        return self.text != self.base

    def shifted(self, by: int) -> Candidate:
        """Return the candidate moved by `by` code points."""
        return Candidate(self.span.shifted(by), *self[1:])


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition of an acronym in a document: both forms, and their spans.

    `short` is without a plural ending; `written_span` includes it.
    """

    short: str
    long: str
    short_span: Span
    long_span: Span
    written_span: Span

    def shifted(self, by: int) -> Definition:
        """Return the definition moved by `by` code points."""
        spans = (span.shifted(by) for span in (self.short_span, self.long_span, self.written_span))
        return Definition(self.short, self.long, *spans)
