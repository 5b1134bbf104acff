"""Which files of a workspace folder are left out: `.gitignore` rules, folders of tools, links out of it.

It reads no file but `.gitignore`, and must not know what the other files hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import globs, paths
from glossary_ls.vfs.files import read_text

if TYPE_CHECKING:
    from glossary_ls.vfs.files import Entry, Files

#: Folders of tools: what is in them was not written for this workspace.
SKIPPED = frozenset(
    [
        ".git",
        ".hg",
        ".svn",
        ".jj",
        "node_modules",
        "bower_components",
        ".venv",
        "venv",
        ".tox",
        ".nox",
        "__pycache__",
        "site-packages",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".hypothesis",
        ".cache",
        ".terraform",
        ".next",
        ".gradle",
    ]
)


class Ignore:
    """The `.gitignore` rules of a workspace folder, read as they are needed."""

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._root = root
        self._rules: dict[str, tuple[str, ...]] = {}

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether the rules name this very path; the nearest file with a rule about it decides."""
        for folder in paths.ancestors(paths.parent(path), self._root):
            rules = self._rules_in(folder)
            if rules:
                below = paths.relative(path, folder) + ("/" if is_folder else "")
                verdict = globs.verdict(rules, below)
                if verdict is not None:
                    return verdict
        return False

    def covers(self, path: str) -> bool:
        """Tell whether a walk from the workspace folder would pass a file over."""
        folders = paths.ancestors(paths.parent(path), self._root)[:-1]
        return self.matches(path, is_folder=False) or any(
            paths.name(folder) in SKIPPED or self.matches(folder, is_folder=True) for folder in folders
        )

    def _rules_in(self, folder: str) -> tuple[str, ...]:
        if folder not in self._rules:
            path = paths.join(folder, ".gitignore")
            exists = self._files.signature(path) is not None
            self._rules[folder] = tuple(read_text(self._files, path).text.splitlines()) if exists else ()
        return self._rules[folder]


def is_usable(files: Files, entry: Entry, path: str, root: str, ignore: Ignore) -> bool:
    """Return whether an entry of a folder is to be read: not ignored, not broken, not outside `root`."""
    if entry.is_link and files.signature(path) is None:
        # It leads nowhere, as those do with which editors lock a file.
        return False
    if entry.is_link and not paths.is_within(files.resolve(path), files.resolve(root)):
        return False
    return not ignore.matches(path, is_folder=False)
