"""The steps of `glossary-ls check` on many files: what they define, then what is to be reported about them.

All files are scanned for what they define before the first one is checked. What is reported does not depend
on where the steps are done. This module must not know what a row says, and must not print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.cli.errors import InputError
from glossary_ls.cli.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.folder_definitions import FolderDefinitions
    from glossary_ls.cli.jobs import Pool
    from glossary_ls.cli.project import Checked, Project
    from glossary_ls.cli.reporters.row import Row
    from glossary_ls.cli.shards import Progress, Shard
    from glossary_ls.workspace.definition_cache import IndexedFile


class Report(NamedTuple):
    """The rows of a file.

    `asked` are the acronyms that were looked up in other documents, on whose definitions the rows depend;
    None for a file that is no document.
    """

    path: str
    rows: tuple[Row, ...]
    asked: frozenset[str] | None = None


def report_of(project: Project, checked: Checked) -> Report:
    """Return the rows of a file that was checked."""
    path = checked.path
    rows = tuple(rows_of(checked, project.display_path(path), project.key(path)))
    asked = checked.document.asked if checked.document else None
    return Report(path, rows, None if asked is None else frozenset(asked))


def reports(project: Project, pool: Pool, progress: Progress) -> Iterator[Report | InputError]:
    """Yield the rows of each file in the order of the files, then those of glossaries and settings in use.

    `progress` is called while the files are scanned.
    """
    if project.workspace.wants_definitions(project.root):
        for defined in pool.map(_defined, progress, project.is_listed):
            project.learn(defined)
        project.workspace.read_definitions()
        pool.tell(_adopt, project.workspace.definition_index.definitions_of(project.root))
    for found in pool.map(_checked, lambda *_: None):
        yield from found
    own: dict[str, Report] = {}
    for part in pool.each(_own):
        own.update(part)
    yield from (own[path] for path in sorted(own))


def _defined(project: Project, shard: Shard) -> dict[str, IndexedFile]:
    found: dict[str, IndexedFile] = {}
    for path in shard:
        found.update(project.read_ahead(path))
    return found


def _adopt(project: Project, definitions: FolderDefinitions) -> None:
    project.workspace.definition_index.adopt(project.root, definitions)


def _checked(project: Project, shard: Shard) -> list[Report | InputError]:
    return [_report(project, path) for path in shard]


def _report(project: Project, path: str) -> Report | InputError:
    try:
        return report_of(project, project.check(path))
    except InputError as error:
        return error


def _own(project: Project) -> dict[str, Report]:
    return {own.path: report_of(project, own) for own in project.own_files()}
