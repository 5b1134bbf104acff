"""Rule `expand-first-use`: an acronym of the glossary that is not expanded at its first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import disambiguation, expansions
from glossary_ls.analysis.context import SENTENCES
from glossary_ls.base.model import Correction, Problem, Severity
from glossary_ls.rules.shared.fix import Adding, Fix, FixKind, GlossaryChange, quick_fix
from glossary_ls.rules.shared.replacement import edits_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention
    from glossary_ls.rules.shared.fix import Target

CODE = "expand-first-use"
SEVERITY = Severity.OFF
SUMMARY = "An acronym of the glossary that is not expanded at its first use."


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use in a sentence of each acronym that is expanded later or never."""
    source = document.text.source
    defined: dict[str, int] = {}
    for definition in document.analysis.meanings:
        defined.setdefault(definition.short, definition.short_span.start)
    seen: set[str] = set()
    for kind, mention in disambiguation.first_mentions(document):
        name = mention.span.of(source)
        acronym = _acronym(mention, name)
        if not acronym:
            # Any other name is the expansion or a synonym, and explains the acronym.
            seen.update(mention.term.names)
        # A title is no place for an expansion.
        if not acronym or acronym in seen or acronym in document.settings.accept or kind not in SENTENCES:
            continue
        seen.add(acronym)
        if defined.get(acronym, len(source)) > mention.span.start:
            yield _problem(mention, name)


def _acronym(mention: Mention, written: str) -> str:
    """Return the acronym that a mention uses, if its term is not established."""
    term = mention.term
    if term.established:
        return ""
    used = expansions.short_forms_in(written, term)
    return next((name for name in used if name != name.lower() and " " not in name), "")


def _problem(mention: Mention, written: str) -> Problem:
    new = f"{expansions.spelled_out_as(written, mention.term)} ({written})"
    return Problem(
        CODE,
        f"'{written}' is not expanded at its first use: write '{new}'",
        mention.span,
        data=Correction(new),
    )


def fixes(problem: Problem, document: Document, targets: Sequence[Target], /) -> Iterator[Fix]:
    """Offer to expand the acronym, and to say that it needs no expansion."""
    data = problem.data
    if isinstance(data, Correction) and (edits := edits_at(problem.span, data.new, document)):
        yield quick_fix(f"Expand here: {data.new}", problem, *edits, preferred=True)
    mention = document.analysis.mention_at(problem.span.start)
    if mention is None:
        return
    term = disambiguation.fitting(document, mention).term
    acronym = _acronym(mention, mention.span.of(document.text.source))
    file = document.glossary.file_of(term)
    own = next((target for target in targets if file and target.path == file.path), None)
    if own:
        change = GlossaryChange(own.path, Adding.ESTABLISHED, term.name, term.expansion)
        title = f"Mark '{acronym}' as established, no expansion needed ({own.title})"
        yield Fix(title, FixKind.FIX, change, (problem,))
    else:
        for target in targets[:1]:
            change = GlossaryChange(target.path, Adding.ACCEPTED, acronym)
            title = f"Accept '{acronym}', no expansion needed ({target.title})"
            yield Fix(title, FixKind.FIX, change, (problem,))
