"""Glossaries of Sphinx projects, read from their inventories: `objects.inv`, version 2.

Only the names of terms are in an inventory, and where they are explained. The compressed part is text by the
time it gets here (`vfs.files.read_text`), so that lines count in that text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading.drafts import Draft, Piece, glossary_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "sphinx-inventory"  # noqa: A001  because a format is a module
suffixes = (".inv",)
editor = None
assistant = None

_START = "# Sphinx inventory version 2"
_HEADER = lazily(r"# (Project|Version): (.*)")
_TERM = lazily(
    r"^(?P<name>\S[^\r\n]*?)[ ]std:term[ ]-?\d+[ ](?P<place>\S*)[ ](?P<shown>[^\r\n]*)", re.MULTILINE
)


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format; the settings name those of other projects."""
    if not path.lower().endswith(suffixes):
        return Claim.NO
    return Claim.BY_CONTENT if head.startswith(_START) else Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    header, _, body = text.source.partition("# The remainder")
    problems: list[Problem] = []
    if not header.startswith(_START):
        message = "this is no inventory of Sphinx, version 2; build the pages with Sphinx 1.0 or newer"
    elif not body.partition("\n")[2].strip():
        message = "this inventory is not complete; download it again"
    else:
        message = ""
    if message:
        span = Span(0, len(header.partition("\n")[0]))
        problems.append(Problem("invalid-inventory", message, span, Severity.ERROR))
    told = {found[1]: found[2] for line in header.split("\n") if (found := _HEADER.match(line))}
    project = " ".join(filter(None, (told.get("Project", "").strip(), told.get("Version", "").strip())))
    drafts = [*_drafts(text.source, project)] if body else []
    evidence = f"{len(drafts)} terms of an inventory" if drafts else ""
    return glossary_file(path, text, drafts, head=Head(name=project), problems=problems, evidence=evidence)


def _drafts(source: str, project: str) -> Iterator[Draft]:
    for found in _TERM.finditer(source):
        shown = found["shown"].strip()
        name = found["name"] if shown in {"-", ""} else shown
        place = found["place"].replace("$", found["name"].replace(" ", "-"))
        definition = f"Explained in the documentation of {project}: `{place}`"
        yield Draft(Span(*found.span()), (Piece(name, Span(*found.span())),), definition)
