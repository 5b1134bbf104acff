"""`glossary-ls guide`: print the introductions of the active glossaries.

It must not know documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.printing import add_output, print_error, print_json, print_markdown
from glossary_ls.cli.project import Project
from glossary_ls.features.render import guide, plain

if TYPE_CHECKING:
    import argparse

SUMMARY = "print the introduction of each active glossary"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_json(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the guides; return 1 when no glossary has one."""
    glossary = Project(options.root).workspace.glossary_of("")
    files = [file for file in glossary.files if file.head.guide]
    if not files:
        print_error("No active glossary has a guide.")
    if options.json:
        print_json([{"glossary": file.title, "text": guide(file.head)} for file in files])
    elif files:
        text = "\n\n".join(guide(file.head) for file in files)
        print_markdown(options, text, plain(text))
    return int(not files)
