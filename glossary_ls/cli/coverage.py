"""`glossary-ls coverage`: which terms documents use, and whether something explains them.

It must not know what a figure means (`features/coverage`) or how it is shown (`coverage_report`).
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.text import Text
from glossary_ls.cli import targets, terminal, transfer
from glossary_ls.cli.arguments import add_json, add_limit, add_paths, add_quiet
from glossary_ls.cli.coverage_report import objects, page, text
from glossary_ls.cli.coverage_report.tables import Percent, headline
from glossary_ls.cli.errors import InputError, fail, warn
from glossary_ls.cli.project import Project, add_root, read_file
from glossary_ls.cli.reporters.safe import json_text, visible
from glossary_ls.features.coverage.document import coverage_of
from glossary_ls.features.coverage.model import merged
from glossary_ls.features.coverage.report import Known, report
from glossary_ls.glossary.discovery import is_glossary, scope_of
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.features.coverage.model import Coverage
    from glossary_ls.features.coverage.report import Report
    from glossary_ls.glossary.model import GlossaryFile

SUMMARY = "report which terms documents use, and whether they are explained"

#: How many results are added up at once, so that few are kept.
_AT_ONCE = 500


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_paths(parser, "files and folders to examine")
    add_json(parser)
    parser.add_argument("--html", metavar="FILE", help="write a web page, and print the result in one line")
    add_limit(parser, 10, "most rows of each table in the text")
    parser.add_argument(
        "--fail-under",
        metavar="PERCENT",
        type=_percent,
        help="exit with 1 if a smaller share of the terms is explained",
    )
    targets.add_exclusion(parser)
    more = parser.add_argument_group("miscellaneous")
    add_root(more)
    terminal.add(more)
    add_quiet(more)


def run(options: argparse.Namespace) -> int:
    """Examine the documents; return 1 if there are none, or for too small a share, 2 for unreadable files."""
    project = Project(options.root)
    screen = terminal.screen(options.color, quiet=options.quiet)
    files = [*targets.targets(project, options.paths, targets.exclusion(options))]
    if targets.STANDARD_INPUT in files:
        raise InputError("coverage is about files; standard input is not read")
    walk = _Walk(project, screen, files)
    covered = merged(walk.parts())
    screen.close()
    for message in walk.unread:
        fail(visible(message))
    if not covered.documents:
        if walk.unread:
            return 2
        warn(targets.NO_DOCUMENTS)
        return 1
    day = datetime.now(UTC).date()
    # A page is read elsewhere.
    name = project.display_path if options.html is None else project.key
    found = report(covered, _known(project, walk.glossaries.values(), name), day, name)
    _print(found, options, project, screen)
    limit = options.fail_under
    if limit is not None and found.share < limit:
        share = Percent(found.share)
        screen.note(f"glossary-ls: {share} of the terms are explained, less than {limit:g} %")
    return 2 if walk.unread else int(limit is not None and found.share < limit)


def _print(found: Report, options: argparse.Namespace, project: Project, screen: terminal.Screen) -> None:
    if options.html is not None:
        transfer.write(project.files, options.html, page.page(found))
    if options.json:
        screen.print(json_text(objects.as_object(found), indent=2))
    elif options.html is None:
        for line in text.lines(found, options.limit, screen.look):
            screen.print(line)
    elif options.html != transfer.STANDARD_OUTPUT:
        screen.print(headline(found))


@dataclass(slots=True)
class _Walk:
    """One pass over the files: what cannot be read, and by their paths the glossaries that are in use."""

    project: Project
    screen: terminal.Screen
    files: Sequence[str]
    unread: list[str] = field(default_factory=list)
    glossaries: dict[str, GlossaryFile] = field(default_factory=dict)

    def parts(self) -> Iterator[Coverage]:
        """Yield sums over some documents each."""
        part: list[Coverage] = []
        for number, path in enumerate(self.files):
            self.screen.progress(number, len(self.files))
            if is_glossary(path):
                if path not in self.glossaries:
                    # Of a glossary that counts for no document, no entry is used.
                    below = paths.join(scope_of(path, self.project.root), "x")
                    self._add(self.project.workspace.analyze(below, "", Text("")))
            elif (document := self._document(path)) is not None:
                self._add(document)
                part.append(coverage_of(document))
            if len(part) == _AT_ONCE:
                yield merged(part)
                part.clear()
        yield merged(part)

    def _add(self, document: Document) -> None:
        self.glossaries.update((file.path, file) for file in document.files)

    def _document(self, path: str) -> Document | None:
        try:
            return self.project.document(path, read_file(self.project.files, path, is_strict=True).text)
        except InputError as error:
            self.unread.append(str(error))
            return None


def _known(project: Project, files: Iterable[GlossaryFile], name_of: Callable[[str], str]) -> Iterator[Known]:
    """Yield the entries of some glossaries."""
    for file in files:
        shared = project.workspace.elsewhere.origin(file.path).removeprefix("from ")
        built_in = paths.name(file.path).partition(".")[0] if is_built_in(file.path) else ""
        user = project.files.user_folder
        is_own = not (shared or built_in or (user and paths.is_within(file.path, user)))
        name = shared or built_in or name_of(file.path)
        limit = project.workspace.settings_of(file.path).review_months
        for placed in file.entries:
            yield Known(placed.term, file.path, name, file.line_of(placed) + 1, is_own, limit)


def _percent(text: str) -> float:
    try:
        number = float(text.removesuffix("%"))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100:
        raise ArgumentTypeError(f"{text!r} is no number from 0 to 100")
    return number
