"""The files in this program's cache folder, to be shown and removed. It must not know what is in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What this program writes below the folder, with the kind that it is: temporary files are among them.
_KINDS = (
    ("reports of checked documents", ("reports-*.json", ".reports-*.json.*")),
    ("saved glossaries", ("glossary-*.json", ".glossary-*.json.*")),
    ("definitions of documents", ("*.json", ".*.json.*")),
    ("copies of glossaries at URLs", ("remote/*.json", "remote/.*.json.*", "remote/*/*")),
)


@dataclass(frozen=True, slots=True)
class CacheFile:
    """A file in the cache; its size is in bytes."""

    path: str
    kind: str
    size: int


def cache_files(folder: str) -> Iterator[CacheFile]:
    """Yield the files that this program wrote to its cache folder, in order."""
    seen: set[Path] = set()
    for kind, patterns in _KINDS:
        for pattern in patterns:
            for path in sorted(Path(folder).glob(pattern)) if folder else ():
                if path not in seen and not path.is_dir():
                    seen.add(path)
                    yield CacheFile(paths.normal(str(path)), kind, path.lstat().st_size)


def remove(folder: str, file: CacheFile) -> None:
    """Remove a file, and the folders that are empty without it, up to the cache folder. Raises OSError."""
    path = Path(file.path)
    path.unlink(missing_ok=True)
    top = Path(folder)
    for parent in path.parents:
        if not parent.is_relative_to(top) or any(parent.iterdir()):
            return
        parent.rmdir()
