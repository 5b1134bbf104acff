"""Which files of a workspace folder are ignored: by `.gitignore`, in tool folders, behind outward links.

It reads only `.gitignore` files and must not know what other files contain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import globs, paths
from glossary_ls.base.model import Problem
from glossary_ls.base.text import word_set
from glossary_ls.vfs.files import is_inside, read_text

if TYPE_CHECKING:
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


class Ignore:
    """The `.gitignore` rules of a workspace folder, read on demand."""

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._root = root
        self._rules: dict[str, tuple[str, ...]] = {}
        self._problems: dict[str, Problem] = {}

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

    def problem(self, folder: str) -> Problem | None:
        """Return a problem if not all patterns of the file in a folder count."""
        self._rules_in(folder)
        return self._problems.get(folder)

    def _rules_in(self, folder: str) -> tuple[str, ...]:
        if folder not in self._rules:
            path = paths.join(folder, NAME)
            signature = self._files.signature(path)
            patterns: tuple[str, ...] = ()
            told = ""
            if signature is not None and is_inside(self._files, path, self._root):
                if signature[1] > _LONGEST:
                    told = f"has {signature[1]:,} bytes, more than the limit of {_LONGEST:,}, and is not read"
                else:
                    lines = read_text(self._files, path).text.splitlines()
                    patterns = tuple(line for line in lines if line and not line.startswith("#"))
            if len(patterns) > _MOST_PATTERNS:
                told = f"has {len(patterns):,} patterns, of which the first {_MOST_PATTERNS:,} count"
            if told:
                message = f"{NAME} {told}; write fewer patterns that cover more"
                self._problems[folder] = Problem("too-many-patterns", message)
            self._rules[folder] = patterns[:_MOST_PATTERNS]
        return self._rules[folder]


def is_usable(files: Files, entry: FolderItem, path: str, root: str, ignore: Ignore) -> bool:
    """Return whether to read a file: it is not ignored, not a dangling link and not outside `root`."""
    if entry.is_link and files.signature(path) is None:
        # Dangling, such as the lock files of Emacs.
        return False
    if entry.is_link and not is_inside(files, path, root):
        return False
    return not ignore.matches(path, is_folder=False)
