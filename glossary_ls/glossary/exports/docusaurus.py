"""The data of docusaurus-plugin-glossary, which shows tooltips and a page of terms on a Docusaurus site.

Its texts are plain, and it refuses terms without a definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.export import (
    PROSE,
    UNKNOWN,
    LeftOut,
    Writer,
    Written,
    other_names,
    without_avoided,
    without_kinds,
)
from glossary_ls.glossary.exports.json import dumped, filled
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.exports.texts import Names, explanation, in_order
from glossary_ls.glossary.names import is_exact
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_ADDRESSES = ("https://", "http://")


def write(export: Export) -> Written:
    """Return an object with the terms; the definition of one without explanation is its expansion."""
    items = [item for item in in_order(export.items) if _told(item.term)]
    names = Names(item.term for item in items)
    terms: list[dict[str, object]] = []
    left_out = [
        LeftOut("term", f"{_TITLE} needs an expansion or a definition", item)
        for item in export.items
        if not _told(item.term)
    ]
    for item in items:
        related = [name for name in item.term.related if names.place(name) is not None]
        terms.append(_object(item.term, related))
        left_out += (LeftOut(key, reason, item) for key, reason in _unsaid(item.term, related))
    values = {
        "$comment": MARK,
        "title": export.title,
        "description": plain(export.head.description),
    }
    left_out = [*without_avoided(export, _TITLE), *without_kinds(export, _TITLE), *left_out]
    return Written(dumped({**filled(values), "terms": terms}), tuple(left_out))


def _told(term: Term) -> str:
    return plain(explanation(term)) or term.expansion


def _object(term: Term, related: list[str]) -> dict[str, object]:
    has_page = term.url.startswith(_ADDRESSES)
    values = {
        "term": term.name,
        "abbreviation": term.expansion,
        "definition": _told(term),
        "aliases": other_names(term),
        "relatedTerms": related,
        # Without it, REST would be found in "the rest".
        "caseSensitive": is_exact(term.name, term.case),
        "references": [{"label": "More", "url": term.url}] if has_page else (),
    }
    return filled(values)


def _unsaid(term: Term, related: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys whose values are left out, with the reasons."""
    if len(related) < len(term.related):
        yield "related", UNKNOWN
    if term.url and not term.url.startswith(_ADDRESSES):
        yield "url", f"{_TITLE} has a place for web addresses only"


_TITLE = "docusaurus-plugin-glossary"

_KEPT = frozenset({"expansion", "aliases", "definition", "related", "url"})

WRITER = Writer(
    "docusaurus", "glossary.json", _TITLE, PROSE | _KEPT | {"case"}, write, frozenset({"description"}), _KEPT
)
