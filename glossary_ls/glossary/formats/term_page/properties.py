"""The properties that a page states before its text: front matter in YAML or TOML, or attributes of AsciiDoc.

This module must not know what a property means.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.markup import yaml_nodes as nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = "invalid-front-matter"

_YAML = lazily(r"\ufeff?(?:[ \t]*\r?\n)*---[ \t]*\r?\n")
_YAML_END = lazily(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML = lazily(r"\ufeff?\+\+\+[ \t]*\r?\n")
_TOML_END = lazily(r"^\+\+\+[ \t]*$", re.MULTILINE)

#: A line of front matter that can be read alone.
_LINE = lazily(r"^(\w+(?:[ -]\w+)*)[ \t]*[:=][ \t]+(?P<value>\S[^\r\n]*)", re.MULTILINE)

#: A line of the header of an AsciiDoc document: its title, an attribute, a comment, an author or a revision.
_HEADER_LINE = lazily(
    r"(?:={1,6} +(?P<title>\S[^\r\n]*)|:(?P<key>[\w-]+):(?P<value>[ \t][^\r\n]*)?|//(?!//)[^\r\n]*"
    r"|\[[^\]\r\n]*\][ \t]*|(?:ifn?def|endif)::[^\r\n]*|[ \t]*)(?:\r?\n|\Z)"
)

#: The keys of the parts of a value that is a mapping, of which one has its text.
_INNER = ("title", "name", "term", "label", "text", "value", "en")


@dataclass(frozen=True, slots=True)
class Properties:
    """The texts of a page by their keys, in lower case and in the order of the page.

    `end` is the offset at which the text of the page begins.
    """

    items: tuple[tuple[str, Piece], ...] = ()
    end: int = 0
    problems: tuple[Problem, ...] = ()

    def all(self, key: str) -> tuple[Piece, ...]:
        """Return the texts of a key."""
        return tuple(piece for each, piece in self.items if each == key)

    def first(self, *keys: str) -> Piece | None:
        """Return the first text of the first of some keys that has one."""
        return next((piece for key in keys for piece in self.all(key) if piece.text), None)

    def has(self, *keys: str) -> bool:
        """Return whether one of some keys is written, with or without a text."""
        return any(key in keys for key, _ in self.items)


def front_matter(source: str) -> Properties:
    """Return the front matter of a page in Markdown or HTML."""
    if (opening := _YAML.match(source)) and (end := _YAML_END.search(source, opening.end())):
        return _from_yaml(source, Span(opening.end(), end.start()), end.end())
    if (opening := _TOML.match(source)) and (end := _TOML_END.search(source, opening.end())):
        return _from_toml(source, Span(opening.end(), end.start()), end.end())
    return Properties(end=int(source.startswith("\ufeff")))


def attributes(source: str) -> Properties:
    """Return the title and the attributes of a document in AsciiDoc."""
    items: list[tuple[str, Piece]] = []
    at = int(source.startswith("\ufeff"))
    if (matter := front_matter(source)).items:
        items, at = list(matter.items), matter.end
    while at < len(source) and (found := _HEADER_LINE.match(source, at)):
        if found["title"] and any(key == "title" for key, _ in items):
            break
        at = found.end()
        key, group = (found["key"], "value") if found["key"] else ("title", "title")
        if found[group] is not None:
            span = Span(*stripped(source, *found.span(group)))
            items.append((key.lower(), Piece(span.of(source), span)))
    return Properties(tuple(items), at)


def _from_yaml(source: str, inside: Span, end: int) -> Properties:
    try:
        root = nodes.parse(inside.of(source), inside.start)
    except nodes.NotYamlError as error:
        message = f"the front matter is not valid YAML: {error.message}; only its simple lines are used"
        at = min(error.offset, max(inside.end - 1, inside.start))
        problem = Problem(_CODE, message, Span(at, source.find("\n", at) % (inside.end + 1)), Severity.ERROR)
        return Properties(tuple(_lines(source, inside)), end, (problem,))
    if not isinstance(root, nodes.Mapping):
        return Properties(end=end)
    return Properties(tuple(_flattened(root)), end)


def _flattened(root: nodes.Mapping) -> Iterator[tuple[str, Piece]]:
    for key, value in root.pairs:
        if isinstance(key, nodes.Scalar):
            name = key.value.strip().lower()
            found = [*_texts(value)]
            yield from ((name, piece) for piece in found)
            if not found:
                yield name, Piece("", value.span)


def _texts(node: nodes.Node) -> Iterator[Piece]:
    """Yield the texts of a value: of each item of a list, and the title of a mapping."""
    if isinstance(node, nodes.Scalar):
        text = node.value.strip()
        if text and not (node.plain and text in {"~", "null"}):
            yield Piece(text, node.span)
    elif isinstance(node, nodes.Sequence):
        for item in node.items:
            yield from _texts(item)
    else:
        named = (nodes.value_of(node, name) for name in _INNER)
        first = next((each for each in named if isinstance(each, nodes.Scalar)), None)
        if first is not None:
            yield from _texts(first)


def _from_toml(source: str, inside: Span, end: int) -> Properties:
    try:
        data = tomllib.loads(inside.of(source).replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        message = f"the front matter is not valid TOML: {error}; only its simple lines are used"
        problem = Problem(_CODE, message, inside, Severity.ERROR)
        return Properties(tuple(_lines(source, inside)), end, (problem,))
    tables = [data, *(each for each in data.values() if isinstance(each, dict))]
    items: list[tuple[str, Piece]] = []
    for table in tables:
        for key, value in table.items():
            line = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=[ \t]*", re.MULTILINE)
            found = line.search(source, inside.start, inside.end)
            start = found.end() if found else inside.start
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    at = source.find(text, start, inside.end) if text else -1
                    span = Span(at, at + len(text)) if at >= 0 else Span(start, start)
                    items.append((key.lower(), Piece(text.strip(), span)))
    return Properties(tuple(items), end)


def _lines(source: str, inside: Span) -> Iterator[tuple[str, Piece]]:
    """Yield the lines of front matter that can be read one by one."""
    for found in _LINE.finditer(source, inside.start, inside.end):
        text = found["value"].strip()
        yield found[1].lower(), Piece(text.strip("'\"[]{} "), Span(*found.span("value")))
