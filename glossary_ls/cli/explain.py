"""`glossary-ls explain`: the meaning of a term."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

from glossary_ls.cli.session import Session, add_output
from glossary_ls.features.hover import Hover
from glossary_ls.features.render import render
from glossary_ls.text import Span

if TYPE_CHECKING:
    import argparse

SUMMARY = "explain a term"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("term", nargs="+", help="a term, an acronym or an alias")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print what the term means; return 1 when no glossary has it."""
    glossary = Session(options.root).glossary()
    name = " ".join(options.term)
    senses = glossary.senses(name)
    if senses:
        print(render(Hover(Span(0, 0), name, senses), glossary, markdown=options.markdown))
        return 0
    names = {known.casefold(): known for term in glossary.terms for known in term.names}
    close = [names[match] for match in get_close_matches(name.casefold(), names, n=3)]
    hint = f" Did you mean {', '.join(close)}?" if close else ""
    print(f"The glossary has no term {name!r}.{hint}", file=sys.stderr)
    return 1
