"""Glossaries in reStructuredText: the directive `glossary` of Sphinx, and pages without it.

Terms are what Sphinx reads as such (`sphinx.domains.std.Glossary`): lines of the directive, several of which
may share a definition, with a key behind a colon. A page without the directive is a glossary by its
definition lists, tables, named items or headings, or by its substitutions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.format import Claim, claim_by_name

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "sphinx"  # noqa: A001  because a format is a module

suffixes = (".rst", ".txt")

editor = None

assistant = None

#: A directive, a target, or the line below a title.
_MARKUP = lazily(r"^[ ]*\.\. [A-Za-z_|]|^([=*~#^-])\1{4,}[ ]*$", re.MULTILINE)


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format; other plain text has no directives."""
    if path.lower().endswith(".txt") and head and not _MARKUP.search(head):
        return Claim.NO
    return claim_by_name(path, suffixes)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.sphinx import page  # noqa: PLC0415  because it compiles many patterns

    return page.read(path, text)
