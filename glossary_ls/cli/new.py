"""`glossary-ls new`: add an entry to a glossary, as a person would write it.

It must not know formats.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.cli import own_glossary
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.features.harvest.writing import with_term
from glossary_ls.glossary import formats
from glossary_ls.glossary.names import key

if TYPE_CHECKING:
    import argparse

    from glossary_ls.glossary.model import Placed

SUMMARY = "add a term to a glossary"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("term", metavar="TERM", nargs="+", help="the term, in the casing of running text")
    parser.add_argument("--expansion", metavar="TEXT", default="", help="what an acronym stands for")
    parser.add_argument("--definition", metavar="TEXT", default="", help="what the term means, in Markdown")
    parser.add_argument(
        "--glossary",
        metavar="FILE",
        default="",
        help="glossary in YAML (default: the one at the root folder)",
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Add the entry and print where it is; return 1 when there is one with the same meaning."""
    project = Project(options.root)
    target = own_glossary.own_glossary(project, options.glossary)
    name, expansion, definition = (
        " ".join(text.split()) for text in (" ".join(options.term), options.expansion, options.definition)
    )
    term = Term(name, expansion, definition=definition)
    if not name:
        raise InputError("the term is empty")
    shown = visible(project.display_path(target.path))
    if (known := _entry(target.path, target.source, term)) and not (
        known.term.is_bare and (term.expansion or term.definition)
    ):
        print(
            f"{shown}:{_line(target.source, known)}: {visible(name)!r} has an entry already", file=sys.stderr
        )
        return 1
    text = with_term(target.path, target.source, term)
    if text is None:
        raise InputError(f"{shown}: cannot be edited safely; correct its syntax first")
    own_glossary.write(project, target.path, target.source, text)
    added = _entry(target.path, text, term)
    line = _line(text, added) if added else 1
    done = "is explained" if known else "is added"
    if other := None if known else _entry(target.path, target.source, Term(name)):
        done = f"is added, beside another meaning in line {_line(target.source, other)}"
    rest = "" if term.expansion or term.definition else "; fill in what it means"
    print(f"{shown}:{line}: {visible(name)!r} {done}{rest}")
    return 0


def _entry(path: str, source: str | None, term: Term) -> Placed | None:
    """Return the entry of a glossary for a term: with its name, and its expansion if both have one."""
    for placed in formats.parse(path, Text(source or "")).entries:
        other = placed.term
        expansions = {key(other.expansion), key(term.expansion)} - {""}
        if key(term.name) in map(key, other.names) and len(expansions) < len("ab"):
            return placed
    return None


def _line(source: str | None, placed: Placed) -> int:
    return Text(source or "").line_index(placed.span.start) + 1
