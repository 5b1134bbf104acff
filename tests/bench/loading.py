"""Large glossaries: how long hovers wait while one of 5 MB is read, in each format.

A server over standard input and output has the file as a source. Hovers are asked for one after the other,
one every 5 ms, until a term of the file answers, once more after the file has changed on the disk, and by the
next server, which finds in the cache what this one has read. A
*stall* is what a hover waits for longer than 20 ms, without the time in which other programs had the
processor. Wanted: none.

`python -m tests.bench.loading [--size MB] [FORMAT ...]`. Absolute times are for reading; what can be compared
is the ratio to parsing the file in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.large_glossaries import FORMATS, entry, file_of
from tests.bench.stdio import Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


#: The size of a glossary, in characters.
SIZE = 5_000_000

#: How often a hover is asked for, and what no hover should take longer than, in milliseconds.
EVERY = 5.0
LIMIT = 20.0

#: For how long a format is measured at most, and for how long after the news, in seconds.
_PATIENCE = 240.0
_AFTER = 1.0

#: Word lists and inventories have nothing to show, so that the news are not seen.
_UNSEEN = 8.0
COMMAND = [sys.executable, *os.environ.get("GLOSSARY_LS_SERVER", "-m glossary_ls serve").split()]
_SILENT = {"word-list"}

#: What changes in the file.
_BEFORE = b"in the morning"
_CHANGED = b"which no clock tells"


@dataclass(slots=True)
class Waits:
    """How long each hover waited, in milliseconds, and when what was wanted came, in seconds."""

    each: list[float] = field(default_factory=list)
    came: float | None = None

    @property
    def stalls(self) -> list[float]:
        """The longest wait of each run of hovers above the limit, descending."""
        longest = [0.0]
        for wait in self.each:
            if wait > LIMIT:
                longest[-1] = max(longest[-1], wait)
            elif longest[-1]:
                longest.append(0.0)
        return sorted(filter(None, longest), reverse=True)

    @property
    def share(self) -> float:
        """The share of hovers that waited longer than the limit."""
        return sum(wait > LIMIT for wait in self.each) / max(len(self.each), 1)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured for one format."""

    format: str
    parse: float
    first: Waits
    changed: Waits
    again: Waits


def measure(format_id: str, size: int) -> Measured:
    """Measure one format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        path, data = file_of(format_id, size)
        source = folder / "elsewhere" / path
        source.parent.mkdir(parents=True)
        source.write_bytes(data)
        environment = {**os.environ, "XDG_CONFIG_HOME": name, "XDG_CACHE_HOME": name}
        wanted = None if format_id in _SILENT else entry(0).name
        news = _CHANGED.decode() if _BEFORE in data else None
        document = folder / "doc.md"
        config = folder / "glossary-ls.toml"
        with _server(environment, document) as server:
            config.write_text(f'sources = [{{ path = "elsewhere/{path}", format = "{_id(format_id)}" }}]\n')
            _report(server, config)
            first = _hovers(server, document, wanted)
            server.rest()
            source.write_bytes(data.replace(_BEFORE, _CHANGED))
            _report(server, source)
            changed = _hovers(server, document, news)
            server.rest()
        named = config.read_text()
        config.write_text("")
        with _server(environment, document) as server:
            config.write_text(named)
            _report(server, config)
            again = _hovers(server, document, wanted)
            server.rest()
        return Measured(format_id, _parse_seconds(source, format_id), first, changed, again)


@contextmanager
def _server(environment: Mapping[str, str], document: Path) -> Iterator[Server]:
    """Start a server with an open document, which has loaded what all answers need."""
    with Server(COMMAND, environment, document.parent) as server:
        server.initialize({}, pull=False)
        text = f"{entry(0).name} and GPU.\n"
        opened = {"uri": document.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        server.tell("textDocument/didOpen", {"textDocument": opened})
        server.ask("textDocument/hover", _asked(document))
        server.rest()
        yield server


def _id(format_id: str) -> str:
    return format_id.removesuffix("-table")


def _report(server: Server, path: Path) -> None:
    """Report that a file has changed."""
    server.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 2}]})


def _asked(document: Path) -> dict[str, object]:
    return {"textDocument": {"uri": document.as_uri()}, "position": {"line": 0, "character": 1}}


def _hovers(server: Server, document: Path, wanted: str | None) -> Waits:
    """Ask for a hover again and again until one has a text in it; None stands for what no hover has."""
    waits = Waits()
    start = time.perf_counter()
    end = start + (_PATIENCE if wanted is not None else _UNSEEN)
    while (now := time.perf_counter()) < end:
        watch = server.stopwatch()
        asked = server.send("textDocument/hover", _asked(document))
        while (answer := server.answer(_PATIENCE)) is not None and answer[0] != asked:
            pass
        waits.each.append(watch.milliseconds())
        if waits.came is None and wanted is not None and answer and wanted in json.dumps(answer[1] or ""):
            waits.came = time.perf_counter() - start
            end = time.perf_counter() + _AFTER
        time.sleep(max(now + EVERY / 1000 - time.perf_counter(), 0))
    return waits


def _parse_seconds(path: Path, format_id: str) -> float:
    """Return the processor time of reading a file in a process of its own, in seconds."""
    command = [sys.executable, "-c", _PARSE, str(path), _id(format_id)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


_PARSE = """
import sys, time
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.vfs.files import DiskFiles, read_text
start = time.process_time()
text = Text(read_text(DiskFiles(), sys.argv[1]).text)
formats.parse(sys.argv[1], text, sys.argv[2])
print(time.process_time() - start)
"""


def show(measured: Measured) -> None:
    """Print a line for each of the runs."""
    for what, waits in (
        ("new", measured.first),
        ("changed", measured.changed),
        ("again", measured.again),
    ):
        came = f"{waits.came:6.1f} s = {waits.came / measured.parse:4.1f} x parse" if waits.came else " " * 23
        slow = " ".join(f"{wait:.0f}" for wait in waits.stalls[:6])
        print(
            f"  {measured.format:<17}{what:<8}{came}   {len(waits.each):>5} hovers, "
            f"{100 * waits.share:5.1f} % above {LIMIT:.0f} ms, {len(waits.stalls)} stalls: {slow} ms",
            flush=True,
        )


def main(arguments: Sequence[str]) -> int:
    """Measure the formats that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.loading", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--size", type=float, default=SIZE / 1e6, help="in millions of characters")
    options = parser.parse_args(arguments)
    for format_id in options.formats or FORMATS:
        show(measure(format_id, int(options.size * 1e6)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
