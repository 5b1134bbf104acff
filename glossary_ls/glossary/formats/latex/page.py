"""Read a whole file: its entries and its problems. This module must not know how files are claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import leftovers
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.latex import commands
from glossary_ls.glossary.formats.latex.pages import nodes_of
from glossary_ls.glossary.formats.latex.syntax import Source
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.drafts import Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.local_links import linked
from glossary_ls.glossary.reading.page_entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.glossary.reading.drafts import Draft

_CODE = "invalid-latex"


_INCLUDED = lazily(
    r"\\(?:input|include|loadglsentries|subfile|makenoidxglossaries)\s*(?:\[[^\[\]]*\])?\{([^{}]+)\}"
)


def read(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    source = Source.of(text.source)
    found = [*commands.calls(source)]
    leftovers.keep(source, found)
    problems = [
        Problem(_CODE, "this brace is not closed; write } behind its text", Span(at, at + 1), Severity.ERROR)
        for at in source.unclosed
    ]
    if found:
        drafts = [*_defined(source, found)]
        if literal.is_literal(text.source):
            drafts = [replace(draft, fields=(*_apart(draft),), is_literal=True) for draft in drafts]
        names = dict.fromkeys(call.name for call in found)
        evidence = f"{len(drafts)} entries of " + ", ".join(f"\\{name}" for name in names)
        stated = {field for draft in drafts for field, _ in draft.fields}
        is_told = not stated.isdisjoint({Field.EXPANSION, Field.LONG_FORM})
        # Long forms that are written as such need not be guessed.
        return glossary_file(
            path, text, drafts, problems=problems, evidence=evidence, is_acronyms=False if is_told else None
        )
    drafts_of_page = entries_of([*nodes_of(source)], "items with a label")
    included = _INCLUDED.search(source.text)
    if not drafts_of_page.drafts and included:
        message = f"the entries of this page are in {included[1]}; name that file in the setting 'sources'"
        problems.append(Problem("made-from-data", message, Span(*included.span()), Severity.INFORMATION))
    return glossary_file(
        path, text, drafts_of_page.drafts, problems=problems, evidence=drafts_of_page.evidence
    )


def _apart(draft: Draft) -> Iterator[tuple[Field, Piece]]:
    """Yield the fields of a draft, each related term as one of its own."""
    for field, piece in draft.fields:
        names = piece.text.split("; ") if field is Field.RELATED else (piece.text,)
        yield from ((field, piece._replace(text=name)) for name in names)


def _defined(source: Source, found: list[commands.Call]) -> Iterator[Draft]:
    """Yield the entries that calls define, with their plurals and references to one another."""
    names = commands.names_by_key(source, found)
    plurals = commands.plurals(source)
    drafts: list[Draft] = []
    for call in found:
        if draft := commands.draft_of(source, call, names):
            label = call.first(commands.Role.KEY)
            if label and (plural := plurals.get(label.of(source.text).strip())):
                draft = replace(draft, fields=(*draft.fields, (Field.ALIASES, Piece(plural, call.span))))
            drafts.append(draft)
    return linked(drafts, names)
