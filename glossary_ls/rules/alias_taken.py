"""Rule `alias-taken`: an alias that also names another term of the same folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Fix, Target

CODE = "alias-taken"
SEVERITY = Severity.WARNING
SUMMARY = "An alias that is a name of another term."


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each alias that is a name of another term."""
    scope = scope_of(case.file.path)
    layers = [
        names_of(source)
        for source in case.glossary.sources
        if any(file.path == case.file.path or scope_of(file.path) == scope for file in source.files)
    ]
    shared = case.names.shared.union(
        *(case.names.keys & names.keys for names in layers if names is not case.names)
    )
    for placed in case.named(shared):
        term = placed.term
        for alias in term.aliases:
            name = key(alias.name)
            found = (other for names in layers for other in owners(names, name)) if name in shared else ()
            others = [other for other in found if other is not term and key(other.name) != key(term.name)]
            # An abbreviation may have several meanings; a reader is shown all of them.
            if others and (alias.kind is not AliasKind.ABBREVIATION or others[0].name == alias.name):
                yield Problem(
                    CODE,
                    f"the alias '{alias.name}' also names '{others[0].name}'; "
                    "remove it from one of the two entries",
                    span_of(placed, Role.ALIAS, alias.name),
                )


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
