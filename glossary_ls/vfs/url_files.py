"""The disk, and files at URLs that a command names: in S3 and other stores, and on web servers.

A URL is a path below the root folder (`ROOT/s3://bucket/docs/a.md`), so that nothing else has to know URLs,
the settings and glossaries of that folder apply, and the relative path is the URL. There is only what is at a
URL that was added, as it was listed then, and it is never written. Credentials are those that fsspec finds
by its own means; messages contain neither passwords nor queries. This module must not know what a file holds.
"""

from __future__ import annotations

import re
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from glossary_ls.base import paths
from glossary_ls.vfs.files import LARGEST, DiskFiles, FolderItem
from glossary_ls.vfs.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from glossary_ls.vfs.files import Identity, Signature

#: A drive of Windows is no scheme.
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
_QUERY = re.compile(r"\?[^\s'\")>]+")
_LOGIN = re.compile(r"//[^/\s@]*@")

#: The schemes whose URLs have a query, and whose folders are pages with links, which are listed so deep.
_WEB = frozenset({"http", "https"})
_DEEPEST = 16

#: So many files, or so many bytes if those are fewer, are fetched at the same time.
_MOST_FILES, _MOST_BYTES = 64, 8 * 1024 * 1024

#: What file systems call the version of a file.
_VERSIONS = ("ETag", "LastModified", "Last-Modified", "last_modified", "mtime", "updated", "created")


class UrlError(Exception):
    """A URL that cannot be read; the message names it, the cause and the remedy."""


class Place(NamedTuple):
    """Where a file at a URL is: its scheme, and its path in the file system of that scheme."""

    scheme: str
    path: str
    signature: Signature


def is_url(argument: str) -> bool:
    """Return whether an argument of a command is a URL."""
    return _URL.fullmatch(argument) is not None


class UrlFiles(DiskFiles):
    """The disk, and the files at some URLs, which are paths below the folder `base`."""

    def __init__(self, base: str, urls: Iterable[str] = ()) -> None:
        """Add some URLs. Raises UrlError."""
        self.base = base
        self._urls: dict[str, str] = {}
        self.schemes: tuple[str, ...] = ()
        self._files: dict[str, Place] = {}
        self._folders: dict[str, dict[str, FolderItem]] = {}
        self._expected: list[str] = []
        self._places: dict[str, int] = {}
        self._fetched: dict[str, bytes | Exception] = {}
        self._failed: dict[str, str] = {}
        for url in urls:
            self.add(url)

    def __reduce__(self) -> tuple[type[UrlFiles], tuple[str, tuple[str, ...]]]:
        """Return how another process lists the same URLs."""
        return UrlFiles, (self.base, tuple(self._urls.values()))

    # --- URLs ---------------------------------------------------------------------------------------------

    def add(self, url: str) -> str:
        """List what is at a URL, and return its path. Raises UrlError."""
        found = _URL.fullmatch(url)
        scheme, place = (found[1].lower(), found[2]) if found else ("", url)
        login = place.partition("/")[0].rpartition("@")[0]
        if ":" in login and scheme != "github":
            raise UrlError(
                f"{shown(url)}: a URL must not contain a password; use the means of fsspec for {scheme}"
            )
        if scheme in _WEB:
            place = re.split("[?#]", place, maxsplit=1)[0]
        is_folder = place.endswith("/")
        path = f"{self.base}/{scheme}://{place.rstrip('/')}"
        key = self._key_of(path, scheme)
        if key in self._urls:
            if self._urls[key] != url:
                raise UrlError(
                    f"{shown(url)}: another URL differs only in what follows the path; name one of them"
                )
            return path
        listed = _listed(scheme, url, is_folder=is_folder)
        self._urls[key] = url
        self.schemes = tuple(dict.fromkeys((*self.schemes, f"{self.base}/{scheme}:")))
        for below, file in listed.items():
            self._put(f"{key}/{below}" if below else key, key, file)
        return path

    def has(self, path: str) -> bool:
        """Return whether a path is that of a file or folder at a URL, or would be."""
        return path.startswith(self.schemes)

    def url_of(self, path: str) -> str:
        """Return the URL of a path, or an empty string if it is on the disk."""
        if not self.has(path):
            return ""
        scheme, _, place = paths.relative(path, self.base).partition(":")
        slashes = "///" if scheme == "file" else "//"
        return f"{scheme}:{slashes}{place.lstrip('/')}"

    def top_of(self, path: str) -> str:
        """Return the path of the URL that was added and that a path is at or below, or an empty string."""
        key = self._key(path)
        top = next((top for top in self._urls if key is not None and paths.is_within(key, top)), None)
        return "" if top is None or key is None else path[: len(path) - len(key) + len(top)]

    def expect(self, files: Sequence[str]) -> None:
        """Record that files will be read in an order, so that several can be fetched at the same time."""
        self._expected = [key for key in map(self._key, files) if key is not None]
        self._places = {key: place for place, key in enumerate(self._expected)}
        self._fetched.clear()

    def _key(self, path: str) -> str | None:
        """Return the key of a path at a URL in the tables, whatever the number of slashes in front."""
        if not self.has(path):
            return None
        return self._key_of(path, paths.relative(path, self.base).partition(":")[0])

    def _key_of(self, path: str, scheme: str) -> str:
        place = path[len(self.base) + 1 + len(scheme) + 1 :]
        return f"{scheme}:{place.lstrip('/')}"

    def _put(self, key: str, top: str, file: Place) -> None:
        """Add a file, and the folders down to it."""
        self._files[key] = file
        name, is_folder = key, False
        while len(name) > len(top):
            folder, _, last = name.rpartition("/")
            items = self._folders.setdefault(folder, {})
            is_known = last in items
            items[last] = FolderItem(last, is_folder)
            if is_known:
                break
            name, is_folder = folder, True

    def place_of(self, path: str) -> Place | None:
        """Return where a file at a URL is, or None for a file on the disk or none."""
        key = self._key(path)
        return None if key is None else self._files.get(key)

    def take_places(self, places: Mapping[str, Place]) -> None:
        """Replace what is known of files at URLs by some of them, given their paths."""
        self._files = {key: place for path, place in places.items() if (key := self._key(path)) is not None}

    def fail(self, path: str, problem: str) -> None:
        """Have a file be unreadable."""
        self._failed[path] = problem

    # --- files --------------------------------------------------------------------------------------------

    def read(self, path: str) -> bytes:
        """Return the content of a file. Raises OSError."""
        if path in self._failed:
            raise OSError(self._failed[path])
        key = self._key(path)
        if key is None:
            return super().read(path)
        file = self._files.get(key)
        if file is None:
            raise FileNotFoundError(2, "No such file")
        if file.signature[1] > LARGEST:
            raise OSError(f"the file is larger than {LARGEST // 1024 // 1024} MB")
        if file.scheme == "file":
            return super().read(file.path)
        if key not in self._fetched:
            self._fetched = _fetched(self._files, self._batch(key))
        content = self._fetched.pop(key)
        if isinstance(content, Exception):
            raise OSError(reason(content)) from None
        return content

    def _batch(self, key: str) -> list[str]:
        """Return the keys of the files to fetch with one of them."""
        batch, size = [key], self._files[key].signature[1]
        place = self._places.get(key)
        for other in () if place is None else self._expected[place + 1 : place + _MOST_FILES]:
            file = self._files.get(other)
            size += file.signature[1] if file else 0
            if size > _MOST_BYTES:
                break
            if file is not None and file.scheme == self._files[key].scheme:
                batch.append(other)
        return batch

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder, sorted by name; in `base`, also the URLs that were added."""
        key = self._key(folder)
        if key is not None:
            return sorted(self._folders.get(key, {}).values())
        found = super().list_folder(folder)
        if folder != self.base or not self._urls:
            return found
        added = ((f"{folder}/{key.replace(':', ':/', 1)}", key in self._folders) for key in self._urls)
        return sorted((*found, *(FolderItem(self.url_of(path), is_folder) for path, is_folder in added)))

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        key = self._key(path)
        if key is None:
            return super().signature(path)
        file = self._files.get(key)
        return file.signature if file else None

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder at `path`."""
        key = self._key(path)
        return super().is_folder(path) if key is None else key in self._folders or key in self._urls

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links resolved."""
        if not self.has(path):
            return super().resolve(path)
        return super().resolve(self.base) + path[len(self.base) :]

    def identity(self, path: str) -> Identity:
        """Return the same value for all paths of a file."""
        key = self._key(path)
        return super().identity(path) if key is None else key

    def replace(self, path: str, content: bytes, *, is_private: bool = False) -> None:
        """Replace the content of a file on the disk."""
        self._refuse(path)
        super().replace(path, content, is_private=is_private)

    def exchange(self, path: str, before: str | None, after: str) -> bool:
        """Replace the text of a file on the disk if it is still `before`; return whether it was."""
        self._refuse(path)
        return super().exchange(path, before, after)

    def _refuse(self, path: str) -> None:
        if self.has(path):
            raise OSError("files at URLs are only read")


# --- fsspec -----------------------------------------------------------------------------------------------


def _file_system(scheme: str) -> Any:  # noqa: ANN401  because fsspec has no types
    """Return the file system of a scheme, of which fsspec keeps one. Raises ImportError, ValueError."""
    import fsspec  # noqa: PLC0415  because only URLs need it

    return fsspec.filesystem(scheme)


def _listed(scheme: str, url: str, *, is_folder: bool) -> dict[str, Place]:
    """Return the files at a URL by their paths below it, an empty one if it is a file. Raises UrlError."""
    if scheme == "file":
        return _listed_on_disk(url)
    try:
        system = _file_system(scheme)
        top = system._strip_protocol(url)  # noqa: SLF001  because it is how all users of fsspec get a path
        if not is_folder:
            found = system.info(top)
            if found["type"] != "directory":
                return {"": Place(scheme, top, _signature(found))}
        limit = {"maxdepth": _DEEPEST} if scheme in _WEB else {}
        listing = system.find(top, detail=True, **limit)
        # It keeps a listing of its own.
        system.invalidate_cache()
    except ImportError as error:
        raise UrlError(_missing(scheme, url, error)) from None
    except Exception as error:  # noqa: BLE001  because each file system has its own errors
        raise UrlError(f"{shown(url)}: {reason(error)}") from None
    files: dict[str, Place] = {}
    for path, info in listing.items():
        below = path.removeprefix(top.rstrip("/")).lstrip("/").removeprefix("./")
        if info["type"] == "file" and not {"", ".", ".."} & set(below.split("/")):
            files[below] = Place(scheme, path, _signature(info))
    if not files:
        raise UrlError(f"{shown(url)}: there are no files")
    return files


def _listed_on_disk(url: str) -> dict[str, Place]:
    """Return the files at a `file:` URL, without links to other places and what `.gitignore` files name."""
    disk, top = DiskFiles(), paths.folder(paths.from_uri(url) or "/")
    if (signature := disk.signature(top)) is not None:
        return {"": Place("file", top, signature)}
    if not disk.is_folder(top):
        raise UrlError(f"{shown(url)}: no such file or folder")
    found = ((path, disk.signature(path)) for path in walk(disk, top, lambda _: True))
    return {paths.relative(path, top): Place("file", path, known) for path, known in found if known}


def _fetched(files: dict[str, Place], keys: Sequence[str]) -> dict[str, bytes | Exception]:
    """Return the content of some files of one scheme, or why one cannot be read."""
    try:
        system = _file_system(files[keys[0]].scheme)
        # `cat` would take some names for patterns.
        contents = system.cat_ranges([files[key].path for key in keys], None, None, on_error="return")
    except Exception as error:  # noqa: BLE001  as above
        contents = [error] * len(keys)
    return dict(zip(keys, contents, strict=True))


def _signature(info: dict[str, Any]) -> Signature:
    """Return the signature of a file; if its version is not known, one that no later run has."""
    version = next((info[name] for name in _VERSIONS if info.get(name)), time.time_ns())
    digest = blake2b(str(version).encode(), digest_size=7).digest()
    return int.from_bytes(digest), int(info.get("size") or 0)


# --- messages ---------------------------------------------------------------------------------------------


def shown(url: str) -> str:
    """Return a URL without what may be secret: a password, and what follows the path."""
    return _QUERY.sub("?...", _LOGIN.sub("//...@", url) if ":" in url.partition("@")[0][8:] else url)


def _missing(scheme: str, url: str, error: ImportError) -> str:
    if (error.name or "").partition(".")[0] == "fsspec" or scheme in {*_WEB, "s3", "s3a"}:
        return f"{shown(url)}: reading URLs needs more packages: pip install 'glossary-ls[remote]'"
    return f"{shown(url)}: a package is missing: {error}"


def reason(error: BaseException) -> str:
    """Return why something failed, in one line and without what may be secret."""
    if isinstance(error, FileNotFoundError):
        # fsspec says so, too, of a server that cannot be reached.
        cause = error.__cause__
        return reason(cause) if isinstance(cause, OSError) else "no such file or folder"
    status, message = getattr(error, "status", None), getattr(error, "message", "")
    text = f"{status} {message}" if status and message else f"{error}" or type(error).__name__
    return _QUERY.sub("?...", _LOGIN.sub("//...@", " ".join(text.split())))[:300]
