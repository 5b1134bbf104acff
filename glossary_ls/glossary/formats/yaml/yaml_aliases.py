"""Adding another name to a term of a glossary in YAML, in whatever form its entry is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.base.edits import applied
from glossary_ls.base.model import Alias, TextEdit
from glossary_ls.glossary.formats.yaml.cuts import cut
from glossary_ls.glossary.formats.yaml.entries import alias as written
from glossary_ls.glossary.formats.yaml.nodes import Mapping, NotYamlError, Scalar, Sequence, parse, value_of
from glossary_ls.glossary.formats.yaml.page import Page, insertion, names_of, place_of
from glossary_ls.glossary.formats.yaml.pieces import lines_of
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.formats.yaml.shape import item_rows, name_of, pair_rows, shape_of
from glossary_ls.glossary.formats.yaml.yaml_glossary import read
from glossary_ls.glossary.terms import as_read, differences

if TYPE_CHECKING:
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.formats.yaml.nodes import Node


def add_alias(source: str, term: str, alias: Alias) -> tuple[TextEdit, ...]:
    """Return the edits that give the entry `term` another name; none when there is no safe way."""
    part = _part(source, term)
    if part is not None and (edits := _added(part.of(source), term, alias)):
        return tuple(replace(edit, span=edit.span.shifted(part.start)) for edit in edits)
    return _added(source, term, alias)


def _part(source: str, term: str) -> Span | None:
    """Return the lines of the entry `term`, if it can be looked at without the others."""
    parts, terms = cut(source), read("", source).terms
    index = next((index for index, other in enumerate(as_read(terms)) if other.name == term), None)
    if parts is None or parts.errors or index is None or len(terms) < len(parts.texts):
        return None
    span = lines_of(source, parts, index, index)
    # Without a line end it does not tell which ones the file has.
    return span if "\n" in span.of(source) else None


def _added(source: str, term: str, alias: Alias) -> tuple[TextEdit, ...]:
    page = Page(source)
    try:
        shape = shape_of(parse(source))
    except NotYamlError:
        return ()
    edits: tuple[TextEdit, ...] = ()
    if shape is not None and isinstance(shape.entries, Sequence):
        entry = next((item for item in shape.entries.items if name_of(item) == term), None)
        edits = _to_item(page, shape.entries, entry, alias) if entry else ()
    elif shape is not None and isinstance(shape.entries, Mapping):
        for key, value in shape.entries.pairs:
            if isinstance(key, Scalar) and key.value.strip() == term:
                edits = _to_pair(page, shape.entries, value, alias)
                break
    return edits if edits and _adds(source, applied(source, edits), term, alias) else ()


def _to_item(page: Page, entries: Sequence, entry: Node, alias: Alias) -> tuple[TextEdit, ...]:
    if isinstance(entry, Mapping):
        return _to_mapping(page, entry, alias)
    name = entry.span.of(page.source)
    if page.is_flow(entries):
        return (TextEdit(entry.span, f"{{term: {name}, aliases: [{written(alias)}]}}"),)
    column = page.column(entry.span.start)
    lines = page.newline + " " * column + f"aliases: [{written(alias)}]"
    return insertion(entry.span.start, "term: "), insertion(
        page.text.line_span(page.line(entry.span.end)).end, lines
    )


def _to_mapping(page: Page, entry: Mapping, alias: Alias) -> tuple[TextEdit, ...]:
    """Add to the list `aliases` of an entry, or give it one behind its name and expansion."""
    node = value_of(entry, "aliases")
    new = written(alias)
    if isinstance(node, Sequence) and page.is_flow(node):
        return page.insert_flow(node, node.items, new)
    if isinstance(node, Sequence):
        rows, column = item_rows(page, node)
        return (page.insert_row(rows, column, [f"- {new}"], place_of(alias.name, names_of(rows))),)
    if isinstance(node, Scalar) and node.value:
        return (TextEdit(node.span, f"[{scalar(node.value, flow=True)}, {new}]"),)
    if isinstance(node, Scalar):
        return (TextEdit(node.span, f" [{new}]"),)
    if page.is_flow(entry):
        return page.insert_flow(entry, [part for pair in entry.pairs for part in pair], f"aliases: [{new}]")
    rows, column = pair_rows(page, entry)
    behind = next((row for row in reversed(rows) if row.name in {"term", "expansion"}), rows[-1])
    at = page.end_of_entry(behind.end, column)
    return (insertion(at, page.newline + " " * column + f"aliases: [{new}]"),)


def _to_pair(page: Page, entries: Mapping, value: Node, alias: Alias) -> tuple[TextEdit, ...]:
    """Add to an entry of the shorthand; `NAME: text` becomes `NAME:` with keys of its own."""
    if isinstance(value, Mapping):
        return _to_mapping(page, value, alias)
    if not isinstance(value, Scalar) or page.is_flow(entries) or "\n" in value.span.of(page.source):
        return ()
    _, column = pair_rows(page, entries)
    entry = read("", "terms:\n  " + _line(page, value)).terms
    key = "expansion" if entry and entry[0].expansion else "definition"
    indent = page.newline + " " * (column + 2)
    end = page.text.line_span(page.line(value.span.end)).end
    fields = f"{indent}{key}: " if value.value else ""
    start = value.span.start
    while page.source[start - 1] in " \t":
        start -= 1
    before = TextEdit(replace(value.span, start=start, end=value.span.start), fields)
    return before, insertion(end, f"{indent}aliases: [{written(alias)}]")


def _line(page: Page, value: Scalar) -> str:
    return page.content(page.line(value.span.start)).strip()


def _adds(before: str, after: str, term: str, alias: Alias) -> bool:
    """Tell whether one entry has one more alias and all else is as it was."""
    old, new = read("", before), read("", after)
    if len(old.terms) != len(new.terms) or len(new.problems) > len(old.problems):
        return False
    changed = differences(old.terms, new.terms)
    if len(changed) != 1 or old.terms[changed[0]].name != term:
        return False
    was, is_now = old.terms[changed[0]], new.terms[changed[0]]
    return replace(was, origin=None, aliases=()) == replace(is_now, origin=None, aliases=()) and set(
        is_now.aliases
    ) == {*was.aliases, alias}
