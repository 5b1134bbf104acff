"""Rule `unused-definition`: an acronym that is defined and then never used."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from glossary_ls.analysis import context
from glossary_ls.base.model import Problem, Severity
from glossary_ls.rules.shared.replacement import OneForm, definition_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document

CODE = "unused-definition"
SEVERITY = Severity.OFF
SUMMARY = "An acronym that is defined but never used."
fixes = definition_fixes


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at each definition whose acronym is used nowhere else, not even in code."""
    source = document.text.source
    seen: set[str] = set()
    for definition in document.analysis.definitions:
        short = definition.short
        if short in seen or short in document.settings.accept:
            continue
        seen.add(short)
        is_used = len(list(islice(context.uses_of(short, source), 2))) == 2
        if not is_used and not context.is_entry(document, definition):
            yield Problem(
                CODE,
                f"'{short}' is defined but never used: write '{definition.long}' alone",
                definition.short_span,
                data=OneForm(definition.long),
            )
