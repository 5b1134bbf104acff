"""JSON for programs: a list of objects with the native keys, or a `DefinedTermSet` of schema.org."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import fields, replace
from glossary_ls.base.model import AliasKind, Status
from glossary_ls.glossary.exports.export import (
    ALL_HEAD,
    ALL_KEYS,
    NATIVE_KEYS,
    PROSE,
    Writer,
    Written,
    other_names,
    without_avoided,
    without_kinds,
)
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.exports.texts import anchors, explanation, in_order, slug
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.base.model import Alias, Term
    from glossary_ls.glossary.exports.export import Export


def write(export: Export) -> Written:
    """Return an object with the keys of the native format."""
    head = export.head
    guide = head.guide
    values = {
        "$comment": MARK,
        "version": 1,
        "name": head.name,
        "description": head.description,
        "license": head.license,
        "guide": filled({"title": guide.title, "text": guide.text, "points": guide.points}) if guide else {},
        "accept": head.accept,
    }
    return Written(
        dumped({**filled(values), "terms": [_object(item.term) for item in in_order(export.items)]})
    )


def _object(term: Term) -> dict[str, object]:
    values = {NATIVE_KEYS.get(each.name, each.name): getattr(term, each.name) for each in fields(term)}
    values["aliases"] = [_alias(alias) for alias in term.aliases]
    values["not_to_be_confused_with"] = [filled(asdict(contrast)) for contrast in term.contrasts]
    values["questions"] = [filled(asdict(question)) for question in term.questions]
    values["status"] = "" if term.status is Status.ACTIVE else term.status
    return filled(values)


def _alias(alias: Alias) -> str | dict[str, str]:
    return alias.name if alias.kind is AliasKind.SYNONYM else {"name": alias.name, "kind": str(alias.kind)}


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """Return values without those that are empty."""
    return {key: value for key, value in values.items() if value}


def dumped(value: object) -> str:
    """Return the text of a file with a value."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


# --- schema.org -------------------------------------------------------------------------------------------


def write_linked(export: Export) -> Written:
    """Return a `DefinedTermSet` of schema.org in JSON-LD.

    The expansion is the first one of the other names, and a term that has one has its name as its code.
    """
    head = export.head
    values = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": "#glossary",
        "schemaVersion": MARK,
        "name": export.title,
        "description": head.description,
        "license": head.license,
        "inLanguage": export.language,
        "hasDefinedTerm": list(_defined_terms(export)),
    }
    return Written(
        dumped(filled(values)), (*without_avoided(export, _SCHEMA), *without_kinds(export, _SCHEMA))
    )


def _defined_terms(export: Export) -> Iterator[dict[str, object]]:
    items = in_order(export.items)
    for item, anchor in zip(items, anchors([item.term.name for item in items], slug), strict=True):
        term = item.term
        values: dict[str, object] = {
            "@type": "DefinedTerm",
            "@id": f"#{anchor}",
            "name": term.name,
            "termCode": term.name if term.expansion else "",
            "alternateName": [*filter(None, [term.expansion]), *other_names(term)],
            "disambiguatingDescription": term.summary,
            "description": plain(explanation(replace(term, summary=""))),
            "url": term.url,
            "inDefinedTermSet": "#glossary",
        }
        yield filled(values)


_SCHEMA = "schema.org"

WRITER = Writer("json", "glossary.json", "JSON", ALL_KEYS, write, ALL_HEAD, ALL_KEYS)
LINKED = Writer(
    "jsonld",
    "glossary.jsonld",
    _SCHEMA,
    PROSE | {"expansion", "aliases", "url"},
    write_linked,
    frozenset({"description", "license"}),
    frozenset({"expansion", "aliases", "definition", "summary", "url"}),
)
