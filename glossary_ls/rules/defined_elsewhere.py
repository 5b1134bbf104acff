"""Rule `defined-elsewhere`: an acronym that is defined in another document of the workspace only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.folder_definitions import wordings_once
from glossary_ls.base.model import Problem, Related, Severity
from glossary_ls.rules import unknown_acronym
from glossary_ls.rules.shared import undefined
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document

CODE = "defined-elsewhere"
SEVERITY = Severity.HINT
SUMMARY = "An acronym that another document of the workspace defines, but not this one."
fixes = undefined.fixes


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each acronym that only other documents define."""
    for unknown in unknown_acronym.find(document):
        found = unknown_acronym.definitions_elsewhere(document, unknown.base)
        if found and not unknown_acronym.bare_entry(document, unknown.base):
            nearest = found[0]
            count = len(unknown.uses)
            uses = f" ({count} uses)" if count > 1 else ""
            where = document.neighbors.shown(nearest.path)
            yield Problem(
                CODE,
                f"'{unknown.base}' is defined as '{nearest.long}' in {where}, but not in this document{uses}",
                unknown.uses[0].span,
                data=Undefined(unknown.base, nearest.long),
                related=tuple(
                    Related(each.path, each.span, f"{each.short}: {each.long}", each.place)
                    for each in wordings_once(found)
                ),
            )
