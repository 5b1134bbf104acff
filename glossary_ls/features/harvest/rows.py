"""What a glossary lacks as JSON objects, for scripts and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.features.harvest.found import Uses
    from glossary_ls.features.harvest.ranking import Missing

    Row = dict[str, object]


def as_object(missing: Missing, shown: Callable[[str], str] = str) -> Row:
    """Return a name that is missing; `shown` makes paths of those that the documents were read with."""
    expansions = [
        {
            "text": each.long,
            "origin": str(each.origin),
            "where": each.where,
            "documents": each.documents,
            "places": _places(each.places, shown),
        }
        for each in missing.wordings
    ]
    return {
        "name": missing.name,
        "kind": str(missing.kind),
        "uses": missing.uses,
        "documents": missing.documents,
        "places": _places(missing.places, shown),
        "expansions": expansions,
        "conflict": missing.is_conflict,
        "entry": missing.entry or None,
    }


def _places(places: Uses, shown: Callable[[str], str]) -> list[Row]:
    return [{"path": shown(place.path), "line": place.line} for place in places]
