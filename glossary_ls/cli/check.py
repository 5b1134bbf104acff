"""`glossary-ls check`: report problems in documents and glossary files, for people and for CI.

It must not know the rules.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.project import Project, add_root, standard_input
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup.documents import is_document
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

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
        "--format", choices=("text", "json"), default="text", help="output format (default: %(default)s)"
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
    files = code = 0
    rows: list[dict[str, object]] = []
    for path, found in _findings(project, options.paths, options.stdin_filename):
        files += 1
        if isinstance(found, InputError):
            code = fail(str(found))
            continue
        for row in _rows(project.display_path(path), found):
            rows.append(row)
            if options.format == "text":
                print("{path}:{line}:{column}: {severity}: {message} [{code}]".format(**row))
    if options.format == "json":
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    elif sys.stderr.isatty():
        print(f"{_counted(len(rows), 'problem')} in {_counted(files, 'file')}", file=sys.stderr)
    return code or int(any(row["severity"] in failing for row in rows))


def _findings(
    project: Project, given: Iterable[str], stdin_name: str | None
) -> Iterator[tuple[str, Findings | InputError]]:
    """Yield each file to check, once and in the order of the arguments, with its findings."""
    seen: set[str] = set()
    for path in _expanded(project, given):
        if path == "-":
            name = paths.normal(stdin_name or "stdin.md")
            yield name, project.findings(name, standard_input().text)
        elif path not in seen:
            seen.add(path)
            own = project.workspace.findings(paths.to_uri(path)) if is_glossary(path) else None
            try:
                yield path, own or project.findings(path)
            except InputError as error:
                yield path, error
    for path in project.workspace.own_files():
        own = project.workspace.findings(paths.to_uri(path))
        if path not in seen and own and own.problems:
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


def _rows(path: str, found: Findings) -> Iterator[dict[str, object]]:
    for problem in found.problems:
        if problem.severity is Severity.OFF:
            continue
        line, column = found.text.line_column(problem.span.start)
        end_line, end_column = found.text.line_column(problem.span.end)
        yield {
            "path": path,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "severity": str(problem.severity),
            "code": problem.code,
            "message": problem.message,
        }


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
