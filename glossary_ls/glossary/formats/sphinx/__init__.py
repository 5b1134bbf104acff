"""Glossaries in reStructuredText: the directive `glossary` of Sphinx, and pages without it.

Terms are what Sphinx reads as such (`sphinx.domains.std.Glossary`): lines of the directive, several of which
may share a definition, with a key behind a colon. A page without the directive is a glossary by its
definition lists, tables, named items or headings, or by its substitutions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.sphinx.blocks import Page
from glossary_ls.glossary.naming import is_usual
from glossary_ls.glossary.reading.drafts import glossary_file
from glossary_ls.glossary.reading.lines import lines_of
from glossary_ls.glossary.reading.names import is_acronym
from glossary_ls.glossary.reading.page_entries import entries_of

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "sphinx"  # noqa: A001  because a format is a module
suffixes = (".rst", ".txt")
editor = None
assistant = None

#: A directive, a target, or the line below a title.
_MARKUP = re.compile(r"^[ ]*\.\. [A-Za-z_|]|^([=*~#^-])\1{4,}[ ]*$", re.MULTILINE)

#: From as many substitutions for acronyms on, a page that has nothing else is a list of them.
_FEWEST_SUBSTITUTIONS = 3


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format; other plain text has no directives."""
    if not path.lower().endswith(suffixes):
        return Claim.NO
    if path.lower().endswith(".txt") and head and not _MARKUP.search(head):
        return Claim.NO
    return Claim.LIKELY if is_usual(path, suffixes) else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
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
