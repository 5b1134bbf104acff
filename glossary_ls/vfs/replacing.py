"""Replacing files: as a whole, in the encoding that they have, and by one program at a time.

This module must not know what is written.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The marks at the start of a file that name its encoding; they are kept.
_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}

#: How long to wait for another program that writes to the same folder, and how often to ask, in seconds.
_PATIENCE = 2.0
_PAUSE = 0.005


def encoded(text: str, like: bytes) -> bytes:
    """Return a text in the encoding of the content `like` of a file, with its byte order mark."""
    mark = next((mark for mark in _MARKS if like.startswith(mark)), b"")
    return mark + text.removeprefix("\ufeff").encode(_MARKS.get(mark, "utf-8"))


def replace_file(
    target: Path, content: bytes | Iterable[bytes], mode: int, *, is_lasting: bool = False
) -> None:
    """Write a temporary file and rename it to `target`, so that no reader sees partial content.

    If it `is_lasting`, neither does who reads it after the computer failed. Raises OSError.
    """
    import tempfile  # noqa: PLC0415  because few runs write anything, and it loads a dozen modules

    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            if is_lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def is_stream(path: str) -> bool:
    """Return whether there is something at a path that cannot be replaced, but written to."""
    try:
        kind = stat.S_IFMT(Path(path).stat().st_mode)
    except OSError:
        return False
    return kind in {stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFBLK}


def replace_user_file(target: Path, content: bytes, *, is_private: bool = False) -> None:
    """Replace a file of the user, or create it: its mode and owner are kept. Raises OSError.

    A file that is read-only stays as it is, although its folder would allow to replace it.
    """
    try:
        status = target.stat()
    except FileNotFoundError:
        replace_file(target, content, 0o600 if is_private else 0o644, is_lasting=True)
        return
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(target))
    if not status.st_mode & 0o222:
        raise PermissionError(errno.EACCES, "the file is read-only", str(target))
    replace_file(target, content, 0o600 if is_private else status.st_mode & 0o7777, is_lasting=True)
    if sys.platform != "win32" and os.geteuid() == 0:
        # Only the administrator can give files away.
        with suppress(OSError):
            os.chown(target, status.st_uid, status.st_gid)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes of this program from changing files of a folder. Raises OSError if one hangs.

    The lock is one on the folder, which leaves no file behind and ends with the process. Where there are no
    such locks, a comparison just before the change has to do.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415  because it is not there on Windows

    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # A folder may be writable and not readable.
        yield
        return
    try:
        last = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > last:
                    raise OSError(errno.EAGAIN, "another program is writing to its folder") from None
                time.sleep(_PAUSE)
                continue
            except OSError:
                # Network file systems need not support locks.
                pass
            break
        yield
    finally:
        os.close(handle)
