"""Discovery: which files below a folder are glossaries, and which are documents worth a look.

It honours `.gitignore` files at every level, stays away from folders that hold nothing made by people, does
not follow links out of the workspace and gives up after a bounded amount of work. It reads no file but
`.gitignore`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls import globs, paths
from glossary_ls.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.files import Entry, Files

GLOSSARY_FOLDER = ".glossary"

_YAML = (".yaml", ".yml")

#: How the names of documents for people end.
DOCUMENT_ENDINGS = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".mkdn",
    ".mdx",
    ".qmd",
    ".rmd",
    ".rst",
    ".rest",
    ".adoc",
    ".asc",
    ".asciidoc",
    ".txt",
    ".text",
)

#: Folders of tools: what is in them was not written for this workspace.
_SKIPPED = frozenset(
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

#: A walk stops after this many folders; workspaces with more are not walked to their end.
_MOST_FOLDERS = 20_000

#: How deep a `.glossary` folder is read.
_DEEPEST = 8


def is_glossary(path: str) -> bool:
    """Tell by its path whether a file is a glossary."""
    name = paths.name(path)
    if not name.endswith(_YAML):
        return False
    stem = name.rpartition(".")[0]
    return stem in {"glossary", ".glossary"} or stem.endswith(".glossary") or _in_folder(path)


def scope_of(path: str) -> str:
    """Return the folder to whose documents a glossary file speaks."""
    parts = paths.parent(path).split("/")
    if GLOSSARY_FOLDER in parts:
        return "/".join(parts[: parts.index(GLOSSARY_FOLDER)]) or "/"
    return paths.parent(path)


def _in_folder(path: str) -> bool:
    return GLOSSARY_FOLDER in paths.parent(path).split("/")


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
            paths.name(folder) in _SKIPPED or self.matches(folder, is_folder=True) for folder in folders
        )

    def _rules_in(self, folder: str) -> tuple[str, ...]:
        if folder not in self._rules:
            path = paths.join(folder, ".gitignore")
            exists = self._files.signature(path) is not None
            self._rules[folder] = tuple(read_text(self._files, path).text.splitlines()) if exists else ()
        return self._rules[folder]


def folder_glossaries(files: Files, folder: str, root: str, ignore: Ignore) -> tuple[str, ...]:
    """Return the glossary files that speak to the documents in `folder` and below, in alphabetical order."""
    found: list[str] = []
    for entry in files.entries(folder):
        path = paths.join(folder, entry.name)
        if entry.is_folder:
            if (
                entry.name == GLOSSARY_FOLDER
                and not entry.is_link
                and not ignore.matches(path, is_folder=True)
            ):
                found += _collected(files, path, root, ignore, _DEEPEST)
        elif is_glossary(path) and _is_usable(files, entry, path, root, ignore):
            found.append(path)
    return tuple(found)


def _collected(files: Files, folder: str, root: str, ignore: Ignore, depth: int) -> Iterator[str]:
    for entry in files.entries(folder):
        path = paths.join(folder, entry.name)
        if not entry.is_folder:
            if is_glossary(path) and _is_usable(files, entry, path, root, ignore):
                yield path
        elif depth and not entry.is_link and not ignore.matches(path, is_folder=True):
            yield from _collected(files, path, root, ignore, depth - 1)


def _is_usable(files: Files, entry: Entry, path: str, root: str, ignore: Ignore) -> bool:
    if entry.is_link and files.signature(path) is None:
        # It leads nowhere, as those do with which editors lock a file.
        return False
    if entry.is_link and not paths.is_within(files.resolve(path), files.resolve(root)):
        return False
    return not ignore.matches(path, is_folder=False)


def walk(files: Files, root: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files below `root` whose path is `wanted`, folder by folder in alphabetical order."""
    return (path for path in steps(files, root, wanted) if path)


def steps(files: Files, root: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Walk like `walk`, and yield an empty string after each folder, so that others get a turn."""
    ignore = Ignore(files, root)
    folders = [root]
    for _ in range(_MOST_FOLDERS):
        if not folders:
            return
        folder = folders.pop()
        below: list[str] = []
        for entry in files.entries(folder):
            path = paths.join(folder, entry.name)
            if not entry.is_folder:
                if wanted(path) and _is_usable(files, entry, path, root, ignore):
                    yield path
            elif (
                entry.name not in _SKIPPED and not entry.is_link and not ignore.matches(path, is_folder=True)
            ):
                below.append(path)
        folders += reversed(below)
        yield ""


def glossary_files(files: Files, root: str) -> Iterator[str]:
    """Yield every glossary file below `root`."""
    return walk(files, root, is_glossary)


def is_document(path: str) -> bool:
    """Tell by its name whether a file is a document for people."""
    return path.lower().endswith(DOCUMENT_ENDINGS)
