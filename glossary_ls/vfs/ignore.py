"""Which files of a workspace folder are ignored: by `.gitignore`, in tool folders, behind outward links.

It reads only `.gitignore` files and must not know what other files contain.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from glossary_ls.base import globs, paths
from glossary_ls.base.model import Problem
from glossary_ls.base.text import word_set
from glossary_ls.vfs.files import is_inside, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.vfs.files import Files, FolderItem

#: Folders of tools, whose content was not written for this workspace.
SKIPPED = word_set(
    ".git .hg .svn .jj node_modules bower_components .venv venv .tox .nox __pycache__ site-packages "
    ".mypy_cache .pytest_cache .ruff_cache .hypothesis .cache .terraform .next .gradle"
)

#: A `.gitignore` that has more bytes is not read.
_LONGEST = 1_000_000

#: So many patterns count for a path, the nearest first and those of one file in order: each is tried.
_MOST_PATTERNS = 5_000


NAME = ".gitignore"


def excess(files: Files, folder: str) -> Problem | None:
    """Return a problem if not all patterns of the `.gitignore` in a folder count."""
    path = paths.join(folder, NAME)
    signature = files.signature(path)
    if signature is None or signature[1] < 2 * _MOST_PATTERNS:
        return None
    if signature[1] > _LONGEST:
        told = f"has {signature[1]:,} bytes, more than the limit of {_LONGEST:,}, and is not read"
    elif (count := sum(1 for _ in _patterns(files, path))) > _MOST_PATTERNS:
        told = f"has {count:,} patterns, of which the first {_MOST_PATTERNS:,} count"
    else:
        return None
    return Problem("too-many-patterns", f"{NAME} {told}; write fewer patterns that cover more")


def _patterns(files: Files, path: str) -> Iterator[str]:
    lines = read_text(files, path).text.splitlines()
    return (line for line in lines if line and not line.startswith("#"))


class Ignore:
    """The `.gitignore` rules of a workspace folder, read on demand."""

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._root = root
        self._rules: dict[str, tuple[str, ...]] = {}

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Return whether the rules ignore this path itself; the nearest file with a matching rule decides."""
        left = _MOST_PATTERNS
        for folder in paths.ancestors(paths.parent(path), self._root):
            rules = self._rules_in(folder)[:left]
            left -= len(rules)
            if rules:
                below = paths.relative(path, folder) + ("/" if is_folder else "")
                verdict = globs.verdict(rules, below)
                if verdict is not None:
                    return verdict
        return False

    def covers(self, path: str) -> bool:
        """Return whether a walk of the workspace folder would skip a file, or a folder above it."""
        folders = paths.ancestors(paths.parent(path), self._root)[:-1]
        return self.matches(path, is_folder=False) or any(
            paths.name(folder) in SKIPPED or self.matches(folder, is_folder=True) for folder in folders
        )

    def _rules_in(self, folder: str) -> tuple[str, ...]:
        if folder not in self._rules:
            path = paths.join(folder, NAME)
            signature = self._files.signature(path)
            is_read = (
                signature is not None
                and signature[1] <= _LONGEST
                and is_inside(self._files, path, self._root)
            )
            patterns = _patterns(self._files, path) if is_read else ()
            self._rules[folder] = tuple(islice(patterns, _MOST_PATTERNS))
        return self._rules[folder]


def is_usable(files: Files, entry: FolderItem, path: str, root: str, ignore: Ignore) -> bool:
    """Return whether to read a file: it is not ignored, not a dangling link and not outside `root`."""
    if entry.is_link and files.signature(path) is None:
        # Dangling, such as the lock files of Emacs.
        return False
    if entry.is_link and not is_inside(files, path, root):
        return False
    return not ignore.matches(path, is_folder=False)
