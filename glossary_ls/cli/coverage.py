"""`glossary-ls coverage`: which terms documents use, and whether something explains them.

It must not know what a figure means (`features/coverage`) or how it is shown (`coverage_report`).
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.text import Text
from glossary_ls.cli import jobs, targets, terminal, transfer
from glossary_ls.cli.arguments import add_json, add_limit, add_paths, add_quiet
from glossary_ls.cli.coverage_report import objects, page, text
from glossary_ls.cli.coverage_report.tables import Percent, headline
from glossary_ls.cli.errors import InputError, fail, warn
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters.safe import json_text, visible
from glossary_ls.features.coverage.document import coverage_of
from glossary_ls.features.coverage.model import Coverage, merged
from glossary_ls.features.coverage.report import Known, report
from glossary_ls.glossary.discovery import is_glossary, scope_of
from glossary_ls.markup import language_of
from glossary_ls.vfs.files import is_built_in, portable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.cli.shards import Shard
    from glossary_ls.features.coverage.report import Report
    from glossary_ls.glossary.model import GlossaryFile

SUMMARY = "report which terms documents use, and whether they are explained"

#: How many sums are added up at once, so that few are kept.
_AT_ONCE = 100


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_paths(parser, "files, folders and URLs to examine")
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
    jobs.add(more)
    add_quiet(more)


def run(options: argparse.Namespace) -> int:
    """Examine the documents; return 1 if there are none, or for too small a share, 2 for unreadable files."""
    project = Project(options.root)
    screen = terminal.screen(options.color, quiet=options.quiet)
    files = [*targets.targets(project, options.paths, targets.exclusion(options))]
    if targets.STANDARD_INPUT in files:
        raise InputError("coverage is about files; standard input is not read")
    covered, unread, used = _examined(project, files, screen, options)
    for message in unread:
        fail(visible(message))
    if not covered.documents:
        if unread:
            return 2
        warn(targets.NO_DOCUMENTS)
        return 1
    day = datetime.now(UTC).date()
    # A page is read elsewhere.
    name = project.display_path if options.html is None else project.key
    found = report(covered, _known(project, _glossaries(project, used), name), day, name)
    _print(found, options, project, screen)
    limit = options.fail_under
    if limit is not None and found.share < limit:
        share = Percent(found.share)
        screen.note(f"glossary-ls: {share} of the terms are explained, less than {limit:g}%")
    return 2 if unread else int(limit is not None and found.share < limit)


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


class _Part(NamedTuple):
    """The sum over some files, why some cannot be read, and glossaries, each with a file it counts for."""

    coverage: Coverage
    unread: list[str]
    glossaries: dict[str, str]


def _examined(
    project: Project, files: Sequence[str], screen: terminal.Screen, options: argparse.Namespace
) -> _Part:
    """Examine the files."""
    whole = _Part(Coverage(), [], {})
    parts: list[Coverage] = []
    with jobs.pool(project, files, options) as pool:
        for part in pool.map(_step, screen.progress):
            parts.append(part.coverage)
            whole.unread.extend(part.unread)
            for glossary, path in part.glossaries.items():
                whole.glossaries.setdefault(glossary, path)
            if len(parts) == _AT_ONCE:
                parts = [merged(parts)]
    screen.close()
    return whole._replace(coverage=merged(parts))


def _step(project: Project, shard: Shard) -> _Part:
    """Examine some files."""
    part = _Part(Coverage(), [], {})
    found: list[Coverage] = []
    for path in shard:
        if is_glossary(path):
            # Of a glossary that counts for no document, no entry is used.
            _add(part, path, project.workspace.analyze(_below(project, path), "", Text("")))
            continue
        try:
            document = project.document(path, project.read(path, is_strict=True).text)
        except InputError as error:
            part.unread.append(str(error))
        else:
            _add(part, path, document)
            found.append(coverage_of(document))
    return part._replace(coverage=merged(found))


def _add(part: _Part, path: str, document: Document) -> None:
    for file in document.files:
        part.glossaries.setdefault(portable(file.path), path)


def _below(project: Project, path: str) -> str:
    """Return the path of a document, which need not exist, that a glossary counts for."""
    return paths.join(scope_of(path, project.root), "x")


def _glossaries(project: Project, used: Mapping[str, str]) -> Iterator[GlossaryFile]:
    """Yield glossaries, given their paths with files that they count for."""
    read: dict[str, GlossaryFile] = {}
    for glossary, path in used.items():
        if glossary not in read:
            below = _below(project, path) if is_glossary(path) else path
            document = project.workspace.analyze(below, language_of(path), Text(""))
            read.update((portable(file.path), file) for file in document.files)
        yield read[glossary]


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
