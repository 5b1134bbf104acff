"""A glossary file as its writer sees it: the entries with the places of their names, references and texts.

Made for those who point into the file (navigation, renaming, checks); what the entries mean is read by
`yaml_glossary`. Of a file that is not YAML as a whole the good entries are there. Never raises.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.readers.cuts import cut
from glossary_ls.readers.forms import has_head, is_expansion
from glossary_ls.readers.memory import Memory
from glossary_ls.readers.nodes import Mapping, Node, NotYamlError, Scalar, Sequence, is_key, parse, value_of
from glossary_ls.readers.pieces import Form, Piece, node_of
from glossary_ls.readers.salvage import salvage
from glossary_ls.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.readers.pieces import Cut


class Role(Enum):
    """What a value of an entry is: a name of the term, a reference to another one, or neither."""

    TERM = auto()
    EXPANSION = auto()
    ALIAS = auto()
    RELATED = auto()
    REPLACED_BY = auto()
    CONTRAST = auto()
    ABOUT = auto()
    URL = auto()
    REVIEWED = auto()
    STATUS = auto()
    SCOPE = auto()
    TEXT = auto()


NAMES = frozenset({Role.TERM, Role.EXPANSION, Role.ALIAS})
REFERENCES = frozenset({Role.RELATED, Role.REPLACED_BY, Role.CONTRAST, Role.ABOUT})

_ROLES = {
    "term": Role.TERM,
    "expansion": Role.EXPANSION,
    "related": Role.RELATED,
    "replaced_by": Role.REPLACED_BY,
    "url": Role.URL,
    "reviewed": Role.REVIEWED,
    "status": Role.STATUS,
    "scope": Role.SCOPE,
    "definition": Role.TEXT,
    "summary": Role.TEXT,
    "facts": Role.TEXT,
    "examples": Role.TEXT,
}

#: Values that are mappings of their own: what their keys hold, and what a plain string in their place is.
_NESTED: dict[str, tuple[Role, dict[str, Role]]] = {
    "aliases": (Role.ALIAS, {"name": Role.ALIAS}),
    "not_to_be_confused_with": (Role.CONTRAST, {"term": Role.CONTRAST, "difference": Role.TEXT}),
    "questions": (Role.TEXT, {"question": Role.TEXT, "answer": Role.TEXT, "about": Role.ABOUT}),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A string in the file; `span` holds its quotes, `plain` tells that there are none."""

    span: Span
    text: str
    role: Role
    plain: bool = True

    def shifted(self, by: int) -> Value:
        """Return the same value, `by` code points further on."""
        return Value(self.span.shifted(by), self.text, self.role, self.plain)


class Entry:
    """One term: its whole entry, the value that names it, and all that can be pointed at, ascending."""

    __slots__ = ("_by", "_values", "name", "span")

    def __init__(self, span: Span, name: Value, values: tuple[Value, ...], by: int = 0) -> None:
        """`values` are placed when they are asked for, `by` code points further on."""
        self.span = span
        self.name = name
        self._values = values
        self._by = by

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entry):
            return NotImplemented
        return (self.span, self.name, self.values) == (other.span, other.name, other.values)

    def __hash__(self) -> int:
        return hash(self.span)

    @property
    def values(self) -> tuple[Value, ...]:
        """All that can be pointed at, ascending."""
        return tuple(value.shifted(self._by) for value in self._values) if self._by else self._values

    def shifted(self, by: int) -> Entry:
        """Return the same entry, `by` code points further on."""
        return Entry(self.span.shifted(by), self.name.shifted(by), self._values, self._by + by)

    def first(self, role: Role, text: str | None = None) -> Value | None:
        """Return the first value with a role, and with a text if one is given."""
        for value in self.values:
            if value.role is role and text in {None, value.text}:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Key:
    """A key in the file, and the keys that it stands below, the outermost first."""

    span: Span
    name: str
    below: tuple[str, ...]
    value: Span

    def shifted(self, by: int) -> Key:
        """Return the same key, `by` code points further on."""
        return Key(self.span.shifted(by), self.name, self.below, self.value.shifted(by))


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
    """The entries of a file, ascending, and the keys."""

    def __init__(self, source: str | Text) -> None:
        """Take a file apart."""
        self._source = source.source if isinstance(source, Text) else source
        self._cut = cut(source)
        self._starts = self._cut.starts if self._cut else [0]

    @property
    def is_cut(self) -> bool:
        """Whether the entries can be read one by one."""
        return self._cut is not None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the file that hold entries, ascending."""
        return tuple(map(self._part, range(len(self._starts))))

    @cached_property
    def head(self) -> tuple[Key, ...]:
        """The keys that stand in none of the parts."""
        return tuple(_keys_of_head(self._cut, self._source)) if self._cut else ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, ascending."""
        return tuple(entry.shifted(part.start) for part in self.parts for entry in part.found.entries)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every key that is not a name, ascending."""
        inside = (key.shifted(part.start) for part in self.parts for key in part.found.keys)
        return tuple(sorted((*self.head, *inside), key=_by_span))

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
        index = bisect_right(self._starts, offset)
        return map(self._part, range(max(index - 2, 0), index))

    def _part(self, index: int) -> Part:
        if self._cut is None:
            return Part(0, 0, self._whole)
        piece = self._cut.piece(index)
        form = self._cut.form
        return Part(piece.start, piece.line, _FOUND.of(form).get(piece.text) or _learn(piece, form))

    @cached_property
    def _whole(self) -> Found:
        root = _root(self._source)
        keys = sorted(_keys_of_root(root, _Taking(self._source)), key=_by_span)
        return Found(self._source, tuple(_entries(root, self._source)), tuple(keys))


class _Taking:
    """Takes entries apart; spans count in `source`."""

    def __init__(self, source: str) -> None:
        self._source = source

    def listed(self, node: Node) -> Iterator[Entry]:
        if isinstance(node, Scalar) and node.value.strip():
            name = _value(node, Role.TERM)
            yield Entry(self.written(node.span), name, (name,))
        elif isinstance(node, Mapping):
            term = value_of(node, "term")
            if isinstance(term, Scalar) and term.value.strip():
                span = self.written(node.span)
                yield Entry(span, _value(term, Role.TERM), tuple(self._values(node)))

    def short(self, key: Node, value: Node) -> Iterator[Entry]:
        if not isinstance(key, Scalar) or not key.value.strip():
            return
        name = _value(key, Role.TERM)
        span = self.written(Span(key.span.start, max(key.span.end, value.span.end)))
        if isinstance(value, Mapping):
            yield Entry(span, name, (name, *self._values(value)))
        elif isinstance(value, Scalar):
            role = Role.EXPANSION if is_expansion(name.text, value.value.strip()) else Role.TEXT
            yield Entry(span, name, (name, self._trimmed(_value(value, role))))
        else:
            yield Entry(span, name, (name,))

    def _values(self, node: Mapping) -> Iterator[Value]:
        for key, value in node.pairs:
            name = key.value if isinstance(key, Scalar) else ""
            if name in _ROLES:
                yield from self._scalars(value, _ROLES[name])
            elif name in _NESTED:
                role, inner = _NESTED[name]
                for item in value.items if isinstance(value, Sequence) else (value,):
                    if isinstance(item, Mapping):
                        for inner_key, inner_value in item.pairs:
                            if isinstance(inner_key, Scalar) and inner_key.value in inner:
                                yield from self._scalars(inner_value, inner[inner_key.value])
                    else:
                        yield from self._scalars(item, role)

    def _scalars(self, node: Node, role: Role) -> Iterator[Value]:
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar) and item.value.strip():
                yield self._trimmed(_value(item, role))

    def _trimmed(self, value: Value) -> Value:
        return replace(value, span=self.written(value.span))

    def written(self, span: Span) -> Span:
        """Leave out the blanks up to the next token, which YAML counts to a block."""
        end = span.end
        # The value of a key may be most of a file, which is not copied for this.
        while end > span.start and self._source[end - 1].isspace():
            end -= 1
        return Span(span.start, end)


def _by_span(key: Key) -> Span:
    return key.span


def _entries(root: Node | None, source: str) -> Iterator[Entry]:
    take = _Taking(source)
    full = isinstance(root, Mapping) and has_head(root)
    body = value_of(root, "terms") if full else root
    if isinstance(body, Sequence):
        for node in body.items:
            yield from take.listed(node)
    elif isinstance(body, Mapping):
        for key, value in body.pairs:
            # Beside the entries of the shorthand there may be a list of accepted acronyms.
            if full or not is_key(key, "accept"):
                yield from take.short(key, value)


def _keys_of_root(root: Node | None, take: _Taking) -> Iterator[Key]:
    if isinstance(root, Mapping) and not has_head(root):
        # In the shorthand the outermost keys are names.
        for name, value in root.pairs:
            yield from _keys_below_name(name, value, take)
    elif root is not None:
        yield from _keys(root, ("terms",) if isinstance(root, Sequence) else (), take)


def _keys_below_name(name: Node, value: Node, take: _Taking) -> Iterator[Key]:
    if isinstance(name, Scalar) and name.value == "accept":
        yield Key(name.span, name.value, (), take.written(value.span))
    yield from _keys(value, ("terms",), take)


def _keys(node: Node, below: tuple[str, ...], take: _Taking) -> Iterator[Key]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _keys(item, below, take)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            if isinstance(key, Scalar):
                yield Key(key.span, key.value, below, take.written(value.span))
                if key.value == "terms" and not below and isinstance(value, Mapping):
                    for _, inner in value.pairs:
                        yield from _keys(inner, ("terms",), take)
                else:
                    yield from _keys(value, (*below, key.value), take)


# --- files in pieces --------------------------------------------------------------------------------------

#: What was found in pieces.
_FOUND: Memory[Found] = Memory()


def _learn(piece: Piece, form: Form) -> Found:
    take, node = _Taking(piece.text), node_of(piece, form)
    entries: list[Entry] = []
    keys: list[Key] = []
    if isinstance(node, Sequence):
        entries += take.listed(node.items[0])
        keys += _keys(node, ("terms",), take)
    elif isinstance(node, Mapping):
        entries += take.short(*node.pairs[0])
        keys += _keys(node.pairs[0][1], ("terms",), take)
    found = Found(piece.text, tuple(entries), tuple(sorted(keys, key=_by_span)))
    _FOUND.learn(form, piece.text, found)
    return found


def _keys_of_head(cutting: Cut, source: str) -> Iterator[Key]:
    """Yield the keys beside the entries."""
    take = _Taking(source)
    if cutting.head is not None and cutting.has_head:
        yield from _keys(cutting.head, (), take)
    elif cutting.head is not None:
        for name, value in cutting.head.pairs:
            yield from _keys_below_name(name, value, take)


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
    take = _Taking(text.source)
    if isinstance(node, Mapping) and value_of(node, "term") is None:
        return next((entry for pair in node.pairs for entry in take.short(*pair)), None)
    return next(take.listed(node), None) if node is not None else None


def _root(source: str) -> Node | None:
    """Return the whole file as one node, or what can be read of it."""
    try:
        return parse(source)
    except NotYamlError:
        return salvage(source).root


def _value(node: Scalar, role: Role) -> Value:
    return Value(node.span, node.value.strip(), role, node.plain)
