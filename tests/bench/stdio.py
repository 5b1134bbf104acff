"""A server as a process, and a client of it that does as little as it can while it waits.

It must not import glossary_ls: it talks to servers of any version.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = dict[str, Any]

#: How long to wait for an answer or a notification, in seconds.
_PATIENCE = 60.0

#: A server rests when it uses less than `_IDLE` seconds of processor time within `_REST` seconds.
_REST = 0.05
_IDLE = 0.0003

_CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {
            "completionItem": {
                "documentationFormat": ["markdown", "plaintext"],
                "resolveSupport": {"properties": ["documentation"]},
            }
        },
        "inlayHint": {"resolveSupport": {"properties": ["tooltip"]}},
        "definition": {"linkSupport": True},
        "declaration": {"linkSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "documentLink": {"tooltipSupport": True},
        "foldingRange": {},
        "semanticTokens": {
            "requests": {"range": True, "full": {"delta": True}},
            "formats": ["relative"],
            "tokenTypes": ["variable"],
            "tokenModifiers": ["deprecated"],
        },
        "rename": {"prepareSupport": True, "honorsChangeAnnotations": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
            "isPreferredSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "publishDiagnostics": {"codeDescriptionSupport": True, "dataSupport": True, "versionSupport": True},
    },
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        # Without it, a server looks for changed files every now and then.
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
            "changeAnnotationSupport": {"groupsOnLabel": True},
        },
    },
}


class UnansweredError(Exception):
    """The server refused a request, or has ended."""


def processor_time(pid: int) -> float | None:
    """Return the processor time that a process has used, in seconds; None where nobody can tell.

    Linux numbers the clocks of other processes as `clock_getcpuclockid` does.
    """
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except (AttributeError, OSError):
        return None


class Stopwatch:
    """How long a server takes, in milliseconds, without the time in which other programs had the processor.

    Where the system tells how long threads were ready to run and did not (Linux), that is subtracted, down
    to the server's own processor time: what is left is about what it takes on an idle machine. Elsewhere it
    is the plain time.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._delayed = self._delays()
        self._used = processor_time(pid) or 0.0
        self._start = time.perf_counter()

    def milliseconds(self, end: float | None = None) -> float:
        """Return the time until `end`, or until now."""
        took = (end or time.perf_counter()) - self._start
        used = (processor_time(self._pid) or 0.0) - self._used
        waited = sum(delay - self._delayed.get(thread, 0) for thread, delay in self._delays().items())
        return max(took - waited / 1e9, min(used, took)) * 1000

    def _delays(self) -> dict[str, int]:
        """Return how long each thread of the server and the client has waited for a processor, in ns."""
        waited: dict[str, int] = {}
        for pid in (self._pid, os.getpid()):
            with suppress(OSError):
                for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208  because it is timed
                    with open(f"/proc/{pid}/task/{thread}/schedstat", "rb") as file:  # noqa: PTH123  as above
                        waited[thread] = int(file.read().split()[1])
        return waited


class Server:
    """A server over standard input and output, and the time that it takes, in milliseconds."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=folder
        )
        #: The time since the process was started.
        self.running = Stopwatch(self._process.pid)
        assert self._process.stdin
        assert self._process.stdout
        self._input = self._process.stdin.fileno()
        self._output = self._process.stdout.fileno()
        self._received = bytearray()
        self._folder = folder
        self._requests = 0
        self._settings: Json = {}
        #: When the last message was complete.
        self._arrived = 0.0
        #: How often the findings of each document were published.
        self._published: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError, UnansweredError):
            self.ask("shutdown", None)
            self.tell("exit", None)
        self._process.kill()
        self._process.communicate()

    def initialize(self, settings: Json, *, pull: bool) -> float:
        """Shake hands; return the milliseconds since the process was started."""
        self._settings = settings
        capabilities = _CAPABILITIES
        if pull:
            documents = {**_CAPABILITIES["textDocument"], "diagnostic": {"dataSupport": True}}
            workspace = {**_CAPABILITIES["workspace"], "diagnostics": {"refreshSupport": True}}
            capabilities = {**_CAPABILITIES, "textDocument": documents, "workspace": workspace}
        uri = self._folder.as_uri()
        params = {
            "processId": os.getpid(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": self._folder.name}],
            "capabilities": capabilities,
            "initializationOptions": {"glossary_ls": settings},
        }
        self.ask("initialize", params)
        took = self.running.milliseconds(self._arrived)
        self.tell("initialized", {})
        return took

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self._write(_frame({"method": method, "params": params}))

    def ask(self, method: str, params: object, before: tuple[str, object] | None = None) -> tuple[float, Any]:
        """Return how long an answer takes, and the result; `before` is a notification that is timed with it.

        Raise UnansweredError if the server refuses.
        """
        self.drain()
        self._requests += 1
        number = self._requests
        body = _frame({"id": number, "method": method, "params": params})
        if before is not None:
            body = _frame({"method": before[0], "params": before[1]}) + body
        watch = Stopwatch(self._process.pid)
        self._write(body)
        while (message := self._receive()).get("id") != number or "method" in message:
            pass
        took = watch.milliseconds(self._arrived)
        if "error" in message:
            raise UnansweredError(f"{method}: {message['error']}")
        return took, message.get("result")

    def send(self, method: str, params: object) -> int:
        """Send a request and return its number, without waiting for the answer."""
        self._requests += 1
        self._write(_frame({"id": self._requests, "method": method, "params": params}))
        return self._requests

    def answer(self, seconds: float) -> tuple[int, Any] | None:
        """Return the number and the result of the next answer, or None if none comes within some seconds."""
        end = time.perf_counter() + seconds
        while self._received or select.select([self._output], [], [], max(end - time.perf_counter(), 0))[0]:
            message = self._receive()
            if "id" in message and "method" not in message:
                return message["id"], message.get("result")
        return None

    def stopwatch(self) -> Stopwatch:
        """Return a stopwatch that starts now."""
        return Stopwatch(self._process.pid)

    def published(self, uri: str, method: str, params: object) -> float:
        """Send a notification and return the milliseconds until the findings of a document come."""
        self.drain()
        seen = self._published.get(uri, 0)
        body = _frame({"method": method, "params": params})
        watch = Stopwatch(self._process.pid)
        self._write(body)
        while self._published.get(uri, 0) == seen:
            self._receive()
        return watch.milliseconds(self._arrived)

    def drain(self) -> None:
        """Take in what the server has sent."""
        while self._received or select.select([self._output], [], [], 0)[0]:
            self._receive()

    def rest(self, quiet: float = _REST) -> None:
        """Wait until the server has had nothing to do for some seconds."""
        before, now = -1.0, self.cpu()
        if now is None:
            time.sleep(max(quiet, 5 * _REST))
        while now is not None and (now - before > _IDLE or self._is_runnable()):
            time.sleep(quiet)
            self.drain()
            before, now = now, self.cpu()
        self.drain()

    def _is_runnable(self) -> bool:
        """Return whether a thread runs or waits for a processor."""
        try:
            stats = [path.read_bytes() for path in Path(f"/proc/{self._process.pid}/task").glob("*/stat")]
        except OSError:
            return False
        return any(stat.rpartition(b") ")[2].startswith(b"R") for stat in stats)

    def cpu(self) -> float | None:
        """Return the processor time that the server has used, in seconds; None where nobody can tell."""
        return processor_time(self._process.pid)

    def memory(self) -> float:
        """Return the resident memory of the server in megabytes; 0 where nobody can tell."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        except OSError:
            return 0.0
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._input, view) :]

    def _receive(self) -> Json:
        """Return the next message, after what it asks is answered."""
        end = self._received.find(b"\r\n\r\n")
        while end < 0:
            self._read()
            end = self._received.find(b"\r\n\r\n")
        header = self._received[:end].decode("ascii").lower()
        length = int(header.partition("content-length:")[2].split()[0])
        while len(self._received) < end + 4 + length:
            self._read()
        self._arrived = time.perf_counter()
        message: Json = json.loads(self._received[end + 4 : end + 4 + length])
        del self._received[: end + 4 + length]
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            uri = message["params"]["uri"]
            self._published[uri] = self._published.get(uri, 0) + 1
        elif method is not None and "id" in message:
            result = None
            if method == "workspace/configuration":
                result = [self._settings for _ in message["params"]["items"]]
            self._write(_frame({"id": message["id"], "result": result}))
        return message

    def _read(self) -> None:
        if not select.select([self._output], [], [], _PATIENCE)[0]:
            raise UnansweredError(f"nothing came within {_PATIENCE:.0f} seconds")
        data = os.read(self._output, 1 << 20)
        if not data:
            raise UnansweredError("the server has ended")
        self._received += data


def _frame(message: Json) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
