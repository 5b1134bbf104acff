"""Glossaries in AsciiDoc: labeled lists, tables, named items and headings.

Of regions in several languages (`tag::EN[]`), one language is read. Conditions are not evaluated, and files
that a page includes are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.format import Claim, claim_by_name

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "asciidoc"  # noqa: A001  because a format is a module

suffixes = (".adoc", ".asciidoc", ".asc")

editor = None

assistant = None


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    return claim_by_name(path, suffixes)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.asciidoc import page  # noqa: PLC0415  because it compiles many patterns

    return page.read(path, text)
