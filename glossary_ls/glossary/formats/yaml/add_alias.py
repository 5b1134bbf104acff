"""Adding another name to a term of a glossary in YAML, in whatever form its entry is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import insertion
from glossary_ls.base.model import Alias, TextEdit
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.checked import changed, checked
from glossary_ls.glossary.formats.yaml.page import Page
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.shape import add_to_list, name_of, pair_rows, shape_of
from glossary_ls.glossary.formats.yaml.writing import alias as written
from glossary_ls.markup.yaml_nodes import Mapping, NotYamlError, Scalar, Sequence, parse, value_of

if TYPE_CHECKING:
    from glossary_ls.base.model import Term
    from glossary_ls.markup.yaml_nodes import Node


def add_alias(source: str, term: str, alias: Alias) -> tuple[TextEdit, ...]:
    """Return the edits that give the entry `term` another name; none when there is no safe way."""
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
    file = read("", source)
    placed = next((each for each in file.entries if each.term.name == term), None)
    if placed is None:
        return ()

    def with_alias(old: Term, new: Term | None) -> Term | None:
        # The new name is where the order of the others wants it.
        is_there = new is not None and set(new.aliases) == {*old.aliases, alias}
        return replace(old, aliases=new.aliases) if new is not None and is_there else None

    return checked(file, edits, changed(placed.span.start, with_alias))


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
    if node is not None:
        return add_to_list(page, node, alias.name, new)
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
    before = TextEdit(Span(start, value.span.start), fields)
    return before, insertion(end, f"{indent}aliases: [{written(alias)}]")


def _line(page: Page, value: Scalar) -> str:
    return page.content(page.line(value.span.start)).strip()
