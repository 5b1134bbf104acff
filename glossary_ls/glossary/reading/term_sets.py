"""Sets of terms in JSON that `glossary-ls export` has written (see `literal`), from their nodes.

They are those of schema.org, where a term with a code has its expansion as the first one of its other names,
and the data of docusaurus-plugin-glossary, which has the expansion in place of a definition that it lacks.
This module must not know formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.text import Span
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.markup.yaml_nodes import Mapping, Scalar, Sequence, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.markup.yaml_nodes import Node

#: The property with the terms of a set of schema.org, and the name of a glossary for Docusaurus.
_TERMS = "hasDefinedTerm"
_TITLE = "title"

_FIELDS = {"disambiguatingDescription": Field.SUMMARY, "url": Field.URL}
_SITE_FIELDS = {"abbreviation": Field.EXPANSION, "relatedTerms": Field.RELATED}


def is_set(root: Mapping) -> bool:
    """Return whether an object is such a set, rather than one with the keys of a native glossary."""
    return any(value_of(root, key) is not None for key in (_TERMS, _TITLE))


def head_of(root: Mapping) -> Head:
    """Return what a set says beside its terms."""
    name, description, license_ = (_text(root, key) for key in ("name", "description", "license"))
    return Head(name or _text(root, _TITLE), description, license=license_)


def drafts_of(root: Mapping) -> Iterator[Draft]:
    """Yield the terms of a set that have a name."""
    yield from (_draft(node) for node in _nodes(value_of(root, _TERMS), "name"))
    yield from (_site_draft(node) for node in _nodes(value_of(root, "terms"), "term"))


def _nodes(terms: Node | None, name: str) -> Iterator[Mapping]:
    for node in terms.items if isinstance(terms, Sequence) else ():
        if isinstance(node, Mapping) and _text(node, name):
            yield node


def _site_draft(node: Mapping) -> Draft:
    names = [*_pieces(value_of(node, "term")), *_pieces(value_of(node, "aliases"))]
    fields = [(field, piece) for key, field in _SITE_FIELDS.items() for piece in _pieces(value_of(node, key))]
    for reference in _nodes(value_of(node, "references"), "url"):
        fields += ((Field.URL, piece) for piece in _pieces(value_of(reference, "url")))
    is_told = _text(node, "definition") != _text(node, "abbreviation")
    body = next(_pieces(value_of(node, "definition")), None) if is_told else None
    return _literal_draft(node, names, body, fields)


def _draft(node: Mapping) -> Draft:
    others = value_of(node, "alternateName")
    names = [*_pieces(value_of(node, "name")), *_pieces(others)]
    fields = [(field, piece) for key, field in _FIELDS.items() for piece in _pieces(value_of(node, key))]
    if _text(node, "termCode") and len(names) > 1:
        fields.insert(0, (Field.EXPANSION, names.pop(1)))
    return _literal_draft(node, names, next(_pieces(value_of(node, "description")), None), fields)


def _literal_draft(
    node: Mapping, names: Iterable[Piece], body: Piece | None, fields: Iterable[tuple[Field, Piece]]
) -> Draft:
    return Draft(
        node.span,
        tuple(names),
        body.text if body else "",
        body.span if body else None,
        tuple(fields),
        is_literal=True,
    )


def _pieces(node: Node | None) -> Iterator[Piece]:
    """Yield the texts of a value with their places, without quotes."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.value.strip():
            quote = 0 if item.plain else 1
            yield Piece(item.value.strip(), Span(item.span.start + quote, item.span.end - quote))


def _text(node: Mapping, key: str) -> str:
    found = value_of(node, key)
    return found.value.strip() if isinstance(found, Scalar) else ""
