"""`glossary-ls check`: report problems in documents and glossary files, for people and for CI.

It must not know the rules.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.cli import selection, targets, terminal
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.project import Project, add_root, standard_input
from glossary_ls.cli.reporters import FOR_PEOPLE, REPORTERS
from glossary_ls.cli.rows import rows_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.cli.project import Checked
    from glossary_ls.cli.reporters.row import Row

SUMMARY = "report unknown acronyms in documents, and errors in glossaries"

#: The severities in ascending order.
_LEVELS = (Severity.HINT, Severity.INFORMATION, Severity.WARNING, Severity.ERROR)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths",
        nargs="*",
        default=["."],
        help="files and folders to check, or '-' for standard input (default: current folder)",
    )
    parser.add_argument(
        "--output-format",
        "--format",
        dest="format",
        choices=tuple(REPORTERS),
        help="output format (default: full on a terminal, else concise)",
    )
    parser.add_argument("-o", "--output-file", metavar="FILE", help="write the report to a file")
    parser.add_argument("--stdin-filename", metavar="PATH", help="path of the document that '-' reads")
    selection.add(parser)
    targets.add(parser)
    ending = parser.add_argument_group("exit code")
    ending.add_argument(
        "--fail-on",
        choices=[str(level) for level in _LEVELS],
        default=str(Severity.INFORMATION),
        help="lowest severity for which the exit code is 1 (default: %(default)s)",
    )
    ending.add_argument(
        "-e", "--exit-zero", action="store_true", help="exit with 0 even if problems are found"
    )
    more = parser.add_argument_group("miscellaneous")
    add_root(more)
    terminal.add(more)
    more.add_argument("-q", "--quiet", action="store_true", help="print problems, but no summary or progress")


def run(options: argparse.Namespace) -> int:
    """Check the files; return 1 for problems of at least `--fail-on`, 2 when a file cannot be read."""
    project = Project(options.root, selection.selection(options))
    files = list(targets.targets(project, options.paths, targets.exclusion(options)))
    tally = _Tally()
    to_file = options.output_file is not None
    screen = terminal.screen(options.color, quiet=options.quiet, to_file=to_file)
    found = _checked(project, files, options.stdin_filename, screen)
    lines = _reporter(options.format, screen)(_counted(_rows(project, found, tally), tally))
    if to_file:
        _write(project, options.output_file, "".join(f"{line}\n" for line in lines))
    else:
        for line in lines:
            screen.print(line)
    screen.close()
    if screen.is_watched:
        problems = sum(tally.problems.values())
        screen.note(f"{_number(problems, 'problem')} in {_number(tally.files, 'file')}")
    failing = _LEVELS[_LEVELS.index(Severity(options.fail_on)) :]
    is_failed = any(tally.problems[level] for level in failing) and not options.exit_zero
    return tally.code or int(is_failed)


@dataclass(slots=True)
class _Tally:
    """What was checked so far: `code` is the exit code that unreadable files cause."""

    files: int = 0
    code: int = 0
    problems: Counter[str] = field(default_factory=Counter)


def _reporter(name: str | None, screen: terminal.Screen) -> Callable[[Iterable[Row]], Iterator[str]]:
    name = name or ("full" if screen.is_terminal else "concise")
    if name in FOR_PEOPLE and screen.look is not None:
        look, report = screen.look, FOR_PEOPLE[name]
        return lambda rows: report(rows, look)
    return REPORTERS[name]


def _checked(
    project: Project, files: Iterable[str], stdin_name: str | None, screen: terminal.Screen
) -> Iterator[Checked | InputError]:
    """Yield the findings in each file, and those in glossaries and settings that are in use."""
    seen = set()
    files = list(files)
    for number, path in enumerate(files):
        screen.progress(number, len(files))
        if path == targets.STANDARD_INPUT:
            yield project.check(paths.normal(stdin_name or "stdin.md"), standard_input())
            continue
        seen.add(project.files.identity(path))
        try:
            yield project.check(path)
        except InputError as error:
            yield error
    for own in project.own_files():
        if project.files.identity(own.path) not in seen:
            yield own


def _rows(project: Project, found: Iterable[Checked | InputError], tally: _Tally) -> Iterator[Row]:
    """Yield the problems of all files, and report the files that cannot be read."""
    for checked in found:
        tally.files += 1
        if isinstance(checked, InputError):
            tally.code = fail(str(checked))
        else:
            yield from rows_of(checked, project.display_path(checked.path), project.key(checked.path))


def _counted(rows: Iterable[Row], tally: _Tally) -> Iterator[Row]:
    for row in rows:
        tally.problems[row.severity] += 1
        yield row


def _write(project: Project, path: str, text: str) -> None:
    try:
        project.files.write(paths.normal(path), text)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
