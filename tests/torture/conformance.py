"""Messages made from lsprotocol's types: for each method valid, borderline and invalid parameters.

Valid are the shortest and the fullest parameters that the types allow; in borderline and invalid ones a
member is missing or replaced with another value: a wrong type, an unknown enum member, a number beyond its
bounds, a lone surrogate.
"""

# ruff: noqa: ANN401  because types and messages are any

from __future__ import annotations

import enum
import logging
import types as python
import typing
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
from lsprotocol import types

from glossary_ls.lsp.capabilities import CUSTOM_REQUESTS
from tests.memory_files import MemoryFiles
from tests.wire.harness import CONVERTER, PULL, WireClient

if TYPE_CHECKING:
    from collections.abc import Iterator

DOC = "file:///ws/a.md"

FILES = {
    "/ws/glossary.yaml": "SLO: Service Level Objective\n",
    "/ws/a.md": "The SLO of the QXZ.\n",
    "/ws/b.md": "An SLO.\n",
}

#: What strings of some names hold.
_STRINGS = {
    "uri": DOC,
    "old_uri": DOC,
    "new_uri": "file:///ws/c.md",
    "root_uri": "file:///ws",
    "language_id": "markdown",
    "new_name": "SLX",
    "query": "SLO",
    "command": "glossary_ls.showStatus",
}

#: How deep the fullest parameters are.
_DEEPEST = 6

#: What replaces a member. The last two would be valid in some places.
ODD: tuple[object, ...] = (None, True, -1, 2**31, 1e308, "\ud800", "none", 99, [], {}, [[{}]], "", 0)

#: Refusals that tell a client what is wrong.
_REFUSED = {-32602, -32600, -32601, -32803, -32801, -32800, -32002}

_CLIENT = [method for method in types.METHOD_TO_TYPES if types.message_direction(method) != "serverToClient"]
#: Those of the protocol that a client sends, and ours.
REQUESTS = sorted({*(each for each in _CLIENT if types.METHOD_TO_TYPES[each][1]), *CUSTOM_REQUESTS})
NOTIFICATIONS = sorted(each for each in _CLIENT if not types.METHOD_TO_TYPES[each][1])

#: What begins or ends a session.
LIFE = {"initialize", "shutdown", "exit"}


class Conformance(NamedTuple):
    """How many messages were sent, and what was wrong with the answers."""

    sent: int
    wrong: list[str]


def valid(method: str) -> list[Any]:
    """Return the shortest and the fullest parameters of a method; null for none."""
    if method in CUSTOM_REQUESTS:
        place = {"line": 0, "character": 5}
        document = {"textDocument": {"uri": DOC}, "position": place, "range": {"start": place, "end": place}}
        return [
            {"uri": DOC, "name": "SLO"},
            {**document, "uri": DOC, "name": "SLO", "query": "S", "limit": 3},
        ]
    kind = types.METHOD_TO_TYPES[method][2]
    if kind is None:
        return [None]
    return [CONVERTER.unstructure(_sample(kind, "", full, 0), unstructure_as=kind) for full in (False, True)]


def odd(params: Any, each: int = 1, first: int = 0) -> Iterator[Any]:
    """Yield parameters of which one member is missing or has another value: every `each`-th of them."""
    changes = [(path, value) for path in ((), *_paths(params)) for value in (*ODD, _MISSING)]
    return (_replaced(params, *change) for change in changes[first % each :: each])


_MISSING = object()


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))


def _replaced(params: Any, path: tuple[Any, ...], value: object) -> Any:
    if not path:
        return None if value is _MISSING else value
    copy = holder = deepcopy(params)
    for key in path[:-1]:
        holder = holder[key]
    if value is _MISSING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return copy


def _sample(kind: Any, name: str, full: bool, depth: int) -> Any:  # noqa: FBT001, PLR0911  one for each kind
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if attrs.has(kind):
        attrs.resolve_types(kind)
        return kind(
            **{
                # A text with a default is the only value.
                field.name: field.default
                if isinstance(field.default, str)
                else _sample(field.type, field.name, full, depth + 1)
                for field in attrs.fields(kind)
                if field.default is attrs.NOTHING or (full and depth < _DEEPEST)
            }
        )
    if origin in {typing.Union, python.UnionType}:
        # The last alternative of the fullest parameters is the richest one as a rule.
        known = [each for each in inner if each is not type(None)]
        return _sample(known[-1 if full else 0], name, full, depth)
    if origin is typing.Literal:
        return inner[0]
    if origin is tuple:
        return tuple(_sample(each, name, full, depth) for each in inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {DOC: _sample(inner[1], name, full, depth)} if full and depth < _DEEPEST else {}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return [_sample(inner[0], name, full, depth)] if depth < _DEEPEST else []
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    simple = {str: _STRINGS.get(name, "SLO"), int: 0, bool: False, float: 0.0}
    return simple.get(kind)


def conformance(each: int, first: int = 0) -> Conformance:
    """Send every message, and of the odd ones every `each`-th from the `first` on."""
    # As the server does it when it is started: what pygls logs is answered or logged by the server itself.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    run = _Run(each, first)
    run.sessions()
    for method in (*REQUESTS, *NOTIFICATIONS):
        if method not in LIFE:
            run.parameters(method)
    run.initializations()
    return Conformance(run.sent, run.wrong)


class _Errors(logging.Handler):
    def __init__(self, wrong: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.wrong = wrong

    def emit(self, record: logging.LogRecord) -> None:
        self.wrong.append(self.format(record))


class _Run:
    def __init__(self, each: int, first: int) -> None:
        self.each = each
        self.first = first
        self.sent = 0
        self.wrong: list[str] = []
        self.valid = {method: valid(method) for method in (*REQUESTS, *NOTIFICATIONS)}
        self.running = self.client()

    def client(self, *, initialize: bool = True) -> WireClient:
        return WireClient(
            capabilities=PULL, files=MemoryFiles(FILES), settings={"packs": []}, initialize=initialize
        )

    # --- one message --------------------------------------------------------------------------------------

    def ask(self, client: WireClient, method: str, params: Any, codes: set[int | None]) -> None:
        """Send a request; it has one answer, which has one of some codes and is well-formed."""
        self.sent += 1
        number = 100_000 + self.sent
        if params in self.valid[method]:
            # A client that sends an odd item to be resolved has it back.
            client._methods[number] = method
        start = len(client.messages)
        try:
            client.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
            if client.answer(number) is None:
                client.advance(30)
        except AssertionError as error:
            self.wrong.append(f"{method} {params}: {error}")
            return
        answers = [
            each for each in client.messages[start:] if each.get("id") == number and "method" not in each
        ]
        found = [(each.get("error") or {}).get("code") for each in answers]
        if len(found) != 1 or found[0] not in codes or ("result" in answers[0]) == ("error" in answers[0]):
            self.wrong.append(f"{method} {params}: {answers}")

    def tell(self, client: WireClient, method: str, params: Any) -> None:
        """Send a notification; nothing answers it."""
        self.sent += 1
        start = len(client.messages)
        client.notify(method, params)
        client.advance(0.3)
        if answers := [each for each in client.messages[start:] if "method" not in each]:
            self.wrong.append(f"{method} {params}: {answers}")

    # --- runs ---------------------------------------------------------------------------------------------

    def sessions(self) -> None:
        """Send messages before `initialize` and after `shutdown`, and requests twice and cancelled."""
        early, late, busy = self.client(initialize=False), self.client(), self.client()
        late.request("shutdown")
        for method in REQUESTS:
            for params in self.valid[method]:
                if method != "initialize":
                    self.ask(early, method, params, {-32002})
                self.ask(late, method, params, {-32600})
                if method not in LIFE:
                    self.twice(busy, method, params)
        for method in NOTIFICATIONS:
            for params in self.valid[method]:
                if method not in LIFE:
                    self.tell(early, method, params)
                    self.tell(late, method, params)
        for client, code in ((early, 1), (late, 0)):
            client.notify("exit")
            if client.server.protocol.exit_code != code:
                self.wrong.append(f"exit code {client.server.protocol.exit_code}")

    def twice(self, client: WireClient, method: str, params: Any) -> None:
        """Send a request two times under one id and cancel it: there are two answers."""
        self.sent += 2
        number = f"twice {self.sent}"
        start = len(client.messages)
        for _ in range(2):
            client.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        client.notify("$/cancelRequest", {"id": number})
        client.advance(5)
        answers = [each for each in client.messages[start:] if each.get("id") == number]
        if len(answers) != 2:
            self.wrong.append(f"{method} {params}, twice: {answers}")

    def parameters(self, method: str) -> None:
        """Send a message of the running session with all kinds of parameters."""
        client = self.running
        errors = _Errors(self.wrong)
        logging.getLogger("glossary_ls").addHandler(errors)
        codes: set[int | None] = {None, *_REFUSED}
        try:
            for params in (*self.valid[method], *self.odd(method)):
                client.open(DOC, "markdown", FILES["/ws/a.md"])
                if method in REQUESTS:
                    self.ask(client, method, params, codes)
                else:
                    self.tell(client, method, params)
                client.messages.clear()
            folder = {"added": [{"uri": "file:///ws", "name": "ws"}], "removed": [{"uri": DOC, "name": ""}]}
            client.notify("workspace/didChangeWorkspaceFolders", {"event": folder})
            client.open(DOC, "markdown", FILES["/ws/a.md"])
            client.open("file:///ws/glossary.yaml", "yaml", FILES["/ws/glossary.yaml"])
            client.settle()
            if "Service Level Objective" not in str(client.hover(DOC, 0, 5)):
                self.wrong.append(f"no hover after {method}")
        finally:
            logging.getLogger("glossary_ls").removeHandler(errors)

    def initializations(self) -> None:
        """Begin sessions with all kinds of parameters."""
        for params in (*self.valid["initialize"], *self.odd("initialize")):
            client = self.client(initialize=False)
            self.ask(client, "initialize", params, {None})
            client.notify("initialized", {})
            self.ask(client, "shutdown", None, {None})

    def odd(self, method: str) -> Iterator[Any]:
        for params in self.valid[method]:
            yield from odd(params, self.each, self.first)
