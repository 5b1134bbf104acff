"""`glossary-ls explain`: print the meaning of a term.

It must not know documents.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.printing import add_output, print_error, print_json, print_markdown
from glossary_ls.cli.project import Project
from glossary_ls.cli.terms import broken, full_row, glossary_with, not_found
from glossary_ls.features.hover import Hover
from glossary_ls.features.render import render

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from glossary_ls.glossary.index import Glossary

SUMMARY = "explain a term, or compare two: latency vs throughput"

_VERSUS = lazily(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("term", metavar="TERM", nargs="+", help="a term, an acronym or an alias")
    add_json(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the meaning of the term; return 1 when no glossary has it."""
    project = Project(options.root)
    name = " ".join(options.term)
    is_one = glossary_with(project, [name]).loosely(name)
    return explain(options, project, [name] if is_one else _VERSUS.split(name))


def explain(options: argparse.Namespace, project: Project, names: Sequence[str]) -> int:
    """Print the meanings of some names; return 1 when no glossary has one of them."""
    glossary = glossary_with(project, names)
    found = [Hover(Span(0, 0), name, glossary.loosely(name)) for name in names]
    for problem in broken(project, [glossary]):
        print_error(problem)
    missing = [hover.name for hover in found if not hover.senses]
    for name in missing:
        print_error(not_found(name, glossary))
    if missing:
        if options.json:
            print_json([])
        return 1
    if options.json:
        senses = chain.from_iterable(hover.senses for hover in found)
        print_json([full_row(term, glossary, project) for term in senses])
    else:
        print_markdown(options, _text(found, glossary, markdown=True), _text(found, glossary, markdown=False))
    return 0


def _text(found: Sequence[Hover], glossary: Glossary, *, markdown: bool) -> str:
    """Return the texts of some terms; each comparison comes once."""
    texts = (
        render(hover, glossary, markdown=markdown, shown=[each.senses[0] for each in found[:number]])
        for number, hover in enumerate(found)
    )
    return "\n\n".join(texts)
