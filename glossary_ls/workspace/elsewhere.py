"""Shared glossaries: the files of sources that are in no workspace folder, which are only read.

These are glossaries in installed Python packages (`package:NAME`) and copies of files at URLs. This module
must not know in which setting or file a source is named.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem
from glossary_ls.vfs import urls
from glossary_ls.vfs.packages import package_files
from glossary_ls.vfs.url_cache import user_cache
from glossary_ls.workspace.accepted_urls import AcceptedUrls
from glossary_ls.workspace.remote_sources import CODE, RemoteSources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.vfs.files import Files
    from glossary_ls.vfs.packages import PackageFiles

_PACKAGE = "package:"


def is_elsewhere(where: str) -> bool:
    """Return whether a source is no file of the workspace: an installed package, or a URL."""
    return where.startswith((_PACKAGE, "https://"))


class Elsewhere:
    """The files of packages and URLs."""

    def __init__(self, files: Files) -> None:
        self.cache = user_cache()
        self.remote = RemoteSources(self.cache.copy_of, AcceptedUrls(files), time.time)
        self._packages: dict[str, PackageFiles] = {}
        #: Where each file is from, for people.
        self._origins: dict[str, str] = {}
        #: What `files` has returned, and what it is to return on another machine.
        self.found: dict[tuple[str, str, bool], tuple[str, ...]] = {}
        self._adopted: Mapping[tuple[str, str, bool], tuple[str, ...]] | None = None

    def files(self, root: str, where: str, *, by_user: bool = False) -> tuple[str, ...]:
        """Return the files of a source that a workspace folder names, or that the user names for it."""
        if self._adopted is not None:
            return self._adopted.get((root, where, by_user), ())
        found = self.found[root, where, by_user] = self._files(root, where, by_user=by_user)
        return found

    def adopt(self, found: Mapping[tuple[str, str, bool], tuple[str, ...]]) -> None:
        """Return from now on the files that another machine has found."""
        self._adopted = found

    def _files(self, root: str, where: str, *, by_user: bool) -> tuple[str, ...]:
        if where.startswith(_PACKAGE):
            name = where.removeprefix(_PACKAGE)
            found = self._package(name).paths
            self._origins |= dict.fromkeys(found, f"from the Python package {name}")
            return found
        path = self.remote.path(root, where, by_user=by_user)
        if not path:
            return ()
        self._origins[path] = f"from {urls.shown(where)}"
        return (path,)

    def problem(self, root: str, where: str) -> Problem | None:
        """Return why a source is not read or not up to date, and the remedy; the problem has no place."""
        if not where.startswith(_PACKAGE):
            return self.remote.problem(root, where)
        problems = self._package(where.removeprefix(_PACKAGE)).problems
        return Problem(CODE, f"'{where}' is not read: {'; '.join(problems)}") if problems else None

    def origin(self, path: str) -> str:
        """Return where a file is from, for people; empty if it is not shared."""
        return self._origins.get(path, "")

    def clear(self) -> None:
        """Look for packages again."""
        self._packages.clear()

    def _package(self, name: str) -> PackageFiles:
        if name not in self._packages:
            self._packages[name] = package_files(name)
        return self._packages[name]
