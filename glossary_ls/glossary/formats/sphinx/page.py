"""Read a whole file: its entries and its problems. This module must not know how files are claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.formats.sphinx.blocks import Page
from glossary_ls.glossary.reading.drafts import glossary_file
from glossary_ls.glossary.reading.lines import lines_of
from glossary_ls.glossary.reading.names import is_acronym
from glossary_ls.glossary.reading.page_entries import entries_of

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

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
    return glossary_file(path, text, found.drafts, problems=page.problems, evidence=found.evidence)
