"""JSON for programs: a list of objects with the native keys, or a `DefinedTermSet` of schema.org."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from glossary_ls.base.model import AliasKind, Status
from glossary_ls.glossary.exports.export import (
    ALL_KEYS,
    PROSE,
    LeftOut,
    Writer,
    Written,
    avoided,
    other_names,
    without_avoided,
)
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.exports.texts import anchors, explanation, in_order, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_FLATTENED = {AliasKind.ABBREVIATION, AliasKind.VARIANT}


def write(export: Export) -> Written:
    """Return a list with an object for each term."""
    rows = [_object(item.term) for item in in_order(export.items)]
    kinds = (
        LeftOut("kind of aliases", "JSON has a plain list of names", item)
        for item in export.items
        if any(alias.kind in _FLATTENED for alias in item.term.aliases)
    )
    return Written(_dumped(rows), tuple(kinds))


def _object(term: Term) -> dict[str, object]:
    values: dict[str, object] = {"term": term.name, "expansion": term.expansion}
    values |= {"aliases": other_names(term), "avoid": avoided(term)}
    values |= {
        field: getattr(term, field)
        for field in ("summary", "definition", "facts", "examples", "topics", "related")
    }
    values["not_to_be_confused_with"] = [_filled(asdict(contrast)) for contrast in term.contrasts]
    values["questions"] = [_filled(asdict(question)) for question in term.questions]
    values["status"] = "" if term.status is Status.ACTIVE else term.status
    values |= {field: getattr(term, field) for field in _PLAIN}
    return _filled(values)


#: The fields that are the same in JSON, behind the others.
_PLAIN = ("replaced_by", "owner", "reviewed", "case", "established", "source", "license", "url", "scope")


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def _dumped(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


# --- schema.org -------------------------------------------------------------------------------------------


def write_linked(export: Export) -> Written:
    """Return a `DefinedTermSet` of schema.org in JSON-LD."""
    head = export.head
    values = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": "#glossary",
        "name": export.title,
        "description": head.description,
        "inLanguage": export.language,
        "hasDefinedTerm": list(_defined_terms(export)),
    }
    return Written(_dumped(_filled(values)), tuple(without_avoided(export, "schema.org")))


def _defined_terms(export: Export) -> Iterator[dict[str, object]]:
    items = in_order(export.items)
    for item, anchor in zip(items, anchors([item.term.name for item in items], slug), strict=True):
        term = item.term
        values: dict[str, object] = {
            "@type": "DefinedTerm",
            "@id": f"#{anchor}",
            "name": term.name,
            "alternateName": [*filter(None, [term.expansion]), *other_names(term)],
            "description": plain(explanation(term)),
            "url": term.url,
            "inDefinedTermSet": "#glossary",
        }
        yield _filled(values)


WRITER = Writer("json", "glossary.json", "JSON", ALL_KEYS, write)
LINKED = Writer(
    "jsonld",
    "glossary.jsonld",
    "schema.org",
    PROSE | {"expansion", "aliases", "url"},
    write_linked,
    frozenset({"description"}),
)
