"""Start-up: from spawning the server to its answer to `initialize`, and the commands that people type."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.bench.documents import RUNBOOK
from tests.bench.timing import Row, medians_in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The floor: what every server on pygls must load before it can say anything.
PYGLS = "from pygls.lsp.server import LanguageServer; LanguageServer('floor', '1')"

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {"textDocument": {"hover": {}}}},
}


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    floor, answered, bare, check = medians_in_turn(import_pygls, initialize, python, check_runbook, times=9)
    yield Row("importing pygls and building a server", floor, floor / bare, "starting Python")
    yield Row("spawn to answered initialize", answered, answered / floor, "importing pygls (wanted: <= 0.25)")
    yield Row("glossary-ls check docs/demo/runbook.md", check, check / bare, "starting Python")


def python() -> None:
    """Start Python and do nothing."""
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def import_pygls() -> None:
    """Load pygls and build its server."""
    subprocess.run([sys.executable, "-c", PYGLS], check=True)


def check_runbook() -> None:
    """Check a document from the command line; it has findings, so that the exit code is 1."""
    subprocess.run([sys.executable, "-m", "glossary_ls", "check", RUNBOOK], capture_output=True, check=False)


def initialize() -> None:
    """Start the server and wait for its answer."""
    body = json.dumps(INITIALIZE).encode()
    process = subprocess.Popen(
        [sys.executable, "-m", "glossary_ls", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"Content-Length")
        process.kill()
