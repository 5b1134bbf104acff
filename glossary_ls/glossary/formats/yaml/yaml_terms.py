"""Adding a term to a glossary in YAML, whatever its shape, without touching what is there.

A list, a list under `terms`, the shorthand, an empty file, a file that is broken elsewhere: the new entry is
written as its neighbours are, in its place when they are in alphabetical order. The result is read again
before it is handed out, so that no file is ever made worse.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.cuts import cut
from glossary_ls.glossary.formats.yaml.entries import Style, braced, item, shorthand
from glossary_ls.glossary.formats.yaml.nodes import Mapping, NotYamlError, Sequence, parse
from glossary_ls.glossary.formats.yaml.page import Page, insertion, names_of, place_of
from glossary_ls.glossary.formats.yaml.pieces import lines_of
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.formats.yaml.shape import item_rows, item_style, pair_rows, pair_style, shape_of
from glossary_ls.glossary.formats.yaml.yaml_glossary import read
from glossary_ls.glossary.terms import as_read, said

if TYPE_CHECKING:
    from glossary_ls.base.model import Term
    from glossary_ls.glossary.formats.yaml.nodes import Node

#: The first line of a new glossary, for whoever opens the file without knowing us.
_FIRST_LINE = "# Terms for glossary-ls. An entry may have more keys: definition, aliases, topics ..."

_ENTRY = re.compile(r"^([ \t]*)-[ \t]+(?=\S)", re.MULTILINE)
_OTHER_FORMAT = re.compile(r"(?:^|\n)contexts[ \t]*:")

#: From so many entries on a list is long, and so many of them on either side tell how it is written.
_MANY = 200
_AROUND = 25

#: In characters.
_LONG = 100_000


@lru_cache(maxsize=8)
def can_write(path: str, source: str) -> bool:
    """Tell at a glance whether a file is of the format that is written here."""
    # A search for a fixed string first, because this is asked often and glossaries can be long.
    is_other = "contexts" in source and _OTHER_FORMAT.search(source) is not None
    return path.endswith((".yaml", ".yml")) and not is_other


def add_term(source: str | None, term: Term) -> tuple[TextEdit, ...]:
    """Return the edits that add an entry to a glossary; none when there is no safe way.

    Without a source the file does not exist yet, and the one edit holds all of it.
    """
    if source is None:
        return (insertion(0, new_glossary(term)),)
    page = Page(source)
    edits, is_safe = _into_long(source, term), _is_safe
    try:
        edits = edits or _into(page, parse(source), term)
    except NotYamlError:
        # Where its list ends is a guess.
        edits, is_safe = _into_broken(page, term), _is_safe_as_a_whole
    return edits if edits and is_safe(page, edits, term) else ()


def new_glossary(term: Term, name: str = "") -> str:
    """Return the text of a glossary with one entry."""
    head = [_FIRST_LINE]
    if name:
        head.append(f"name: {scalar(name)}")
    return "\n".join([*head, *_terms(term), ""])


def _terms(term: Term) -> list[str]:
    return ["terms:", *(f"  {line}" if line else "" for line in item(term, Style()))]


def _into(page: Page, root: Node | None, term: Term) -> tuple[TextEdit, ...]:
    shape = shape_of(root)
    if shape is None:
        return ()
    if isinstance(shape.entries, Sequence) and shape.entries.items:
        return _beside_items(page, shape.entries, term)
    if isinstance(shape.entries, Mapping) and shape.entries.pairs:
        return _beside_pairs(page, shape.entries, term, top=shape.head is None)
    if shape.head is not None:
        return _under_head(page, shape.head, shape.entries, term)
    if root is None or not root.span.of(page.source):
        return (page.append(_terms(term)),)
    return (TextEdit(root.span, page.block(_terms(term), 0)),)


def _into_long(source: str, term: Term) -> tuple[TextEdit, ...]:
    """Add an entry to a long list, of which only the part around the new entry is looked at closely."""
    parts = cut(source)
    if parts is None or parts.errors or not parts.form.is_list or len(parts.texts) < _MANY:
        return ()
    terms = read("", source).terms
    if len(terms) < len(parts.texts):
        return ()
    place = place_of(term.name, (other.name for other in as_read(terms)))
    first = max(place - _AROUND, 0)
    near = lines_of(source, parts, first, min(place + _AROUND, len(terms)) - 1)
    # At the top of the list, what stands in front of it counts as well.
    start = near.start if first else 0
    page = Page(source[start : near.end])
    shape = shape_of(parse(page.source))
    if shape is None or not isinstance(shape.entries, Sequence):
        return ()
    rows, column = item_rows(page, shape.entries)
    lines = item(term, item_style(page, shape.entries))
    edit = page.insert_row(rows, column, lines, place - first)
    return (replace(edit, span=edit.span.shifted(start)),)


def _beside_items(page: Page, entries: Sequence, term: Term) -> tuple[TextEdit, ...]:
    style = item_style(page, entries)
    if page.is_flow(entries):
        return page.insert_flow(entries, entries.items, braced(term, style))
    rows, column = item_rows(page, entries)
    place = place_of(term.name, names_of(rows))
    return (page.insert_row(rows, column, item(term, style), place),)


def _beside_pairs(page: Page, entries: Mapping, term: Term, *, top: bool) -> tuple[TextEdit, ...]:
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
    return (page.insert_row(rows, column, lines, place_of(term.name, names_of(rows))),)


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
    """Fill in `terms:` when it says nothing, `null` or has an empty pair of brackets behind it."""
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


def _is_safe(page: Page, edits: tuple[TextEdit, ...], term: Term) -> bool:
    """Tell whether edits do what they should; a long list is not read as a whole for one more item in it."""
    if len(page.source) > _LONG and len(edits) == 1 and _adds_nearby(page.source, edits[0], term):
        return True
    return _is_safe_as_a_whole(page, edits, term)


def _is_safe_as_a_whole(page: Page, edits: tuple[TextEdit, ...], term: Term) -> bool:
    return _adds(page.source, applied(page.source, edits), term)


def _adds_nearby(source: str, edit: TextEdit, term: Term) -> bool:
    """Tell whether an item is right together with its two neighbours in the list."""
    dash = _ENTRY.search(edit.new)
    if dash is None or len(edit.span):
        return False
    mark = f"\n{dash[1]}- "
    start = source.rfind(mark, 0, edit.span.start) + 1
    end = source.find(mark, edit.span.start)
    before, after = (
        source[start : edit.span.start],
        source[edit.span.start : end if end >= 0 else len(source)],
    )
    broken = any(problem.code == "invalid-yaml" for problem in read("", before + after).problems)
    return not broken and _adds(before + after, before + edit.new + after, term)


def _adds(before: str, after: str, term: Term) -> bool:
    """Tell whether a glossary says what it said before, and has one more entry with the term's name."""
    old, new = read("", before), read("", after)
    known, rest = said(old.terms), said(new.terms)
    is_there = any((entry.name, entry.expansion) == (term.name, term.expansion) for entry in old.terms)
    if is_there or len(rest) != len(known) + 1:
        return False
    place = next((at for at, entry in enumerate(known) if entry != rest[at]), len(known))
    del rest[place]
    added = new.terms[place]
    return (
        (added.name, added.expansion) == (term.name.strip(), term.expansion.strip())
        and rest == known
        and len(new.problems) <= len(old.problems)
        and new.accept == old.accept
    )
