"""Discovery: find the files that are, or may be, glossaries for the documents of a folder, by their names.

It must not read the files, or know which of them are in use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import memo, paths
from glossary_ls.glossary import naming
from glossary_ls.glossary.formats import is_glossary, may_be_glossary
from glossary_ls.glossary.naming import GLOSSARY_FOLDERS
from glossary_ls.markup.languages import is_document
from glossary_ls.vfs.ignore import SKIPPED, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.vfs.files import Files, FolderItem
    from glossary_ls.vfs.ignore import Ignore

__all__ = ["folder_glossaries", "is_glossary", "is_page", "may_be_glossary", "scope_of"]

#: How deep a `.glossary` folder, and folders of documentation, are read.
_DEEPEST = 8

#: Pages that are documents for readers, but not among those that are checked with a workspace.
_PAGES = (".html", ".htm", ".xhtml", ".tex")


@memo.recent(4096)
def scope_of(path: str, root: str = "") -> str:
    """Return the folder to whose documents a glossary file applies, which is not above `root`."""
    scope = naming.scope_of(path, is_named=is_glossary(path))
    return root if root and paths.is_within(path, root) and not paths.is_within(scope, root) else scope


def is_page(path: str) -> bool:
    """Return whether a glossary file is a document at the same time, so that it is checked as one."""
    return not is_glossary(path) and (is_document(path) or path.lower().endswith(_PAGES))


def folder_glossaries(files: Files, folder: str, root: str, ignore: Ignore) -> tuple[str, ...]:
    """Return the files that may be glossaries for the documents in `folder` and below.

    Those that are glossaries by their name come first, both in alphabetical order. A folder with such a
    name is among them, so that it can be reported.
    """
    below = _collected(files, folder, root, ignore, _DEEPEST)
    found = (path for path in below if scope_of(path, root) == folder)
    return tuple(sorted(found, key=lambda path: not is_glossary(path)))


def _collected(files: Files, folder: str, root: str, ignore: Ignore, depth: int) -> Iterator[str]:
    for entry in files.list_folder(folder):
        path = paths.join(folder, entry.name)
        if not entry.is_folder:
            if may_be_glossary(path) and is_usable(files, entry, path, root, ignore):
                yield path
            continue
        if is_glossary(path) and not entry.is_link and not ignore.matches(path, is_folder=True):
            yield path
        if depth and _is_searched(entry, folder) and not ignore.matches(path, is_folder=True):
            yield from _collected(files, path, root, ignore, depth - 1)


def _is_searched(entry: FolderItem, folder: str) -> bool:
    """Return whether a folder may hold glossaries for the folder around it."""
    if entry.is_link or entry.name in SKIPPED:
        return False
    inside = not set(GLOSSARY_FOLDERS).isdisjoint(folder.split("/"))
    inside = inside or naming.holds_vocabularies(folder) or naming.holds_vocabularies(entry.name)
    return inside or entry.name in GLOSSARY_FOLDERS or naming.is_documentation(entry.name)
