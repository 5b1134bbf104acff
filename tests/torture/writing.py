"""Processes that write to one file: killed at any moment, and several at once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from tests.wire.test_process import frame, read

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
        try:
            if files.exchange(path, before, before + f"{name}{number}: Long form\\n"):
                break
        except BlockingIOError:
            # The others were faster for two seconds.
            pass
    sys.stdout.write(f"{name}{number}\\n")
    sys.stdout.flush()
"""

#: Writes two texts in turn to a glossary, settings, an export and the cache, until it is killed, or until it
#: kills itself after a number of lines of the program, if that is not 0.
_TURNS = """
import os, sys
from pathlib import Path
from glossary_ls.vfs.files import DiskFiles
files, folder, left = DiskFiles(), sys.argv[1], int(sys.argv[2])
def local(frame, event, _):
    global left
    left -= event == "line"
    if not left:
        os.kill(os.getpid(), 9)
    return local
if left:
    sys.settrace(lambda frame, *_: local if "glossary_ls" in frame.f_code.co_filename else None)
texts = [Path(folder, name).read_text() for name in ("a.txt", "b.txt")]
sys.stdout.write("begun\\n")
sys.stdout.flush()
while True:
    for before, after in (texts, texts[::-1]):
        files.exchange(f"{folder}/glossary.yaml", before, after)
        files.write(f"{folder}/glossary-ls.toml", after, is_private=True)
        files.write(f"{folder}/glossary.html", after)
        files.write_cache("cached", after)
"""

#: What it writes, below its folder.
_WRITTEN = ("glossary.yaml", "glossary-ls.toml", "glossary.html", ".cache/glossary-ls/cached")


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


def added_by_servers(folder: Path, each: int) -> Added:
    """Have two servers and another program add terms to one file at once."""
    path = folder / "glossary.yaml"
    path.write_text("SLO: Service Level Objective\n")
    (folder / "glossary-ls.toml").write_text("[codeActions]\nsaveGlossaries = true\n")
    params = {
        "capabilities": {"workspace": {"applyEdit": True}},
        "rootUri": folder.as_uri(),
        "processId": None,
    }
    begin = frame(
        {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params},
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
    )
    servers = [
        subprocess.Popen(
            [sys.executable, "-m", "glossary_ls", "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    other = subprocess.Popen(
        [sys.executable, "-c", _ADDS, str(path), "EN", str(each)], stdout=subprocess.PIPE, text=True
    )
    with ThreadPoolExecutor(2) as pool:
        letters = ("A", "B")
        acknowledged = set().union(*pool.map(_ask_for_terms, servers, letters, [begin] * 2, [each] * 2))
    acknowledged |= set(other.communicate()[0].split())
    file = formats.parse(str(path), Text(path.read_text()))
    assert not file.problems
    return Added(acknowledged, [term.name for term in file.terms if term.name != "SLO"])


def _ask_for_terms(server: subprocess.Popen[bytes], letter: str, begin: bytes, each: int) -> set[str]:
    """Have a server add terms one after the other; return those that it says it added."""
    assert server.stdin
    assert server.stdout
    server.stdin.write(begin)
    added = set()
    for number in range(1, each + 1):
        name = f"{letter}N{number}"
        given = {"name": name, "expansion": f"Long {name}"}
        params = {"command": "glossary_ls.addTerm", "arguments": [given]}
        asked = {"jsonrpc": "2.0", "id": number, "method": "workspace/executeCommand", "params": params}
        server.stdin.write(frame(asked))
        server.stdin.flush()
        while (message := read(server.stdout)) is not None:
            if "method" in message and "id" in message:
                server.stdin.write(frame({"jsonrpc": "2.0", "id": message["id"], "result": None}))
                server.stdin.flush()
            elif message.get("id") == number:
                if (message.get("result") or {}).get("applied"):
                    added.add(name)
                break
    server.stdin.close()
    server.stdout.read()
    server.stdout.close()
    server.wait()
    return added


def damaged_by_kills(folder: Path, kills: int, size: int, seed: int) -> list[str]:
    """Kill a process that writes files, many times; return those that are neither old nor new."""
    chance = random.Random(seed)  # noqa: S311  because it is no secret
    texts = [f"{letter * size}\n" for letter in "ab"]
    for name, text in zip(("a.txt", "b.txt"), texts, strict=True):
        (folder / name).write_text(text)
    (folder / "glossary.yaml").write_text(texts[0])
    # The cache is below the home folder.
    environ = {**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / ".cache")}
    damaged = []
    for number in range(kills):
        # At a line, or at any time.
        lines = chance.randrange(1, 400) if number % 2 == 0 else 0
        with subprocess.Popen(
            [sys.executable, "-c", _TURNS, str(folder), str(lines)], stdout=subprocess.PIPE, env=environ
        ) as process:
            assert process.stdout
            process.stdout.readline()
            if not lines:
                time.sleep(chance.random() * 0.02)
                process.kill()
        written = [folder / name for name in _WRITTEN if (folder / name).exists()]
        damaged += [str(path) for path in written if path.read_text() not in texts]
        # What was being written is left under another name, which no glossary has.
        for left in folder.glob(".*.*"):
            damaged += [str(left)] * formats.may_be_glossary(str(left))
            left.unlink()
    return damaged
