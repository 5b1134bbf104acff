"""What the second check with a large glossary takes of the first one, which saves what it has read.

`python -m tests.bench.reopening [SIZE]` prints the goals, for glossaries of about so many characters.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.goal import Goal
from tests.bench.large_glossaries import entry, file_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The size of a glossary in characters: 90,000 entries in YAML, 100,000 in CSV.
_SIZE = 31_000_000
_QUICK = 3_000_000

_FORMATS = ("yaml", "csv", "markdown")
_TIMES = 3


def goals(*, quick: bool) -> Iterator[Goal]:
    """Yield the processor time of later checks as a share of that of the first one."""
    for format_id in _FORMATS:
        yield _goal(format_id, _QUICK if quick else _SIZE)


def _goal(format_id: str, size: int) -> Goal:
    path, data = file_of(format_id, size)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "docs"
        folder.mkdir()
        (folder / path).write_bytes(data)
        (folder / "doc.md").write_text(f"The {entry(0).name} is short.\n")
        (folder / "glossary-ls.toml").write_text(
            f'sources = [{{ path = "{path}", format = "{format_id}" }}]\n'
        )
        first = _check(folder, name)
        again = [_check(folder, name) for _ in range(_TIMES)]
    what = f"check with a glossary of {len(data) / 1e6:.0f} MB in {format_id}, again"
    return Goal(what, [each / first for each in again], 0.15, "the first time")


def _check(folder: Path, cache: str) -> float:
    """Check the document, and return the processor time in seconds."""
    command = [sys.executable, "-m", "glossary_ls", "check", "--no-cache", "doc.md"]
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
    before = _children()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    for each in _FORMATS:
        print("  ".join(_goal(each, int(sys.argv[1]) if sys.argv[1:] else _SIZE).cells()), flush=True)
