"""Code actions: the fixes of the problems at a selection, and refactorings of the term at the cursor.

For each problem that the selection touches there are its fixes, the best first, those of all problems before
the less usual ones; then come the refactorings. The order is always the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls import rules
from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.features.fixes import adding, contracting, ignoring, settling, wording
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.fix import FixKind
from glossary_ls.rules.shared.undefined import Undefined, fixes_for_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Span
    from glossary_ls.rules.shared.fix import Fix, FixContext


def code_actions(
    document: Document, span: Span, around: FixContext, only: Iterable[str] = ()
) -> tuple[Fix, ...]:
    """Return the fixes at `span`; `only` names the kinds that are wanted, none for all.

    "Fix all" is offered where something can be fixed, and anywhere in the document if it is requested.
    """
    wanted = tuple(only)
    touched = tuple(problem for problem in around.problems if _touch(problem.span, span))
    offered = (
        action
        for action in _at(document, span, around, touched)
        if not wanted or any(_is_part(action.kind, kind) for kind in wanted)
    )
    at_place = tuple(sorted(offered, key=lambda action: (action.kind is not FixKind.FIX, action.later)))
    of_all = around.problems if any(_is_part(FixKind.FIX_ALL, kind) for kind in wanted) else touched
    if wanted and of_all is touched:
        return at_place
    return (*at_place, *replacement.everywhere(of_all))


def _at(document: Document, span: Span, around: FixContext, problems: tuple[Problem, ...]) -> Iterator[Fix]:
    for problem in problems:
        yield from rules.fixes(problem, document, around.targets)
        yield from ignoring.acronym(problem, document)
        yield from ignoring.on_line(problem, document)
        yield from ignoring.in_file(problem, document)
        yield from ignoring.in_workspace(problem, around.configuration)
    unknown = next((problem for problem in problems if isinstance(problem.data, Undefined)), None)
    if unknown:
        yield from fixes_for_all(unknown, around.problems, around.targets)
    if glossary_file_of(document) and not _is_commented(document, span):
        # The rest is about prose, which the entries of a glossary are not.
        return
    yield from ignoring.as_glossary(document, span, around.configuration)
    yield from wording.expand(document, span, problems)
    yield from contracting.contract(document, span)
    yield from settling.settle(document, span)
    if len(span):
        yield from adding.for_selection(document, span, around.targets, problems)
    else:
        yield from adding.for_definition(document, span, around.targets)


def _is_commented(document: Document, span: Span) -> bool:
    """Return whether there may be a comment on the lines of a span in a YAML file."""
    if document.language.lower() != "yaml":
        return True
    text = document.text
    lines = text.line_index(span.start), text.line_index(span.end)
    return "#" in text.source[text.line_start(lines[0]) : text.line_span(lines[1]).end]


def _touch(place: Span, selection: Span) -> bool:
    return place.start <= selection.end and selection.start <= place.end


def _is_part(kind: str, of: str) -> bool:
    return not of or kind == of or kind.startswith(f"{of}.")
