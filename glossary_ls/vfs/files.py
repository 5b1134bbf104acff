"""File access, behind a protocol that tests implement in memory.

It decodes files and locates the data files of the program and the folders of the user. It must not know what
a file contains. `read_text` returns a problem, not an exception, for a file that is missing, unreadable or
not text.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import glossary_ls
from glossary_ls.base import memo, paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.vfs.decoding import INVENTORY, inflated, unmarked
from glossary_ls.vfs.replacing import encoded, is_stream, locked, replace_file, replace_user_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Identifies a version of a file: modification time in nanoseconds and size in bytes.
Signature = tuple[int, int]

#: What two paths of one file share: its device and inode, or its real path on file systems without inodes.
Identity = tuple[int, int] | str

#: The size in bytes from which on a file is not read, to bound memory.
LARGEST = 64 * 1024 * 1024

#: A character of UTF-8 that is not ASCII.
_MULTIBYTE = lazily(rb"[\xc2-\xf4][\x80-\xbf]")

#: The number of files in the cache folder; the oldest are deleted. What is saved of a large glossary takes
#: tens of megabytes; of the others, there is one for each workspace folder.
_MAX_CACHE_FILES = (("*glossary-*.json*", 8), ("*.json*", 64))


class FolderItem(NamedTuple):
    """A file or folder in a folder."""

    name: str
    is_folder: bool = False
    is_link: bool = False


class Files(Protocol):
    """The operations on files. Paths are in the normal form of `paths`."""

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary, or an empty string."""

    def read(self, path: str) -> bytes:
        """Return the content of a file. Raises OSError."""

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder, sorted by name; empty when it cannot be read."""

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file, or None when there is no such file."""

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder at `path`."""

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links resolved."""

    def identity(self, path: str) -> Identity:
        """Return the same value for all paths of a file, links and hard links; the path if there is none."""

    def write(self, path: str, text: str, *, is_private: bool = False) -> None:
        """Replace the content of a file atomically. Raises OSError, and leaves the file unchanged.

        Nobody but the user can read a private file.
        """

    def exchange(self, path: str, before: str | None, after: str) -> bool:
        """Replace the text of a file if it is still `before`, None for no file; return whether it was.

        Its encoding is kept. Nobody else of this program writes between the comparison and the change. Raises
        OSError, and leaves the file unchanged.
        """

    def read_cache(self, name: str) -> str | None:
        """Return a text of the user's cache. Other processes write there too: do not trust it."""

    def write_cache(self, name: str, *lines: str) -> None:
        """Write a text to the user's cache, which may drop it at any time. Never raises OSError."""


def _opened(path: str, flags: int) -> int:
    """Open a file, and do not wait for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class DiskFiles:
    """The disk."""

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary."""
        return user_folder(sys.platform, os.environ)

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        if not stat.S_ISREG(_status(path).st_mode) and not self.is_folder(path):
            # Reading a pipe would block. For a folder, `open` raises an error with a better message.
            raise OSError("it is not a regular file")
        with open(path, "rb", opener=_opened) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                # It was put in the place of a file meanwhile.
                raise OSError("it is not a regular file")
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise OSError(f"the file is larger than {LARGEST // 1024 // 1024} MB")
        return content

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder, sorted by name."""
        try:
            with os.scandir(folder) as found:
                return sorted(
                    FolderItem(entry.name, _is_folder(entry), entry.is_symlink()) for entry in found
                )
        except (OSError, ValueError):
            # No path has a zero character or half of a surrogate pair, but a URI may.
            return ()

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        try:
            status = _status(path)
        except (OSError, ValueError):
            return None
        return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder at `path`."""
        return Path(path).is_dir()

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links resolved."""
        try:
            return paths.normal(os.path.realpath(path))
        except ValueError:
            return path

    def identity(self, path: str) -> Identity:
        """Return the same value for all paths of a file, links and hard links; the path if there is none."""
        try:
            status = _status(path)
        except (OSError, ValueError):
            return path
        return (status.st_dev, status.st_ino) if status.st_ino else self.resolve(path)

    def write(self, path: str, text: str, *, is_private: bool = False) -> None:
        """Replace the content of a file atomically."""
        self.replace(path, text.encode(), is_private=is_private)

    def replace(self, path: str, content: bytes, *, is_private: bool = False) -> None:
        """Replace the content of a file atomically; a link stays a link, and the mode is kept.

        A device or a pipe (`/dev/stdout`, `>(program)`) is written to.
        """
        target = Path(self.resolve(path))
        with _as_os_error():
            if is_stream(path):
                Path(path).write_bytes(content)
                return
            target.parent.mkdir(mode=0o700 if is_private else 0o777, parents=True, exist_ok=True)
            replace_user_file(target, content, is_private=is_private)

    def exchange(self, path: str, before: str | None, after: str) -> bool:
        """Replace the text of a file if it is still `before`, None for no file; return whether it was."""
        target = Path(self.resolve(path))
        with _as_os_error():
            target.parent.mkdir(parents=True, exist_ok=True)
        with _as_os_error(), locked(target.parent):
            content = self.read(path) if os.path.lexists(path) else None
            found = None if content is None else decoded(content, path)
            if found is not None and found.problems:
                raise OSError(found.problems[0].message)
            if (found and found.text) != before:
                return False
            replace_user_file(target, encoded(after, content or b""))
        return True

    def read_cache(self, name: str) -> str | None:
        """Return a text of the user's cache."""
        folder = cache_folder(sys.platform, os.environ)
        try:
            return self.read(paths.join(folder, name)).decode() if folder else None
        except (OSError, ValueError):
            return None

    def write_cache(self, name: str, *lines: str) -> None:
        """Write a text to the user's cache, readable by the user only: it quotes the user's documents."""
        folder = cache_folder(sys.platform, os.environ)
        if not folder or sum(map(len, lines)) > LARGEST:
            return
        # Without a cache, the work is only repeated.
        with suppress(OSError):
            where = Path(folder)
            where.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Only one line at a time is copied.
            content = (text.encode() for text in chain(lines[:1], (f"\n{line}" for line in lines[1:])))
            replace_file(where / name, content, 0o600)
            # The pattern includes temporary files of processes that were killed while writing.
            for pattern, most in _MAX_CACHE_FILES:
                found = sorted(where.glob(pattern), key=lambda file: file.stat().st_mtime_ns, reverse=True)
                for outdated in found[most:]:
                    outdated.unlink(missing_ok=True)


def _status(path: str) -> os.stat_result:
    return os.stat(path)  # noqa: PTH116  a `Path` takes twice the time, for some ten calls a file


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Raise OSError for a path that cannot be one, or a text that cannot be encoded."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder; a circular link is not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


# --- reading text -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file as far as it could be decoded, and the problems found."""

    text: str
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def is_inside(files: Files, path: str, folder: str) -> bool:
    """Return whether a path leads to a place in a folder once links are resolved.

    A share of another computer that is not below the folder is not asked: that may send it the user's
    credentials.
    """
    if path.startswith("//") and not paths.is_within(path, folder):
        return False
    return paths.is_within(files.resolve(path), files.resolve(folder))


def read_text(files: Files, path: str, *, is_legacy: bool = False) -> Source:
    """Read a file as text: UTF-8 with or without a byte order mark, or UTF-16 with one.

    With `is_legacy`, what cannot be UTF-8 is read as Windows-1252, which contains ISO 8859-1.
    An inventory of Sphinx is text that is compressed behind its first lines.
    """
    try:
        content = files.read(path)
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        return Source("", (Problem("unreadable-file", f"{path}: cannot be read: {reason}"),), readable=False)
    return decoded(content, path, is_legacy=is_legacy)


def decoded(content: bytes, path: str, *, is_legacy: bool = False) -> Source:
    """Decode the content of a file as `read_text` does."""
    if content.startswith(INVENTORY):
        content = inflated(content, LARGEST)
    if encoding := unmarked(content):
        message = f"{paths.name(path)} is UTF-16 without a byte order mark: save it as UTF-8"
        problem = Problem("not-utf-8", message, Span(0, 1), Severity.ERROR)
        return Source(content.decode(encoding, "replace"), (problem,))
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return Source(content.decode(encoding))
    except UnicodeDecodeError as error:
        if is_legacy and not _MULTIBYTE.search(content):
            return Source(content.decode("cp1252", "replace"))
        before = content[: error.start].decode(encoding, "replace")
        span = Span(len(before), len(before) + 1)
        # Git takes a file with a zero byte for one that is no text, too.
        is_text = encoding == "utf-16" or b"\0" not in content
        remedy = "save it as UTF-8" if is_text else "exclude it if it is no text"
        message = f"{paths.name(path)} is not valid {encoding.removesuffix('-sig').upper()}: {remedy}"
        problem = Problem("not-utf-8", message, span, Severity.ERROR)
        return Source(content.decode(encoding, "replace"), (problem,))


# --- folders ----------------------------------------------------------------------------------------------


def user_folder(platform: str, environ: Mapping[str, str]) -> str:
    """Return the folder of the user's configuration of this program on a platform, or an empty string."""
    return _folder_of_user(platform, environ, _CONFIGURATION)


def cache_folder(platform: str, environ: Mapping[str, str]) -> str:
    """Return the folder of this program's cache on a platform, or an empty string."""
    return _folder_of_user(platform, environ, _CACHE)


#: By platform, an environment variable and the default, relative to the home folder. Other platforms follow
#: the XDG Base Directory Specification.
_CONFIGURATION = {
    "win32": ("APPDATA", "AppData/Roaming"),
    "darwin": ("", "Library/Application Support"),
    "": ("XDG_CONFIG_HOME", ".config"),
}
_CACHE = {
    "win32": ("LOCALAPPDATA", "AppData/Local"),
    "darwin": ("", "Library/Caches"),
    "": ("XDG_CACHE_HOME", ".cache"),
}


def _folder_of_user(platform: str, environ: Mapping[str, str], folders: Mapping[str, tuple[str, str]]) -> str:
    home = environ.get("HOME") or environ.get("USERPROFILE") or ""
    if not (home.startswith(("/", "\\")) or re.match("[A-Za-z]:", home)):
        # Below the current folder, a repository could read and write what is the user's.
        home = ""
    variable, default = folders.get(platform, folders[""])
    given = environ.get(variable, "")
    if variable.startswith("XDG") and not given.startswith("/"):
        # A relative path is invalid in the XDG specification and has to be ignored.
        given = ""
    folder = given or (home and paths.join(home, default))
    return paths.join(paths.normal(folder), "glossary-ls") if folder else ""


def _files_below(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files_below(entry.path)
            else:
                yield entry


@memo.recent(1)
def program_stamp() -> str:
    """Return a fingerprint of the installed code and its tables, which changes with every change of them."""
    digest = blake2b(glossary_ls.__version__.encode(), digest_size=12)
    code, data = str(Path(__file__).parents[1]), str(_data_folder())
    for entry in sorted((*_files_below(code), *_files_below(data)), key=lambda entry: entry.path):
        if entry.name.endswith((".py", ".toml", ".txt")) or entry.path.startswith(paths.join(data, "packs")):
            status = entry.stat()
            digest.update(f"{entry.path} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def data_text(relative: str) -> str:
    """Return the text of a data file of the program, such as `packs/common-tech.yaml`."""
    return (_data_folder() / relative).read_text("utf-8")


@memo.recent(64)
def data_path(relative: str) -> str:
    """Return the path of a data file of the program."""
    return paths.normal(str(_data_folder() / relative))


def is_built_in(path: str) -> bool:
    """Return whether a glossary file is part of the program, and so read-only."""
    return paths.is_within(path, data_path("packs"))


def portable(path: str) -> str:
    """Return a name for a glossary that is the same on all machines if it is part of the program."""
    return f"packs/{paths.name(path)}" if is_built_in(path) else path


def data_names(folder: str) -> tuple[str, ...]:
    """Return the names of the files in a data folder of the program, sorted."""
    where = _data_folder() / folder
    return tuple(sorted(entry.name for entry in where.iterdir())) if where.is_dir() else ()


@memo.recent(64)
def manual_page(relative: str) -> str:
    """Return the path of a page of the bundled manual, such as `settings.md`."""
    folder = _data_folder()
    packaged = folder / "docs"
    return paths.normal(str((packaged if packaged.is_dir() else folder.parent / "docs") / relative))


def manual_text(relative: str) -> str:
    """Return the text of a page of the bundled manual."""
    return Path(manual_page(relative)).read_text("utf-8")


@memo.recent(1)
def _data_folder() -> Path:
    """Return the data folder: in the installed package or, in a checkout, next to the package."""
    package = Path(__file__).parents[1]
    packaged = package / "data"
    return packaged if packaged.is_dir() else package.parent / "data"
