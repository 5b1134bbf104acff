"""The shape of a glossary in YAML: where its entries are, in which form, and how they are written.

Shared by the writers of terms, aliases and accepted words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.formats.yaml.forms import body_of, has_head, is_empty
from glossary_ls.glossary.formats.yaml.page import Row, names_of, place_of
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.formats.yaml.writing import Style
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.glossary.formats.yaml.page import Page

_DASH = lazily(r"([ \t]*)-(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Shape:
    """A glossary taken apart: its head, if it has one, and the node that holds its entries."""

    head: Mapping | None
    entries: Node | None


def shape_of(root: Node | None) -> Shape | None:
    """Return the head and the entries of a file; None when it is not a glossary."""
    if root is None or is_empty(root):
        return Shape(None, None)
    head = root if isinstance(root, Mapping) and has_head(root) else None
    return None if isinstance(root, Scalar) else Shape(head, body_of(root))


def add_to_list(page: Page, node: Node, name: str, new: str) -> tuple[TextEdit, ...]:
    """Return the edits that add an item to a list of names, a single name, or an empty value."""
    if isinstance(node, Sequence) and page.is_flow(node):
        return page.insert_flow(node, node.items, new)
    if isinstance(node, Sequence):
        rows, column = item_rows(page, node)
        return (page.insert_row(rows, column, [f"- {new}"], place_of(name, names_of(rows))),)
    if isinstance(node, Mapping):
        return ()
    old = [] if is_empty(node) else [scalar(node.value, flow=True)]
    blank = "" if page.source[node.span.start - 1] == " " else " "
    return (TextEdit(node.span, f"{blank}[{', '.join([*old, new])}]"),)


def name_of(entry: Node) -> str:
    """Return the name of an entry of a list."""
    node = value_of(entry, "term") if isinstance(entry, Mapping) else entry
    return node.value.strip() if isinstance(node, Scalar) else ""


def item_rows(page: Page, node: Sequence) -> tuple[list[Row], int]:
    """Return the entries of a block list and the column of their dashes."""
    column = _column(page, node)
    return [Row(name_of(item), _dash_of(page, item, column), page.last(item)) for item in node.items], column


def pair_rows(page: Page, node: Mapping) -> tuple[list[Row], int]:
    """Return the entries of a block mapping and the column of their keys."""
    rows = [
        Row(
            key.value if isinstance(key, Scalar) else "",
            key.span.start,
            max(page.last(key), page.last(value)),
        )
        for key, value in node.pairs
    ]
    return rows, page.column(rows[0].start)


def item_style(page: Page, node: Sequence) -> Style:
    """Return how the entries of a list are written."""
    mappings = [item for item in node.items if isinstance(item, Mapping)]
    values = [value for item in mappings for _, value in item.pairs]
    values += [item for item in node.items if isinstance(item, Scalar)]
    flow = [page.is_flow(item) for item in mappings]
    offset = 2
    if not page.is_flow(node) and False in flow:
        last = mappings[len(flow) - 1 - flow[::-1].index(False)]
        offset = max(page.column(last.pairs[0][0].span.start) - _column(page, node), 2)
    return Style(_quote(page, values), "", offset, flow=sum(flow) * 2 > len(flow))


def pair_style(page: Page, node: Mapping) -> Style:
    """Return how the entries of a mapping are written."""
    return Style(
        _quote(page, (value for _, value in node.pairs)),
        _quote(page, (key for key, _ in node.pairs)),
    )


def _column(page: Page, node: Sequence) -> int:
    line = page.line(node.items[0].span.start)
    dash = None
    while line >= 0 and (dash := _DASH.match(page.content(line))) is None:
        line -= 1
    return len(dash[1]) if dash else 0


def _dash_of(page: Page, item: Node, column: int) -> int:
    line = page.line(item.span.start)
    while line > 0:
        dash = _DASH.match(page.content(line))
        if dash and len(dash[1]) == column:
            break
        line -= 1
    return page.text.line_starts[line] + column


def _quote(page: Page, nodes: Iterable[Node]) -> str:
    """Return the marks that most values are quoted with, or nothing when most are not."""
    marks = Counter(
        "" if node.plain else page.source[node.span.start]
        for node in nodes
        if isinstance(node, Scalar) and "\n" not in node.span.of(page.source) and node.value
    )
    mark = max(marks, key=lambda mark: marks[mark], default="")
    return mark if mark in {"'", '"'} else ""
