"""What a format of glossary files is: how it claims and reads files, writes to them, and helps to write them.

This module must not know which formats there are.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from glossary_ls.base.dataclass import dataclass
from glossary_ls.glossary.naming import is_named, is_usual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import Alias, Term, TextEdit
    from glossary_ls.base.text import Span, Text
    from glossary_ls.glossary.model import GlossaryFile, Head, Key

    Edits = tuple[TextEdit, ...]


class Claim(Enum):
    """Whether a file is a glossary of a format.

    `BY_CONTENT`: its beginning says so, whatever its name. `BY_NAME`: its name says so. `LIKELY`: its name is
    usual for glossaries, and it is one if entries are found in it. `IF_CONFIGURED`: it can be read if the
    settings name it.
    """

    BY_CONTENT = auto()
    BY_NAME = auto()
    LIKELY = auto()
    IF_CONFIGURED = auto()
    NO = auto()


def claim_by_name(path: str, suffixes: tuple[str, ...], *, is_data: bool = False) -> Claim:
    """Return whether a file is a glossary of a format by its name.

    `is_data` means that the files of the format are no documents, so that a name can be enough.
    """
    if not path.lower().endswith(suffixes):
        return Claim.NO
    if is_data and is_named(path, suffixes):
        return Claim.BY_NAME
    return Claim.LIKELY if is_usual(path, suffixes) else Claim.IF_CONFIGURED


class Format(Protocol):
    """A format of glossary files; see docs of each module in `glossary.formats`."""

    @property
    def id(self) -> str:
        """A short name in lower case."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end, in lower case, with the dot."""
        ...

    @property
    def editor(self) -> Editor | None:
        """What writes to files of the format; None where nothing does."""
        ...

    @property
    def assistant(self) -> Assistant | None:
        """What helps to write a file by hand; None where nothing does."""
        ...

    def claims(self, path: str, head: str) -> Claim:
        """Return whether a file is a glossary of this format; `head` is how it begins, if that is known."""
        ...

    def parse(self, path: str, text: Text) -> GlossaryFile:
        """Read a file. Never raises: mistakes are problems of the file."""
        ...


class Editor(Protocol):
    """Edits of a file, as a person would have made them; no edits where there is no safe way."""

    def can_write(self, source: str) -> bool:
        """Return whether a text is of the format and not of another one with the same suffix."""
        ...

    def new_file(self, head: Head, terms: Iterable[Term]) -> str:
        """Return the text of a file with a head and entries."""
        ...

    def add_term(self, source: str | None, term: Term) -> Edits:
        """Add an entry; without a source, the one edit holds the whole new file."""
        ...

    def add_alias(self, source: str, term: str, alias: Alias) -> Edits:
        """Give the entry with the name `term` another name."""
        ...

    def add_accepted(self, source: str | None, word: str) -> Edits:
        """Add an acronym to those that need no explanation."""
        ...

    def add_value(self, source: str, entry: Span, behind: str, key: str, text: str) -> Edits:
        """Give an entry a key with a text, behind another key."""
        ...

    def explain(self, source: str, entry: Span, text: str) -> Edits:
        """Give an entry without an explanation one."""
        ...

    def explanation(self, source: str, entry: Span) -> Span:
        """Return the span of the text that explains an entry, empty where one is to be typed."""
        ...

    def establish(self, source: str, entry: Span) -> Edits:
        """Mark an entry as established: its acronym needs no expansion."""
        ...

    def remove_entry(self, source: str, entry: Span) -> Edits:
        """Delete an entry."""
        ...

    def remove_alias(self, source: str, entry: Span, at: int) -> Edits:
        """Delete the alias at an offset from an entry."""
        ...

    def rewritten(self, source: str, value: Span, text: str) -> TextEdit:
        """Give a value another text, in the quotes that it has."""
        ...

    def is_plain(self, text: str, *, flow: bool = False) -> bool:
        """Return whether a text needs no quotes; `flow` is for a place with the narrowest rules."""
        ...


class Typing(Enum):
    """What is being typed in a glossary file."""

    KEY = auto()
    CHOICE = auto()
    REFERENCE = auto()


class Offer(NamedTuple):
    """A key or a choice that may be written, and its explanation (Markdown)."""

    label: str
    insert: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a file to be filled in: what is replaced, and the offers, but for names of terms."""

    typing: Typing
    span: Span
    offers: tuple[Offer, ...] = ()


class Assistant(Protocol):
    """Help for those who write a file of the format by hand."""

    def explain(self, key: Key) -> str:
        """Return the description of a key (Markdown); empty if the key is unknown."""
        ...

    def blank_at(self, text: Text, offset: int) -> Blank | None:
        """Return the completions at an offset; None inside free text."""
        ...

    def written(self, name: str) -> str:
        """Return how the name of a term is written as a value."""
        ...
