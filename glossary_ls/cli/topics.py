"""`glossary-ls topics`: print the topics of the glossaries in use. It must not know documents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.list_ import listed_glossaries
from glossary_ls.cli.printing import print_json, print_rows
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.wording import counted
from glossary_ls.features.listing import terms_of

if TYPE_CHECKING:
    import argparse

SUMMARY = "list the topics of the terms, with the number of terms of each"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_json(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print the topics by name; `list --topic` prints their terms."""
    project = Project(options.root)
    known = listed_glossaries(project)
    terms = terms_of(known)
    counts = Counter(topic for term in terms for topic in dict.fromkeys(term.topics))
    rows = sorted(counts.items(), key=lambda row: (row[0].casefold(), row[0]))
    if options.json:
        print_json([{"topic": topic, "terms": count} for topic, count in rows])
    else:
        print_rows((topic, counted(count, "term")) for topic, count in rows)
    return 0
