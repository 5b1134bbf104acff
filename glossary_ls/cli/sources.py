"""`glossary-ls sources`: print which files are used as glossaries, why, and which entry answers for a term.

It must not know formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json, add_subject
from glossary_ls.cli.printing import print_error, print_json, print_rows
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.cli.terms import glossary_name, not_found, short_row
from glossary_ls.cli.wording import counted
from glossary_ls.features.listing import counts_of
from glossary_ls.workspace.elsewhere import is_elsewhere

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from glossary_ls.workspace.glossaries import Listed

SUMMARY = "list the glossaries of a document or folder, and why each is used"

#: What is said at the end where a file was recognized by its contents.
_ADVICE = 'To exclude a file, add "!/PATH" to the list `sources` in glossary-ls.toml.'

#: What is said where something with entries is not used.
_OFFER = 'To use a file or folder that is not used, add "PATH" to the list `sources` in glossary-ls.toml.'


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_subject(parser)
    parser.add_argument(
        "--term", metavar="NAME", help="print where a name is defined, the first answer first"
    )
    add_json(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print the glossaries; with `--term`, return 1 when no glossary has the name."""
    project = Project(options.root)
    document = project.subject(options.path)
    if options.term:
        return _print_term(project, document, options)
    rows = list(project.workspace.listed_glossaries(document))
    counts = counts_of([project.workspace.glossary_of(document)])
    if options.json:
        print_json([_row(project, row, counts) for row in rows])
        return 0
    print_rows(tuple(_columns(project, row, counts)) for row in rows)
    for problem in unread(project, document):
        print_error(problem)
    if any("contents" in row.reason for row in rows if row.is_used):
        print_error(_ADVICE)
    if any(_may_be_used(row) for row in rows):
        print_error(_OFFER)
    return 0


def _may_be_used(row: Listed) -> bool:
    """Return whether the setting `sources` can make a glossary of a file that is none by itself."""
    has_entries = row.file is not None and bool(row.file.entries)
    return has_entries and not row.is_used and "excludes" not in row.reason


def unread(project: Project, document: str) -> Iterator[str]:
    """Yield which packages and URLs are not read, and why."""
    for source in project.workspace.settings_of(document).sources:
        if is_elsewhere(source.where):
            problem = project.workspace.elsewhere.problem(project.root, source.where)
            if problem is not None:
                yield problem.message


def _columns(project: Project, row: Listed, counts: Mapping[str, int]) -> Iterator[str]:
    yield glossary_name(project, row.path)
    yield row.file.format if row.file else "-"
    count = counts.get(row.path, 0)
    yield counted(count, "term") if row.is_used else "not used"
    evidence = f": {row.file.evidence}" if row.file and row.is_used and row.file.evidence else ""
    yield f"{row.reason}{evidence}"


def _row(project: Project, row: Listed, counts: Mapping[str, int]) -> dict[str, object]:
    file = row.file
    return {
        "path": glossary_name(project, row.path),
        "format": file.format if file else None,
        "terms": counts.get(row.path, len(file.terms) if file else 0),
        "used": row.is_used,
        "reason": row.reason,
        "evidence": file.evidence if file else "",
        "license": file.head.license if file else "",
    }


def _print_term(project: Project, document: str, options: argparse.Namespace) -> int:
    workspace = project.workspace
    glossary = workspace.glossary_of(document)
    senses = glossary.senses(options.term)
    if not senses:
        print_error(not_found(options.term, glossary))
    if options.json:
        print_json([short_row(term, project) for term in senses])
        return int(not senses)
    for number, term in enumerate(senses):
        found = workspace.store.locate(term)
        where = f"{glossary_name(project, found.file.path)}:{found.line + 1}" if found else "-"
        answer = "answers" if number == 0 else "also has the name"
        gist = f": {term.gist}" if term.gist else ""
        print(visible(f"{where}  {answer}  {term.name}{gist}"))
    return int(not senses)
