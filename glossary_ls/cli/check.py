"""`glossary-ls check`: report problems in documents and glossary files, for people and for CI.

It must not know the rules.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.project import Project, add_root, standard_input
from glossary_ls.cli.reporters import REPORTERS
from glossary_ls.cli.reporters.row import Row
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup.languages import is_document
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Text
    from glossary_ls.vfs.files import Identity
    from glossary_ls.workspace.findings import Findings

SUMMARY = "report unknown acronyms in documents, and errors in glossaries"

#: The severities in ascending order.
_LEVELS = (Severity.HINT, Severity.INFORMATION, Severity.WARNING, Severity.ERROR)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", default=["."], help="files and folders to check (default: current folder)"
    )
    parser.add_argument(
        "--format", choices=tuple(REPORTERS), default="text", help="output format (default: %(default)s)"
    )
    parser.add_argument(
        "--fail-on",
        choices=[str(level) for level in _LEVELS],
        default=str(Severity.INFORMATION),
        help="lowest severity for which the exit code is 1 (default: %(default)s)",
    )
    add_root(parser)
    parser.add_argument("--stdin-filename", metavar="PATH", help="path of the document that '-' reads")


def run(options: argparse.Namespace) -> int:
    """Check the files; return 1 for problems of at least `--fail-on`, 2 when a file cannot be read."""
    project = Project(options.root)
    failing = {str(level) for level in _LEVELS[_LEVELS.index(Severity(options.fail_on)) :]}
    tally = _Tally()
    found = _findings(project, options.paths, options.stdin_filename)
    for line in REPORTERS[options.format](_rows(project, found, tally)):
        print(line)
    if options.format == "text" and sys.stderr.isatty():
        problems = sum(tally.problems.values())
        print(f"{_counted(problems, 'problem')} in {_counted(tally.files, 'file')}", file=sys.stderr)
    return tally.code or int(any(tally.problems[severity] for severity in failing))


@dataclass(slots=True)
class _Tally:
    """What was checked so far: `code` is the exit code that unreadable files cause."""

    files: int = 0
    code: int = 0
    problems: Counter[str] = field(default_factory=Counter)


def _findings(
    project: Project, given: Iterable[str], stdin_name: str | None
) -> Iterator[tuple[str, Findings | InputError]]:
    """Yield each file to check, once and in the order of the arguments, with its findings."""
    seen: set[Identity] = set()
    for path in _expanded(project, given):
        if path == "-":
            name = paths.normal(stdin_name or "stdin.md")
            yield name, project.findings(name, standard_input())
        elif (identity := project.files.identity(path)) not in seen:
            seen.add(identity)
            own = project.workspace.findings(paths.to_uri(path)) if is_glossary(path) else None
            try:
                yield path, own or project.findings(path)
            except InputError as error:
                yield path, error
    for path in project.workspace.own_files():
        own = project.workspace.findings(paths.to_uri(path))
        if own and own.problems and project.files.identity(path) not in seen:
            yield path, own


def _expanded(project: Project, given: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the arguments, with folders replaced by the files below them."""
    for argument in given:
        path = paths.normal(argument)
        if argument == "-":
            yield argument
        elif project.files.signature(path) is not None:
            yield path
        elif project.files.is_folder(path):
            yield from walk(project.files, path, lambda file: is_glossary(file) or is_document(file))
        else:
            raise InputError(f"{argument}: no such file or folder")


def _rows(
    project: Project, found: Iterable[tuple[str, Findings | InputError]], tally: _Tally
) -> Iterator[Row]:
    """Yield the problems of all files, and report the files that cannot be read."""
    for path, findings in found:
        tally.files += 1
        if isinstance(findings, InputError):
            tally.code = fail(str(findings))
            continue
        for problem in findings.problems:
            if problem.severity is not Severity.OFF:
                row = _row(project.display_path(path), findings.text, problem)
                tally.problems[row.severity] += 1
                yield row


def _row(path: str, text: Text, problem: Problem) -> Row:
    start, end = text.line_column(problem.span.start), text.line_column(problem.span.end)
    return Row(path, *start, *end, str(problem.severity), problem.code, problem.message)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
