"""Sets of terms of schema.org that `glossary-ls export` has written (see `literal`), from their nodes.

A term with a code has its expansion as the first one of its other names. This module must not know formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.text import Span
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.markup.yaml_nodes import Mapping, Scalar, Sequence, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.markup.yaml_nodes import Node

#: The property with the terms of a set.
TERMS = "hasDefinedTerm"

_FIELDS = {"disambiguatingDescription": Field.SUMMARY, "url": Field.URL}


def head_of(root: Mapping) -> Head:
    """Return what a set says beside its terms."""
    name, description, license_ = (_text(root, key) for key in ("name", "description", "license"))
    return Head(name, description, license=license_)


def drafts_of(root: Mapping) -> Iterator[Draft]:
    """Yield the terms of a set that have a name."""
    terms = value_of(root, TERMS)
    for node in terms.items if isinstance(terms, Sequence) else ():
        if isinstance(node, Mapping) and _text(node, "name"):
            yield _draft(node)


def _draft(node: Mapping) -> Draft:
    others = value_of(node, "alternateName")
    names = [*_pieces(value_of(node, "name")), *_pieces(others)]
    fields = [(field, piece) for key, field in _FIELDS.items() for piece in _pieces(value_of(node, key))]
    if _text(node, "termCode") and len(names) > 1:
        fields.insert(0, (Field.EXPANSION, names.pop(1)))
    body = next(_pieces(value_of(node, "description")), None)
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
