"""Salvage: what can still be read of a glossary that is not YAML as a whole.

The file is cut at its outermost keys, or at the items of its list, and what is broken is left out. The result
is one node, as if the rest had never been written; aliases may be of anchors in other parts. The keys that
hold lists of entries, the outermost first, are the only thing that is known of a format; below `ANY` key, a
list holds entries.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice, pairwise
from typing import NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.markup.yaml_nodes import Anchors, Mapping, Node, NotYamlError, Scalar, Sequence, moved, parse

#: How many anchors of a part that cannot be read are looked at.
_MOST_ANCHORS = 20

#: The keys that the lists of entries are below, the outermost first.
_Below = tuple[str, ...]

_CONTENT = lazily(r"^(?!---|%)[ \t]*(?P<first>[^\s#])", re.MULTILINE)
_ANCHOR = lazily(
    r"^(?P<indent>[ \t]*)(?:-[ \t]+)?(?:[^\s#&:'\"][^\r\n#&:'\"]*+:[ \t]+)?&(?P<name>[^\s,\[\]{}]+)[^\r\n]*+",
    re.MULTILINE,
)
_ITEM = lazily(r"^(?P<indent>[ \t]*)-(?:[ \t]+(?=\S)|[ \t]*\r?$)", re.MULTILINE)
_KEY = lazily(
    r"""^(?P<indent>[ \t]*)(?P<key>"[^"\r\n]*"|'[^'\r\n]*'|[^\s\-#"'\[\]{}][^\r\n]*?)[ \t]*:(?=\s|\Z)""",
    re.MULTILINE,
)


class Salvaged(NamedTuple):
    """The good parts of a file as its root, None when there are none, and what is wrong with the others."""

    root: Node | None
    errors: tuple[NotYamlError, ...]


#: Stands for every key.
ANY = "*"


def salvage(source: str, below: _Below = ("terms",)) -> Salvaged:
    """Read a file part by part.

    The entries are in lists `below` some keys, each of them in the items of the list before.
    """
    first = _CONTENT.search(source)
    whole = Span(0, len(source))
    if first is None or first["first"] == "-":
        return _items(source, whole, (), Anchors())
    return _keys(source, below, Anchors())


def _keys(source: str, below: _Below, anchors: Anchors) -> Salvaged:
    """Read a mapping key by key."""
    found = list(_KEY.finditer(source))
    indent = min((key["indent"] for key in found), key=len, default="")
    keys = [key for key in found if key["indent"] == indent]
    whole = Span(0, len(source))
    pairs: list[tuple[Node, Node]] = []
    errors: list[NotYamlError] = []
    for key, span in zip(keys, _cut([key.start() for key in keys], whole), strict=True):
        try:
            pairs += _pairs(_parsed(source, span, anchors))
        except NotYamlError as error:
            name = Scalar(Span(*key.span("key")), key["key"].strip("\"'"))
            inside = Span(key.end(), span.end)
            is_list = name.value in below[:1] or (below[:1] == (ANY,) and _is_list(source, inside))
            body = _entries(source, inside, below[1:], anchors) if is_list else None
            if body is not None and body.root is not None:
                pairs.append((name, body.root))
            errors += body.errors if body is not None and body.errors else (error,)
    return Salvaged(Mapping(whole, tuple(pairs)) if pairs else None, tuple(errors))


def _is_list(source: str, span: Span) -> bool:
    first = _CONTENT.search(source, span.start, span.end)
    return first is not None and first["first"] == "-"


def _entries(source: str, span: Span, below: _Below, anchors: Anchors) -> Salvaged:
    """Read what is below the key of the entries: a list, or a mapping."""
    first = _CONTENT.search(source, span.start, span.end)
    if first is None or first["first"] == "-":
        return _items(source, span, below, anchors)
    found = list(_KEY.finditer(source, span.start, span.end))
    starts = [key.start() for key in found if key["indent"] == found[0]["indent"]]
    return _parts(source, span, starts, (), anchors)


def _items(source: str, span: Span, below: _Below, anchors: Anchors) -> Salvaged:
    found = list(_ITEM.finditer(source, span.start, span.end))
    indent = min((item["indent"] for item in found), key=len, default="")
    starts = [item.start() for item in found if item["indent"] == indent]
    return _parts(source, span, starts, below, anchors)


def _parts(source: str, span: Span, starts: list[int], below: _Below, anchors: Anchors) -> Salvaged:
    """Read parts of one list or one mapping, and put those that can be read together again."""
    items: list[Node] = []
    pairs: list[tuple[Node, Node]] = []
    errors: list[NotYamlError] = []
    for part in _cut(starts, span):
        try:
            node = _parsed(source, part, anchors)
        except NotYamlError as error:
            _keep_anchors(source, part, anchors)
            inner = _inside(source, part, below) if below else None
            items += (inner.root,) if inner and inner.root else ()
            errors += (inner and inner.root and inner.errors) or (error,)
        else:
            items += node.items if isinstance(node, Sequence) else ()
            pairs += _pairs(node)
    root = Sequence(span, tuple(items)) if items else Mapping(span, tuple(pairs)) if pairs else None
    return Salvaged(root, tuple(errors))


def _inside(source: str, item: Span, below: _Below) -> Salvaged:
    """Read an item of a list that holds a list of entries itself."""
    # Without its dash it is a mapping, with its keys where they are.
    found = _keys(item.of(source).replace("-", " ", 1), below, Anchors())
    errors = (NotYamlError(error.message, error.offset + item.start) for error in found.errors)
    return Salvaged(found.root and moved(found.root, item.start), tuple(errors))


def _parsed(source: str, part: Span, anchors: Anchors) -> Node | None:
    """Read one part; what is wrong with it is wrong inside it and not where the next one starts."""
    text = part.of(source).rstrip()
    return parse(text, part.start, anchors) if text else None


def _keep_anchors(source: str, part: Span, anchors: Anchors) -> None:
    """Read the lines with anchors of a part that cannot be read as a whole, with what is indented below."""
    for found in islice(_ANCHOR.finditer(source, part.start, part.end), _MOST_ANCHORS):
        if found["name"] in anchors.nodes:
            continue
        deeper = re.compile(rf"(?:[^\r\n]*+\n)(?:{found['indent']}[ \t]+[^\n]*+\n?|[ \t\r]*+\n)*+")
        below = deeper.match(source, found.start(), part.end)
        with suppress(NotYamlError):
            _parsed(source, Span(found.start(), below.end() if below else found.end()), anchors)


def _pairs(node: Node | None) -> tuple[tuple[Node, Node], ...]:
    return node.pairs if isinstance(node, Mapping) else ()


def _cut(starts: list[int], span: Span) -> list[Span]:
    return [Span(start, end) for start, end in pairwise([*starts, span.end])]
