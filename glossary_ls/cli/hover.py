"""`glossary-ls hover`: what the editor would show at a place in a document."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.cli.errors import fail
from glossary_ls.cli.project import Session, add_output
from glossary_ls.features.hover import hover
from glossary_ls.features.render import render

if TYPE_CHECKING:
    import argparse

SUMMARY = "show what hovering a place in a document would show"

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("place", metavar="FILE:LINE:COLUMN", help="line and column count from 1")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the hover; return 1 when there is none."""
    place = _PLACE.fullmatch(options.place)
    if place is None:
        return fail(f"{options.place!r} is not a place; write FILE:LINE:COLUMN, such as docs/runbook.md:12:5")
    session = Session(options.root)
    document = session.document(paths.normal(place["path"]))
    line, column = int(place["line"]), int(place["column"] or 1)
    if line > len(document.text.lines):
        return fail(f"{place['path']} has only {len(document.text.lines)} lines")
    found = hover(document, document.text.offset_at_line_column(line, column))
    if found is None:
        print(f"No term of the glossary stands at {options.place}.", file=sys.stderr)
        return 1
    print(render(found, document.glossary, markdown=options.markdown))
    return 0
