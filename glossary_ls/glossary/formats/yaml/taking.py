"""What a glossary file holds to those who point into it: entries with their values, and keys.

Taken from nodes, whoever parsed them. What the entries mean is read by `yaml_glossary`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.forms import has_head, is_expansion
from glossary_ls.glossary.formats.yaml.nodes import Mapping, Node, Scalar, Sequence, is_key, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator


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


class Taking:
    """Takes entries apart; spans count in `source`."""

    def __init__(self, source: str) -> None:
        self._source = source

    def listed(self, node: Node) -> Iterator[Entry]:
        """Yield the entry that an item of a list is, if it has a name."""
        if isinstance(node, Scalar) and node.value.strip():
            name = _value(node, Role.TERM)
            yield Entry(self.written(node.span), name, (name,))
        elif isinstance(node, Mapping):
            term = value_of(node, "term")
            if isinstance(term, Scalar) and term.value.strip():
                span = self.written(node.span)
                yield Entry(span, _value(term, Role.TERM), tuple(self._values(node)))

    def short(self, key: Node, value: Node) -> Iterator[Entry]:
        """Yield the entry that a pair of a mapping is, if it has a name."""
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


def by_span(key: Key) -> Span:
    """Return what keys are sorted by."""
    return key.span


def entries_of_root(root: Node | None, source: str) -> Iterator[Entry]:
    """Yield the entries of a whole file."""
    take = Taking(source)
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


def keys_of_root(root: Node | None, take: Taking) -> Iterator[Key]:
    """Yield the keys of a whole file that are no names."""
    if isinstance(root, Mapping) and not has_head(root):
        # In the shorthand the outermost keys are names.
        for name, value in root.pairs:
            yield from keys_below_name(name, value, take)
    elif root is not None:
        yield from keys_below(root, ("terms",) if isinstance(root, Sequence) else (), take)


def keys_below_name(name: Node, value: Node, take: Taking) -> Iterator[Key]:
    """Yield the keys of a pair of the shorthand."""
    if isinstance(name, Scalar) and name.value == "accept":
        yield Key(name.span, name.value, (), take.written(value.span))
    yield from keys_below(value, ("terms",), take)


def keys_below(node: Node, below: tuple[str, ...], take: Taking) -> Iterator[Key]:
    """Yield the keys in a node that stands below some keys."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from keys_below(item, below, take)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            if isinstance(key, Scalar):
                yield Key(key.span, key.value, below, take.written(value.span))
                if key.value == "terms" and not below and isinstance(value, Mapping):
                    for _, inner in value.pairs:
                        yield from keys_below(inner, ("terms",), take)
                else:
                    yield from keys_below(value, (*below, key.value), take)


def _value(node: Scalar, role: Role) -> Value:
    return Value(node.span, node.value.strip(), role, node.plain)
