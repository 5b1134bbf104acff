"""`glossary-ls search`: print the terms that match a query. It must not know documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.list_ import listed_glossaries, print_terms
from glossary_ls.cli.printing import print_error
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.terms import hint, matching

if TYPE_CHECKING:
    import argparse

SUMMARY = "search terms by their names and texts"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "query", metavar="QUERY", nargs="+", help="a part of a name, or words of an explanation"
    )
    add_json(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print the terms, the best first; return 1 when there is none."""
    project = Project(options.root)
    query = " ".join(options.query)
    known = listed_glossaries(project)
    found = matching(known, query)
    if not found:
        print_error(f"No term matches {query!r}.{hint(query, known[0])}")
    if found or options.json:
        print_terms(options, project, found)
    return int(not found)
