"""A document as rules and features see it: what was scanned, what is set for it, and what others say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_ls.analysis import harvest
from glossary_ls.glossary.model import locate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.harvest import Found, Harvest
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile, Located
    from glossary_ls.settings.schema import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An immutable view of one document; `path` is empty for a document that is not a file.

    `cells` are the acronyms that the other parts of the same file spell out, each with what it stands for.
    `files` are those of the glossary as they are now: the glossary itself does not know places.
    """

    path: str
    language: str
    analysis: Analysis
    settings: Settings
    vocabulary: Vocabulary
    neighbours: Harvest = harvest.EMPTY
    cells: Mapping[str, str] = field(default_factory=dict)
    files: tuple[GlossaryFile, ...] = ()

    @property
    def text(self) -> Text:
        """The text that was scanned."""
        return self.analysis.text

    @property
    def glossary(self) -> Glossary:
        """The glossary in force for this document."""
        return self.analysis.glossary

    def locate(self, term: Term) -> Located | None:
        """Return where a term is defined."""
        return locate(self.files, term)

    def elsewhere(self, short: str) -> tuple[Found, ...]:
        """Return where other documents of the workspace spell an acronym out, the nearest one first."""
        return self.neighbours.find(short, self.path)
