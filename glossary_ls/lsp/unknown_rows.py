"""Unknown acronyms as JSON rows of `glossary_ls.reviewAcronyms`, of one document and of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.paths import to_uri
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.to_lsp import ranges
from glossary_ls.rules.shared.guessing import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.text import Encoding, Text
    from glossary_ls.features.review import UnknownAcronym
    from glossary_ls.lsp.jsonrpc import Json

#: How many uses of an acronym in one document are listed, and how much of their lines, in characters.
_MOST_PLACES, _LONGEST_LINE = 20, 200

#: The origins of guesses, the most reliable one first.
_ORIGINS = [origin.value for origin in Origin]


def unknown_row(value: UnknownAcronym, text: Text, uri: str, encoding: Encoding) -> dict[str, Json]:
    """Return an unknown acronym of one document as a row of `glossary_ls.reviewAcronyms`."""
    shown = value.uses[:_MOST_PLACES]
    guess = value.guess
    origin: dict[str, Json] = {"kind": guess.origin.value, "title": guess.where, "uri": None, "line": None}
    if guess.path:
        origin |= {"uri": to_uri(guess.path), "line": guess.line}
    elif guess.origin is Origin.DOCUMENT:
        origin["uri"] = uri
    places: list[Json] = [
        {
            "uri": uri,
            "range": where,
            "text": text.line_span(text.line_index(span.start)).of(text.source).strip()[:_LONGEST_LINE],
        }
        for where, span in zip(ranges(text, shown, encoding), shown, strict=True)
    ]
    return {
        "name": value.name,
        "count": len(value.uses),
        "documents": 1,
        "uses": places,
        "expansion": guess.long,
        "origin": origin,
        "entry": to_uri(value.entry) if value.entry else None,
    }


def merged(found: Iterable[dict[str, Json]]) -> list[dict[str, Json]]:
    """Return the rows of documents as one row for each acronym, the most frequent first."""
    rows: dict[str, dict[str, Json]] = {}
    for row in found:
        known = rows.get(str(row["name"]))
        if known is None:
            rows[str(row["name"])] = dict(row)
            continue
        for key in ("count", "documents"):
            known[key] = number(known, key) + number(row, key)
        known["uses"] = [*_list(known), *_list(row)]
        if _rank(row) < _rank(known):
            known |= {"expansion": row["expansion"], "origin": row["origin"]}
    return sorted(rows.values(), key=lambda row: (-number(row, "count"), str(row["name"])))


def number(row: dict[str, Json], key: str) -> int:
    """Return a number in a row."""
    value = row[key]
    return value if isinstance(value, int) else 0


def _list(row: dict[str, Json]) -> list[Json]:
    value = row["uses"]
    return value if isinstance(value, list) else []


def _rank(row: dict[str, Json]) -> int:
    return _ORIGINS.index(str(find(row, "origin", "kind")))
