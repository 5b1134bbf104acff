"""A glossary file as its writer sees it: the entries with the places of their names, references and texts.

Made for those who point into the file (navigation, renaming, checks); what the entries mean is read by
`yaml_glossary`. Of a file that is not YAML as a whole the good entries are there. Never raises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from glossary_ls.readers.nodes import Mapping, Node, NotYamlError, Scalar, Sequence, parse, value_of
from glossary_ls.readers.salvage import salvage
from glossary_ls.readers.yaml_glossary import has_head, is_expansion
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.text import Text


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


@dataclass(frozen=True, slots=True)
class Entry:
    """One term: its whole entry, the value that names it, and all that can be pointed at, ascending."""

    span: Span
    name: Value
    values: tuple[Value, ...]

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


class Outline:
    """The entries of a file, ascending, and the keys."""

    def __init__(self, source: str) -> None:
        """Take a file apart."""
        self._source = source
        self._root = _root(source)
        self.entries: tuple[Entry, ...] = tuple(self._entries())

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every key that is not a name, ascending."""
        return tuple(sorted(self._keys_of_root(), key=lambda key: key.span))

    def entry_at(self, offset: int) -> Entry | None:
        """Return the entry that an offset lies in."""
        return next((entry for entry in self.entries if entry.span.touches(offset)), None)

    def entry_from(self, start: int) -> Entry | None:
        """Return the entry that starts at an offset, as `Origin.span` tells it."""
        return self._by_start.get(start)

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
        return next((key for key in self.keys if key.span.touches(offset)), None)

    @cached_property
    def _by_start(self) -> dict[int, Entry]:
        return {entry.span.start: entry for entry in self.entries}

    def _entries(self) -> Iterator[Entry]:
        take = _Taking(self._source)
        root = self._root
        body = value_of(root, "terms") if isinstance(root, Mapping) and has_head(root) else root
        if isinstance(body, Sequence):
            for node in body.items:
                yield from take.listed(node)
        elif isinstance(body, Mapping):
            for key, value in body.pairs:
                yield from take.short(key, value)

    def _written(self, span: Span) -> Span:
        return _Taking(self._source).written(span)

    def _keys_of_root(self) -> Iterator[Key]:
        root = self._root
        if isinstance(root, Mapping) and not has_head(root):
            # In the shorthand the outermost keys are names.
            for name, value in root.pairs:
                if isinstance(name, Scalar) and name.value == "accept":
                    yield Key(name.span, name.value, (), value.span)
                yield from self._keys(value, ("terms",))
        elif root is not None:
            yield from self._keys(root, ("terms",) if isinstance(root, Sequence) else ())

    def _keys(self, node: Node, below: tuple[str, ...]) -> Iterator[Key]:
        if isinstance(node, Sequence):
            for item in node.items:
                yield from self._keys(item, below)
        elif isinstance(node, Mapping):
            for key, value in node.pairs:
                if isinstance(key, Scalar):
                    yield Key(key.span, key.value, below, self._written(value.span))
                    if key.value == "terms" and not below and isinstance(value, Mapping):
                        for _, inner in value.pairs:
                            yield from self._keys(inner, ("terms",))
                    else:
                        yield from self._keys(value, (*below, key.value))


class _Taking:
    """Takes entries apart; spans count in `source`."""

    def __init__(self, source: str) -> None:
        self._source = source

    def listed(self, node: Node) -> Iterator[Entry]:
        if isinstance(node, Scalar) and node.value.strip():
            name = _value(node, Role.TERM)
            yield Entry(node.span, name, (name,))
        elif isinstance(node, Mapping):
            term = value_of(node, "term")
            if isinstance(term, Scalar) and term.value.strip():
                span = self.written(node.span)
                yield Entry(span, _value(term, Role.TERM), tuple(self._values(node)))

    def short(self, key: Node, value: Node) -> Iterator[Entry]:
        if not isinstance(key, Scalar) or not key.value.strip() or key.value == "accept":
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
        return Span(span.start, span.start + len(span.of(self._source).rstrip()))


@lru_cache(maxsize=8)
def outline(text: Text) -> Outline:
    """Return the outline of a text; that of a text asked about lately costs nothing."""
    return Outline(text.source)


def entry_in(text: Text, span: Span) -> Entry | None:
    """Return the one entry that `Origin.span` tells of, without taking the whole file apart."""
    if span.end > len(text):
        return None
    start = text.line_starts[text.line_index(span.start)]
    try:
        # The entry alone, as far to the right as it stands.
        node = parse(" " * (span.start - start) + span.of(text.source), start)
    except NotYamlError:
        return None
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
