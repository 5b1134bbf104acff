"""The one check of an edit: carry it out, read the result, and compare it with what was wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import applied
from glossary_ls.glossary.formats.yaml.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.format import Edits
    from glossary_ls.glossary.model import GlossaryFile

    #: Returns the terms that a file should have, given it before an edit and after; None for none at all.
    Wanted = Callable[[GlossaryFile, GlossaryFile], Iterable[Term] | None]


def checked(old: GlossaryFile, edits: Edits, wanted: Wanted, *, accepted: str = "") -> Edits:
    """Return edits if they make of a file what was wanted, and none if they do not.

    `accepted` is an acronym that only the edits make accepted. Nothing else may change, and there must not be
    more problems than before.
    """
    if not edits:
        return ()
    new = read("", applied(old.text.source, edits))
    if accepted in old.head.accept:
        return ()
    terms = wanted(old, new)
    if terms is None or new.terms != tuple(terms) or len(new.problems) > len(old.problems):
        return ()
    accept = {*old.head.accept, accepted} - {""}
    is_same_head = set(new.head.accept) == accept and replace(new.head, accept=old.head.accept) == old.head
    return edits if is_same_head else ()


def unchanged(old: GlossaryFile, _new: GlossaryFile) -> Iterable[Term]:
    """Want the terms as they were."""
    return old.terms


def changed(start: int, change: Callable[[Term, Term | None], Term | None]) -> Wanted:
    """Want the terms as they were, but for that of the entry at `start`.

    `change` returns what the term should be, given it before the edit and what is in its place after; None
    means that the entry should be gone.
    """

    def wanted(old: GlossaryFile, new: GlossaryFile) -> Iterable[Term] | None:
        number = next((at for at, placed in enumerate(old.entries) if placed.span.start == start), None)
        if number is None:
            return None
        term = change(old.terms[number], new.terms[number] if number < len(new.terms) else None)
        return (*old.terms[:number], *filter(None, [term]), *old.terms[number + 1 :])

    return wanted
