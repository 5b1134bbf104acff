"""A request that is cancelled is refused as such, and nothing is done for it any more."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from glossary_ls.lsp.capabilities import COMMANDS
from glossary_ls.lsp.registry import REQUESTS
from glossary_ls.workspace import open_document
from tests.wire.harness import PULL, WireClient, uri

#: The document that the parameters are about.
DOC = uri("a.md")
TEXT = "The SLO of the QXZ.\n\n" * 12
FILES = {"a.md": TEXT, "glossary.yaml": "SLO: Service Level Objective\n", "b.md": "An SLO.\n"}

#: Requests that look at the other files.
SEARCHES = {"textDocument/references", "textDocument/rename", "workspace/diagnostic", "glossary_ls/term"}
CHECKS = {f"glossary_ls.{name}" for name in ("checkWorkspace", "reviewAcronyms")}


#: Parameters of all requests together.
ASKED: dict[str, Any] = {
    "textDocument": {"uri": DOC},
    "position": {"line": 0, "character": 5},
    "range": {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}},
    "context": {"includeDeclaration": True, "diagnostics": []},
    "newName": "SLT",
    "query": "SLO",
    "previousResultIds": [],
    "uri": DOC,
    "name": "SLO",
    "uses": True,
}


def asked() -> list[tuple[str, dict[str, Any]]]:
    """Return every request and command with parameters."""
    execute = "workspace/executeCommand"
    found = [(method, ASKED) for method in REQUESTS if method != execute]
    given = [{"uri": DOC, "name": "QYZ"}]
    return found + [(execute, {"command": name, "arguments": given}) for name in COMMANDS]


def client() -> WireClient:
    """Return a client that pulls diagnostics."""
    settings = {"packs": [], "diagnostics": {"workspace": True}}
    return WireClient(capabilities=PULL, files=FILES, settings=settings)


def work(made: WireClient) -> set[int]:
    """Return what is still to be done for requests, by identity: tasks, and what waits for a scan."""
    session = made.server.protocol.session
    assert session is not None
    scans = session.scanner._scans.values()
    tasks = {id(task) for task in session.tasks._tasks} - {id(scan.task) for scan in scans}
    return tasks | {id(each) for scan in scans for each in scan.requests}


def cancelled(made: WireClient, *, scanned: bool) -> set[str]:
    """Cancel every request as soon as it is sent; return the methods and commands that had no answer yet."""
    found = set()
    for number, (method, params) in enumerate(asked(), 500):
        made.open(DOC, "markdown", f"{TEXT}{number}")
        made.clock.step = 0.0
        made.advance(2 if scanned else 0)
        made.clock.step = 0.05
        before = work(made)
        made.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        if made.answer(number) is None:
            found.add(str(params.get("command", method)))
            made.notify("$/cancelRequest", {"id": number})
            assert made.refused(number) == (-32800, "cancelled"), method
            assert work(made) <= before, (method, params)
        made.close(DOC)
        made.clock.step = 0.0
        made.advance(2)
        # It has one answer, as `answer` asserts.
        assert made.answer(number), method
    return found


def test_requests_that_wait_for_a_scan_are_cancelled() -> None:
    with patch.object(open_document, "AT_ONCE", 60):
        found = cancelled(client(), scanned=False)
    assert found > {
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/rename",
        "glossary_ls/tokens",
    }


def test_searches_and_checks_are_cancelled() -> None:
    found = cancelled(client(), scanned=True)
    assert found > SEARCHES | CHECKS
