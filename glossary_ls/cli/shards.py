"""Shards: files in groups, for work that is done in several places. It must not know the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from glossary_ls.cli.project import Project

    #: Some files that are worked on together.
    Shard: TypeAlias = tuple[str, ...]

    #: Called with the number of files that are done, and of all.
    Progress: TypeAlias = Callable[[int, int], None]

#: A shard has so many files, or so many bytes of text if that are fewer; a process has some shards.
_MOST_FILES, _MOST_TEXT = 64, 256 * 1024
_FEWEST_SHARDS = 4


def shards(project: Project, files: Sequence[str], places: int = 1) -> list[Shard]:
    """Return the files in groups, at least some for each of a number of places if there are enough files."""
    most = max(min(_MOST_FILES, len(files) // (places * _FEWEST_SHARDS)), 1)
    found: list[Shard] = []
    shard: list[str] = []
    size = 0
    for path in files:
        shard.append(path)
        size += size_of(project, path)
        if size >= _MOST_TEXT or len(shard) >= most:
            found.append(tuple(shard))
            shard, size = [], 0
    return [*found, tuple(shard)] if shard else found


def counted(shards: Sequence[Shard], progress: Progress) -> Iterator[Shard]:
    """Yield the shards, and report the progress before each."""
    total, done = sum(map(len, shards)), 0
    for shard in shards:
        progress(done, total)
        yield shard
        done += len(shard)


def size_of(project: Project, path: str) -> int:
    """Return the size of a file in bytes."""
    return (project.files.signature(path) or (0, 0))[1]
