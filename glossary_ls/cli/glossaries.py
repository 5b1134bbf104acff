"""The glossaries of a whole workspace, for commands that are about all of them. It must not know formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.text import Text
from glossary_ls.glossary.discovery import may_be_glossary, scope_of
from glossary_ls.vfs.files import is_built_in
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    from glossary_ls.cli.project import Project
    from glossary_ls.glossary.model import GlossaryFile


def all_glossaries(project: Project) -> tuple[GlossaryFile, ...]:
    """Return every glossary that counts for a document of the workspace, those at its root first."""
    found = {file.path: file for file in _active(project, "")}
    # Those of a folder count for the documents in it.
    below = walk(project.files, project.root, may_be_glossary)
    for folder in dict.fromkeys(scope_of(path, project.root) for path in below):
        found |= {file.path: file for file in _active(project, paths.join(folder, "x"))}
    return tuple(found.values())


def is_of_team(project: Project, path: str) -> bool:
    """Return whether a glossary is neither built in nor the user's own."""
    own = project.files.user_folder
    return not is_built_in(path) and not (own and paths.is_within(path, own))


def glossary_name(project: Project, path: str) -> str:
    """Return the name of a glossary for people: where a shared one is from, and the id of a built-in one."""
    if is_built_in(path):
        return paths.name(path).partition(".")[0]
    origin = project.workspace.elsewhere.origin(path)
    return origin.removeprefix("from ") or project.display_path(path)


def _active(project: Project, path: str) -> tuple[GlossaryFile, ...]:
    """Return the glossaries that count for a document, whether it exists or not."""
    return project.workspace.analyze(path, "", Text("")).files
