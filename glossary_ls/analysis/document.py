"""A document as rules and features see it: its analysis, its settings, and the documents beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_ls.analysis import harvest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.harvest import Found, Harvest
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.settings.schema import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An immutable view of one document; `path` is empty for a document that is not a file.

    `cells` are the acronyms that the other cells of a notebook define, with their long forms.
    """

    path: str
    language: str
    analysis: Analysis
    settings: Settings
    vocabulary: Vocabulary
    neighbours: Harvest = harvest.EMPTY
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """The text that was scanned."""
        return self.analysis.text

    @property
    def glossary(self) -> Glossary:
        """The glossary in force for this document."""
        return self.analysis.glossary

    def elsewhere(self, short: str) -> tuple[Found, ...]:
        """Return the definitions of an acronym in other documents of the workspace, the nearest first."""
        return self.neighbours.find(short, self.path)
