"""Adding a term to a glossary in YAML, whatever its shape, without touching what is there.

A list, a list under `terms`, the shorthand, an empty file, a file that is broken elsewhere: the new entry is
written as its neighbors are, in its place when they are in alphabetical order. The result is read again
before it is handed out, so that no file is ever made worse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import applied, insertion
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, common_prefix
from glossary_ls.glossary.formats.yaml.checked import checked
from glossary_ls.glossary.formats.yaml.page import Page, names_of, place_of
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.formats.yaml.shape import item_rows, item_style, pair_rows, pair_style, shape_of
from glossary_ls.glossary.formats.yaml.writing import Style, braced, head_lines, item, shorthand
from glossary_ls.markup.yaml_nodes import Mapping, NotYamlError, Sequence, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.model import GlossaryFile, Head
    from glossary_ls.markup.yaml_nodes import Node

#: The first line of a new glossary, for readers who do not know the program.
_FIRST_LINE = "# Terms for glossary-ls. An entry may have more keys: definition, aliases, topics ..."

#: How many entries on either side of its place show how a new one is written, where a file has more.
_NEAR = 10

_ENTRY = lazily(r"^([ \t]*)-[ \t]+(?=\S)", re.MULTILINE)
_OTHER_FORMAT = lazily(r"(?:^|\n)contexts[ \t]*:")


def can_write(source: str) -> bool:
    """Return at a glance whether a text is not of another format in YAML."""
    # A search for a fixed string first, because this is asked often and glossaries can be long.
    return "contexts" not in source or _OTHER_FORMAT.search(source) is None


def add_term(source: str | None, term: Term) -> tuple[TextEdit, ...]:
    """Return the edits that add an entry to a glossary; none when there is no safe way.

    Without a source the file does not exist yet, and the one edit holds all of it.
    """
    if source is None:
        return (insertion(0, new_glossary(term)),)
    file = read("", source)
    try:
        edits = _near(file, term) or _into(Page(source), parse(source), term)
    except NotYamlError:
        # Where its list ends is a guess.
        edits = _into_broken(Page(source), term)

    def with_term(old: GlossaryFile, new: GlossaryFile) -> Iterable[Term] | None:
        name, expansion = term.name.strip(), term.expansion.strip()
        place = common_prefix(old.terms, new.terms)
        if place >= len(new.terms) or any(
            (one.name, one.expansion) == (name, expansion) for one in old.terms
        ):
            return None
        added = replace(new.terms[place], name=name, expansion=expansion)
        return (*old.terms[:place], added, *old.terms[place:])

    return checked(file, edits, with_term)


def new_glossary(term: Term, name: str = "") -> str:
    """Return the text of a glossary with one entry."""
    head = [_FIRST_LINE]
    if name:
        head.append(f"name: {scalar(name)}")
    return "\n".join([*head, *_terms(term), ""])


def new_file(head: Head, terms: Iterable[Term]) -> str:
    """Return the text of a glossary with a head and some entries, which an empty line separates."""
    lines = [_FIRST_LINE, *head_lines(head)]
    for number, term in enumerate(terms):
        lines += (["terms:"] if number == 0 else [""]) + _indented(term)
    return "\n".join([*lines, ""])


def _terms(term: Term) -> list[str]:
    return ["terms:", *_indented(term)]


def _indented(term: Term) -> list[str]:
    return [f"  {line}" if line else "" for line in item(term, Style())]


def _near(file: GlossaryFile, term: Term) -> tuple[TextEdit, ...]:
    """Return the edits for a long file in order, from the entries near the place of the new one."""
    starts = [*file.starts]
    if file.problems or len(starts) <= 2 * _NEAR or starts != sorted(starts):
        return ()
    place = place_of(term.name, (entry.name.text for entry in file.items))
    first, last = max(place - _NEAR, 0), min(place + _NEAR, len(starts) - 1)
    front, back = Span(starts[0], starts[first]), Span(starts[last], starts[-1])
    rest = applied(file.text.source, (TextEdit(front, ""), TextEdit(back, "")))
    try:
        edits = _into(Page(rest), parse(rest), term, place - first)
    except NotYamlError:
        return ()

    def moved(offset: int) -> int:
        offset += len(front) if offset > front.start else 0
        return offset + (len(back) if offset > back.start else 0)

    return tuple(TextEdit(Span(moved(edit.span.start), moved(edit.span.end)), edit.new) for edit in edits)


def _into(page: Page, root: Node | None, term: Term, place: int | None = None) -> tuple[TextEdit, ...]:
    """Add an entry behind `place` others, or where the order of the entries wants it."""
    shape = shape_of(root)
    if shape is None:
        return ()
    if isinstance(shape.entries, Sequence) and shape.entries.items:
        return _beside_items(page, shape.entries, term, place)
    if isinstance(shape.entries, Mapping) and shape.entries.pairs:
        return _beside_pairs(page, shape.entries, term, place, top=shape.head is None)
    if shape.head is not None:
        return _under_head(page, shape.head, shape.entries, term)
    if root is None or not root.span.of(page.source):
        return (page.append(_terms(term)),)
    return (TextEdit(root.span, page.block(_terms(term), 0)),)


def _beside_items(page: Page, entries: Sequence, term: Term, place: int | None) -> tuple[TextEdit, ...]:
    style = item_style(page, entries)
    if page.is_flow(entries):
        return page.insert_flow(entries, entries.items, braced(term, style))
    rows, column = item_rows(page, entries)
    if place is None:
        place = place_of(term.name, names_of(rows))
    return (page.insert_row(rows, column, item(term, style), place),)


def _beside_pairs(
    page: Page, entries: Mapping, term: Term, place: int | None, *, top: bool
) -> tuple[TextEdit, ...]:
    style = pair_style(page, entries)
    lines = shorthand(term, style, top=top)
    if not lines:
        return ()
    if page.is_flow(entries):
        name = scalar(term.name, style.key_quote, flow=True)
        text = scalar(term.expansion or term.definition, style.value_quote, flow=True)
        parts = [part for pair in entries.pairs for part in pair]
        return page.insert_flow(entries, parts, f"{name}: {text}")
    rows, column = pair_rows(page, entries)
    if place is None:
        place = place_of(term.name, names_of(rows))
    return (page.insert_row(rows, column, lines, place),)


def _under_head(page: Page, head: Mapping, entries: Node | None, term: Term) -> tuple[TextEdit, ...]:
    """Add the first entry to a file that has a head."""
    if page.is_flow(head):
        if entries is not None:
            return ()
        return page.insert_flow(head, [head.pairs[-1][1]], f"terms: [{braced(term, Style())}]")
    if entries is not None:
        return _under_empty_key(page, entries, term)
    rows, column = pair_rows(page, head)
    at = page.end_of_entry(rows[-1].end, column)
    return (insertion(at, page.newline + page.block(_terms(term), column)),)


def _under_empty_key(page: Page, value: Node, term: Term) -> tuple[TextEdit, ...]:
    """Fill in `terms:` when its value is missing, `null` or an empty pair of brackets."""
    line = page.line(value.span.start)
    column = page.indent(line)
    written = page.source[page.text.line_starts[line] : value.span.start].rstrip()
    start = page.text.line_starts[line] + len(written)
    at = page.end_of_entry(value.span.start, column)
    body = page.newline + page.block(item(term, Style()), column + 2)
    edits = (insertion(at, body),)
    return edits if not value.span.of(page.source) else (TextEdit(Span(start, value.span.end), ""), *edits)


def _into_broken(page: Page, term: Term) -> tuple[TextEdit, ...]:
    """Add an entry at the end of a file that is not YAML as a whole; its entries are read one by one."""
    entries = list(_ENTRY.finditer(page.source))
    if not entries:
        return ()
    column = len(min((entry[1] for entry in entries), key=len))
    body = page.block(item(term, Style()), column)
    end = len(page.source.rstrip())
    return (insertion(page.end_of_entry(end, column), page.newline + body),)
