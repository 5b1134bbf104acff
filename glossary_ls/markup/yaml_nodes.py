"""Parsing YAML into a tree of nodes with their spans in the source.

The tree is built from the event stream, which is faster than `yaml.load`, keeps the offsets, and keeps `no`,
`on` and `1.0` as strings. This module must not know what a glossary is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from glossary_ls.base import leftovers
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.markup.yaml_loader import LOADER

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An event of PyYAML. Its type stubs declare every mark as optional, but `yaml.parse` always sets them.
_Event = Any

#: Characters that YAML 1.2 (section 5.1) does not allow in a stream, and surrogates, which cannot be encoded.
_FORBIDDEN = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

#: How much of a text is searched at once, in characters.
_PART = 100_000

#: The properties of a node: its anchor and tag (YAML 1.2, section 6.9).
_PROPERTIES = lazily(r"(?:[&!]\S*\s+)+")

#: The maximum nesting depth, to bound the recursion.
_MAX_DEPTH = 50

#: The maximum number of nodes that aliases expand to, against exponential expansion ("billion laughs").
_MAX_BORROWED = 100_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar without its properties; `plain` is False for quoted and block scalars."""

    span: Span
    value: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence."""

    span: Span
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping: pairs of key and value in source order, with merge keys resolved."""

    span: Span
    pairs: tuple[tuple[Node, Node], ...]


Node = Scalar | Sequence | Mapping


def is_key(node: Node, name: str) -> bool:
    """Return whether a node is this key."""
    return isinstance(node, Scalar) and node.value == name


def value_of(node: Node | None, name: str) -> Node | None:
    """Return the value of a key, the last one if it is repeated; None if the node is not a mapping."""
    found = None
    for key, value in node.pairs if isinstance(node, Mapping) else ():
        if is_key(key, name):
            found = value
    return found


def moved(node: Node, by: int) -> Node:
    """Return the node moved by `by` code points."""
    span = node.span.shifted(by)
    if isinstance(node, Scalar):
        return Scalar(span, node.value, node.plain)
    if isinstance(node, Sequence):
        return Sequence(span, tuple(moved(item, by) for item in node.items))
    return Mapping(span, tuple((moved(key, by), moved(value, by)) for key, value in node.pairs))


#: What the parser says, at the end of the text, about a quote that is not closed.
_OPEN_QUOTE = ["while scanning a quoted scalar", "found unexpected end of stream"]


class NotYamlError(Exception):
    """The source is not YAML: the error and its offset. Formats turn it into a problem."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class UnknownAnchorError(NotYamlError):
    """An alias without an anchor, which may be in a part of the file that was not parsed."""


class Parsed(NamedTuple):
    """A document as a node, None when it is empty; `borrows`: it contains aliases."""

    root: Node | None
    borrows: bool


@dataclass(slots=True)
class Anchors:
    """The anchors of a document that is parsed in parts, and how many nodes their aliases stand for.

    A node is kept by the name of its anchor, with its number of nodes.
    """

    nodes: dict[str | None, tuple[Node, int]] = field(default_factory=dict)
    borrowed: int = 0


def parse(source: str, offset: int = 0, anchors: Anchors | None = None) -> Node | None:
    """Parse the first document of `source`; None when it is empty.

    `offset` is added to every span. `anchors` are those of earlier parts, to which its own are added. Raises
    NotYamlError where the source stops being YAML.
    """
    return parse_part(source, offset, anchors=anchors).root


def parse_part(source: str, offset: int = 0, depth: int = 0, anchors: Anchors | None = None) -> Parsed:
    """Parse a document that is nested `depth` levels deep in another one, like `parse`."""
    bad = forbidden(source)
    if bad >= 0:
        message = f"the character U+{ord(source[bad]):04X} is not allowed in YAML; delete it"
        raise NotYamlError(message, offset + bad)
    if source.startswith("\ufeff"):
        return parse_part(source[1:], offset + 1, depth, anchors)
    anchors = anchors or Anchors()
    try:
        root = _Composer(source, yaml.parse(source, Loader=LOADER), offset, anchors).document(depth)
        leftovers.keep(root)
        return Parsed(root, anchors.borrowed > 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        parts = [part for part in (error.context, error.problem) if part]
        if error.context_mark and parts == _OPEN_QUOTE:
            mark, parts = error.context_mark, ["this quote is not closed"]
        raise NotYamlError(", ".join(parts), offset + (mark.index if mark else 0)) from None
    except RecursionError:
        raise NotYamlError("nested too deeply", offset) from None


def forbidden(source: str) -> int:
    """Return the offset of the first character that YAML does not allow, or -1."""
    # In parts, because no other thread runs while a text is searched.
    parts = (_FORBIDDEN.search(source, start, start + _PART) for start in range(0, len(source), _PART))
    found = next(filter(None, parts), None)
    return found.start() if found else -1


class _Composer:
    """Builds nodes from events, and resolves aliases and merge keys."""

    def __init__(self, source: str, events: Iterator[_Event], offset: int, anchors: Anchors) -> None:
        self._source = source
        self._events = events
        self._offset = offset
        self._anchors = anchors
        self._count = 0

    def document(self, depth: int) -> Node | None:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, depth)
                # The rest must be valid YAML too, or an error there would look like the end of the file.
                for _ in self._events:
                    pass
                return root
        return None

    def _node(self, event: _Event, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise RecursionError
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        node: Node
        before = self._count
        self._count += 1
        if isinstance(event, yaml.ScalarEvent):
            node = Scalar(self._written(event), event.value, event.style in {None, ""})
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        if event.anchor:
            self._anchors.nodes[event.anchor] = node, self._count - before
        return node

    def _alias(self, event: _Event) -> Node:
        start = self._span(event, event).start
        if event.anchor not in self._anchors.nodes:
            raise UnknownAnchorError(f"the alias *{event.anchor} has no anchor before it", start)
        node, size = self._anchors.nodes[event.anchor]
        self._count += size
        self._anchors.borrowed += size
        if self._anchors.borrowed > _MAX_BORROWED:
            raise NotYamlError("the aliases stand for too many values; write them out", start)
        return node

    def _sequence(self, start: _Event, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return Sequence(self._span(start, event), tuple(items))
            items.append(self._node(event, depth + 1))
        raise AssertionError("the event stream ends inside a sequence")

    def _mapping(self, start: _Event, depth: int) -> Mapping:
        pairs: list[tuple[Node, Node]] = []
        merged: dict[str, tuple[Node, Node]] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                own = {key.value for key, _ in pairs if isinstance(key, Scalar)}
                pairs += [pair for name, pair in merged.items() if name not in own]
                return Mapping(self._span(start, event), tuple(pairs))
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if isinstance(key, Scalar) and key.plain and key.value == "<<":
                sources = value.items if isinstance(value, Sequence) else (value,)
                for pair in (
                    pair for source in sources if isinstance(source, Mapping) for pair in source.pairs
                ):
                    if isinstance(pair[0], Scalar):
                        merged.setdefault(pair[0].value, pair)
            else:
                pairs.append((key, value))
        raise AssertionError("the event stream ends inside a mapping")

    def _written(self, scalar: _Event) -> Span:
        """Return the span of a scalar without its properties: an edit must keep what aliases refer to."""
        span = self._span(scalar, scalar)
        if not scalar.anchor and not scalar.tag:
            return span
        start = scalar.start_mark.index
        properties = _PROPERTIES.match(self._source, start, scalar.end_mark.index)
        return Span(span.start + (properties.end() - start if properties else 0), span.end)

    def _span(self, first: _Event, last: _Event) -> Span:
        return Span(self._offset + first.start_mark.index, self._offset + last.end_mark.index)


def plain(node: Node | None) -> object:
    """Return a node as strings, lists and dictionaries; only pairs whose key is a scalar count."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.value: plain(value) for key, value in node.pairs if isinstance(key, Scalar)}
        case None:
            return None
