"""What a rule is: the protocol of the modules in this package, for documents and glossary files alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, Severity
    from glossary_ls.rules.shared.fix import Fix, Target

_Subject_contra = TypeVar("_Subject_contra", contravariant=True)


class Rule(Protocol[_Subject_contra]):
    """A rule checks one kind of subject: a `Document`, or a glossary file as a `Case`.

    `CODE` is stable and in kebab-case, `SUMMARY` one sentence for lists of rules. `SEVERITY` is the default,
    which the problems get after `check`.
    What `fixes` need to know of a problem, `check` puts into `Problem.data`: a frozen dataclass of the rule,
    or one that several rules share.
    """

    CODE: str
    SEVERITY: Severity
    SUMMARY: str

    def check(self, subject: _Subject_contra, /) -> Iterator[Problem]:
        """Yield the problems of a subject, in any order."""
        ...

    def fixes(self, problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
        """Yield the fixes of one of the rule's problems in a document, best first.

        `targets` are the glossaries that a fix may write to, the nearest first. What can be done about a
        problem of any rule, such as to ignore it, is not among them.
        """
        ...


@runtime_checkable
class Repeating(Protocol[_Subject_contra]):
    """A rule that reports several uses as one problem."""

    def each(self, subject: _Subject_contra, /) -> Iterator[Problem]:
        """Yield a problem for every use."""
        ...
