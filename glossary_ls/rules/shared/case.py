"""What the rules for glossary files check, and the entry that their fixes edit.

Mistakes that are visible in an entry alone (syntax, keys, values) are reported by the reader of its format.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.glossary import formats
from glossary_ls.glossary.index import key
from glossary_ls.glossary.layer import names_of
from glossary_ls.glossary.model import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, Term
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.layer import Names
    from glossary_ls.glossary.model import GlossaryFile, Placed, Role, Source
    from glossary_ls.settings.schema import Settings


@dataclass(frozen=True)
class Case:
    """A glossary file, with the glossary that it is merged into, its settings and the current date."""

    file: GlossaryFile
    glossary: Glossary
    settings: Settings
    today: date

    @cached_property
    def names(self) -> Names:
        """The names of the layer that the file belongs to, or of the file alone if no layer has it."""
        return names_of(_layers(self.glossary).get(self.file.path) or source_of(self.file))

    @property
    def is_merged(self) -> bool:
        """Whether the file belongs to a layer of the glossary."""
        return self.file.path in _layers(self.glossary)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The names of all terms; of those that differ in case only, the one in the nearest file."""
        return _known(tuple(file.names for file in self.glossary.files))

    def named(self, keys: Iterable[str]) -> Iterator[Placed]:
        """Yield the entries with a name that has one of some keys, except those of an older version."""
        found = map(self.file.locate, self.names.terms(keys))
        kept = set(map(id, self.file.kept))
        return (placed for placed in found if placed and id(placed) not in kept)


@memo.about
def _layers(glossary: Glossary) -> dict[str, Source]:
    """Return the first layer that has a file, by the file's path."""
    return {file.path: source for source in reversed(glossary.sources) for file in source.files}


@memo.recent(4)
def _known(files: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Return what `Case.known` is for the names in each file, which seldom change."""
    found: dict[str, str] = {}
    for names in files:
        for name in sorted(set(names)):
            found.setdefault(key(name), name)
    return tuple(found.values())


def owners(names: Names, name: str) -> list[Term]:
    """Return the terms of a layer of which a key is the name or an alias; an expansion is not enough."""
    found = {id(row.term): row.term for row in names.of(name) if name in map(key, row.term.names)}
    return list(found.values())


def span_of(placed: Placed, role: Role, text: str | None = None) -> Span:
    """Return the span of a value of an entry, or of its name if the value cannot be found."""
    return (placed.first(role, text) or placed.name).span


def editable_file(document: Document) -> tuple[GlossaryFile, Editor] | None:
    """Return the glossary file that a document is, and its editor, if it can be edited."""
    file = glossary_file_of(document)
    editor = formats.editor_for(file) if file else None
    return (file, editor) if file and editor else None


def editable_entry(problem: Problem, document: Document) -> tuple[GlossaryFile, Editor, Placed] | None:
    """Return the entry that a problem is about, with its file and editor, if it can be edited."""
    found = editable_file(document)
    placed = found[0].entry_at(problem.span.start) if found else None
    return (*found, placed) if found and placed else None
