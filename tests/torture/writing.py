"""Processes that write to one file: killed at any moment, and several at once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

#: Adds a line again and again until it is killed, and says so after each.
_ADDS = """
import sys
from glossary_ls.vfs.files import DiskFiles, read_text
files, path, name, most = DiskFiles(), sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(most):
    while True:
        before = read_text(files, path).text
        if files.exchange(path, before, before + f"{name}{number}: Long form\\n"):
            break
    sys.stdout.write(f"{name}{number}\\n")
    sys.stdout.flush()
"""

#: Writes two texts in turn until it is killed.
_TURNS = """
import sys
from pathlib import Path
from glossary_ls.vfs.files import DiskFiles
files, path, texts = DiskFiles(), sys.argv[1], [Path(each).read_text() for each in sys.argv[2:4]]
sys.stdout.write("begun\\n")
sys.stdout.flush()
while True:
    for text in texts:
        files.write(path, text)
"""


class Added(NamedTuple):
    """The lines that writers said they added, and those that are in the file."""

    acknowledged: set[str]
    found: list[str]


def added_together(path: Path, writers: int, each: int) -> Added:
    """Have several processes add lines to one file at once."""
    path.write_text("")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _ADDS, str(path), f"W{number}N", str(each)], stdout=subprocess.PIPE
        )
        for number in range(writers)
    ]
    said = {line for process in started for line in process.communicate()[0].decode().split()}
    found = [line.partition(":")[0] for line in path.read_text().splitlines()]
    return Added(said, found)


def damaged_by_kills(folder: Path, kills: int, size: int, seed: int) -> list[str]:
    """Kill a process that writes a file, many times; return the contents that are neither old nor new."""
    chance = random.Random(seed)  # noqa: S311  because it is no secret
    texts = [f"{letter * size}\n" for letter in "ab"]
    sources = [folder / "a.txt", folder / "b.txt"]
    for source, text in zip(sources, texts, strict=True):
        source.write_text(text)
    target = folder / "glossary.yaml"
    target.write_text(texts[0])
    damaged = []
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", _TURNS, str(target), *map(str, sources)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.02)
            process.kill()
        if (found := target.read_text()) not in texts:
            damaged.append(found[:80])
    return damaged
