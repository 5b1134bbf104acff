"""Glossaries in JSON: lists of objects, names with texts, DefinedTermSet of schema.org, groups of these.

An object that `glossary-ls export` has written has the keys of the native format, and is read as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.yaml.objects import read_native
from glossary_ls.glossary.naming import is_in_term_folder, is_named, is_usual
from glossary_ls.glossary.reading import literal, term_sets
from glossary_ls.glossary.reading.drafts import glossary_file
from glossary_ls.glossary.reading.trees import read_trees
from glossary_ls.markup.json_nodes import parse as parse_nodes
from glossary_ls.markup.yaml_nodes import Mapping

if TYPE_CHECKING:
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.markup.json_nodes import JsonError

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "json"  # noqa: A001  because a format is a module
suffixes = (".json", ".jsonld", ".json5", ".jsonc")
editor = None
assistant = None

_CODE = "invalid-json"

_TERM_SET = lazily(r"\"(?:schema:|https?://schema\.org/)?DefinedTerm(?:Set)?\"")
_TERM = lazily(r"\"(?:term|acronym)\"\s*:")


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    name = path.lower()
    if not name.endswith(suffixes):
        return Claim.NO
    if _TERM_SET.search(head) or literal.is_literal(head):
        return Claim.BY_CONTENT
    if is_named(path, suffixes):
        return Claim.BY_NAME
    if is_usual(path, suffixes) or (is_in_term_folder(path) and _TERM.search(head)):
        return Claim.LIKELY
    return Claim.IF_CONFIGURED


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    root, errors = parse_nodes(text.source)
    problems = [_problem(error, text) for error in errors]
    if literal.is_literal(text.source) and isinstance(root, Mapping):
        return _literal_file(path, text, root, problems)
    found = read_trees([root] if root is not None else [], text.source)
    return glossary_file(
        path,
        text,
        found.drafts,
        head=found.head,
        problems=problems,
        evidence=found.evidence,
        is_acronyms=found.is_acronyms,
    )


def _literal_file(path: str, text: Text, root: Mapping, problems: list[Problem]) -> GlossaryFile:
    """Read what `glossary-ls export` has written."""
    if not term_sets.is_set(root):
        return read_native(path, text, root, problems)
    drafts = list(term_sets.drafts_of(root))
    evidence = "a set of terms" if drafts else ""
    return glossary_file(
        path,
        text,
        drafts,
        head=term_sets.head_of(root),
        problems=problems,
        evidence=evidence,
        is_acronyms=False,
    )


def _problem(error: JsonError, text: Text) -> Problem:
    line = text.line_span(text.line_index(error.offset))
    span = Span(error.offset, max(line.end, error.offset))
    return Problem(_CODE, f"this is not valid JSON: {error.message}", span, Severity.ERROR)
