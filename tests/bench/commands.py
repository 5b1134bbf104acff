"""`glossary-ls check` as a process, against spelling checkers for documents: codespell and typos.

Processor time changes less on a busy machine than wall time does. The commands take turns.
`python -m tests.bench.commands` also writes the table of `docs/performance.md`.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.timing import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
PEERS = ("codespell", "typos")

#: How much text the folder has, in bytes, and how often each command is run on it and on a file of it.
_SIZE = 2_000_000
_TIMES = 3
_TIMES_ONE = 7


#: What is put behind the first word in lower case of each line, another word for each copy of the pages.
_WORDS = ("often", "seldom", "mostly", "hardly", "nearly", "barely", "fairly", "rarely", "usually", "always")
_FIRST_WORD = re.compile(r"^[^\n]*?\b[a-z]{3,} ", re.MULTILINE)


class Time(NamedTuple):
    """The time that a command took, in seconds."""

    cpu: float
    wall: float


class Command(NamedTuple):
    """A command with its name for the table.

    `is_cold` empties the cache before each run; `uses_all` asks for the wall time, too.
    """

    name: str
    arguments: Sequence[str]
    is_cold: bool = False
    uses_all: bool = False


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    peers = [peer for peer in PEERS if _program(peer)]
    with tempfile.TemporaryDirectory() as temporary:
        folder, cache = Path(temporary, "documents"), Path(temporary, "cache")
        file = corpus(folder)
        check = (sys.executable, "-m", "glossary_ls", "check", "--quiet")
        whole = [
            Command("a folder of 2 MB", (*check, "--jobs", "1", "."), is_cold=True),
            Command(
                "a folder of 2 MB, 2 processes", (*check, "--jobs", "2", "."), is_cold=True, uses_all=True
            ),
            Command("a folder of 2 MB, again", (*check, ".")),
            *(Command(peer, (_program(peer), ".")) for peer in peers),
        ]
        one = [
            Command("one file of the folder, first time", (*check, file), is_cold=True),
            Command("one file of the folder, again", (*check, file)),
            *(Command(peer, (_program(peer), file)) for peer in peers),
        ]
        for commands, times in ((whole, _TIMES), (one, _TIMES_ONE)):
            took = in_turn(commands, folder, cache, times)
            for command in commands[: -len(peers) or None]:
                cpu, wall = took[command.name]
                for peer in peers:
                    yield Row(f"check {command.name}", cpu * 1000, cpu / took[peer].cpu, f"{peer} (CPU)")
                for peer in peers if command.uses_all else ():
                    yield Row(f"check {command.name}", wall * 1000, wall / took[peer].wall, f"{peer} (wall)")


def corpus(folder: Path) -> str:
    """Write a repository of documents, the pages of the manual again and again; return the path of one.

    Each has other words in most of its lines: what documents share would be scanned once.
    """
    pages = [path for path in sorted((ROOT / "docs").rglob("*.md")) if path.stat().st_size < 60_000]
    (folder / ".git").mkdir(parents=True)
    size, number = 0, 0
    while size < _SIZE:
        page = pages[number % len(pages)]
        word = _WORDS[number // len(pages) % len(_WORDS)]
        other = _FIRST_WORD.sub(rf"\g<0>{word} ", page.read_text("utf-8"))
        text = f"Copy {number} of a page.\n\n{other}"
        target = folder / f"part-{number // len(pages)}" / page.relative_to(ROOT / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        size += len(text)
        number += 1
    return "part-0/features.md"


def in_turn(commands: Sequence[Command], folder: Path, cache: Path, times: int) -> dict[str, Time]:
    """Return the median times of each command by its name."""
    took: dict[str, list[Time]] = {command.name: [] for command in commands}
    for _ in range(times):
        for command in commands:
            if command.is_cold:
                shutil.rmtree(cache, ignore_errors=True)
            took[command.name].append(_run(command.arguments, folder, cache))
    return {
        name: Time(
            statistics.median(each.cpu for each in all_), statistics.median(each.wall for each in all_)
        )
        for name, all_ in took.items()
    }


def _run(arguments: Sequence[str], folder: Path, cache: Path) -> Time:
    before, start = os.times(), time.perf_counter()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "XDG_CACHE_HOME": str(cache),
        "LOCALAPPDATA": str(cache),
    }
    subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Time(cpu, wall)


def _program(name: str) -> str:
    """Return the path of a program, or an empty string; one beside this Python comes first."""
    beside = Path(sys.executable).parent
    return shutil.which(name, path=str(beside)) or shutil.which(name) or ""


def table() -> str:
    """Measure, and return a table in Markdown."""
    lines = ["| What | Time | Ratio |", "| --- | --- | --- |"]
    for row in rows():
        lines.append(f"| {row.what} | {row.milliseconds:.0f} ms | {row.ratio:.1f} x {row.yardstick} |")
        print(lines[-1], flush=True)
    versions = ", ".join(f"{name} {_version(name)}" for name in PEERS)
    lines.append("")
    lines.append(f"Python {platform.python_version()}, {versions}, {platform.system()} {platform.machine()}.")
    return "\n".join(lines)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def main() -> None:
    """Write the table into the page."""
    text = PAGE.read_text("utf-8")
    measured = f"<!-- table -->\n{table()}\n<!-- end of table -->"
    PAGE.write_text(
        re.sub(r"<!-- table -->.*<!-- end of table -->", lambda _: measured, text, flags=re.DOTALL), "utf-8"
    )


if __name__ == "__main__":
    main()
