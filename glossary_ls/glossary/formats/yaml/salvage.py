"""Salvage: what can still be read of a glossary that is not YAML as a whole.

The file is cut at its outermost keys, or at the items of its list, and what is broken is left out. The result
is one node, as if the rest had never been written. This module knows how glossaries are laid out and must not
know what an entry means.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from glossary_ls.base.text import Span
from glossary_ls.markup.yaml_nodes import Mapping, Node, NotYamlError, Scalar, Sequence, parse

#: The key that holds the entries in the full form.
_ENTRIES = "terms"

_CONTENT = re.compile(r"^(?!---|%)[ \t]*(?P<first>[^\s#])", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)-[ \t]+(?=\S)", re.MULTILINE)
_KEY = re.compile(
    r"""^(?P<indent>[ \t]*)(?P<key>"[^"\r\n]*"|'[^'\r\n]*'|[^\s\-#"'\[\]{}][^\r\n]*?)[ \t]*:(?=\s|\Z)""",
    re.MULTILINE,
)


class Salvaged(NamedTuple):
    """The good parts of a file as its root, None when there are none, and what is wrong with the others."""

    root: Node | None
    errors: tuple[NotYamlError, ...]


def salvage(source: str) -> Salvaged:
    """Read a file part by part."""
    first = _CONTENT.search(source)
    whole = Span(0, len(source))
    if first is None or first["first"] == "-":
        return _items(source, whole)
    keys = [found for found in _KEY.finditer(source) if not found["indent"]]
    starts = [found.start() for found in keys]
    pairs: list[tuple[Node, Node]] = []
    errors: list[NotYamlError] = []
    for found, span in zip(keys, _cut(starts, whole), strict=True):
        try:
            pairs += _pairs(_parsed(source, span))
        except NotYamlError as error:
            name = Scalar(Span(*found.span("key")), found["key"].strip("\"'"))
            body = _entries(source, Span(found.end(), span.end)) if name.value == _ENTRIES else None
            if body is not None and body.root is not None:
                pairs.append((name, body.root))
            errors += body.errors if body is not None and body.errors else (error,)
    return Salvaged(Mapping(whole, tuple(pairs)) if pairs else None, tuple(errors))


def _entries(source: str, span: Span) -> Salvaged:
    """Read what is below the key of the entries: a list, or a mapping."""
    first = _CONTENT.search(source, span.start, span.end)
    if first is None or first["first"] == "-":
        return _items(source, span)
    found = list(_KEY.finditer(source, span.start, span.end))
    return _parts(source, span, [key.start() for key in found if key["indent"] == found[0]["indent"]])


def _items(source: str, span: Span) -> Salvaged:
    found = list(_ITEM.finditer(source, span.start, span.end))
    indent = min((item["indent"] for item in found), key=len, default="")
    return _parts(source, span, [item.start() for item in found if item["indent"] == indent])


def _parts(source: str, span: Span, starts: list[int]) -> Salvaged:
    """Read parts of one list or one mapping, and put those that can be read together again."""
    items: list[Node] = []
    pairs: list[tuple[Node, Node]] = []
    errors: list[NotYamlError] = []
    for part in _cut(starts, span):
        try:
            node = _parsed(source, part)
        except NotYamlError as error:
            errors.append(error)
        else:
            items += node.items if isinstance(node, Sequence) else ()
            pairs += _pairs(node)
    root = Sequence(span, tuple(items)) if items else Mapping(span, tuple(pairs)) if pairs else None
    return Salvaged(root, tuple(errors))


def _parsed(source: str, part: Span) -> Node | None:
    """Read one part; what is wrong with it is wrong inside it and not where the next one starts."""
    text = part.of(source).rstrip()
    return parse(text, part.start) if text else None


def _pairs(node: Node | None) -> tuple[tuple[Node, Node], ...]:
    return node.pairs if isinstance(node, Mapping) else ()


def _cut(starts: list[int], span: Span) -> list[Span]:
    return [Span(start, end) for start, end in pairwise([*starts, span.end])]
