"""The glossaries of a whole workspace, whatever documents they count for.

It must not know what becomes of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.text import Text
from glossary_ls.glossary.discovery import may_be_glossary, scope_of
from glossary_ls.vfs.files import is_built_in
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.workspace.workspace import Workspace


def glossary_files(workspace: Workspace, *, packs: bool) -> Iterator[GlossaryFile]:
    """Yield the glossaries of all workspace folders, those at their roots first, without the user's own.

    With `packs`, the built-in glossaries that are in use come last.
    """
    active = _active(workspace, "")
    found = {file.path: file for file in active}
    for root in workspace.roots:
        for folder in glossary_folders(workspace, root):
            found |= {file.path: file for file in _active(workspace, paths.join(folder, "x"))}
    own = workspace.files.user_folder
    for file in found.values():
        if not is_built_in(file.path) and not (own and paths.is_within(file.path, own)):
            yield file
    if packs:
        yield from (file for file in found.values() if is_built_in(file.path))


def glossary_folders(workspace: Workspace, root: str) -> Iterable[str]:
    """Return a workspace folder, and the folders below it whose documents have glossaries of their own."""
    below = walk(workspace.files, root, may_be_glossary)
    return dict.fromkeys((root, *(scope_of(path, root) for path in below)))


def _active(workspace: Workspace, path: str) -> tuple[GlossaryFile, ...]:
    """Return the glossaries that count for a document, whether it exists or not."""
    return workspace.analyze(path, "", Text("")).files
