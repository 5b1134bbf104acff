"""Paths and URIs as plain strings in one normal form, so that they can be compared and used as keys.

A path is absolute, with forward slashes on every system and a lower-case drive letter. Containment compares
whole path components, not character prefixes. This module must not touch the disk.
"""

from __future__ import annotations

import os.path
import re
from posixpath import dirname as parent
from posixpath import join, normpath
from urllib.parse import quote, unquote, urlsplit

__all__ = [
    "ancestors",
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

_DRIVE = re.compile(r"^/?([A-Za-z]):(?=/|$)")


def normal(path: str) -> str:
    """Return the normal form of a path from the system or a user."""
    return _with_drive(os.path.abspath(path).replace(os.sep, "/"))  # noqa: PTH100  because paths are strings


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
    if "//" in path or "/." in path:
        path = normpath(path)
    if parts.netloc and parts.netloc != "localhost":
        return f"//{unquote(parts.netloc)}{path}"
    return _with_drive(path)


def scheme(uri: str) -> str:
    """Return the scheme of a URI in lower case, or an empty string."""
    return uri.partition(":")[0].lower() if ":" in uri else ""


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


def _with_drive(path: str) -> str:
    drive = _DRIVE.match(path)
    return f"{drive.group(1).lower()}:{path[drive.end() :] or '/'}" if drive else path
