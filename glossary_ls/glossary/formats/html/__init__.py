"""Glossaries as pages in HTML: lists of definitions, tables, headings with text, paragraphs with a name.

Comments, scripts and what surrounds the content of a page are left out. Such pages are not edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.naming import is_in_term_folder, is_usual

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "html"  # noqa: A001  because a format is a module

suffixes = (".html", ".htm", ".xhtml")

editor = None

assistant = None


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    name = paths.name(path).lower()
    if not name.endswith(suffixes):
        return Claim.NO
    is_index = name.startswith("index.") and is_in_term_folder(path)
    return Claim.LIKELY if is_usual(path, suffixes) or is_index else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.html import page  # noqa: PLC0415  because it compiles many patterns

    return page.read(path, text)
