"""The view of a document that rules and features get: its analysis, its settings, and other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import folder_definitions
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.glossary import formats
from glossary_ls.glossary.discovery import is_page
from glossary_ls.glossary.model import locate
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.folder_definitions import FolderDefinitions, FoundDefinition
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile, Located
    from glossary_ls.settings.schema import Settings


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Document:
    """An immutable view of one document; `path` is empty for a document that is not a file.

    `cells` are the acronyms that the other cells of a notebook define, with their long forms.
    `files` are those of the glossary in their current state; the glossary itself has no places.
    `asked` receives the acronyms that are looked up in other documents, if somebody wants to know them.
    """

    path: str
    language: str
    analysis: Analysis
    settings: Settings
    vocabulary: Vocabulary
    neighbors: FolderDefinitions = folder_definitions.EMPTY
    cells: Mapping[str, str] = field(default_factory=dict)
    files: tuple[GlossaryFile, ...] = ()
    asked: set[str] | None = None

    @property
    def text(self) -> Text:
        """The text that was scanned."""
        return self.analysis.text

    @property
    def glossary(self) -> Glossary:
        """The active glossary of this document."""
        return self.analysis.glossary

    def is_built_in(self, term: Term) -> bool:
        """Return whether a term comes with the program, so that nobody can change it."""
        file = self.glossary.file_of(term)
        return file is not None and is_built_in(file.path)

    def locate(self, term: Term) -> Located | None:
        """Return where a term is defined."""
        return locate(self.files, term)

    def definitions_elsewhere(self, short: str) -> tuple[FoundDefinition, ...]:
        """Return the definitions of an acronym in other documents of the workspace, the nearest first."""
        if self.asked is not None:
            self.asked.add(short)
        return self.neighbors.find(short, self.path)


def glossary_file_of(document: Document) -> GlossaryFile | None:
    """Return the glossary file that a document is, or None for any other document.

    A page that is a glossary is a document like others.
    """
    path = document.path
    if is_page(path):
        return None
    if found := next((file for file in document.files if file.path == path), None):
        return found
    # It is ignored, or applies to other documents only.
    return _parsed(document.text, path) if formats.is_glossary(path) else None


@memo.recent(8)
def _parsed(text: Text, path: str) -> GlossaryFile:
    return formats.parse(path, text)
