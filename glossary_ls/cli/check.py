"""`glossary-ls check`: report problems in documents and glossary files, for people and for CI.

It must not know the rules. The steps: `targets` finds the files, `Project.check` checks each, `fix_files`
fixes it, `rows` describes what is left, and a reporter turns that into lines.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Severity
from glossary_ls.cli import (
    baseline,
    check_steps,
    fix_files,
    jobs,
    selection,
    statistics,
    summary,
    targets,
    terminal,
    watch,
)
from glossary_ls.cli.arguments import add_paths, add_quiet
from glossary_ls.cli.changed_lines import changed_lines
from glossary_ls.cli.errors import InputError, fail, warn
from glossary_ls.cli.known_reports import KnownReports
from glossary_ls.cli.project import Project, add_root, standard_input
from glossary_ls.cli.reporters import FOR_PEOPLE, REPORTERS
from glossary_ls.cli.reporters.safe import visible
from glossary_ls.cli.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.cli.baseline import Baseline
    from glossary_ls.cli.changed_lines import ChangedLines
    from glossary_ls.cli.check_steps import Report
    from glossary_ls.cli.project import Checked
    from glossary_ls.cli.reporters.row import Row

_Result = TypeVar("_Result", "Checked", "Report")

SUMMARY = "report unknown acronyms in documents, and errors in glossaries"

#: The severities in ascending order.
_LEVELS = (Severity.HINT, Severity.INFORMATION, Severity.WARNING, Severity.ERROR)

#: For so many files, other documents are searched for what these ask for, instead of reading them all.
_FEW = 16


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_paths(parser, "files, folders and URLs to check, or '-' for standard input")
    parser.add_argument(
        "--output-format",
        "--format",
        dest="format",
        choices=tuple(REPORTERS),
        help="output format (default: full on a terminal, else concise)",
    )
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="the same as --output-format json"
    )
    parser.add_argument("-o", "--output-file", metavar="FILE", help="write the report to a file")
    parser.add_argument(
        "--statistics", action="store_true", help="print the number of problems of each rule instead"
    )
    parser.add_argument(
        "-w", "--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C"
    )
    parser.add_argument("--show-files", action="store_true", help="print the files that would be checked")
    fix_files.add(parser)
    selection.add(parser)
    targets.add(parser)
    baseline.add(parser)
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
    more.add_argument("--stdin-filename", metavar="PATH", help="path of the document that '-' reads")
    add_root(more)
    terminal.add(more)
    jobs.add(more)
    more.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="check all files again, also those of which a report is in the cache",
    )
    add_quiet(more)


def run(options: argparse.Namespace) -> int:
    """Check the files; return 1 for problems of at least `--fail-on`, 2 when a file cannot be read.

    It is also 1 where there is something to fix, with `--diff` and `--exit-non-zero-on-fix`.
    """

    def project() -> Project:
        return Project(options.root, selection.selection(options))

    if options.watch:
        watch.watch(options, project, lambda each: _run(options, each))
    return _run(options, project())


def _run(options: argparse.Namespace, project: Project) -> int:
    files = list(targets.targets(project, options.paths, targets.exclusion(options)))
    if not files and not options.quiet:
        warn(targets.NO_DOCUMENTS)
    changed = _changed(project, options.changed, files)
    if changed is not None:
        files = [path for path in files if project.files.identity(path) in changed.lines]
    if options.show_files:
        for path in files:
            print(visible(path if path == targets.STANDARD_INPUT else project.display_path(path)))
        return 0
    to_file = options.output_file is not None
    screen = terminal.screen(options.color, quiet=options.quiet, to_file=to_file)
    # Standard output is for the text that was read from standard input.
    screen.is_reserved = fix_files.is_fixing(options) and targets.STANDARD_INPUT in files and not options.diff
    if options.dask and (fix_files.is_fixing(options) or targets.STANDARD_INPUT in files):
        raise InputError("--dask only reports what is in files, without fixes and without standard input")
    known = _known(project, options)
    check = _Check(options, project, screen, files, changed, known)
    if options.write_baseline:
        return check.write_baseline()
    lines = check.lines()
    if to_file:
        _write(project, options.output_file, "".join(f"{line}\n" for line in lines))
    else:
        for line in lines:
            screen.print(line)
    screen.close()
    check.print_notes()
    return check.exit_code()


@dataclass(slots=True)
class _Check:
    """A run of the command, and what was found so far: `code` is the exit code for unreadable files."""

    options: argparse.Namespace
    project: Project
    screen: terminal.Screen
    files: Sequence[str]
    changed: ChangedLines | None
    known: Baseline | None
    code: int = 0
    checked: int = 0
    fixed: int = 0
    fixed_files: int = 0
    fixable: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the report while the files are checked."""
        if self.options.diff:
            yield from self._patches(self._found(self.files))
        elif self.options.fix_only:
            deque(self._read(self._written(self._found(self.files))), maxlen=0)
        elif fix_files.is_fixing(self.options):
            reports = map(self._report, self._written(self._found(self.files)))
            yield from self._reporter()(self._rows(reports))
        else:
            yield from self._reporter()(self._rows(self._reports()))
        self.project.keep()
        if self._is_summary_printed():
            yield self._summary()

    def _found(self, files: Sequence[str]) -> Iterator[Checked | InputError]:
        """Yield the findings in each file, and those in glossaries and settings that are in use."""
        if len(files) <= _FEW:
            self.project.search()
        else:
            self.project.files.expect(files)
            for number, path in enumerate(files):
                self.screen.progress(number, len(files))
                self.project.learn(self.project.read_ahead(path))
        self.project.files.expect(files)
        for path in files:
            try:
                yield self._checked(path)
            except InputError as error:
                yield error
        yield from self._beside(self.project.own_files())

    def _checked(self, path: str) -> Checked:
        if path == targets.STANDARD_INPUT:
            text = standard_input(is_strict=fix_files.is_fixing(self.options))
            return self.project.check(self._standard_input(), text)
        return self.project.check(path)

    def _beside(self, found: Iterable[_Result]) -> Iterator[_Result]:
        """Yield by their paths the glossaries and settings that are none of the files, each once."""
        identity = self.project.files.identity
        seen = {identity(path) for path in self.files if path != targets.STANDARD_INPUT}
        by_path = {own.path: own for own in found}
        yield from (by_path[path] for path in sorted(by_path) if identity(path) not in seen)

    def _reports(self) -> Iterator[Report | InputError]:
        """Yield the rows of each file, and of glossaries and settings in use."""
        # A cluster's processes are not asked for what is kept here.
        is_known = self.options.cache and not self.options.dask and targets.STANDARD_INPUT not in self.files
        known = KnownReports(self.project, self.files if is_known else ())
        left = [path for path in self.files if path not in known]
        fresh = self._fresh(left)
        # What the files define is known when the first one has been checked.
        first = next(fresh, None)
        fresh = chain([] if first is None else [first], fresh)
        for path in self.files:
            report: Report | InputError | None = known.get(path)
            if report is None:
                report = next(fresh) if path not in known else self._report_of(path)
                if is_known and not isinstance(report, InputError):
                    known.keep(report)
            yield report
        known.write()
        yield from self._beside(found for found in fresh if not isinstance(found, InputError))

    def _fresh(self, files: Sequence[str]) -> Iterator[Report | InputError]:
        """Yield the rows of files that must be checked, then those of glossaries and settings in use."""
        reads_input = targets.STANDARD_INPUT in files
        is_alone = reads_input or jobs.number(self.project, files, self.options.jobs) == 1
        if is_alone and not self.options.dask:
            yield from map(self._report, self._found(files))
            return
        with jobs.pool(self.project, files, self.options) as pool:
            yield from check_steps.reports(self.project, pool, self.screen.progress)
        # Those of files whose reports are known.
        yield from map(self._report, self.project.own_files())

    def _report_of(self, path: str) -> Report | InputError:
        try:
            return self._report(self.project.check(path))
        except InputError as error:
            return error

    def _report(self, checked: Checked | InputError) -> Report | InputError:
        return checked if isinstance(checked, InputError) else check_steps.report_of(self.project, checked)

    def _standard_input(self) -> str:
        """Return the path of the document on standard input."""
        return paths.normal(self.options.stdin_filename or "stdin.md")

    def _corrected(self, checked: Checked) -> Checked | None:
        after = fix_files.corrected(
            self.project,
            checked,
            unsafe=self.options.unsafe_fixes,
            wanted=lambda line: self._is_changed(checked.path, line + 1, line + 1),
        )
        if after is not None:
            self.fixed_files += 1
            self.fixed += max(len(checked.findings.problems) - len(after.findings.problems), 0)
        return after

    def _patches(self, found: Iterable[Checked | InputError]) -> Iterator[str]:
        for checked in self._read(found):
            after = self._corrected(checked)
            if after is not None:
                name = self.project.display_path(checked.path)
                yield from fix_files.patch(checked.findings.text, after.findings.text, name)

    def _written(self, found: Iterable[Checked | InputError]) -> Iterator[Checked | InputError]:
        """Fix the files, and yield what is left."""
        for checked in found:
            after = None if isinstance(checked, InputError) else self._corrected(checked)
            kept = after or checked
            if not isinstance(kept, InputError) and self._is_standard_input(kept.path):
                # As bytes, so that line breaks stay what they are.
                sys.stdout.flush()
                sys.stdout.buffer.write(kept.findings.text.source.encode())
            elif after is not None and not isinstance(checked, InputError):
                fix_files.write(self.project, checked, after)
            yield kept

    def _is_standard_input(self, path: str) -> bool:
        return targets.STANDARD_INPUT in self.files and path == self._standard_input()

    def _read(self, found: Iterable[_Result | InputError]) -> Iterator[_Result]:
        """Count the files and yield what was found in them; report those that cannot be read."""
        for each in found:
            self.checked += 1
            if isinstance(each, InputError):
                self.screen.close()
                self.code = fail(visible(str(each)))
            else:
                yield each

    def _is_changed(self, path: str, first: int, last: int) -> bool:
        """Return whether one of some lines of a file is to be checked."""
        return self.changed is None or self.changed.has(self.project.files.identity(path), first, last)

    def _all_rows(self, reports: Iterable[Report | InputError]) -> Iterator[tuple[str, Row]]:
        """Yield the problems of all files on the lines that are checked, each with the key of its file."""
        for report in self._read(reports):
            key = self.project.key(report.path)
            self.keys.add(key)
            for row in report.rows:
                if self._is_changed(report.path, row.line, row.end_line):
                    yield key, row

    def _rows(self, reports: Iterable[Report | InputError]) -> Iterator[Row]:
        """Yield the problems of all files that are reported."""
        for _, row in self._all_rows(reports):
            if self.known is not None and row.fingerprint in self.known.entries:
                self.seen.add(row.fingerprint)
            else:
                self.problems[row.severity] += 1
                self.fixable += bool(row.fix and row.fix.is_safe)
                yield row

    def write_baseline(self) -> int:
        """Write the problems of all files to the baseline; those of files that are not checked stay."""
        rows = list(self._all_rows(self._reports()))
        earlier = self.known.entries.values() if self.known else ()
        root, files = self.project.root, self.project.files
        kept = [
            entry
            for entry in earlier
            if entry["path"] not in self.keys and files.signature(paths.join(root, entry["path"])) is not None
        ]
        _write(self.project, self.options.baseline, baseline.text_of(rows, kept))
        self.screen.close()
        if not self.options.quiet:
            self.screen.note(f"{counted(len(rows), 'problem')} written to {visible(self.options.baseline)}")
        return self.code

    def _format(self) -> str:
        return self.options.format or ("full" if self.screen.is_terminal else "concise")

    def _reporter(self) -> Callable[[Iterable[Row]], Iterator[str]]:
        name = self._format()
        if self.options.statistics:
            return statistics.as_json if name.startswith("json") else statistics.as_lines
        if name in FOR_PEOPLE and self.screen.look is not None:
            look, report = self.screen.look, FOR_PEOPLE[name]
            return lambda rows: report(rows, look)
        return REPORTERS[name]

    def _is_summary_printed(self) -> bool:
        """Return whether the report ends with a summary, as that of ruff does, in the formats for people."""
        is_report = not (self.options.diff or self.options.fix_only) and self._format() in FOR_PEOPLE
        return is_report and bool(self.checked) and not self.options.quiet

    def _summary(self) -> str:
        """Return the numbers of problems and fixes."""
        number = sum(self.problems.values())
        if not self.fixed_files:
            return summary.of_problems(number, self.checked, self.fixable)
        left = None if self.options.diff or self.options.fix_only else number
        return summary.of_fixes(self.fixed, self.fixed_files, is_written=not self.options.diff, left=left)

    def print_notes(self) -> None:
        """Print what a person wants to know who reads something else than a report for people."""
        gone = self.known.gone(self.keys, self.seen) if self.known and self.changed is None else 0
        if gone and not self.options.quiet:
            self.screen.note(
                f"{counted(gone, 'problem')} of {visible(self.options.baseline)} not found any more; "
                "--write-baseline brings it up to date"
            )
        is_noted = self.fixed_files if fix_files.is_fixing(self.options) else self.screen.is_watched
        if is_noted and not self.options.quiet and not self._is_summary_printed():
            self.screen.note(self._summary())

    def exit_code(self) -> int:
        """Return the exit code that the findings and the arguments amount to."""
        options = self.options
        failing = _LEVELS[_LEVELS.index(Severity(options.fail_on)) :]
        is_failed = any(self.problems[level] for level in failing) and not options.exit_zero
        if self.fixed_files and (options.diff or options.exit_non_zero_on_fix):
            is_failed = True
        return self.code or int(is_failed)


def _changed(project: Project, revision: str | None, files: Sequence[str]) -> ChangedLines | None:
    if revision is None:
        return None
    if targets.STANDARD_INPUT in files:
        raise InputError("--changed: git does not know the lines of standard input")
    return changed_lines(project.files, project.root, revision)


def _known(project: Project, options: argparse.Namespace) -> Baseline | None:
    """Return the baseline, or None without one; one that is written for the first time need not exist."""
    if options.baseline is None:
        if options.write_baseline:
            raise InputError("--write-baseline needs --baseline FILE")
        return None
    if options.write_baseline:
        if options.changed is not None:
            raise InputError("--write-baseline needs all lines, without --changed")
        if project.files.signature(paths.normal(options.baseline)) is None:
            return None
    return baseline.read(project.files, options.baseline)


def _write(project: Project, path: str, text: str) -> None:
    try:
        project.files.write(paths.normal(path), text)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
