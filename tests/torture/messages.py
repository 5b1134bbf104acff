"""Random messages to a server in process: valid, borderline and broken ones, in any order."""

from __future__ import annotations

import json
import logging
import random
from typing import Any, NamedTuple

from lsprotocol import types

from tests.memory_files import MemoryFiles
from tests.wire.harness import WireClient

_METHODS = sorted(set(types.METHOD_TO_TYPES) - {"initialize", "shutdown", "exit"})

_TEXTS = (
    "",
    "The SLO.\n",
    "ABC (a b c)\n",
    "\u2028\x0c\U0001f600\ud800",
    "| `SLO` |\n|---|\n" * 20,
    "\r\n\r",
    "a" * 3000,
)

_COMMANDS = ("addTerm", "reload", "checkWorkspace", "showStatus", "none")

_FILES = ("a.md", "b.rst", "glossary.yaml", "glossary-ls.toml", ".gitignore", "c.py", "docs/glossary.md")

_ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    2**31,
    2**64,
    1e308,
    "",
    "\ud800",
    [],
    {},
    [[]],
    {"uri": 5},
    "file:///%00",
)


class Outcome(NamedTuple):
    """What came of messages."""

    sent: int = 0
    requests: int = 0
    unanswered: int = 0
    internal_errors: int = 0

    def plus(self, other: Outcome) -> Outcome:
        """Return the sum of two outcomes."""
        return Outcome(*(one + more for one, more in zip(self, other, strict=True)))


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        # What pygls says about unknown methods is no error of the server.
        self.count += record.name == "glossary_ls" and record.exc_info is not None


def random_messages(seed: int, number: int) -> Outcome:
    """Send random messages to a fresh server."""
    chance = random.Random(seed)  # noqa: S311  because it is no secret
    files = {name: chance.choice(_TEXTS).replace("\ud800", "") for name in _FILES}
    client = WireClient(files=MemoryFiles({f"/ws/{name}": text for name, text in files.items()}))
    errors = _Errors()
    logger = logging.getLogger("glossary_ls")
    logger.addHandler(errors)
    # As the server does it when it is started: what pygls logs is answered or logged by the server itself.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    asked: set[int] = set()
    answers: dict[int, int] = {}
    try:
        for sent in range(number):
            method = chance.choice(_METHODS)
            message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": _params(chance)}
            if chance.random() < 0.6:
                message["id"] = 10_000 + sent
                asked.add(10_000 + sent)
            client.server.protocol.receive(json.dumps(message).encode())
            if sent % 50 == 0:
                client.advance(chance.choice((0.1, 1, 3)))
                _count(client, answers)
        client.advance(60)
        _count(client, answers)
    finally:
        logger.removeHandler(errors)
    return Outcome(number, len(asked), sum(answers.get(each, 0) != 1 for each in asked), errors.count)


def _count(client: WireClient, answers: dict[int, int]) -> None:
    for message in client.messages:
        number = message.get("id")
        if "method" not in message and isinstance(number, int):
            answers[number] = answers.get(number, 0) + 1
    client.messages.clear()


def _params(chance: random.Random) -> object:
    if chance.random() < 0.1:
        return chance.choice(_ODD)
    uri = f"file:///ws/{chance.choice(_FILES)}"
    place = {"line": chance.randrange(4), "character": chance.randrange(12)}
    params: dict[str, object] = {
        "textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": chance.choice(_TEXTS)},
        "position": place,
        "range": {"start": place, "end": {"line": 9, "character": 0}},
        "context": {"diagnostics": [], "includeDeclaration": True},
        "contentChanges": [
            {"text": chance.choice(_TEXTS)},
            {"range": {"start": place, "end": place}, "text": "SLO "},
        ],
        "changes": [{"uri": uri, "type": chance.randrange(1, 4)}],
        "files": [{"uri": uri, "oldUri": uri, "newUri": f"{uri}x"}],
        "event": {"added": [], "removed": []},
        "newName": chance.choice(("ABD", "", "a\nb")),
        "query": chance.choice(("", "SLO", "\ud800")),
        "command": f"glossary_ls.{chance.choice(_COMMANDS)}",
        "arguments": [{"name": "SLX", "uri": uri}],
        "id": 10_000 + chance.randrange(10_000),
        "data": {"uri": uri},
        "title": "x",
    }
    if chance.random() < 0.3:
        params[chance.choice(sorted(params))] = chance.choice(_ODD)
    return params
