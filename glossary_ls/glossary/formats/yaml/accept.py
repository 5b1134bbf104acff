"""Adding a word to the acronyms that a glossary accepts without an entry: its key `accept`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.edits import insertion
from glossary_ls.base.model import TextEdit
from glossary_ls.glossary.formats.yaml.checked import checked, unchanged
from glossary_ls.glossary.formats.yaml.page import Page
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.formats.yaml.shape import add_to_list, item_rows, pair_rows, shape_of
from glossary_ls.markup.yaml_nodes import Mapping, NotYamlError, Sequence, parse, value_of

if TYPE_CHECKING:
    from glossary_ls.markup.yaml_nodes import Node

_NOTE = "  # acronyms that need no explanation"


def add_accepted(source: str | None, word: str) -> tuple[TextEdit, ...]:
    """Return the edits that add a word to the accepted ones; none when there is no safe way.

    Without a source the file does not exist yet, and the one edit holds all of it.
    """
    if source is None:
        return (insertion(0, new_accepted(word)),)
    try:
        edits = _into(Page(source), parse(source), word)
    except NotYamlError:
        return ()
    return checked(read("", source), edits, unchanged, accepted=word)


def _into(page: Page, root: Node | None, word: str) -> tuple[TextEdit, ...]:
    shape = shape_of(root)
    if shape is None:
        return ()
    new = f"accept: [{scalar(word, flow=True)}]"
    if root is None or not root.span.of(page.source):
        return (page.append([new + _NOTE]),)
    if not isinstance(root, Mapping) or not root.pairs:
        return _in_front(page, root, new + _NOTE)
    node = value_of(root, "accept")
    if node is not None:
        return add_to_list(page, node, word, scalar(word, flow=True))
    if page.is_flow(root):
        return page.insert_flow(root, [root.pairs[-1][1]], new)
    return (_into_block(page, root, new + _NOTE, has_head=shape.head is not None),)


def _in_front(page: Page, root: Node, line: str) -> tuple[TextEdit, ...]:
    """Give a head to a list of terms; an empty value is replaced."""
    if isinstance(root, Sequence) and root.items:
        if page.is_flow(root):
            return (insertion(root.span.start, line + page.newline + "terms: "),)
        rows, column = item_rows(page, root)
        at = page.start_of_entry(rows[0].start, column, first=True)
        return (insertion(at, page.block([line, "terms:"], 0) + page.newline),)
    return (TextEdit(root.span, line),)


def new_accepted(word: str) -> str:
    """Return the text of a glossary that accepts one word and has no entry yet."""
    return f"accept: [{scalar(word, flow=True)}]{_NOTE}\n"


def _into_block(page: Page, root: Mapping, line: str, *, has_head: bool) -> TextEdit:
    """Put a line in front of `terms`, which is long, or else at the end; the shorthand is kept apart."""
    rows, column = pair_rows(page, root)
    for row in rows if has_head else ():
        if row.name == "terms":
            at = page.start_of_entry(row.start, column, first=row is rows[0])
            return insertion(at, page.block([line], column) + page.newline)
    at = page.end_of_entry(rows[-1].end, column)
    gap = page.newline if has_head else 2 * page.newline
    return insertion(at, gap + page.block([line], column))
