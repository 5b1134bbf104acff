"""`glossary-ls check`: what the rules find in documents and glossaries, for people and for CI."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.project import Session, standard_input
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup.documents import is_document
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from glossary_ls.workspace.findings import Findings

SUMMARY = "report unknown acronyms in documents, and mistakes in glossaries"


#: The severities, the quietest first.
_LEVELS = (Severity.HINT, Severity.INFORMATION, Severity.WARNING, Severity.ERROR)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", default=["."], help="files and folders (default: this folder)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print findings")
    parser.add_argument(
        "--fail-on",
        choices=[str(level) for level in _LEVELS],
        default=str(Severity.INFORMATION),
        help="the least severity that makes the exit code 1 (default: %(default)s)",
    )
    parser.add_argument("--root", default=".", help="the folder whose glossaries and settings are used")
    parser.add_argument(
        "--stdin-filename", metavar="PATH", help="the name of what '-' reads from standard input"
    )


def run(options: argparse.Namespace) -> int:
    """Check the files and return 1 when there are findings that count, 2 when a file cannot be read."""
    session = Session(options.root)
    counts = {str(level) for level in _LEVELS[_LEVELS.index(Severity(options.fail_on)) :]}
    files = code = 0
    rows: list[dict[str, object]] = []
    for path, found in _findings(session, options.paths, options.stdin_filename):
        files += 1
        if isinstance(found, InputError):
            code = fail(str(found))
            continue
        for row in _rows(session.shown(path), found):
            rows.append(row)
            if options.format == "text":
                print("{path}:{line}:{column}: {severity}: {message} [{code}]".format(**row))
    if options.format == "json":
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    elif sys.stderr.isatty():
        print(f"{_counted(len(rows), 'finding')} in {_counted(files, 'file')}", file=sys.stderr)
    return code or int(any(row["severity"] in counts for row in rows))


def _findings(
    session: Session, named: Iterable[str], stdin_name: str | None
) -> Iterator[tuple[str, Findings | InputError]]:
    """Yield each file that is to be checked with what was found in it; the user's order, each file once."""
    seen: set[str] = set()
    for path in _expanded(session, named):
        if path == "-":
            name = paths.normal(stdin_name or "stdin.md")
            yield name, session.findings(name, standard_input().text)
        elif path not in seen:
            seen.add(path)
            own = session.workspace.findings(paths.to_uri(path)) if is_glossary(path) else None
            try:
                yield path, own or session.findings(path)
            except InputError as error:
                yield path, error
    for path in session.workspace.own_files():
        own = session.workspace.findings(paths.to_uri(path))
        if path not in seen and own and own.problems:
            yield path, own


def _expanded(session: Session, named: Iterable[str]) -> Iterator[str]:
    for given in named:
        path = paths.normal(given)
        if given == "-":
            yield given
        elif session.files.signature(path) is not None:
            yield path
        elif session.files.is_folder(path):
            yield from walk(session.files, path, lambda file: is_glossary(file) or is_document(file))
        else:
            raise InputError(f"{given}: there is no such file or folder")


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
