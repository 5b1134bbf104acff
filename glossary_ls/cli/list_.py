"""`glossary-ls list`: print the terms of the glossaries in use. It must not know documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.errors import InputError, nearest
from glossary_ls.cli.printing import print_error, print_json, print_rows
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.terms import broken, glossaries, glossary_name, line_of, short_row
from glossary_ls.features.listing import terms_of
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.index import Glossary

SUMMARY = "list the terms of the glossaries in use"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--topic", metavar="NAME", help="list only the terms of a topic")
    parser.add_argument(
        "--glossary", metavar="NAME", help="list only the terms of a glossary, as `sources` names it"
    )
    parser.add_argument("--own", action="store_true", help="leave out the built-in glossaries")
    add_json(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print the terms by name; an unknown topic or glossary is wrong usage."""
    project = Project(options.root)
    known = listed_glossaries(project)
    terms: Sequence[Term] = terms_of(known)
    if options.topic:
        topics = {topic.casefold(): topic for term in terms for topic in term.topics}
        wanted = options.topic.casefold()
        if wanted not in topics:
            raise InputError(
                f"no glossary has a topic {options.topic!r}{nearest(options.topic, topics.values())}"
            )
        terms = [term for term in terms if wanted in map(str.casefold, term.topics)]
    if options.glossary or options.own:
        files = {glossary_name(project, file.path): file for each in known for file in each.files}
        if options.glossary and options.glossary not in files:
            hint = nearest(options.glossary, files)
            raise InputError(f"there is no glossary {options.glossary!r}{hint}")
        kept = {
            number
            for name, file in files.items()
            if options.glossary in {None, name} and not (options.own and is_built_in(file.path))
            for number in file.ids
        }
        terms = [term for term in terms if id(term) in kept]
    print_terms(options, project, terms)
    return 0


def listed_glossaries(project: Project) -> list[Glossary]:
    """Return the glossaries whose terms are listed; name those with errors on standard error."""
    known = list(glossaries(project))
    for problem in broken(project, known):
        print_error(problem)
    return known


def print_terms(options: argparse.Namespace, project: Project, terms: Sequence[Term]) -> None:
    """Print a line for each term, or JSON."""
    if options.json:
        print_json([short_row(term, project) for term in terms])
    else:
        print_rows(map(line_of, terms))
