"""Sources: from what a setting names, or a folder holds, to the files to read as one layer.

This module must not know which documents there are, or what the files define.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import globs, paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.glossary import formats
from glossary_ls.glossary.discovery import is_page
from glossary_ls.glossary.naming import term_folder
from glossary_ls.glossary.recognition import FEWEST_PAGES, TERM_PAGE
from glossary_ls.vfs.files import is_inside
from glossary_ls.vfs.walk import walk
from glossary_ls.workspace.elsewhere import Elsewhere, is_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.settings.kinds import SourceName
    from glossary_ls.settings.schema import Settings
    from glossary_ls.vfs.files import Files

#: The most files of one source.
_MOST_FILES = 5_000

_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Files that make one layer, if they are glossaries.

    `is_named`: settings or another glossary name them, so that they are. `is_folder`: they are the pages of a
    folder. `format` is the id of their format; None leaves it as it is.
    """

    paths: tuple[str, ...]
    is_named: bool = False
    is_folder: bool = False
    format: str | None = None


def is_pattern(where: str) -> bool:
    """Return whether the name of a source is a pattern for files."""
    return not _PATTERN.isdisjoint(where)


def grouped(listing: Iterable[str]) -> Iterator[Candidates]:
    """Yield the files of a listing: each alone, but the pages of a folder of terms together."""
    pages: dict[str, list[str]] = {}
    files: list[str] = []
    for path in listing:
        folder = _page_folder(path)
        if folder:
            pages.setdefault(folder, []).append(path)
        else:
            files.append(path)
    yield from (Candidates((path,)) for path in files)
    yield from (Candidates(tuple(found), is_folder=True) for found in pages.values())


def _page_folder(path: str) -> str:
    found = formats.format_of(path)
    return term_folder(path) if found is not None and found.id == TERM_PAGE else ""


class Sources:
    """The files of named sources, which are searched once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.elsewhere = Elsewhere(files)
        self._listings: dict[tuple[str, str], tuple[str, ...]] = {}
        #: The files and folders that are named, whether they exist or not.
        self._named: set[str] = set()

    def refused(self, settings: Settings) -> Callable[[str], bool]:
        """Return a test for the files, by their paths below the root, that settings call no glossaries."""
        patterns = tuple(each.where[1:] for each in settings.sources if each.where.startswith("!"))
        return (lambda path: globs.matches(patterns, path)) if patterns else (lambda _: False)

    def candidates(self, root: str, named: SourceName, folder: str = "") -> Candidates:
        """Return the files of a source below a root; paths are relative to `folder`, or else to the root.

        There are none outside of the workspace folder, but for shared ones.
        """
        where = named.where.replace("\\", "/")
        if where.startswith("!"):
            return Candidates(())
        if is_elsewhere(where):
            user = self._files.user_folder
            by_user = bool(folder and user) and paths.is_within(folder, user)
            shared = self.elsewhere.files(root, where, by_user=by_user)
            self._named.update(shared)
            return Candidates(shared, is_named=True, format=named.format or _format_in(shared))
        if is_pattern(where):
            found = self._matching(root, where)
            return Candidates(found, is_named=True, format=named.format or _format_in(found))
        path = paths.normal(paths.join(folder or root, where))
        is_ours = is_inside(self._files, path, root)
        if is_ours or paths.is_within(path, root):
            self._named.add(path)
        # Before anything is listed: a folder elsewhere may hold any number of files.
        is_folder = is_ours and self._files.is_folder(path)
        found = self._inside(path) if is_folder else (path,) if is_ours else ()
        return Candidates(found, is_named=True, is_folder=is_folder, format=named.format or _format_in(found))

    def concerns(self, path: str) -> bool:
        """Return whether a file is, or would be, one of a source."""
        if path in self._named or any(path in listing for listing in self._listings.values()):
            return True
        return any(paths.is_within(path, named) for named in self._named) or any(
            paths.is_within(path, root) and globs.matches((where,), paths.relative(path, root))
            for root, where in self._listings
            if is_pattern(where)
        )

    def missing_files(self) -> tuple[str, ...]:
        """Return the files that are named, whether they exist or not."""
        return tuple(self._named)

    def mark(self, path: str) -> None:
        """Search again for the sources that a file may have appeared in, or disappeared from."""
        for key in tuple(self._listings):
            if paths.is_within(path, key[0]) or path in self._listings[key]:
                del self._listings[key]

    def clear(self) -> None:
        """Search all sources again."""
        self._listings.clear()
        self.elsewhere.clear()

    def _matching(self, root: str, pattern: str) -> tuple[str, ...]:
        if (root, pattern) not in self._listings:
            found = walk(
                self._files, root, lambda path: globs.matches((pattern,), paths.relative(path, root))
            )
            self._listings[root, pattern] = _first(found)
        return self._listings[root, pattern]

    def _inside(self, folder: str) -> tuple[str, ...]:
        if (folder, "") not in self._listings:
            suffixes = formats.suffixes()
            found = walk(self._files, folder, lambda path: path.lower().endswith(suffixes))
            self._listings[folder, ""] = _first(found)
        return self._listings[folder, ""]


def _format_in(found: tuple[str, ...]) -> str:
    """Return the format of several files where each alone looks like another one: pages with a term each."""
    is_usual = any(map(formats.may_be_glossary, found))
    pages = len(found) >= FEWEST_PAGES and not is_usual and all(map(is_page, found))
    return TERM_PAGE if pages else ""


def _first(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(path for path, _ in zip(found, range(_MOST_FILES), strict=False))
