"""The glossary that the commands write to: the team's own, or one that is named. It must not print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.text import Text
from glossary_ls.cli import transfer
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.project import read_file
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.formats import editor_of
from glossary_ls.rules.shared.fix import Target
from glossary_ls.workspace.harvest import glossary_to_write

if TYPE_CHECKING:
    from glossary_ls.cli.project import Project


def own_glossary(project: Project, given: str = "") -> Target:
    """Return the glossary to write to, which may not exist yet. Raises InputError for one that nobody can."""
    if not given:
        return glossary_to_write(project.workspace, project.root)
    path = paths.normal(given)
    if project.files.is_folder(path):
        raise InputError(f"{given}: is a folder; name a glossary")
    source = read(project, path)
    if source is None and not is_glossary(path):
        raise InputError(f"{given}: no name of a glossary, such as glossary.yaml or team.glossary.yaml")
    if editor_of(path, source or "") is None:
        raise InputError(f"{given}: entries can only be added to a glossary in YAML")
    return Target(path, given, None if source is None else Text(source))


def read(project: Project, path: str) -> str | None:
    """Return the text of a glossary, or None if there is no such file. Raises InputError."""
    if project.files.signature(path) is None:
        return None
    return read_file(project.files, path, is_strict=True).text


def write(project: Project, path: str, before: str | None, text: str) -> None:
    """Write the text of a glossary that had another one, None if there is none yet. Raises InputError."""
    if not transfer.exchange(project.files, path, before, text):
        raise InputError(f"{project.display_path(path)}: has changed meanwhile; run the command again")
