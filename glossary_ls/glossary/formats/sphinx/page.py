"""Read a whole file: its entries and its problems. This module must not know how files are claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.formats.sphinx.blocks import Page
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.drafts import Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.lines import lines_of
from glossary_ls.glossary.reading.names import is_acronym
from glossary_ls.glossary.reading.page_entries import entries_of

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.glossary.reading.drafts import Draft

_LONG = lazily(r"\*\*([^\n]+)\*\*(?:\n\n|\Z)")

#: From as many substitutions for acronyms on, a page that has nothing else is a list of them.
_FEWEST_SUBSTITUTIONS = 3


def read(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    page = Page(lines_of(text.source))
    is_declared = any(node.is_declared for node in page.nodes)
    found = entries_of(
        page.nodes, "entries of glossary directives" if is_declared else "definitions in lists"
    )
    if not found.drafts:
        acronyms = [node for node in page.substitutions if is_acronym(node.names[0].text)]
        if len(acronyms) >= _FEWEST_SUBSTITUTIONS:
            found = entries_of(acronyms, "substitutions")
    drafts = map(_literal, found.drafts) if literal.is_literal(text.source) else found.drafts
    return glossary_file(path, text, drafts, problems=page.problems, evidence=found.evidence)


def _literal(draft: Draft) -> Draft:
    """Return a draft that is taken literally; a first paragraph in bold is the expansion."""
    long = _LONG.match(draft.definition)
    if long is None:
        return replace(draft, is_literal=True)
    fields = (*draft.fields, (Field.EXPANSION, Piece(long[1], draft.body or draft.span)))
    return replace(draft, definition=draft.definition[long.end() :], fields=fields, is_literal=True)
