"""Walking a folder, folder by folder, usually up to a maximum number of folders.

It must not know which files are wanted, or what they contain.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.vfs.ignore import SKIPPED, Ignore, is_usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.vfs.files import Files, Identity

#: A walk stops after this many folders, unless its caller says otherwise.
_MAX_FOLDERS = 20_000


def walk(
    files: Files, root: str, wanted: Callable[[str], bool], most: int | None = _MAX_FOLDERS
) -> Iterator[str]:
    """Yield the files below `root` whose path is `wanted`, folder by folder in alphabetical order.

    Links to files come last, and a file with several paths, such as links, is yielded once. At `most` so many
    folders are read; None stands for all.
    """
    return (path for path in steps(files, root, wanted, most) if path)


def steps(
    files: Files, root: str, wanted: Callable[[str], bool], most: int | None = _MAX_FOLDERS
) -> Iterator[str]:
    """Walk like `walk`, and yield an empty string after each folder, as a place to pause."""
    ignore = Ignore(files, root)
    folders = [root]
    seen: set[Identity] = set()
    links: list[str] = []
    for _ in repeat(None) if most is None else repeat(None, most):
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
                    elif (identity := files.identity(path)) not in seen:
                        seen.add(identity)
                        yield path
            elif entry.name not in SKIPPED and not entry.is_link and not ignore.matches(path, is_folder=True):
                below.append(path)
        folders += reversed(below)
        yield ""
    yield from _linked(files, links, seen)


def _linked(files: Files, links: Iterable[str], seen: set[Identity]) -> Iterator[str]:
    """Yield the links that lead to other files than those that were `seen`, one for each file."""
    for path in links:
        if (identity := files.identity(path)) not in seen:
            seen.add(identity)
            yield path
