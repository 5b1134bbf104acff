"""The explanation of an entry in YAML: where it is or belongs, filling it in, and marking it as not needed.

The result is checked: nothing else may have changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import insertion
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.checked import changed, checked
from glossary_ls.glossary.formats.yaml.page import Page
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.remove import add_value
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.markup.yaml_nodes import Mapping, NotYamlError, Scalar, is_key, parse

if TYPE_CHECKING:
    from glossary_ls.base.model import Term
    from glossary_ls.markup.yaml_nodes import Node

#: The keys that explain a term, the first one that is there counts.
_KEYS = ("expansion", "definition", "summary")

_QUOTES = ("'", '"')


def explanation(source: str, entry: Span) -> Span:
    """Return the span of the text that explains an entry, without quotes; empty where one is to be typed.

    An entry without a place for it gives its own end.
    """
    found = _value(_node(source, entry))
    if found is None:
        return Span(entry.end, entry.end)
    key, value = found
    written = value.span.of(source)
    if not written:
        at = key.span.end + len(":")
        return Span(at, at).shifted(int(source[at : at + 1] == " "))
    return Span(value.span.start + 1, value.span.end - 1) if written[0] in _QUOTES else value.span


def explain(source: str, entry: Span, text: str) -> tuple[TextEdit, ...]:
    """Return the edits that give an entry without an explanation one; none if there is no safe way."""
    node = _node(source, entry)
    found = _value(node)
    if found is None:
        if not isinstance(node, Scalar):
            return add_value(source, entry, "term", "expansion", text)
        name = scalar(node.value, flow=True)
        edits = (TextEdit(node.span, f"{{term: {name}, expansion: {scalar(text, flow=True)}}}"),)
    else:
        key, value = found
        written = value.span.of(source)
        if written[:1] in _QUOTES:
            edits = (TextEdit(value.span, scalar(text, written[0], flow=True)),)
        elif written:
            return ()
        else:
            edits = (insertion(key.span.end + len(":"), f" {scalar(text)}"),)

    def explained(old: Term, new: Term | None) -> Term | None:
        same = new and replace(new, expansion=old.expansion, definition=old.definition) == old
        return new if same and new and not new.is_bare else old

    return checked(read("", source), edits, changed(entry.start, explained))


def establish(source: str, entry: Span) -> tuple[TextEdit, ...]:
    """Return the edits that mark an entry as established; none if there is no safe way."""
    page, node = Page(source), _node(source, entry)
    found = _value(node)
    if found is None:
        return ()
    key, value = found
    if is_key(key, "expansion"):
        if page.is_flow(_fields(node)):
            edit = insertion(page.last(value), ", established: true")
        else:
            at = page.text.line_span(page.line(page.last(value))).end
            edit = insertion(at, f"{page.newline}{' ' * page.column(key.span.start)}established: true")
    elif isinstance(value, Scalar):
        fields = f"{{expansion: {scalar(value.value, flow=True)}, established: true}}"
        edit = TextEdit(value.span, fields)
    else:
        return ()
    wanted = changed(entry.start, lambda old, _new: replace(old, established=True))
    return checked(read("", source), (edit,), wanted)


def _node(source: str, entry: Span) -> Node | None:
    """Return an entry, read alone at its own indentation."""
    page = Page(source)
    start = page.text.line_starts[page.line(entry.start)]
    try:
        return parse(" " * (entry.start - start) + entry.of(source), start)
    except NotYamlError:
        return None


def _fields(node: Node | None) -> Mapping:
    """Return the keys of an entry, also those below its name; none for an entry on one line."""
    if isinstance(node, Mapping) and len(node.pairs) == 1 and isinstance(node.pairs[0][1], Mapping):
        return node.pairs[0][1]
    return node if isinstance(node, Mapping) else Mapping(Span(0, 0), ())


def _value(node: Node | None) -> tuple[Node, Node] | None:
    """Return the key and the value that explain an entry, even if the value is empty."""
    fields = _fields(node)
    for name in _KEYS:
        for key, value in fields.pairs:
            if is_key(key, name):
                return key, value
    is_short = len(fields.pairs) == 1 and not is_key(fields.pairs[0][0], "term")
    return fields.pairs[0] if is_short else None
