"""`glossary-ls hover`: print what an editor shows on hover at a location in a document.

It must not know how a term is rendered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.patterns import lazily
from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.errors import fail
from glossary_ls.cli.printing import add_output, print_error, print_json, print_markdown
from glossary_ls.cli.project import Project
from glossary_ls.cli.terms import full_row
from glossary_ls.features.hover import hover
from glossary_ls.features.render import render

if TYPE_CHECKING:
    import argparse

    from glossary_ls.features.hover import Hover
    from glossary_ls.glossary.index import Glossary

SUMMARY = "print what an editor shows on hover at a location in a document"

_LOCATION = lazily(r"(?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("location", metavar="FILE:LINE:COLUMN", help="line and column, starting at 1")
    add_json(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Print the hover; return 1 when there is none."""
    location = _LOCATION.fullmatch(options.location)
    if location is None:
        return fail(f"{options.location!r} is not a location; write FILE:LINE:COLUMN, such as README.md:12:5")
    project = Project(options.root)
    document = project.document(paths.normal(location["path"]))
    line, column = int(location["line"]), int(location["column"] or 1)
    if line > len(document.text.lines):
        return fail(f"{location['path']} has only {len(document.text.lines)} lines")
    found = hover(document, document.text.offset_at_line_column(line, column))
    if found is None:
        print_error(f"No glossary term at {options.location}.")
        if options.json:
            print_json(None)
        return 1
    if options.json:
        print_json(_object(found, document.glossary, project))
        return 0
    texts = (render(found, document.glossary, markdown=markdown) for markdown in (True, False))
    print_markdown(options, *texts)
    return 0


def _object(found: Hover, glossary: Glossary, project: Project) -> dict[str, object]:
    """Return what is shown, for JSON; `definitions` are those of documents."""
    return {
        "name": found.name,
        "senses": [full_row(term, glossary, project) for term in found.senses],
        "is_doubtful": found.doubtful,
        "definitions": [
            {
                "short": each.short,
                "long": each.long,
                "path": project.display_path(each.path) if each.path else None,
                "line": each.line or None,
            }
            for each in found.in_texts
        ],
        "others": [full_row(term, glossary, project) for term in found.others],
    }
