"""Glossaries in YAML that are made for other tools: lists of records, maps of names, several documents.

The native format and that of Contextive have readers of their own. Such files are not edited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.yaml.dialect import Dialect, dialect_of
from glossary_ls.glossary.formats.yaml.salvage import ANY, salvage
from glossary_ls.glossary.naming import is_usual
from glossary_ls.glossary.reading.drafts import glossary_file
from glossary_ls.glossary.reading.trees import read_trees
from glossary_ls.markup.yaml_nodes import NotYamlError, moved
from glossary_ls.markup.yaml_nodes import parse as parse_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.markup.yaml_nodes import Node

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "yaml-other"  # noqa: A001  because a format is a module
suffixes = (".yaml", ".yml")
editor = None
assistant = None

_CODE = "invalid-yaml"

#: The folders of data from which other tools make pages.
_DATA = frozenset({"_data", "data"})

#: A list, behind comments.
_LIST = lazily(r"\ufeff?(?:[ \t]*(?:#[^\r\n]*|---)?[\r\n])*[ \t]*-[ \t\r\n]")

_MARKS = ("---", "...")
_DOCUMENT = lazily(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    if not path.endswith(suffixes):
        return Claim.NO
    usual = is_usual(path, suffixes)
    if not head:
        return Claim.LIKELY if usual else Claim.IF_CONFIGURED
    dialect = dialect_of(head)
    is_list = _LIST.match(head) is not None
    is_data = usual and is_list and paths.name(paths.parent(path)) in _DATA
    if dialect is Dialect.OTHER or (dialect is Dialect.PLAIN and is_data):
        return Claim.BY_CONTENT
    return Claim.LIKELY if dialect is Dialect.UNKNOWN and usual else Claim.NO


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    roots: list[Node] = []
    problems: list[Problem] = []
    for start, source in _documents(text.source):
        root, errors = _read(source)
        if root is not None:
            roots.append(moved(root, start) if start else root)
        problems += (_problem(error.message, start + error.offset, text) for error in errors)
    found = read_trees(roots, text.source)
    return glossary_file(
        path,
        text,
        found.drafts,
        head=found.head,
        problems=problems,
        evidence=found.evidence,
        is_acronyms=found.is_acronyms,
    )


def _documents(source: str) -> Iterator[tuple[int, str]]:
    """Yield each document of a file with its offset."""
    # Most files have one, and are not searched for long.
    is_several = source.startswith(_MARKS) or any(f"\n{mark}" in source for mark in _MARKS)
    found = [*_DOCUMENT.finditer(source)] if is_several else []
    starts = [0, *(each.end() for each in found)]
    ends = [*(each.start() for each in found), len(source)]
    for start, end in zip(starts, ends, strict=True):
        if source[start:end].strip("\ufeff \t\r\n"):
            yield start, source[start:end]


def _read(source: str) -> tuple[Node | None, tuple[NotYamlError, ...]]:
    try:
        return parse_nodes(source), ()
    except NotYamlError as error:
        root, errors = salvage(source, (ANY,))
        return root, tuple(errors) or (error,)


def _problem(message: str, offset: int, text: Text) -> Problem:
    at = min(offset, len(text.source.rstrip()))
    line = text.line_span(text.line_index(at))
    span = Span(at, line.end) if at < line.end else line
    message = f"this is not valid YAML: {message}; the entry is left out until it is mended"
    return Problem(_CODE, message, span, Severity.ERROR)
