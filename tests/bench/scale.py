"""Measure commands on many documents: in processes, or on a Dask cluster that is started here.

    python -m tests.bench.scale --documents 100000 --jobs 2 --dask 2 check harvest coverage

The documents are made of a few hundred words, by numbers alone, so that every run has the same ones. Each
command prints one line: files per second, processor time and most memory of the client, its output's digest.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS = (
    *("queue", "cache", "shard", "broker", "gateway", "replica", "ledger", "tenant", "window", "backlog"),
    *("quota", "snapshot", "lease", "cursor", "partition", "pipeline", "scheduler", "region", "volume"),
)
_VERBS = ("drains", "holds", "rejects", "copies", "splits", "delays", "restores", "drops", "merges")
_FOLDER = 100

#: How long a program may take to start on a loaded machine, in seconds.
_PATIENCE = 120


def document(number: int) -> str:
    """Return the text of a document: some paragraphs with words, acronyms and definitions."""
    random = Random(number)  # noqa: S311  because it is no secret
    lines = [f"# Note {number}", ""]
    for _ in range(random.randrange(1, 4)):
        for _ in range(random.randrange(1, 4)):
            one, two, three = random.sample(_NOUNS, 3)
            lines.append(
                f"The {one} of the {two} {random.choice(_VERBS)} each {three} before the {one} ends."
            )
        words = random.sample(_NOUNS, 3)
        short = "".join(word[0] for word in words).upper()
        lines.append(
            f"See the {' '.join(words)} ({short})." if random.random() < 0.2 else f"Ask the {short}."
        )
        lines.append("")
    return "\n".join(lines)


def write(folder: Path, documents: int) -> int:
    """Write the documents, a hundred in each folder, and return their size in bytes."""
    size = 0
    for number in range(documents):
        path = folder / f"{number // _FOLDER:05}" / f"{number:07}.md"
        path.parent.mkdir(exist_ok=True)
        size += path.write_text(document(number), "utf-8")
    return size


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Start a scheduler and workers with one thread each on the loopback interface; yield the address."""
    dask = (sys.executable, "-m", "dask")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "scheduler.log"
        with log.open("wb") as output:
            scheduler = (*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
            started = [subprocess.Popen(scheduler, stderr=output, stdout=output)]
            try:
                address = _address(log)
                for _ in range(workers):
                    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", folder)
                    worker = (*dask, "worker", address, *options)
                    started.append(subprocess.Popen(worker, stderr=output, stdout=output))
                yield address
            finally:
                for process in reversed(started):
                    process.send_signal(signal.SIGKILL)
                    process.wait()


def _address(log: Path) -> str:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", log.read_text("utf-8")):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text("utf-8"))


def measure(folder: Path, documents: int, command: str, *options: str) -> str:
    """Run a command, and return a line about it."""
    program = (sys.executable, "-m", "glossary_ls", command, "--json", *options, "docs")
    started = time.monotonic()
    process = subprocess.Popen(program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    digest, size = sha256(), 0
    while part := process.stdout.read(1 << 20):
        digest.update(part)
        size += len(part)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    return (
        f"{command} {' '.join(options)}: exit {os.waitstatus_to_exitcode(status)}, {seconds:.0f} s, "
        f"{documents / seconds:.0f} files/s, client {usage.ru_utime + usage.ru_stime:.0f} CPU s and "
        f"{usage.ru_maxrss / 1024:.0f} MB, output {size / 1e6:.1f} MB {digest.hexdigest()[:12]}"
    )


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="+")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0 for no local run")
    parser.add_argument("--dask", type=int, default=0, help="workers; 0 for no run on a cluster")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        size = write(folder / "docs", options.documents)
        print(f"{options.documents} documents, {size / 1e6:.0f} MB", flush=True)
        for command in options.commands:
            if options.dask:
                with cluster(options.dask) as address:
                    print(measure(folder, options.documents, command, "--dask", address), flush=True)
            if options.jobs:
                print(measure(folder, options.documents, command, "--jobs", str(options.jobs)), flush=True)


if __name__ == "__main__":
    main()
