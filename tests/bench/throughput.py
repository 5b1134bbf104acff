"""Goals of the core in this process: parsing, finding terms and acronyms, loading glossaries, harvesting."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.definitions import find_definitions
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.markup import parse
from glossary_ls.matching import Matcher
from glossary_ls.matching.spellings import Name
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace.workspace import Workspace
from tests.bench import texts
from tests.bench.documents import document, glossary, pages
from tests.bench.goal import Goal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_WORD = re.compile(r"\w+")
_LONGEST = 4

#: The shortest processor time of another process that can be told, in seconds, and how many copies of a text
#: it searches for that.
_TICK = 0.01
_COPIES = 20


def goals(*, quick: bool) -> Iterator[Goal]:
    """Yield the goals."""
    times = 3 if quick else 7
    characters = 300_000 if quick else 1_000_000
    runbook, text = document(characters), pages(characters)
    prose = [block.prose for _, block in parse(text, "markdown")]
    for what, source, run, limit in (
        ("Markdown to blocks of prose", runbook, lambda: list(parse(runbook, "markdown")), 15),
        ("acronyms in prose", text, lambda: [find_candidates(each) for each in prose], 25),
        ("definitions in prose", text, lambda: [find_definitions(each) for each in prose], 15),
    ):
        rates = [len(source) / 1e6 / _cpu(run) for _ in range(times)]
        yield Goal(f"{what} (CPU)", rates, limit, unit="MB/s", at_least=True)
    yield from matching(times, quick=quick)
    yield from loading(2_000 if quick else 10_000, times)
    yield from harvesting(200 if quick else 2_000)


def _cpu(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def ratios(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> list[float]:
    """Return the ratios of the processor time of two functions that take turns."""
    return [_cpu(ours) / _cpu(theirs) for _ in range(times)]


def matching(times: int, *, quick: bool) -> Iterator[Goal]:
    """Yield how much faster terms are found than by a table of names, and than by ripgrep.

    The text names terms about as often as real documents do.
    """
    size = 300_000 if quick else 1_000_000
    source = document(size // 5) + texts.ordinary(size * 4 // 5)
    index = glossary(600)
    packs = [name for term in index.terms for name in term.names]
    many = [
        f"{texts.name(number % texts.ENTRIES)} {number}" for number in range(10_000 if quick else 100_000)
    ]
    some = packs[:: max(len(packs) // 70, 1)][:70]
    for names, limit, ripgrep in ((some, 25, 1.0), (packs, 5, 0.0), ([*packs, *many], 3, 0.0)):
        unique = list(dict.fromkeys(names))
        matcher = Matcher([Name(name, exact=False) for name in unique])
        matcher.find(source)
        naive = Naive(unique)
        what = f"finding {len(unique):,} names"
        found = ratios(partial(naive.find, source), partial(matcher.find, source), times)
        yield Goal(what, found, limit, "a naive matcher's speed", at_least=True)
        if ripgrep and (program := _program("rg")):
            speed = _against_ripgrep(program, unique, source, partial(matcher.find, source), times)
            yield Goal(what, speed, ripgrep, "ripgrep's speed", at_least=True)
    grown = subprocess.run(
        [sys.executable, "-m", "tests.bench.index_size", str(len(many))],
        capture_output=True,
        text=True,
        check=False,
    )
    if grown.stdout.strip():
        yield Goal(f"memory of an index of {len(many):,} names", [float(grown.stdout)], 60, unit="MB")


class Naive:
    """The obvious matcher: a regular expression for words, and a dictionary of names in lower case."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = {tuple(_WORD.findall(name.lower())) for name in names}
        self._firsts = {words[0] for words in self._names if words}

    def find(self, source: str) -> list[tuple[int, int]]:
        """Return the spans of the longest names at each word."""
        words = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(source)]
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            count = _LONGEST if words[at][0] in self._firsts else 0
            while count and tuple(word for word, _, _ in words[at : at + count]) not in self._names:
                count -= 1
            if count:
                found.append((words[at][1], words[min(at + count, len(words)) - 1][2]))
            at += count or 1
        return found


def _against_ripgrep(
    program: str, names: Sequence[str], source: str, ours: Callable[[], object], times: int
) -> list[float]:
    """Return the ratios of ripgrep's time, without that of its start, to that of a search here."""
    with tempfile.TemporaryDirectory() as folder:
        patterns, text, empty = (Path(folder, name) for name in ("names", "text", "empty"))
        patterns.write_text("\n".join(names), "utf-8")
        text.write_text(source * _COPIES, "utf-8")
        empty.write_text("", "utf-8")
        command = (program, "--threads", "1", "--no-unicode", "-ob", "-w", "-i", "-F", "-f", str(patterns))

        def run(path: Path) -> float:
            before = os.times()
            subprocess.run([*command, str(path)], stdout=subprocess.DEVNULL, check=False)
            after = os.times()
            return after.children_user + after.children_system - before.children_user - before.children_system

        return [max(run(text) - run(empty), _TICK) / _COPIES / _cpu(ours) for _ in range(times)]


def _program(name: str) -> str:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name) or ""


def loading(entries: int, times: int) -> Iterator[Goal]:
    """Yield what reading a glossary costs, next to the events of libyaml for the same file."""
    if not yaml.__with_libyaml__:
        return
    source = texts.glossary(entries)

    def ours() -> object:
        return read(f"/ws/{time.perf_counter_ns()}.yaml", source)

    found = ratios(ours, lambda: list(yaml.parse(source, yaml.CSafeLoader)), min(times, 3))
    yield Goal(f"reading a glossary of {entries:,} entries", found, 1.5, "libyaml's events")


def harvesting(count: int) -> Iterator[Goal]:
    """Yield how fast the definitions of a folder are read, and again with its cache."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        size = fill(folder, count)
        first = harvest(folder)
        yield Goal(
            f"definitions of {count:,} documents (CPU)", [size / 1e6 / first], 10, unit="MB/s", at_least=True
        )
        yield Goal(
            f"definitions of {count:,} documents, again", [harvest(folder) / first], 0.1, "the first time"
        )


def fill(folder: Path, count: int) -> int:
    """Write documents of 3 KB and return their size."""
    size = 0
    for number in range(count):
        text = texts.prose(3_000, 60, number)
        place = folder / f"part{number // 100}" / f"doc{number}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
        size += len(text)
    return size


def harvest(folder: Path) -> float:
    """Return the processor time of reading the definitions of a folder, in seconds."""
    workspace = Workspace(DiskFiles(), [str(folder)])
    return _cpu(workspace.read_definitions)
