"""`glossary-ls config`: print the settings of a document, and where each comes from.

Editors may have settings of their own, which are not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.cli.arguments import add_json, add_subject
from glossary_ls.cli.errors import InputError, nearest
from glossary_ls.cli.printing import print_error, print_json, print_rows
from glossary_ls.cli.project import Project, add_root
from glossary_ls.cli.reporters import concise
from glossary_ls.cli.reporters.safe import json_text
from glossary_ls.cli.rows import rows_of
from glossary_ls.markup import language_of
from glossary_ls.settings.config_file import CONFIG_FILES
from glossary_ls.settings.kinds import SourceName, folded
from glossary_ls.settings.origins import effective

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from glossary_ls.cli.project import Checked
    from glossary_ls.settings.origins import Effective, Origin

SUMMARY = "print the settings of a document or folder, and where each comes from"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_subject(parser)
    parser.add_argument("--setting", metavar="NAME", help="print one setting, or those of one group")
    add_json(parser)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Print the settings; an unknown name is wrong usage."""
    project = Project(options.root)
    rows = list(_settings(project, project.subject(options.path)))
    if options.setting:
        wanted = folded(options.setting)
        known = {name for row in rows for name in (row.key, row.key.partition(".")[0])}
        rows = [row for row in rows if f"{folded(row.key)}.".startswith(f"{wanted}.")]
        if not rows and wanted != "rules":
            hint = nearest(options.setting, sorted(known))
            raise InputError(f"there is no setting {options.setting!r}{hint}")
    if options.json:
        print_json([_object(project, row) for row in rows])
    else:
        print_rows((row.key, _value(row.value), _from(project, row)) for row in rows)
    for checked in project.own_files():
        if paths.name(checked.path) in CONFIG_FILES:
            for line in problem_lines(checked, project):
                print_error(line)
    return 0


def problem_lines(checked: Checked, project: Project) -> Iterator[str]:
    """Yield the problems of a file, one a line."""
    return concise.report(rows_of(checked, project.display_path(checked.path), project.key(checked.path)))


def _settings(project: Project, path: str) -> Iterator[Effective]:
    language = language_of(path)
    relative = paths.relative(path, project.root) if paths.is_within(path, project.root) else ""
    settings = project.workspace.settings_of(path, language)
    return effective(settings, project.configuration(), relative, language)


def _from(project: Project, row: Effective) -> str:
    return ", ".join(_place(project, origin) for origin in row.origins) or "default"


def _place(project: Project, origin: Origin) -> str:
    line = "" if origin.line is None else f":{origin.line + 1}"
    override = "" if origin.override is None else f" (override {origin.override + 1})"
    return f"{project.display_path(origin.path)}{line}{override}"


def _value(value: object) -> str:
    """Return a value as TOML writes it, on one line."""
    return json_text(_plain(value))


def _plain(value: object) -> object:
    """Return a value of a setting as JSON has it."""
    if isinstance(value, SourceName):
        return {"path": value.where, "format": value.format} if value.format else value.where
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _object(project: Project, row: Effective) -> dict[str, object]:
    return {
        "setting": row.key,
        "value": _plain(row.value),
        "is_default": not row.origins,
        "origins": [
            {
                "path": project.display_path(origin.path),
                "line": None if origin.line is None else origin.line + 1,
                "override": None if origin.override is None else origin.override + 1,
            }
            for origin in row.origins
        ],
    }
