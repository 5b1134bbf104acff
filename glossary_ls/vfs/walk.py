"""Walking a workspace folder, folder by folder, up to a maximum number of folders.

It must not know which files are wanted, or what they contain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.vfs.ignore import SKIPPED, Ignore, is_usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.vfs.files import Files

#: A walk stops after this many folders.
_MAX_FOLDERS = 20_000


def walk(files: Files, root: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files below `root` whose path is `wanted`, folder by folder in alphabetical order.

    Links to files come last, and only those whose target is not among the others: each file has one path.
    """
    return (path for path in steps(files, root, wanted) if path)


def steps(files: Files, root: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Walk like `walk`, and yield an empty string after each folder, as a place to pause."""
    ignore = Ignore(files, root)
    folders = [root]
    found: set[str] = set()
    links: list[str] = []
    for _ in range(_MAX_FOLDERS):
        if not folders:
            break
        folder = folders.pop()
        below: list[str] = []
        for entry in files.list_folder(folder):
            path = paths.join(folder, entry.name)
            if not entry.is_folder:
                if wanted(path) and is_usable(files, entry, path, root, ignore):
                    if entry.is_link:
                        links.append(path)
                    else:
                        found.add(path)
                        yield path
            elif entry.name not in SKIPPED and not entry.is_link and not ignore.matches(path, is_folder=True):
                below.append(path)
        folders += reversed(below)
        yield ""
    yield from _linked(files, root, links, found)


def _linked(files: Files, root: str, links: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    """Yield the links that lead to files that were not found, one for each file."""
    real_root = files.resolve(root)
    seen = {paths.join(real_root, paths.relative(path, root)) for path in found} if links else set()
    for path in links:
        target = files.resolve(path)
        if target not in seen:
            seen.add(target)
            yield path
