"""The workspace folders, and which of them a path is in. It must not know what is in the folders."""

from __future__ import annotations

from dataclasses import dataclass

from glossary_ls.base import paths


@dataclass(frozen=True, slots=True)
class Roots:
    """Workspace folders. `links` are those that are links, or lie below one, each with its real path."""

    folders: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    def canonical(self, path: str) -> str:
        """Return the path below the workspace folder of a file that is named by its real path."""
        if self.links and not self.innermost(path):
            for root, real in self.links:
                if paths.is_within(path, real):
                    return path.replace(real, root, 1)
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
