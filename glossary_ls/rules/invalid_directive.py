"""Rule `invalid-directive`: a directive with a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import suppressions
from glossary_ls.base.model import Severity
from glossary_ls.rules.shared.fix import no_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem


class InvalidDirective:
    """The rule; it has to know the others, because directives name them."""

    CODE = suppressions.CODE
    SEVERITY = Severity.WARNING
    SUMMARY = "An unknown word, rule or sense in a `glossary-ls:` comment or in the front matter."

    fixes = staticmethod(no_fixes)

    def __init__(self, rules: tuple[str, ...]) -> None:
        """`rules` are the codes that a directive may name."""
        self.rules = rules

    def check(self, document: Document) -> Iterator[Problem]:
        """Yield a problem at each word that is wrong in a directive."""
        yield from suppressions.read(document.analysis, self.rules).problems
