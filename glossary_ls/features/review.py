"""The unknown acronyms of a document, each with its uses and a guess at what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.base.edits import applied, insertion
from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.glossary.model import Head
from glossary_ls.rules import unknown_acronym
from glossary_ls.rules.shared.guessing import guess
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Span
    from glossary_ls.rules.shared.guessing import Guess

_HELP = """\
# Review: correct the guesses, fill in the empty ones, and delete what is not an acronym. Move acronyms
# that need no explanation to the list `accept`. Once saved, the file is used as a glossary.
"""


@dataclass(frozen=True, slots=True)
class UnknownAcronym:
    """An acronym that nothing explains: the spans of its uses, ascending, and the best guess.

    `entry` is the path of the glossary in which it has an entry without an explanation.
    """

    name: str
    uses: tuple[Span, ...]
    guess: Guess
    entry: str = ""


def unknown(document: Document, problems: Iterable[Problem]) -> Iterator[UnknownAcronym]:
    """Yield the unknown acronyms among the problems of a document, in the order of their first use."""
    uses = {found.uses[0].span: found for found in unknown_acronym.find(document)}
    for problem in problems:
        data = problem.data
        if isinstance(data, Undefined):
            found = uses.get(problem.span)
            spans = tuple(use.span for use in found.uses) if found else (problem.span,)
            yield UnknownAcronym(data.acronym, spans, guess(data.acronym, document), data.entry)


def draft(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return a glossary to be reviewed: for each name and guess an entry, below a comment."""
    editor = formats.NATIVE.editor
    if editor is None:
        return ""
    entries = [*rows]
    text = Text(editor.new_file(Head(), (Term(name, long) for name, long, _ in entries)))
    placed = formats.parse("", text, formats.NATIVE.id).entries
    starts = (text.line_start(text.line_index(each.span.start)) for each in placed)
    notes = [
        insertion(start, f"  # {' '.join(note.split())}\n")
        for start, (_, _, note) in zip(starts, entries, strict=True)
    ]
    head = insertion(text.line_start(1), _HELP), insertion(text.line_start(2), "accept: []\n")
    return applied(text.source, (*head, *notes))
