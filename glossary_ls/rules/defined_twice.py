"""Rule `defined-twice`: a document defines the same acronym twice."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.analysis import context, expansions
from glossary_ls.base.model import Problem, Related, Severity
from glossary_ls.rules.shared.replacement import OneForm, definition_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition

CODE = "defined-twice"
SEVERITY = Severity.INFORMATION
SUMMARY = "A second definition of the same acronym."
fixes = definition_fixes


#: After so many lines, a second definition helps a reader who did not start at the top.
_FAR = 100


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the second definition of an acronym and, if they differ, at the first other one.

    Titles, tables and lists of terms may repeat the text.
    """
    # It is expensive to find out, and often the first definitions are enough.
    is_in_text = cache(lambda definition: not context.is_entry(document, definition))
    for short, definitions in document.analysis.definitions_by_short.items():
        if len(definitions) < 2 or short in document.settings.accept:
            continue
        first = next(filter(is_in_text, definitions), None)
        if first is None:
            continue
        others = (found for found in definitions if not expansions.agree(found.long, first.long))
        different = next(filter(is_in_text, others), None)
        if different is not None:
            yield _problem(document, first, different, same=False)
            continue
        for earlier, later in pairwise(filter(is_in_text, definitions)):
            if _line(document, later) - _line(document, earlier) <= _FAR:
                yield _problem(document, earlier, later, same=True)
                break


def _line(document: Document, definition: Definition) -> int:
    return document.text.line_index(definition.short_span.start) + 1


def _problem(document: Document, first: Definition, second: Definition, *, same: bool) -> Problem:
    line = _line(document, first)
    short = second.short
    message = (
        f"'{short}' is already defined on line {line}: write the acronym alone"
        if same
        else f"'{short}' is '{second.long}' here, but '{first.long}' on line {line}: use one acronym for each"
    )
    related = Related(document.path, first.short_span, f"'{short}' is defined here")
    data = OneForm(short) if same else None
    return Problem(CODE, message, second.short_span, data=data, related=(related,))
