"""Goals of the server as a process: start, memory, hovers and diagnostics."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.documents import document
from tests.bench.goal import Goal
from tests.bench.start_up import PYGLS
from tests.bench.stdio import Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PEERS = Path(__file__).parent / "peers"
OURS = (sys.executable, "-m", "glossary_ls", "--stdio")
STOCK = (sys.executable, str(_PEERS / "constant.py"))

#: The environment of all processes: without the switch, each start would compile every module again.
ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def goals(*, quick: bool) -> Iterator[Goal]:
    """Yield the goals."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        yield from starting(place, 3 if quick else 9)
        yield from hovering(place, 10 if quick else 40)
        yield from publishing(place, 10 if quick else 40)
        yield from opening(place, 3 if quick else 7)


def starting(folder: Path, times: int) -> Iterator[Goal]:
    """Yield what the start costs: processor time, and memory once the server rests."""
    answered: list[float] = []
    reported: list[float] = []
    memory: list[float] = []
    for _ in range(times):
        before = os.times()
        subprocess.run([sys.executable, "-c", PYGLS], check=True, env=ENV)
        after = os.times()
        floor = after.children_user + after.children_system - before.children_user - before.children_system
        ours, stock = (_start(command, folder) for command in (OURS, STOCK))
        answered.append(ours[0] / floor)
        reported.append(ours[1] / stock[1])
        memory.append(ours[2] / stock[2])
    yield Goal("spawn to `initialize` answered (CPU)", answered, 0.25, "importing pygls")
    yield Goal("spawn to first diagnostics (CPU)", reported, 1.2, "a stock pygls server")
    if all(memory):
        yield Goal("memory after `initialize`", memory, 1.25, "an empty pygls server")


def _start(command: Sequence[str], folder: Path) -> tuple[float, float, float]:
    """Return the processor time to the answer and to diagnostics of a server, and its memory between them."""
    with Server(command, ENV, folder) as server:
        server.initialize({}, pull=False)
        answered = server.cpu() or 0.0
        server.rest()
        memory = server.memory()
    with Server(command, ENV, folder) as server:
        server.initialize({}, pull=False)
        _open(server, folder, "a.md", "The QXZ is up.\n")
        return answered, server.cpu() or 0.0, memory


def _open(server: Server, folder: Path, name: str, text: str) -> float:
    """Open a document and return the milliseconds to its first diagnostics."""
    uri = (folder / name).as_uri()
    params = {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}
    return server.published(uri, "textDocument/didOpen", params)


def hovering(folder: Path, rounds: int) -> Iterator[Goal]:
    """Yield what a hover takes in a document of 15 KB; the servers take turns of some requests."""
    text = f"The GPU is up.\n\n{document(15_000)}"
    uri = (folder / "hover.md").as_uri()
    commands = {"stock pygls": STOCK}
    if node := shutil.which("node"):
        commands["Node"] = (node, str(_PEERS / "constant.js"))
    params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 5}}
    opened = {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}
    took: dict[str, list[float]] = {name: [] for name in ("ours", *commands)}
    every: list[float] = []
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(Server(command, ENV, folder))
            for name, command in {"ours": OURS, **commands}.items()
        }
        for server in servers.values():
            server.initialize({}, pull=False)
            server.tell("textDocument/didOpen", opened)
            for _ in range(50):
                server.ask("textDocument/hover", params)
            server.rest()
        for _ in range(rounds):
            for name, server in servers.items():
                block = [server.ask("textDocument/hover", params)[0] for _ in range(20)]
                took[name].append(statistics.median(block))
                every += block if name == "ours" else []
    limits = {"stock pygls": 0.5, "Node": 1.0}
    for name in commands:
        ratios = [ours / theirs for ours, theirs in zip(took["ours"], took[name], strict=True)]
        yield Goal("hover p50 over stdio", ratios, limits[name], name)
    every.sort()
    middle, late = every[len(every) // 2], every[int(len(every) * 0.99)]
    yield Goal("hover p99", [late / middle], 3.0, "p50")


def publishing(folder: Path, times: int) -> Iterator[Goal]:
    """Yield how long diagnostics take after a key that moves all findings of a document of 50 KB."""
    uri = (folder / "keys.md").as_uri()
    took: list[float] = []
    used: list[float] = []
    with Server(OURS, ENV, folder) as server:
        server.initialize({}, pull=False)
        _open(server, folder, "keys.md", f"The QXZ is up.\n{document(50_000)}")
        server.rest()
        for version in range(2, times + 2):
            start = {"line": 0, "character": 0}
            changes = [{"range": {"start": start, "end": start}, "text": "\n"}]
            params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
            before = server.cpu() or 0.0
            took.append(server.published(uri, "textDocument/didChange", params))
            used.append(((server.cpu() or 0.0) - before) * 1000)
            server.rest()
    yield Goal("key to diagnostics, 50 KB", took, 30, unit="ms")
    if any(used):
        # The pause before it is 5 ms.
        yield Goal("key to diagnostics, 50 KB (CPU)", used, 25, unit="ms")


def opening(folder: Path, times: int) -> Iterator[Goal]:
    """Yield how long the first diagnostics of a document of 1 MB take, in a server that has seen others."""
    text = document(1_000_000)
    first: list[float] = []
    longest: list[float] = []
    params = {
        "textDocument": {"uri": (folder / "small.md").as_uri()},
        "position": {"line": 0, "character": 5},
    }
    with Server(OURS, ENV, folder) as server:
        server.initialize({}, pull=False)
        _open(server, folder, "small.md", "The GPU is QXZ.\n")
        for number in range(times):
            server.rest()
            first.append(_open(server, folder, f"large{number}.md", text))
            start, took = server.cpu() or 0.0, [0.0]
            # All of the document takes some seconds.
            while (server.cpu() or 0.0) - start < 1.5:
                took.append(server.ask("textDocument/hover", params)[0])
            longest.append(max(took))
    yield Goal("1 MB opened to first diagnostics", first, 500, unit="ms")
    yield Goal("longest hover meanwhile", longest, 20, unit="ms")
