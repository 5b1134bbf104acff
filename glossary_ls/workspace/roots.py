"""The workspace folders, and which of them a path is in. It must not know what is in the folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.vfs.files import Files


@dataclass(frozen=True, slots=True)
class Roots:
    """Workspace folders.

    `links` are those that are links, or lie below one, each with its real path. `caseless` are those whose
    path may be written in other capitals, as on Windows and macOS.
    """

    folders: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    caseless: tuple[str, ...] = ()

    @classmethod
    def on_disk(cls, files: Files, roots: Iterable[str]) -> Self:
        """Return the workspace folders, compared with what the disk says of their paths."""
        folders = tuple(dict.fromkeys(map(paths.folder, roots)))
        real = ((root, files.resolve(root)) for root in folders)
        caseless = (
            root
            for root in folders
            if root != root.swapcase() and files.identity(root) == files.identity(root.swapcase())
        )
        return cls(folders, tuple(pair for pair in real if pair[0] != pair[1]), tuple(caseless))

    def canonical(self, path: str) -> str:
        """Return the path of a file below its workspace folder as that is written."""
        if not (self.links or self.caseless) or self.innermost(path):
            return path
        named = (*self.links, *((root, root) for root in self.caseless))
        for root, other in named:
            if path.startswith(other) and paths.is_within(path, other):
                return path.replace(other, root, 1)
            start, rest = path[: len(other)], path[len(other) :]
            if root in self.caseless and start.lower() == other.lower() and rest[:1] in {"", "/"}:
                return root + rest
        return path

    def innermost(self, path: str) -> str:
        """Return the innermost folder that contains a path, or an empty string."""
        return max((root for root in self.folders if paths.is_within(path, root)), key=len, default="")

    def of(self, path: str) -> str:
        """Return the innermost folder that contains a path.

        For a file outside of all of them it is the file's own folder; for an unsaved document, the first one.
        """
        if not path:
            return next(iter(self.folders), "")
        path = self.canonical(path)
        return self.innermost(path) or paths.parent(path)
