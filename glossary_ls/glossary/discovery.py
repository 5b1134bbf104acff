"""Discovery: find the glossary files below a folder by their names.

It must not read the files, or know which of them are in use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.glossary.formats import is_glossary
from glossary_ls.glossary.naming import GLOSSARY_FOLDER, scope_of
from glossary_ls.vfs.ignore import is_usable
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.vfs.files import Files
    from glossary_ls.vfs.ignore import Ignore

__all__ = ["folder_glossaries", "glossary_files", "is_glossary", "scope_of"]

#: How deep a `.glossary` folder is read.
_DEEPEST = 8


def folder_glossaries(files: Files, folder: str, root: str, ignore: Ignore) -> tuple[str, ...]:
    """Return the glossary files that apply to the documents in `folder` and below, in alphabetical order."""
    found: list[str] = []
    for entry in files.list_folder(folder):
        path = paths.join(folder, entry.name)
        if entry.is_folder:
            if (
                entry.name == GLOSSARY_FOLDER
                and not entry.is_link
                and not ignore.matches(path, is_folder=True)
            ):
                found += _collected(files, path, root, ignore, _DEEPEST)
        elif is_glossary(path) and is_usable(files, entry, path, root, ignore):
            found.append(path)
    return tuple(found)


def _collected(files: Files, folder: str, root: str, ignore: Ignore, depth: int) -> Iterator[str]:
    for entry in files.list_folder(folder):
        path = paths.join(folder, entry.name)
        if not entry.is_folder:
            if is_glossary(path) and is_usable(files, entry, path, root, ignore):
                yield path
        elif depth and not entry.is_link and not ignore.matches(path, is_folder=True):
            yield from _collected(files, path, root, ignore, depth - 1)


def glossary_files(files: Files, root: str) -> Iterator[str]:
    """Yield every glossary file below `root`."""
    return walk(files, root, is_glossary)
