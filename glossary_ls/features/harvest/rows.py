"""What a glossary lacks as JSON objects, for scripts and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary_ls.features.harvest.found import Uses
    from glossary_ls.features.harvest.ranking import Missing

    Row = dict[str, object]


def as_object(missing: Missing) -> Row:
    """Return a name that is missing; paths are those that the documents were read with."""
    expansions = [
        {
            "text": each.long,
            "origin": str(each.origin),
            "where": each.where,
            "documents": each.documents,
            "places": _places(each.places),
        }
        for each in missing.wordings
    ]
    return {
        "name": missing.name,
        "kind": str(missing.kind),
        "uses": missing.uses,
        "documents": missing.documents,
        "places": _places(missing.places),
        "expansions": expansions,
        "conflict": missing.is_conflict,
        "entry": missing.entry or None,
    }


def _places(places: Uses) -> list[Row]:
    return [{"path": place.path, "line": place.line} for place in places]
