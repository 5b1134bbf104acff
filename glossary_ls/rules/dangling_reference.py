"""Rule `dangling-reference`: a reference to a term that no glossary defines."""

from __future__ import annotations

from difflib import get_close_matches
from heapq import nlargest
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Problem, Severity
from glossary_ls.glossary.index import key
from glossary_ls.glossary.layer import names_of
from glossary_ls.rules.shared.case import editable_file, owners, span_of
from glossary_ls.rules.shared.fix import Adding, Fix, FixKind, GlossaryChange, quick_fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.rules.shared.case import Case
    from glossary_ls.rules.shared.fix import Target

CODE = "dangling-reference"
SEVERITY = Severity.WARNING
SUMMARY = "A reference to a term that no glossary defines."

#: How similar a name must be to be suggested, as a ratio of `difflib`; short acronyms are all similar.
_CUTOFF = 0.75

#: In a file with more references that lead nowhere, the others get no suggestion.
_MOST_COMPARED = 100

#: The number of names that are compared with an unknown one.
_COMPARED = 30


@dataclass(frozen=True, slots=True)
class Dangling:
    """A name that no glossary defines, and the known name that was probably meant."""

    name: str
    suggestion: str = ""


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem at each reference to an unknown term."""
    compared = 0
    known = _keys(case.glossary)
    for placed in case.file.where(lambda entry: entry.references and not entry.referred <= known):
        for role, name in placed.entry.references:
            if key(name) in known:
                continue
            # It may be an inflected form, or be defined in a file that is no part of the glossary.
            if owners(case.names, key(name)) or case.glossary.senses(name):
                continue
            compared += 1
            close = _closest(name, case.known) if compared <= _MOST_COMPARED else ""
            hint = f"did you mean '{close}'?" if close else "add it, or correct the spelling"
            message = f"no glossary defines '{name}'; {hint}"
            yield Problem(CODE, message, span_of(placed, role, name), data=Dangling(name, close))


def fixes(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer the term that was probably meant, and to add an entry for the one that is named."""
    found, data = editable_file(document), problem.data
    if found is None or not isinstance(data, Dangling):
        return
    file, editor = found
    if data.suggestion:
        change = editor.rewritten(file.text.source, problem.span, data.suggestion)
        yield quick_fix(f"Replace '{data.name}' with '{data.suggestion}'", problem, change, preferred=True)
    if any(target.path == document.path for target in targets):
        addition = GlossaryChange(document.path, Adding.TERM, data.name)
        yield Fix(f"Add '{data.name}' to this glossary", FixKind.FIX, addition, (problem,))


@memo.about
def _keys(glossary: Glossary) -> frozenset[str]:
    """Return the keys of all names, for all files that are checked with a glossary."""
    return frozenset[str]().union(*(names_of(source).keys for source in glossary.sources))


@memo.recent(256)
def _closest(name: str, known: tuple[str, ...]) -> str:
    """Return the known name that was probably meant, or an empty string.

    Comparing two names is too slow for thousands of them, so only those that share the most trigrams with
    the unknown name are compared.
    """
    lower = name.lower()
    trigrams = {lower[at : at + 3] for at in range(max(len(lower) - 2, 1))}
    likely = nlargest(_COMPARED, known, key=lambda other: sum(map(other.lower().__contains__, trigrams)))
    return next(iter(get_close_matches(name, likely, n=1, cutoff=_CUTOFF)), "")
