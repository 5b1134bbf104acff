"""Glossaries in TermBase eXchange: TBX 2 (`martif`), and TBX 3 in the styles DCA and DCT (ISO 30042:2019).

Of several languages one is read. Such files are not edited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.format import Claim, claim_by_name

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "tbx"  # noqa: A001  because a format is a module
suffixes = (".tbx",)
editor = None
assistant = None

_ROOT = lazily(r"<(?:\w+:)?(?:martif|tbx)\b", re.IGNORECASE)


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    name = paths.name(path).lower()
    if not name.endswith((*suffixes, ".xml")):
        return Claim.NO
    if _ROOT.search(head):
        return Claim.BY_CONTENT
    return claim_by_name(path, suffixes, is_data=True)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    from glossary_ls.glossary.formats.tbx import reader  # noqa: PLC0415  because it compiles many patterns

    return reader.read(path, text)
