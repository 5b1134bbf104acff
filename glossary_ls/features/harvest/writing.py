"""The entries of what a glossary lacks, each below a comment for the reviewer. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.edits import applied
from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.features.fixes.writing import add_all
from glossary_ls.features.review import draft, with_notes
from glossary_ls.glossary import formats
from glossary_ls.rules.shared.fix import Target
from glossary_ls.rules.shared.guessing import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from glossary_ls.features.harvest.found import Use, Wording
    from glossary_ls.features.harvest.ranking import Missing


def with_entries(path: str, source: str | None, missing: Sequence[Missing]) -> str | None:
    """Return the text of a glossary with entries for what it lacks; None if nothing can be added.

    Without a source the file is new. What has an entry already, or cannot be added safely, is left out.
    """
    if source is None:
        return draft((each.name, each.long, note(each)) for each in missing) if missing else None
    written = _added(path, source, [Term(each.name, each.long) for each in missing])
    if written is None:
        return None
    notes = {(each.name, each.long): note(each) for each in missing}
    known = {(term.name, term.expansion) for term in formats.parse(path, Text(source)).terms}
    return with_notes(path, written, {names: text for names, text in notes.items() if names not in known})


def with_term(path: str, source: str | None, term: Term) -> str | None:
    """Return the text of a glossary with one more entry, or with an explanation for the one that it has."""
    return _added(path, source, [term])


def with_accepted(path: str, source: str | None, names: Iterable[str]) -> str | None:
    """Return the text of a glossary that accepts more names without an entry; None if it cannot."""
    return _added(path, source, (), names)


def _added(path: str, source: str | None, terms: Iterable[Term], accepted: Iterable[str] = ()) -> str | None:
    target = Target(path, path, None if source is None else Text(source))
    change = add_all(target, terms, accepted)
    return applied(source or "", change.edits) if change else None


def note(missing: Missing) -> str:
    """Return the comment above an entry: the uses with places, and where a long form comes from."""
    return "; ".join(filter(None, (f"{uses(missing)}: {_listed(missing.places)}", origin(missing))))


def uses(missing: Missing) -> str:
    """Return how often and in how many documents a name is used."""
    return f"{_counted(missing.uses, 'use')} in {_counted(missing.documents, 'document')}"


def origin(missing: Missing, named: Callable[[str], str] = str) -> str:
    """Return where the long form comes from, and those that other documents give.

    `named` returns the name of a path for the user.
    """
    if not missing.wordings:
        return ""
    first, *others = missing.wordings
    if first.origin is not Origin.WORKSPACE:
        return f"guessed from {_source(first, named)}"
    found = f"defined in {_listed(first.places[:1], named)}"
    conflicts = (f"but '{each.long}' in {_listed(each.places[:1], named)}" for each in others)
    return ", ".join((found, *conflicts))


def _source(wording: Wording, named: Callable[[str], str]) -> str:
    return f"{wording.where} ({_listed(wording.places, named)})" if wording.places else wording.where


def _listed(places: Iterable[Use], named: Callable[[str], str] = str) -> str:
    return ", ".join(f"{named(place.path)}:{place.line}" for place in places)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
