"""The unknown acronyms of a document, each with its uses and a guess at what it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.edits import applied, insertion
from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.glossary.model import Head
from glossary_ls.rules import unknown_acronym
from glossary_ls.rules.shared.guessing import guess
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, TextEdit
    from glossary_ls.base.text import Span
    from glossary_ls.rules.shared.guessing import Guess

#: What is in front of an entry on its first line, with the indentation.
_OPENING = re.compile(r"([ \t]*)(?:-[ \t]+)?")

_HELP = """\
# Review: correct the guesses, fill in the empty ones, and delete what needs no entry. Move acronyms
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
    notes = _note_edits("", text, {(name, long): note for name, long, note in entries})
    head = insertion(text.line_start(1), _HELP), insertion(text.line_start(2), "accept: []\n")
    return applied(text.source, (*head, *notes))


def with_notes(path: str, source: str, notes: Mapping[tuple[str, str], str]) -> str:
    """Return a glossary with comments above entries, by name and expansion.

    An entry that shares its first line with others gets none.
    """
    text = Text(source)
    return applied(source, tuple(_note_edits(path, text, notes)))


def _note_edits(path: str, text: Text, notes: Mapping[tuple[str, str], str]) -> Iterator[TextEdit]:
    newline = "\r\n" if text.lines[0].endswith("\r\n") else "\n"
    for each in formats.parse(path, text, "" if path else formats.NATIVE.id).entries:
        start = text.line_start(text.line_index(each.span.start))
        opening = _OPENING.fullmatch(text.source, start, each.span.start)
        note = notes.get((each.term.name, each.term.expansion))
        if note and opening:
            yield insertion(start, f"{opening[1]}# {' '.join(note.split())}{newline}")
