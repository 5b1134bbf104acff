"""`glossary-ls compare`: print two terms, and how they differ. It must not know documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.explain import explain
from glossary_ls.cli.printing import add_output, print_error
from glossary_ls.cli.project import Project
from glossary_ls.cli.terms import glossary_with

if TYPE_CHECKING:
    import argparse

    from glossary_ls.glossary.index import Glossary

SUMMARY = "explain two terms, and how they differ"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("first", metavar="TERM", help="a term, an acronym or an alias")
    parser.add_argument("second", metavar="OTHER", help="another one")
    add_json(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the terms; return 1 when no glossary has one of them."""
    project = Project(options.root)
    names = options.first, options.second
    code = explain(options, project, names)
    if not code and not _is_compared(*names, glossary_with(project, names)):
        print_error("No glossary says how the two differ: the key not_to_be_confused_with does.")
    return code


def _is_compared(first: str, second: str, glossary: Glossary) -> bool:
    """Return whether an entry has a comparison of two terms; the best sense of each counts."""
    term, other = glossary.loosely(first)[0], glossary.loosely(second)[0]
    return any(other in glossary.senses(contrast.term) for contrast in glossary.contrasts(term))
