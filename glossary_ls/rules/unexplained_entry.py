"""Rule `unexplained-entry`: an acronym whose entry in a glossary does not say what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity
from glossary_ls.rules import unknown_acronym
from glossary_ls.rules.shared import undefined
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document

CODE = "unexplained-entry"
SEVERITY = Severity.INFORMATION
SUMMARY = "An acronym whose entry in a glossary does not say what it means."
fixes = undefined.fixes


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each acronym that has an entry without an explanation."""
    for unknown in unknown_acronym.find(document):
        term = unknown_acronym.bare_entry(document, unknown.base)
        if term is None:
            continue
        file = document.glossary.file_of(term)
        where = paths.name(file.path) if file else "the glossary"
        count = len(unknown.uses)
        uses = f" ({count} uses)" if count > 1 else ""
        found = unknown_acronym.definitions_elsewhere(document, unknown.base)
        yield Problem(
            CODE,
            f"'{term.name}' has an entry in {where} that does not say what it means{uses}",
            unknown.uses[0].span,
            data=Undefined(term.name, found[0].long if found else "", entry=file.path if file else ""),
        )
