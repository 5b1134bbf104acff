"""Taking something out of a glossary in YAML, and correcting a value, without touching the rest.

The result is checked: nothing else may have changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import insertion
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.checked import changed, checked
from glossary_ls.glossary.formats.yaml.page import Page
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.markup.yaml_nodes import Mapping, NotYamlError, Sequence, is_key, parse, value_of

if TYPE_CHECKING:
    import re

    from glossary_ls.base.model import Term
    from glossary_ls.markup.yaml_nodes import Node

_INDENT = lazily(r"[ ]*")
_BEFORE_ITEM = lazily(r"[ ]*-[ ]+")
_REST = lazily(r"[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\Z)")


def rewritten(source: str, span: Span, text: str) -> TextEdit:
    """Return the edit that makes a value another text, in the quotes that it has."""
    mark = source[span.start : span.start + 1]
    return TextEdit(span, scalar(text, mark if mark in {"'", '"'} else "", flow=True))


def remove_entry(source: str, entry: Span) -> tuple[TextEdit, ...]:
    """Return the edit that takes out an entry with its lines; none when there is no safe way."""
    page = Page(source)
    start = page.text.line_starts[page.line(entry.start)]
    before = source[start : entry.start]
    rest = _REST.match(source, entry.end)
    if rest is None or not (_INDENT.fullmatch(before) or _BEFORE_ITEM.fullmatch(before)):
        return ()
    end, line = rest.end(), page.line(start)
    following = page.text.lines[page.line(end)] if end < len(source) else ""
    if (line == 0 or page.is_blank(line - 1)) and following and not following.strip():
        end += len(following)
    edits = (TextEdit(Span(start, end), ""),)
    return checked(read("", source), edits, changed(entry.start, lambda _old, _new: None))


def remove_alias(source: str, entry: Span, at: int) -> tuple[TextEdit, ...]:
    """Return the edit that takes the alias at an offset out of an entry; none when there is no safe way."""
    page = Page(source)
    fields = _fields(page, entry)
    names = value_of(fields, "aliases")
    if fields is None or names is None:
        return ()
    items = names.items if isinstance(names, Sequence) else (names,)
    index = next((index for index, item in enumerate(items) if item.span.touches(at)), None)
    if index is None:
        return ()
    span = _item(page, names, index) if len(items) > 1 else _pair(page, fields, "aliases")
    if span is None:
        return ()
    wanted = changed(entry.start, lambda old, _new: _without(old, index))
    return checked(read("", source), (TextEdit(span, ""),), wanted)


def add_value(source: str, entry: Span, behind: str, key: str, text: str) -> tuple[TextEdit, ...]:
    """Return the edit that gives an entry a key with a text, behind another key; none if it cannot be."""
    page = Page(source)
    fields = _fields(page, entry)
    pair = next((pair for pair in fields.pairs if is_key(pair[0], behind)), None) if fields else None
    if fields is None or pair is None or value_of(fields, key) is not None:
        return ()
    if page.is_flow(fields):
        edit = insertion(page.last(pair[1]), f", {key}: {scalar(text, flow=True)}")
    else:
        column = page.column(pair[0].span.start)
        at = page.text.line_span(page.line(page.last(pair[1]))).end
        edit = insertion(at, f"{page.newline}{' ' * column}{key}: {scalar(text)}")
    # The keys that are added so hold texts, and their fields have the same names.
    wanted = changed(entry.start, lambda old, _new: replace(old, **{key: text}))  # type: ignore[arg-type]
    return checked(read("", source), (edit,), wanted)


def _fields(page: Page, entry: Span) -> Mapping | None:
    """Return the keys and values of an entry, read alone at its own indentation."""
    start = page.text.line_starts[page.line(entry.start)]
    try:
        node = parse(" " * (entry.start - start) + entry.of(page.source), start)
    except NotYamlError:
        return None
    if isinstance(node, Mapping) and value_of(node, "term") is None and len(node.pairs) == 1:
        node = node.pairs[0][1]
    return node if isinstance(node, Mapping) else None


def _item(page: Page, names: Node, index: int) -> Span | None:
    """Return what goes with an item of a list that keeps others."""
    items = names.items if isinstance(names, Sequence) else ()
    if page.is_flow(names):
        if index + 1 < len(items):
            return Span(items[index].span.start, items[index + 1].span.start)
        return Span(items[index - 1].span.end, items[index].span.end)
    return _lines(page, items[index].span.start, page.last(items[index]), _BEFORE_ITEM)


def _pair(page: Page, fields: Mapping, name: str) -> Span | None:
    """Return what goes with a key and its value."""
    index = next(index for index, (key, _) in enumerate(fields.pairs) if is_key(key, name))
    key, value = fields.pairs[index]
    if not page.is_flow(fields):
        return _lines(page, key.span.start, page.last(value), _INDENT)
    if index + 1 < len(fields.pairs):
        return Span(key.span.start, fields.pairs[index + 1][0].span.start)
    return Span(page.last(fields.pairs[index - 1][1]), page.last(value)) if index else None


def _lines(page: Page, start: int, end: int, before: re.Pattern[str]) -> Span | None:
    """Return whole lines, if nothing else is on them."""
    first = page.text.line_starts[page.line(start)]
    rest = _REST.match(page.source, end)
    return Span(first, rest.end()) if rest and before.fullmatch(page.source, first, start) else None


def _without(term: Term, index: int) -> Term:
    return replace(term, aliases=(*term.aliases[:index], *term.aliases[index + 1 :]))
