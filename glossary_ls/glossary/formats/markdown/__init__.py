"""Glossaries as Markdown pages: headings, lists, tables, definition lists and others.

Lines are classified (`lines`), candidates are counted over the page (`shape`), and what is left are entries
(`entries`, `tables`, `definition_lists`). Such files are not edited. Start with `parse`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.naming import is_in_term_folder, is_usual
from glossary_ls.glossary.reading import literal

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "markdown"  # noqa: A001  because a format is a module
suffixes = (".md", ".markdown", ".mdx", ".mkd")
editor = None
assistant = None

_INDEXES = frozenset({"readme", "index", "_index"})
_FOLDER = "glossary"


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format.

    A page in a folder of terms is one term, unless it is the folder's index or has the name of a glossary.
    """
    name = paths.name(path).lower()
    if not name.endswith(suffixes):
        return Claim.NO
    if is_usual(path, suffixes):
        return Claim.LIKELY
    stem = name.rpartition(".")[0]
    if stem in _INDEXES and paths.name(paths.parent(path)).lower() == _FOLDER:
        return Claim.LIKELY
    return Claim.NO if is_in_term_folder(path) and stem not in _INDEXES else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a page. Never raises: a page without entries gives none."""
    from glossary_ls.glossary.formats.markdown import (  # noqa: PLC0415  because they compile many patterns
        literal_page,
        page,
    )

    return literal_page.read(path, text) if literal.is_literal(text.source) else page.read(path, text)
