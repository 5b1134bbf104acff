"""Paths and URIs as plain strings in one normal form, so that they can be compared and used as keys.

A path is absolute, with forward slashes on every system, and a lower-case drive letter or server name
(`c:/`, `//server/share`). Containment compares whole path components, not character prefixes. This module
must not touch the disk, so it cannot know whether capitals matter.
"""

from __future__ import annotations

import os.path
import re
from posixpath import dirname, normpath
from posixpath import join as join_below
from urllib.parse import quote, unquote, urlsplit

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily

__all__ = [
    "ancestors",
    "folder",
    "from_uri",
    "is_within",
    "join",
    "key",
    "name",
    "normal",
    "parent",
    "relative",
    "scheme",
    "to_uri",
]

_DRIVE = lazily(r"^/?([A-Za-z]):(?=/|$)")
_SERVER = lazily(r"^//[^/]+")
#: The prefixes of Windows for paths of any length, for drives and for servers.
_VERBATIM = lazily(r"^//\?/(?:UNC/|(?=[A-Za-z]:))", re.IGNORECASE)
#: The path of a URI, and its host, in which a client has left the separators and the drive of Windows.
_BACKSLASHES = lazily(r"/[A-Za-z]:\\")
_DRIVE_AS_HOST = lazily(r"[A-Za-z]:")


def normal(path: str) -> str:
    """Return the normal form of a path from the system or a user."""
    path = os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100  because paths are strings
    if verbatim := _VERBATIM.match(path):
        path = path[verbatim.end() :] if verbatim[0].endswith("?/") else f"//{path[verbatim.end() :]}"
    return _with_root(path)


def join(folder: str, *names: str) -> str:
    """Return the path of a name below a folder, or the name if that has a drive or a slash in front."""
    for name in names:
        folder = _with_root(name) if _DRIVE.match(name) else join_below(folder, name)
    return folder


def parent(path: str) -> str:
    """Return the folder of a path; the root folder of a drive or file system is its own parent."""
    folder = dirname(path)
    return f"{folder}/" if _DRIVE.fullmatch(folder) else folder


def folder(path: str) -> str:
    """Return the path of a folder without the slash at its end, which only a root folder keeps."""
    return _with_root(path.rstrip("/") or "/")


def name(path: str) -> str:
    """Return the last component of a path."""
    return path.rpartition("/")[2]


def is_within(path: str, folder: str) -> bool:
    """Return whether `path` is `folder` or below it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def relative(path: str, folder: str) -> str:
    """Return the part of `path` below `folder`; the whole path when it is not below."""
    start = folder.rstrip("/") + "/"
    return path.removeprefix(start)


def ancestors(folder: str, root: str) -> tuple[str, ...]:
    """Return `folder` and its ancestors up to `root`, nearest first; empty when it is outside `root`."""
    if not is_within(folder, root):
        return ()
    found = [folder]
    while found[-1] != root and parent(found[-1]) != found[-1]:
        found.append(parent(found[-1]))
    return tuple(found)


@memo.recent(1024)
def from_uri(uri: str) -> str:
    """Return the path of a `file:` URI, or an empty string for any other URI."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    if parts.scheme.lower() != "file" or not parts.path:
        return ""
    path = unquote(parts.path, errors="surrogateescape")
    if "\0" in path:
        # No system allows NUL in a path; functions of the standard library raise ValueError for it.
        return ""
    if _BACKSLASHES.match(path):
        path = path.replace("\\", "/")
    if "//" in path or "/." in path:
        path = normpath(path)
    host = unquote(parts.netloc)
    if _DRIVE_AS_HOST.fullmatch(host):
        return _with_root(f"{host}{path}")
    return _with_root(path if host in {"", "localhost"} else f"//{host}{path}")


def scheme(uri: str) -> str:
    """Return the scheme of a URI in lower case, or an empty string."""
    return uri.partition(":")[0].lower() if ":" in uri else ""


@memo.recent(1024)
def to_uri(path: str) -> str:
    """Return the `file:` URI of a path; bytes of a file name that are not UTF-8 are percent-encoded."""
    if path.startswith("//"):
        return "file:" + _quoted(path)
    return "file://" + _quoted(path if path.startswith("/") else "/" + path)


def key(uri: str) -> str:
    """Return a canonical key for a URI: its path if it is a `file:` URI, else the URI itself.

    A URI with a fragment is its own key, because it names a part of a file, such as a notebook cell.
    """
    return uri if "#" in uri else from_uri(uri) or uri


def _quoted(path: str) -> str:
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, errors="surrogatepass")


def _with_root(path: str) -> str:
    """Return a path with its drive or server in lower case."""
    if server := _SERVER.match(path):
        return server[0].lower() + path[server.end() :]
    drive = _DRIVE.match(path)
    return f"{drive[1].lower()}:{path[drive.end() :] or '/'}" if drive else path
