"""Files: the only module that touches the disk, behind a protocol with an in-memory twin for tests.

It knows how a file becomes text and where the program's own data and the user's folder lie. It must not know
what is in a file. A file that is missing, unreadable or no text is a value or a problem, never an exception.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import glossary_ls
from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What tells one version of a file from another: time of change and size.
Signature = tuple[int, int]

#: No glossary or document for people is larger; reading more would only cost memory.
LARGEST = 64 * 1024 * 1024

#: How many caches are kept in the user's cache folder, the last written ones: one for each workspace folder.
_MOST_REMEMBERED = 64


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One name in a folder."""

    name: str
    is_folder: bool = False
    is_link: bool = False


class Files(Protocol):
    """What the program does with files. Paths are in the normal form of `paths`."""

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary, or nothing."""
        ...

    def read(self, path: str) -> bytes:
        """Return the content of a file; an OSError tells why there is none."""
        ...

    def entries(self, folder: str) -> Sequence[Entry]:
        """Return what is in a folder, by name; nothing when it cannot be read."""
        ...

    def signature(self, path: str) -> Signature | None:
        """Return the version of a file, or None when there is no such file."""
        ...

    def is_folder(self, path: str) -> bool:
        """Tell whether there is a folder at `path`."""
        ...

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links followed."""
        ...

    def write(self, path: str, text: str) -> None:
        """Replace the file's whole content at once, or leave it as it was; an OSError tells why."""
        ...

    def remembered(self, name: str) -> str | None:
        """Return what was remembered under a name, perhaps by another process; it may be anything."""
        ...

    def remember(self, name: str, text: str) -> None:
        """Keep a text in the user's cache for as long as there is room; it may be lost at any time."""
        ...


class DiskFiles:
    """The disk."""

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary."""
        return user_folder(sys.platform, os.environ)

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        if not stat.S_ISREG(Path(path).stat().st_mode) and not self.is_folder(path):
            # A pipe would keep its reader waiting; what a folder is, the system says itself.
            raise OSError("it is not a regular file")
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise OSError(f"the file is larger than {LARGEST // 1024 // 1024} MB")
        return content

    def entries(self, folder: str) -> Sequence[Entry]:
        """Return what is in a folder, by name."""
        try:
            with os.scandir(folder) as found:
                return sorted(Entry(entry.name, _is_folder(entry), entry.is_symlink()) for entry in found)
        except OSError:
            return ()

    def signature(self, path: str) -> Signature | None:
        """Return the version of a file."""
        try:
            status = Path(path).stat()
        except (OSError, ValueError):
            return None
        return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None

    def is_folder(self, path: str) -> bool:
        """Tell whether there is a folder at `path`."""
        return Path(path).is_dir()

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links followed."""
        return paths.normal(os.path.realpath(path))

    def write(self, path: str, text: str) -> None:
        """Replace the file's whole content at once."""
        target = Path(self.resolve(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, text, target.stat().st_mode & 0o777 if target.exists() else 0o644)

    def remembered(self, name: str) -> str | None:
        """Return what was remembered under a name."""
        folder = cache_folder(sys.platform, os.environ)
        try:
            return self.read(paths.join(folder, name)).decode() if folder else None
        except (OSError, ValueError):
            return None

    def remember(self, name: str, text: str) -> None:
        """Keep a text in the user's cache, for the user's eyes only: it is made of the user's documents."""
        folder = cache_folder(sys.platform, os.environ)
        if not folder:
            return
        # A cache is a convenience: where it cannot be written, the work is done again.
        with suppress(OSError):
            where = Path(folder)
            where.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(where / name, text, 0o600)
            # With what a process left behind that was killed while it wrote.
            kept = sorted(where.glob("*.json*"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
            for outdated in kept[_MOST_REMEMBERED:]:
                outdated.unlink(missing_ok=True)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder; a link that goes round in a circle is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _replace(target: Path, text: str, mode: int) -> None:
    """Put a file in the place of another, so that nobody ever sees a part of it."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class MemoryFiles:
    """Files that exist only in memory: a dict of path and content."""

    def __init__(self, files: Mapping[str, str | bytes] | None = None, user_folder: str = "") -> None:
        self._user_folder = user_folder
        self._contents: dict[str, bytes] = {}
        self._changes = 0
        self._versions: dict[str, int] = {}
        self._remembered: dict[str, str] = {}
        for path, content in (files or {}).items():
            self.put(path, content)

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary, or nothing."""
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

    def entries(self, folder: str) -> Sequence[Entry]:
        """Return what is in a folder, by name."""
        found = set()
        for path in self._contents:
            below = paths.relative(path, folder)
            if below != path:
                head, slash, _ = below.partition("/")
                found.add(Entry(head, bool(slash)))
        return sorted(found)

    def signature(self, path: str) -> Signature | None:
        """Return the version of a file."""
        return (self._versions[path], len(self._contents[path])) if path in self._contents else None

    def is_folder(self, path: str) -> bool:
        """Tell whether there is a file below `path`."""
        return bool(self.entries(path))

    def resolve(self, path: str) -> str:
        """Return the path itself: there are no links."""
        return path

    def write(self, path: str, text: str) -> None:
        """Replace the file's whole content."""
        self.put(path, text)

    def remembered(self, name: str) -> str | None:
        """Return what was remembered under a name."""
        return self._remembered.get(name)

    def remember(self, name: str, text: str) -> None:
        """Remember a text."""
        self._remembered[name] = text


# --- reading text -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file as far as it could be read, and what was wrong with it."""

    text: str
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def read_text(files: Files, path: str) -> Source:
    """Read a file as text: UTF-8 with or without a byte order mark, or UTF-16 with one."""
    try:
        content = files.read(path)
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        return Source("", (Problem("unreadable-file", f"{path}: cannot be read: {reason}"),), readable=False)
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return Source(content.decode(encoding))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        span = Span(len(before), len(before) + 1)
        message = f"{paths.name(path)} is not valid {encoding[:5].upper().rstrip('-')}: save it as UTF-8"
        problem = Problem("not-utf-8", message, span, Severity.ERROR)
        return Source(content.decode(encoding, "replace"), (problem,))


# --- where things are -------------------------------------------------------------------------------------


def user_folder(platform: str, environ: Mapping[str, str]) -> str:
    """Return the folder in which programs of a platform keep what the user configures for them."""
    home = environ.get("HOME") or environ.get("USERPROFILE") or ""
    if platform == "win32":
        base = environ.get("APPDATA") or (home and paths.join(home, "AppData/Roaming"))
    elif platform == "darwin":
        base = home and paths.join(home, "Library/Application Support")
    else:
        xdg = environ.get("XDG_CONFIG_HOME", "")
        base = xdg if xdg.startswith("/") else home and paths.join(home, ".config")
    return paths.join(paths.normal(base), "glossary-ls") if base else ""


def cache_folder(platform: str, environ: Mapping[str, str]) -> str:
    """Return the folder in which programs of a platform keep what they can make again."""
    home = environ.get("HOME") or environ.get("USERPROFILE") or ""
    if platform == "win32":
        base = environ.get("LOCALAPPDATA") or (home and paths.join(home, "AppData/Local"))
    elif platform == "darwin":
        base = home and paths.join(home, "Library/Caches")
    else:
        xdg = environ.get("XDG_CACHE_HOME", "")
        base = xdg if xdg.startswith("/") else home and paths.join(home, ".cache")
    return paths.join(paths.normal(base), "glossary-ls") if base else ""


@lru_cache(maxsize=1)
def program_stamp() -> str:
    """Return a name of the program as it is installed: another one after every change of its code."""
    package = Path(__file__).parents[1]
    digest = blake2b(glossary_ls.__version__.encode(), digest_size=12)
    for path in sorted(package.rglob("*.py")):
        status = path.stat()
        digest.update(f"{path.relative_to(package)} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def data_text(relative: str) -> str:
    """Return the text of a file of the program's own data, such as `packs/common-tech.yaml`."""
    return (_data_folder() / relative).read_text("utf-8")


def data_path(relative: str) -> str:
    """Return the path of a file of the program's own data."""
    return paths.normal(str(_data_folder() / relative))


def is_built_in(path: str) -> bool:
    """Tell whether a glossary file comes with the program, so that nobody can change it."""
    return paths.is_within(path, _packs_folder())


@lru_cache(maxsize=1)
def _packs_folder() -> str:
    return data_path("packs")


def data_names(folder: str) -> tuple[str, ...]:
    """Return the names of the files in a folder of the program's own data, in alphabetical order."""
    where = _data_folder() / folder
    return tuple(sorted(entry.name for entry in where.iterdir())) if where.is_dir() else ()


@lru_cache
def manual_page(relative: str) -> str:
    """Return the path of a page of the manual that comes with the program, such as `settings.md`."""
    folder = _data_folder()
    packaged = folder / "docs"
    return paths.normal(str((packaged if packaged.is_dir() else folder.parent / "docs") / relative))


@lru_cache(maxsize=1)
def _data_folder() -> Path:
    """Return where the data lies: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "data"
    return packaged if packaged.is_dir() else package.parent / "data"
