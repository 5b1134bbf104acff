"""Paths and URIs as plain strings in one normal form, so that they can be compared and used as keys.

A path is absolute, has forward slashes on every system and a drive letter in lower case. Folders contain
paths by whole parts, never by a common prefix of characters. This module must not touch the disk.
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
    "to_uri",
]

_DRIVE = re.compile(r"^/?([A-Za-z]):(?=/|$)")


def normal(path: str) -> str:
    """Return the normal form of a path as the system or a user writes it."""
    return _with_drive(os.path.abspath(path).replace(os.sep, "/"))  # noqa: PTH100  because it is a string


def name(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2]


def is_within(path: str, folder: str) -> bool:
    """Tell whether `path` is `folder` or lies below it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def relative(path: str, folder: str) -> str:
    """Return the part of `path` below `folder`; the whole path when it is not below."""
    start = folder.rstrip("/") + "/"
    return path.removeprefix(start)


def ancestors(folder: str, root: str) -> tuple[str, ...]:
    """Return `folder` and those above it up to `root`, the nearest first; nothing when it is outside."""
    if not is_within(folder, root):
        return ()
    found = [folder]
    while found[-1] != root and parent(found[-1]) != found[-1]:
        found.append(parent(found[-1]))
    return tuple(found)


def from_uri(uri: str) -> str:
    """Return the path of a `file:` URI, or nothing for any other URI."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    if parts.scheme.lower() != "file" or not parts.path:
        return ""
    path = unquote(parts.path, errors="surrogateescape")
    if "\0" in path:
        # No system has such a path, and all of them raise an error of their own kind.
        return ""
    if "//" in path or "/." in path:
        path = normpath(path)
    if parts.netloc and parts.netloc != "localhost":
        return f"//{unquote(parts.netloc)}{path}"
    return _with_drive(path)


def to_uri(path: str) -> str:
    """Return the `file:` URI of a path; one whose name is no UTF-8 on the disk has its bytes there."""
    if path.startswith("//"):
        return "file:" + _quoted(path)
    return "file://" + _quoted(path if path.startswith("/") else "/" + path)


def key(uri: str) -> str:
    """Return what all spellings of a URI have in common: the path if it has one, else the URI itself.

    A URI with a fragment is a part of a file, such as the cell of a notebook.
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
