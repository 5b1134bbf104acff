"""The acronyms that the documents of a workspace folder define, and where.

A document is read without any glossary. This module works on texts; it must not know where they come from or
which of them are open in an editor.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from glossary_ls.acronyms.definitions import definition_below, find_definitions
from glossary_ls.acronyms.sections import in_sections
from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.text import Place, Text, common_prefix
from glossary_ls.markup import parse
from glossary_ls.markup.prose import PlacedProse

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from glossary_ls.base.model import Definition
    from glossary_ls.base.text import Span

#: A document that defines more acronyms than this is a dictionary, and is not read further.
MOST_PER_DOCUMENT = 1000

#: How many long forms of one acronym a reader is shown.
_MOST_WORDINGS = 3

#: How many documents may differ from the index before it is rebuilt.
_MOST_NEWER = 64


@dataclass(frozen=True, slots=True)
class FoundDefinition:
    """A definition in a document; `span` and `place` are those of the short form."""

    short: str
    long: str
    path: str
    span: Span
    place: Place


def read(path: str, source: str, language: str) -> Generator[None, None, tuple[FoundDefinition, ...]]:
    """Return the definitions of a document; yields after each block, so that the caller can pause."""
    definitions: list[Definition] = []
    blocks: list[PlacedProse] = []
    for start, block in parse(source, language):
        if block.prose.text:
            prose = PlacedProse(start, block.prose)
            if blocks and (below := definition_below(blocks[-1], prose, source)):
                definitions.append(below)
            definitions += (definition.shifted(start) for definition in find_definitions(block.prose))
            blocks.append(prose)
        if len(definitions) > MOST_PER_DOCUMENT:
            break
        yield
    definitions += in_sections(blocks, source, {definition.short_span for definition in definitions})
    definitions.sort(key=lambda definition: definition.short_span)
    return of_document(path, Text(source), definitions)


def of_document(path: str, text: Text, definitions: Iterable[Definition]) -> tuple[FoundDefinition, ...]:
    """Return the definitions of a document that has been scanned."""
    found: dict[tuple[str, str], FoundDefinition] = {}
    for definition in definitions:
        if (definition.short, definition.long) not in found:
            span = definition.short_span
            placed = FoundDefinition(definition.short, definition.long, path, span, Place.of(text, span))
            found[definition.short, definition.long] = placed
    return tuple(found.values())[:MOST_PER_DOCUMENT]


class FolderDefinitions:
    """The definitions of the documents below a folder, by short form; immutable.

    Documents that changed since the index was built are kept beside it, so that an edit is cheap.
    """

    def __init__(
        self,
        root: str,
        index: Mapping[str, Sequence[FoundDefinition]],
        newer: Mapping[str, tuple[FoundDefinition, ...]] | None = None,
    ) -> None:
        """`index` is by `key`; the definitions of the documents in `newer`, by path, replace those in it."""
        self.root = root
        self._index = index
        self._newer = newer or {}

    def find(self, short: str, path: str = "") -> tuple[FoundDefinition, ...]:
        """Return the definitions of an acronym in documents other than `path`, the nearest first."""
        wanted = key(short)
        found = [each for each in self._index.get(wanted, ()) if each.path not in self._newer]
        found += self._newer_index.get(wanted, ())
        others = (each for each in found if each.path != path)
        return tuple(sorted(others, key=lambda each: (_distance(each.path, path), each.path, each.span)))

    @cached_property
    def _newer_index(self) -> Mapping[str, Sequence[FoundDefinition]]:
        return _by_key(each for many in self._newer.values() for each in many)

    def shown(self, path: str) -> str:
        """Return a path relative to the workspace folder."""
        return paths.relative(path, self.root)

    def with_document(self, path: str, found: tuple[FoundDefinition, ...]) -> FolderDefinitions:
        """Return the same with the definitions of one document replaced."""
        newer = {**self._newer, path: found}
        if len(newer) <= _MOST_NEWER:
            return FolderDefinitions(self.root, self._index, newer)
        kept = [each for many in self._index.values() for each in many if each.path not in newer]
        return build(self.root, [*kept, *(each for many in newer.values() for each in many)])

    def __len__(self) -> int:
        indexed = sum(each.path not in self._newer for many in self._index.values() for each in many)
        return indexed + sum(map(len, self._newer.values()))


def build(root: str, found: Iterable[FoundDefinition]) -> FolderDefinitions:
    """Return the definitions of the documents below a folder."""
    return FolderDefinitions(root, _by_key(found))


def _by_key(found: Iterable[FoundDefinition]) -> Mapping[str, Sequence[FoundDefinition]]:
    index: dict[str, list[FoundDefinition]] = {}
    for each in found:
        index.setdefault(key(each.short), []).append(each)
    return index


def key(short: str) -> str:
    """Return the key of an acronym in the index: case is significant in short ones only."""
    return short.upper() if len(short) > 2 else short


def wordings(found: Iterable[FoundDefinition]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the short and long forms of definitions by key, in their order but without their spans."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for each in sorted(found, key=lambda each: each.span):
        rows.setdefault(key(each.short), []).append((each.short, each.long))
    return rows


def wordings_once(found: Sequence[FoundDefinition]) -> list[FoundDefinition]:
    """Return the first definition with each long form, of a few long forms."""
    firsts = {each.long.lower(): each for each in reversed(found)}
    return sorted(firsts.values(), key=found.index)[:_MOST_WORDINGS]


EMPTY = FolderDefinitions("", {})


def _distance(left: str, right: str) -> int:
    """Return how many folders lie between two files."""
    one, other = left.split("/")[:-1], right.split("/")[:-1]
    return len(one) + len(other) - 2 * common_prefix(one, other)
