"""`glossary-ls explain`: print the meaning of a term.

It must not know documents.
"""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

from glossary_ls.base.text import Span
from glossary_ls.cli.project import Project, add_output
from glossary_ls.features.hover import Hover
from glossary_ls.features.render import render

if TYPE_CHECKING:
    import argparse

    from glossary_ls.glossary.index import Glossary

SUMMARY = "explain a term, or compare two: latency vs throughput"

_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("term", nargs="+", help="a term, an acronym or an alias")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the meaning of the term; return 1 when no glossary has it."""
    glossary = Project(options.root).workspace.glossary_of("")
    name = " ".join(options.term)
    names = [name] if glossary.senses(name) else _VERSUS.split(name)
    found = [Hover(Span(0, 0), name, glossary.senses(name)) for name in names]
    if all(hover.senses for hover in found):
        print("\n\n".join(render(hover, glossary, markdown=options.markdown) for hover in found))
        return 0
    missing = next(hover.name for hover in found if not hover.senses)
    print(_not_found(missing, glossary), file=sys.stderr)
    return 1


def _not_found(name: str, glossary: Glossary) -> str:
    names = {known.casefold(): known for term in glossary.terms for known in term.names}
    close = [names[match] for match in get_close_matches(name.casefold(), names, n=3)]
    hint = f" Did you mean {', '.join(close)}?" if close else ""
    return f"No glossary has a term {name!r}.{hint}"
