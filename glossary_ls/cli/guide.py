"""`glossary-ls guide`: print the introductions of the active glossaries.

It must not know documents.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.cli.project import Project, add_output
from glossary_ls.features.render import guide, plain

if TYPE_CHECKING:
    import argparse

SUMMARY = "print the introduction of each active glossary"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the guides; return 1 when no glossary has one."""
    glossary = Project(options.root).workspace.glossary_of("")
    texts = [guide(file.head) for file in glossary.files if file.head.guide]
    if not texts:
        print("No active glossary has a guide.", file=sys.stderr)
        return 1
    text = "\n\n".join(texts)
    print(text if options.markdown else plain(text))
    return 0
