"""What a feature may ask about the rest of the workspace; the workspace answers.

Files go by their paths; a document that is no file goes by its URI, and the document that a feature is asked
about by nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span, Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile, Located


@dataclass(frozen=True, slots=True)
class Location:
    """A stretch of a file: `span` is all of what is there, `name` the part that names it."""

    path: str
    span: Span
    name: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A file with the places that name a term, ascending and each once.

    A document has a language, and one that is open an analysis.
    """

    path: str
    text: Text
    spans: tuple[Span, ...]
    language: str = ""
    analysis: Analysis | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not looked at, a folder of which some files were not, or lines that are kept, and why.

    Lines count from 1.
    """

    path: str
    reason: str
    lines: tuple[int, ...] = ()

    def described(self, name: str) -> str:
        """Return what was left out, and why, given the name of the file for the user."""
        lines = ",".join(map(str, self.lines))
        return f"{name}:{lines} ({self.reason})" if lines else f"{name} ({self.reason})"


#: Why a file is left out that cannot be edited.
UNREADABLE = "it cannot be read as UTF-8"

#: Why a glossary is left out of a rename.
NOT_WRITTEN = "it is in a format that is not edited here"
SHARED = "it is shared by several repositories and not edited here"

#: One step of a search through the workspace. None is a pause: a good moment to let others have a turn.
Step = Source | LeftOut | None


class Library(Protocol):
    """The rest of the workspace."""

    def text(self, path: str) -> Text | None:
        """Return what is in a file: the editor's text when it is open there."""
        ...

    def editable(self, path: str) -> Text | None:
        """Return what `text` does; None where a wrong encoding makes an edit lose characters."""
        ...

    def is_shared(self, path: str) -> bool:
        """Return whether a glossary is from a package or a URL, so that nothing writes to it."""
        ...

    def locate(self, term: Term) -> Located | None:
        """Return where a term is defined, as the file is now."""
        ...

    def glossary_file(self, path: str) -> GlossaryFile | None:
        """Return a glossary file, even if no document uses it."""
        ...

    def glossaries_around(self, document: Document) -> Iterator[str | None]:
        """Yield the paths of glossary files that may name what a document names, and None for pauses."""
        ...

    def glossary_of(self, path: str) -> Glossary:
        """Return the glossary that applies to a file."""
        ...

    def sources(self, document: Document, term: Term) -> Iterator[Step]:
        """Return a walk over the documents around one that name a term, itself first.

        Documents that are open count as they are now, whenever the steps are done, which are short.
        """
        ...
