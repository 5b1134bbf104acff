"""A glossary file as its writer sees it: the entries with the places of their names, references and texts.

Made for those who point into the file (navigation, renaming, checks); what the entries mean is read by
`yaml_glossary`. Of a file that is not YAML as a whole the good entries are there. Never raises.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.formats.yaml.cuts import cut
from glossary_ls.glossary.formats.yaml.memory import Memory, Rows
from glossary_ls.glossary.formats.yaml.nodes import Mapping, Node, NotYamlError, Sequence, parse, value_of
from glossary_ls.glossary.formats.yaml.pieces import Form, Piece, node_of
from glossary_ls.glossary.formats.yaml.salvage import salvage
from glossary_ls.glossary.formats.yaml.taking import (
    NAMES,
    REFERENCES,
    Entry,
    Key,
    Role,
    Taking,
    Value,
    by_span,
    entries_of_root,
    keys_below,
    keys_below_name,
    keys_of_root,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.glossary.formats.yaml.pieces import Cut


__all__ = [
    "NAMES",
    "REFERENCES",
    "Entry",
    "Found",
    "Key",
    "Outline",
    "Part",
    "Role",
    "Value",
    "entry_in",
    "entry_of",
    "outline",
]


class Part(NamedTuple):
    """A stretch of a file from `start`, which is on `line` from 0, with what was found in it."""

    start: int
    line: int
    found: Found


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Found:
    """Entries and keys, ascending; their places count from the start of `text`."""

    text: str
    entries: tuple[Entry, ...]
    keys: tuple[Key, ...]


class Outline:
    """The entries of a file, ascending, and the keys.

    `starts` and `lines`, from 0, tell where the parts of the file start that hold entries.
    """

    def __init__(self, source: str | Text) -> None:
        """Take a file apart."""
        self._source = source.source if isinstance(source, Text) else source
        self._cut = cut(source)
        self.starts = self._cut.starts if self._cut else [0]
        self.lines = self._cut.lines if self._cut else [0]

    @property
    def is_cut(self) -> bool:
        """Whether the entries can be read one by one."""
        return self._cut is not None

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """What was found in each part."""
        if self._cut is None:
            return (self._whole,)
        return _ROWS.of(self._cut.form, self._cut.texts, self._find)

    @cached_property
    def head(self) -> tuple[Key, ...]:
        """The keys that stand in none of the parts."""
        return tuple(_keys_of_head(self._cut, self._source)) if self._cut else ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, ascending."""
        parts = zip(self.starts, self.found, strict=True)
        return tuple(entry.shifted(start) for start, found in parts for entry in found.entries)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every key that is not a name, ascending."""
        parts = zip(self.starts, self.found, strict=True)
        inside = (key.shifted(start) for start, found in parts for key in found.keys)
        return tuple(sorted((*self.head, *inside), key=by_span))

    def entry_at(self, offset: int) -> Entry | None:
        """Return the entry that an offset lies in."""
        return next((entry for entry in self._entries_near(offset) if entry.span.touches(offset)), None)

    def entry_from(self, start: int) -> Entry | None:
        """Return the entry that starts at an offset, as `Origin.span` tells it."""
        return next((entry for entry in self._entries_near(start) if entry.span.start == start), None)

    def value_at(self, offset: int) -> tuple[Entry, Value] | None:
        """Return the value that an offset lies in, with its entry."""
        entry = self.entry_at(offset)
        if entry is not None:
            for value in entry.values:
                if value.span.touches(offset):
                    return entry, value
        return None

    def key_at(self, offset: int) -> Key | None:
        """Return the key that an offset lies in."""
        inside = (key.shifted(part.start) for part in self._near(offset) for key in part.found.keys)
        return next((key for key in (*self.head, *inside) if key.span.touches(offset)), None)

    def _entries_near(self, offset: int) -> Iterator[Entry]:
        for part in self._near(offset):
            for entry in part.found.entries:
                yield entry.shifted(part.start)

    def _near(self, offset: int) -> Iterator[Part]:
        """Yield the parts that an offset may belong to: the one around it, and one that ends there."""
        index = bisect_right(self.starts, offset)
        return map(self.part, range(max(index - 2, 0), index))

    def part(self, index: int) -> Part:
        """Return one of the parts; the others are not looked at."""
        return Part(self.starts[index], self.lines[index], self._find(index))

    def _find(self, index: int) -> Found:
        if self._cut is None:
            return self._whole
        piece = self._cut.piece(index)
        form = self._cut.form
        return _FOUND.of(form).get(piece.text) or _learn(piece, form)

    @cached_property
    def _whole(self) -> Found:
        root = _root(self._source)
        keys = sorted(keys_of_root(root, Taking(self._source)), key=by_span)
        return Found(self._source, tuple(entries_of_root(root, self._source)), tuple(keys))


# --- files in pieces --------------------------------------------------------------------------------------

#: What was found in pieces.
_FOUND: Memory[Found] = Memory()
_ROWS: Rows[Found] = Rows()


def _learn(piece: Piece, form: Form) -> Found:
    take, node = Taking(piece.text), node_of(piece, form)
    entries: list[Entry] = []
    keys: list[Key] = []
    if isinstance(node, Sequence):
        entries += take.listed(node.items[0])
        keys += keys_below(node, ("terms",), take)
    elif isinstance(node, Mapping):
        entries += take.short(*node.pairs[0])
        keys += keys_below(node.pairs[0][1], ("terms",), take)
    found = Found(piece.text, tuple(entries), tuple(sorted(keys, key=by_span)))
    _FOUND.learn(form, piece.text, found)
    return found


def _keys_of_head(cutting: Cut, source: str) -> Iterator[Key]:
    """Yield the keys beside the entries."""
    take = Taking(source)
    if cutting.head is not None and cutting.has_head:
        yield from keys_below(cutting.head, (), take)
    elif cutting.head is not None:
        for name, value in cutting.head.pairs:
            yield from keys_below_name(name, value, take)


@lru_cache(maxsize=8)
def outline(text: Text) -> Outline:
    """Return the outline of a text; that of a text asked about lately costs nothing."""
    return Outline(text)


def entry_of(text: Text, span: Span) -> Entry | None:
    """Return the entry that `Origin.span` tells of, for who asks about many entries of one file."""
    found = outline(text)
    return found.entry_from(span.start) if found.is_cut else entry_in(text, span)


def entry_in(text: Text, span: Span) -> Entry | None:
    """Return the one entry that `Origin.span` tells of, without taking the whole file apart."""
    if span.end > len(text):
        return None
    start = text.line_start(text.line_index(span.start))
    try:
        # The entry alone, as far to the right as it stands.
        node = parse(" " * (span.start - start) + span.of(text.source), start)
    except NotYamlError:
        # Perhaps an alias, whose anchor stands in another entry.
        return outline(text).entry_from(span.start)
    take = Taking(text.source)
    if isinstance(node, Mapping) and value_of(node, "term") is None:
        return next((entry for pair in node.pairs for entry in take.short(*pair)), None)
    return next(take.listed(node), None) if node is not None else None


def _root(source: str) -> Node | None:
    """Return the whole file as one node, or what can be read of it."""
    try:
        return parse(source)
    except NotYamlError:
        return salvage(source).root
