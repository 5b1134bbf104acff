r"""Glossaries in LaTeX: the commands of packages for glossaries, own commands, and pages without either.

Known are glossaries and glossaries-extra (`\newacronym`, `\newglossaryentry`), acronym (`\acro`), acro
(`\DeclareAcronym`) and nomencl (`\nomenclature`). An own command is read if its definition calls one of them,
or if most of its calls look like entries. Files that are included are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.format import Claim, claim_by_name

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "latex"  # noqa: A001  because a format is a module

suffixes = (".tex", ".ltx", ".sty")

editor = None

assistant = None


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    return claim_by_name(path, suffixes)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.latex import page  # noqa: PLC0415  because it compiles many patterns

    return page.read(path, text)
