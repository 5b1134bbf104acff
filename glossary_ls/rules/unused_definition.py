"""Rule `unused-definition`: an acronym that is defined and then never used."""

from __future__ import annotations

import re
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
SUMMARY = "An acronym that the document defines and does not use."


fixes = definition_fixes


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at each definition whose acronym is used nowhere else, not even in code."""
    source = document.text.source
    seen = set(document.settings.accept)
    for definition in document.analysis.definitions:
        short = definition.short
        if short in seen:
            continue
        seen.add(short)
        if not _is_used_twice(source, short) and not context.is_entry(document, definition):
            yield Problem(
                CODE,
                f"'{short}' is defined but never used: write '{definition.long}' alone",
                definition.short_span,
                data=OneForm(definition.long),
            )


def _is_used_twice(source: str, short: str) -> bool:
    """Return whether an acronym occurs again, after its definition."""
    # The pattern starts with the acronym itself, which the engine searches for quickly.
    found = re.finditer(rf"{re.escape(short)}(?:e?s)?(?![^\W_])", source)
    whole = (use for use in found if use.start() == 0 or not source[use.start() - 1].isalnum())
    return len(list(islice(whole, 2))) == 2
