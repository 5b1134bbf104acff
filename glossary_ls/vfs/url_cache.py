"""Copies of files from the web in the user's cache folder.

Each URL has a folder of its own, with the file under the name that it has in the URL, and beside the folder
a JSON file with what the server said about it and a checksum. A copy that does not match its checksum is
ignored.
This module must not use the network.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.vfs import urls
from glossary_ls.vfs.files import LARGEST, cache_folder
from glossary_ls.vfs.replacing import replace_file

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy: its path, what the server said about its version, and when it was last up to date.

    `when` is in seconds since the epoch.
    """

    path: str
    etag: str = ""
    modified: str = ""
    when: float = 0.0
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The outcome of a fetch.

    `text` and `path` are those of the copy in the cache, new or old: None and empty without one. `problem` is
    why the server's version could not be read, with the remedy. `when` is when the copy was last known to be
    up to date, in seconds since the epoch, and `checksum` stands for its content.
    """

    text: str | None = None
    path: str = ""
    problem: str = ""
    etag: str = ""
    when: float = 0.0
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class UrlCache:
    """The copies in a folder; without one, nothing is kept."""

    folder: str

    def copy_of(self, url: str) -> Copy | None:
        """Return the copy of a URL, or None if there is no intact one."""
        try:
            found = json.loads(self._header(url).read_text("utf-8"))
            copy = Copy(
                self.path_of(url),
                str(found["etag"]),
                str(found["modified"]),
                float(found["when"]),
                str(found["checksum"]),
            )
            is_intact = (found["format"], found["url"]) == (_FORMAT, url) and _is_intact(copy)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return copy if is_intact else None

    def store(self, url: str, content: bytes, copy: Copy) -> Copy:
        """Write the content of a URL, readable by the user only. Raises OSError."""
        if not self.folder:
            raise OSError("there is no cache folder; set HOME or XDG_CACHE_HOME")
        copy = replace(copy, path=self.path_of(url), checksum=_checksum(content))
        target = Path(copy.path)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(target, content, 0o600)
        self._describe(url, copy)
        return copy

    def confirm(self, url: str, copy: Copy) -> None:
        """Record that a copy is up to date at its time `when`."""
        # If this fails, the server is asked again too early.
        with suppress(OSError):
            self._describe(url, copy)

    def path_of(self, url: str) -> str:
        """Return where the copy of a URL is or would be."""
        return paths.join(self.folder, urls.digest(url), urls.file_name(url))

    def _header(self, url: str) -> Path:
        return Path(self.folder) / f"{urls.digest(url)}.json"

    def _describe(self, url: str, copy: Copy) -> None:
        header = {
            "format": _FORMAT,
            "url": url,
            "etag": copy.etag,
            "modified": copy.modified,
            "when": copy.when,
            "checksum": copy.checksum,
        }
        replace_file(self._header(url), json.dumps(header, indent=1).encode(), 0o600)


def user_cache() -> UrlCache:
    """Return the cache of the user."""
    folder = cache_folder(sys.platform, os.environ)
    return UrlCache(paths.join(folder, "remote") if folder else "")


def _is_intact(copy: Copy) -> bool:
    path = Path(copy.path)
    return path.is_file() and path.stat().st_size <= LARGEST and _checksum(path.read_bytes()) == copy.checksum


def _checksum(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
