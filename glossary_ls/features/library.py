"""What a feature may ask about the rest of the workspace; the workspace answers.

Files go by their paths; a document that is no file goes by its URI, and the document that a feature is asked
about by nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from glossary_ls import files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from glossary_ls.document import Document
    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Mention, Term
    from glossary_ls.text import Span, Text


@dataclass(frozen=True, slots=True)
class Location:
    """A stretch of a file: `span` is all of what is there, `name` the part that names it."""

    path: str
    span: Span
    name: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the workspace with everything that it mentions, ascending."""

    path: str
    text: Text
    mentions: tuple[Mention, ...]


class Library(Protocol):
    """The rest of the workspace."""

    def text(self, path: str) -> Text | None:
        """Return what is in a file: the editor's text when it is open there."""
        ...

    def glossaries(self) -> Collection[str]:
        """Return the paths of the glossary files in use that can be changed."""
        ...

    def glossary_of(self, path: str) -> Glossary:
        """Return the glossary that is in force for a file."""
        ...

    def sources(self, document: Document, words: Collection[str]) -> Iterator[Source]:
        """Yield the documents around one, itself first, whose text holds one of `words` in lower case.

        A document in which none of them stands may be left out, and so may those beyond a limit.
        """
        ...


def is_built_in(term: Term) -> bool:
    """Tell whether a term comes with the program, so that nobody can change it."""
    return term.origin is not None and files.is_built_in(term.origin.path)


def same(left: Term, right: Term) -> bool:
    """Tell whether two terms are one entry, maybe read at different times."""
    if left is right:
        return True
    if left.origin is None or right.origin is None or left.name != right.name:
        return False
    return (left.origin.path, left.origin.span.start) == (right.origin.path, right.origin.span.start)
