"""Implementations of `Files` in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.vfs.files import FolderItem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from glossary_ls.vfs.files import Signature


class MemoryFiles:
    """Files in memory: a dictionary of path and content."""

    def __init__(self, files: Mapping[str, str | bytes] | None = None, user_folder: str = "") -> None:
        self._user_folder = user_folder
        self._contents: dict[str, bytes] = {}
        self._changes = 0
        self._versions: dict[str, int] = {}
        self._cache: dict[str, str] = {}
        for path, content in (files or {}).items():
            self.put(path, content)

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary, or an empty string."""
        return self._user_folder

    def put(self, path: str, content: str | bytes) -> None:
        """Create or change a file."""
        self._changes += 1
        self._contents[path] = content.encode() if isinstance(content, str) else content
        self._versions[path] = self._changes

    def remove(self, path: str) -> None:
        """Delete a file."""
        del self._contents[path]

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        if path not in self._contents:
            raise FileNotFoundError(2, "No such file or directory", path)
        return self._contents[path]

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder, sorted by name."""
        found = set()
        for path in self._contents:
            below = paths.relative(path, folder)
            if below != path:
                head, slash, _ = below.partition("/")
                found.add(FolderItem(head, bool(slash)))
        return sorted(found)

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        return (self._versions[path], len(self._contents[path])) if path in self._contents else None

    def is_folder(self, path: str) -> bool:
        """Return whether there is a file below `path`."""
        return bool(self.list_folder(path))

    def resolve(self, path: str) -> str:
        """Return the path itself, as there are no links."""
        return path

    def identity(self, path: str) -> str:
        """Return the path itself, as there are no links."""
        return path

    def write(self, path: str, text: str, *, is_private: bool = False) -> None:  # noqa: ARG002  because nobody else reads memory
        """Replace the content of a file."""
        self.put(path, text)

    def exchange(self, path: str, before: str | None, after: str) -> bool:
        """Replace the text of a file if it is still `before`, None for no file; return whether it was."""
        found = self.read(path).decode() if self.signature(path) else None
        if found == before:
            self.write(path, after)
        return found == before

    def read_cache(self, name: str) -> str | None:
        """Return a text of the cache."""
        return self._cache.get(name)

    def write_cache(self, name: str, *lines: str) -> None:
        """Write a text to the cache."""
        self._cache[name] = "\n".join(lines)


class CaselessFiles(MemoryFiles):
    """Files in memory as on the disks of Windows and macOS: names keep their capitals, which do not count."""

    def _known(self, path: str) -> str:
        """Return the path as the file was created, or the path itself."""
        return next((known for known in self._contents if known.lower() == path.lower()), path)

    def put(self, path: str, content: str | bytes) -> None:
        """Create or change a file."""
        super().put(self._known(path), content)

    def remove(self, path: str) -> None:
        """Delete a file."""
        super().remove(self._known(path))

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        return super().read(self._known(path))

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder, sorted by name."""
        start = f"{folder.rstrip('/')}/".lower()
        inside = next(
            (path[: len(start)] for path in self._contents if path.lower().startswith(start)), folder
        )
        return super().list_folder(inside)

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        return super().signature(self._known(path))

    def identity(self, path: str) -> str:
        """Return the same value for all ways of writing a path."""
        return path.lower()


class LinkedFiles(MemoryFiles):
    """Files in memory with symbolic links to files and folders, which may be circular or lead nowhere."""

    def __init__(self, files: Mapping[str, str | bytes], links: Mapping[str, str]) -> None:
        self._links = dict(links)
        super().__init__(files)

    def link(self, path: str, target: str | None) -> None:
        """Create or change a link to a path, or delete it."""
        if target is None:
            del self._links[path]
        else:
            self._links[path] = target

    def resolve(self, path: str) -> str:
        """Return the path with links resolved; one below a circle stays as it is."""
        found = path
        for _ in range(len(self._links) + 2):
            link = next((each for each in self._links if paths.is_within(found, each)), None)
            if link is None:
                return found
            found = self._links[link] + found.removeprefix(link)
        return path

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        return super().read(self.resolve(path))

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder, sorted by name."""
        real = self.resolve(folder)
        links = [path for path in self._links if paths.parent(path) == real]
        found = [FolderItem(paths.name(path), self.is_folder(path), is_link=True) for path in links]
        return sorted((*super().list_folder(real), *found))

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        return super().signature(self.resolve(path))

    def is_folder(self, path: str) -> bool:
        """Return whether there is a file below `path`."""
        real = self.resolve(path)
        return bool(super().list_folder(real)) and not (path in self._links and real == path)

    def identity(self, path: str) -> str:
        """Return the path with links resolved."""
        return self.resolve(path)

    def exchange(self, path: str, before: str | None, after: str) -> bool:
        """Replace the text of the file that a link leads to, if it is still `before`."""
        return super().exchange(self.resolve(path), before, after)
