"""Rule `alias-taken`: an alias that also names another term of the same folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.model import AliasKind, Problem, Severity
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.index import key
from glossary_ls.glossary.layer import names_of
from glossary_ls.glossary.model import Role
from glossary_ls.rules.shared.case import editable_entry, owners, span_of
from glossary_ls.rules.shared.fix import quick_fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.layer import Names
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "alias-taken"
SEVERITY = Severity.WARNING
SUMMARY = "An alias that is a name of another term."


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each alias that is a name of another term."""
    own = () if case.is_merged else (case.names,)
    holders = _holders(case.glossary, scope_of(case.file.path), own)
    shared = case.names.shared | (case.names.keys & holders.keys())
    for placed in case.named(shared):
        term = placed.term
        for alias in term.aliases:
            name = key(alias.name)
            layers = holders.get(name, (case.names,)) if name in shared else ()
            found = (other for names in layers for other in owners(names, name))
            others = [other for other in found if other is not term and key(other.name) != key(term.name)]
            # An abbreviation may have several meanings; a reader is shown all of them.
            if others and (alias.kind is not AliasKind.ABBREVIATION or others[0].name == alias.name):
                yield Problem(
                    CODE,
                    f"the alias '{alias.name}' also names '{others[0].name}'; "
                    "remove it from one of the two entries",
                    span_of(placed, Role.ALIAS, alias.name),
                )


@memo.about
def _holders(glossary: Glossary, scope: str, more: tuple[Names, ...]) -> dict[str, list[Names]]:
    """Return the layers of a folder, and more, that have a key, for the keys that several of them have."""
    found = (
        source for source in glossary.sources if any(scope_of(each.path) == scope for each in source.files)
    )
    layers = [*map(names_of, found), *more]
    seen: set[str] = set()
    several: set[str] = set()
    for names in layers if len(layers) > 1 else ():
        several |= names.keys & seen
        seen |= names.keys
    holders: dict[str, list[Names]] = {name: [] for name in several}
    for names in layers if several else ():
        for name in names.keys & several:
            holders[name].append(names)
    return holders


def fixes(problem: Problem, document: Document, _targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to remove the alias."""
    found = editable_entry(problem, document)
    if found is None:
        return
    file, editor, placed = found
    alias = next((value.text for value in placed.values if value.span == problem.span), "")
    edits = editor.remove_alias(file.text.source, placed.span, problem.span.start)
    if edits:
        yield quick_fix(f"Remove the alias '{alias}' from '{placed.term.name}'", problem, *edits)
