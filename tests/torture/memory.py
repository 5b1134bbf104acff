"""The memory of a server as the system sees it, with large files open and after they were closed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.wire.test_process import frame, read

_PARAGRAPH = "The SLO of the QXZ fails, and the Queue Exchange Zone (QEZ) grew.\nA list: `a`, *b*.\n\n"


class Memory(NamedTuple):
    """Resident memory in megabytes: before anything is open, at most, and after all is closed."""

    before: int
    most: int
    after: int


def memory(folder: Path, documents: int, size: int, *, together: bool = False) -> Memory:
    """Open a glossary and documents of `size` characters each, and ask about each.

    They are open one after the other, or all at once if they are open `together`.
    """
    entries = "".join(f"- term: T{number}\n  definition: Number {number}.\n" for number in range(size // 40))
    (folder / "glossary.yaml").write_text(entries)
    command = [sys.executable, "-m", "glossary_ls", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout

        def send(*messages: dict[str, object]) -> None:
            assert server.stdin
            server.stdin.write(frame(*({"jsonrpc": "2.0", **each} for each in messages)))
            server.stdin.flush()

        def wait(number: int) -> None:
            assert server.stdout
            while (message := read(server.stdout)) is not None and (
                "method" in message or message.get("id") != number
            ):
                if "id" in message:
                    send({"id": message["id"], "result": None})

        params: dict[str, object] = {"capabilities": {}, "rootUri": folder.as_uri(), "processId": None}
        send({"id": 0, "method": "initialize", "params": params}, {"method": "initialized", "params": {}})
        wait(0)
        before = _resident(server.pid, "RSS")
        open_uris: list[str] = []
        for number in range(1, documents + 1):
            uri = f"{folder.as_uri()}/d{number}.md"
            text = _PARAGRAPH * (size // len(_PARAGRAPH))
            opened = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
            place = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 5}}
            send(
                {"method": "textDocument/didOpen", "params": {"textDocument": opened}},
                {"id": number, "method": "textDocument/hover", "params": place},
            )
            wait(number)
            open_uris.append(uri)
            for each in () if together and number < documents else open_uris:
                send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": each}}})
            open_uris = open_uris if together else []
        send({"id": documents + 1, "method": "glossary_ls/status", "params": {}})
        wait(documents + 1)
        found = Memory(before, _resident(server.pid, "HWM"), _resident(server.pid, "RSS"))
        server.stdin.close()
        server.stdout.read()
    return found


def _resident(process: int, kind: str) -> int:
    """Return the resident memory of a process, now (RSS) or at most (HWM); 0 where that is no file."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(rf"^Vm{kind}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) // 1024 if found else 0
