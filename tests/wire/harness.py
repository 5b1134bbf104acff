"""A client and a server in one process, over a wire of plain messages: no subprocess, sleep or thread.

Every message of the server is structured with lsprotocol's types, so a misspelt field fails the test that
receives it. Time stands still until `settle` or `advance` is called, but for the steps of background tasks,
each of which takes `step` seconds: none by default, so that every task is done in one slice. Messages of the
server that ask something are answered by `answers`, a dict of method and function that may raise
ResponseError.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.protocol import default_converter

import glossary_ls.lsp.registry  # noqa: F401  because it must not import what a test has patched
from glossary_ls.lsp.server import create_server
from tests.clock import SimulatedClock
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from glossary_ls.vfs.files import Files

#: Building a converter takes longer than a whole test.
CONVERTER = default_converter()  # type: ignore[no-untyped-call]  # because pygls leaves it untyped

ROOT = "/ws"

#: What a modern editor can do, except pulling diagnostics and watching files.
CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {
            "completionItem": {
                "documentationFormat": ["markdown", "plaintext"],
                "tagSupport": {"valueSet": [1]},
                "resolveSupport": {"properties": ["documentation"]},
            }
        },
        "inlayHint": {"resolveSupport": {"properties": ["tooltip"]}},
        "definition": {"linkSupport": True},
        "declaration": {"linkSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True, "tagSupport": {"valueSet": [1]}},
        "documentLink": {"tooltipSupport": True},
        "rename": {"prepareSupport": True, "honorsChangeAnnotations": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
            "isPreferredSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "publishDiagnostics": {
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "relatedInformation": True,
            "versionSupport": True,
        },
    },
    "workspace": {
        "configuration": True,
        "inlayHint": {"refreshSupport": True},
        "workspaceFolders": True,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
            "changeAnnotationSupport": {"groupsOnLabel": True},
        },
    },
}

#: Added to the above by clients that pull diagnostics.
PULL: dict[str, Any] = {
    "textDocument": {"diagnostic": {"codeDescriptionSupport": True, "dataSupport": True}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}

#: Added by clients that watch files.
WATCH: dict[str, Any] = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


def merged(base: Mapping[str, Any], *others: Mapping[str, Any]) -> dict[str, Any]:
    """Return nested dicts laid over one another."""
    result = deepcopy(dict(base))
    for other in others:
        for key, value in other.items():
            nested = isinstance(value, dict) and isinstance(result.get(key), dict)
            result[key] = merged(result[key], value) if nested else deepcopy(value)
    return result


def uri(name: str) -> str:
    """Return the URI of a file in the workspace."""
    return f"file://{ROOT}/{name}"


class ResponseError(Exception):
    """The server, or the client, refused a request."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class _Writer:
    """The server's end of the wire."""

    def __init__(self, received: list[dict[str, Any]]) -> None:
        self._received = received

    def write(self, data: bytes) -> None:
        self._received.append(json.loads(data))

    def close(self) -> None:
        pass


class WireClient:
    """A client of a fresh server, initialized unless told otherwise.

    `capabilities` are laid over CAPABILITIES; `step` is how long a step of a background task takes;
    `settings` is what the editor answers when it is asked for its settings, and may be changed later;
    `files` is the disk.
    """

    def __init__(
        self,
        encoding: str = "utf-16",
        capabilities: Mapping[str, Any] | None = None,
        files: Files | Mapping[str, str] | None = None,
        settings: object = None,
        roots: Sequence[str] = (ROOT,),
        *,
        step: float = 0.0,
        clock: SimulatedClock | None = None,
        initialize: bool = True,
        **params: Any,  # noqa: ANN401  because the parameters of initialize are JSON
    ) -> None:
        named = files if isinstance(files, Mapping) else {}
        in_memory = MemoryFiles({f"{ROOT}/{name}": text for name, text in named.items()})
        self.files = files if isinstance(files, MemoryFiles) else in_memory
        disk = in_memory if files is None or isinstance(files, Mapping) else files
        self.settings = settings
        self.roots = roots
        self.clock = clock or SimulatedClock(step)
        self.server = create_server(disk, self.clock, lambda: CONVERTER)
        self.messages: list[dict[str, Any]] = []
        self.answers: dict[str, Callable[[Any], object]] = {
            "workspace/configuration": lambda asked: [self.settings for _ in asked["items"]]
        }
        self._unread: list[dict[str, Any]] = []
        self._responses: dict[int, dict[str, Any]] = {}
        self._published: dict[str, dict[str, Any]] = {}
        self._methods: dict[int, str] = {}
        self._ids = count(1)
        self.listen()
        self.capabilities = merged(
            CAPABILITIES, {"general": {"positionEncodings": [encoding]}}, capabilities or {}
        )
        if initialize:
            self.initialize(**params)

    # --- the protocol -------------------------------------------------------------------------------------

    def initialize(self, **params: Any) -> Any:  # noqa: ANN401  because the parameters are JSON
        """Shake hands; return the server's answer."""
        given = {
            "processId": None,
            "rootUri": f"file://{self.roots[0]}" if self.roots else None,
            "workspaceFolders": [{"uri": f"file://{root}", "name": root} for root in self.roots],
            "capabilities": self.capabilities,
            **params,
        }
        self.initialized = self.request("initialize", given)
        self.notify("initialized", {})
        self.settle()
        return self.initialized

    def request(self, method: str, params: object = None) -> Any:  # noqa: ANN401  because results are JSON
        """Send a request and return its result."""
        number = next(self._ids)
        self._methods[number] = method
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        if number not in self._responses:
            # Some answers take their time.
            self.settle()
        response = self._responses.pop(number)
        if "error" in response:
            raise ResponseError(response["error"]["code"], response["error"]["message"])
        return response["result"]

    def answer(self, number: int = 500) -> dict[str, Any] | None:
        """Return the answer to a request that was sent under a number, or None as long as there is none."""
        found = [message for message in self.messages if message.get("id") == number]
        assert len(found) <= 1
        return found[0] if found else None

    def wait(self, number: int = 500) -> None:
        """Let time pass until a request is answered."""
        while self.answer(number) is None:
            self.advance(0.1)

    def result(self, number: int = 500) -> Any:  # noqa: ANN401  because results are JSON
        """Return the result of a request that was answered."""
        answer = self.answer(number)
        assert answer is not None
        return answer["result"]

    def refused(self, number: int = 500) -> tuple[int, str]:
        """Return why a request was refused."""
        answer = self.answer(number)
        assert answer is not None
        return answer["error"]["code"], answer["error"]["message"]

    def notify(self, method: str, params: object = None) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, message: object) -> None:
        """Send anything."""
        self.server.protocol.receive(json.dumps(message).encode())
        self._read()

    def listen(self) -> None:
        """Read what the server writes, as at the start."""
        self.server.protocol.set_writer(_Writer(self._unread), include_headers=False)

    def settle(self) -> None:
        """Let the server finish what it does within a second."""
        self.advance(1.0)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.advance(seconds)
        self._read()

    def received(self, method: str) -> list[Any]:
        """Return the parameters of all messages of the server with a method, oldest first."""
        return [message.get("params") for message in self.messages if message.get("method") == method]

    # --- documents ----------------------------------------------------------------------------------------

    def open(self, target: str, language: str, text: str, version: int = 1) -> None:
        """Open a document."""
        document = {"uri": target, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, target: str, version: int, *edits: tuple[Any, Any, str] | str) -> None:
        """Send edits, each (start, end, text) with positions (line, character), or a whole text."""
        changes = [
            {"text": edit} if isinstance(edit, str) else {"range": span(edit[0], edit[1]), "text": edit[2]}
            for edit in edits
        ]
        params = {"textDocument": {"uri": target, "version": version}, "contentChanges": changes}
        self.notify("textDocument/didChange", params)

    def close(self, target: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": target}})

    def at(self, method: str, target: str, line: int, character: int) -> Any:  # noqa: ANN401  because results are JSON
        """Ask about a position."""
        position = {"line": line, "character": character}
        return self.request(method, {"textDocument": {"uri": target}, "position": position})

    def hover(self, target: str, line: int, character: int) -> str | None:
        """Return the text of a hover, or None."""
        result = self.at("textDocument/hover", target, line, character)
        return None if result is None else result["contents"]["value"]

    def diagnostics(self, target: str) -> list[dict[str, Any]]:
        """Return the findings that the client shows for a document once the server is quiet."""
        self.settle()
        pushed = self._published.get(target, {}).get("diagnostics", [])
        if "diagnosticProvider" not in self.initialized["capabilities"]:
            return list(pushed)
        pulled = self.request("textDocument/diagnostic", {"textDocument": {"uri": target}})
        return [*pushed, *pulled["items"]]

    def published(self, target: str) -> list[dict[str, Any]]:
        """Return every push for a document, oldest first."""
        pushes = self.received("textDocument/publishDiagnostics")
        return [params for params in pushes if params["uri"] == target]

    # --- reading ------------------------------------------------------------------------------------------

    def _read(self) -> None:
        while self._unread:
            message = self._unread.pop(0)
            self.messages.append(message)
            method = message.get("method")
            if method is None:
                self._take_response(message)
            else:
                if not method.startswith("glossary_ls/"):
                    self._check(message, types.METHOD_TO_TYPES[method][0])
                if method == "textDocument/publishDiagnostics":
                    self._published[message["params"]["uri"]] = message["params"]
                if "id" in message:
                    self._answer(message, self.answers.get(method, lambda _: None))

    def _answer(self, message: dict[str, Any], answer: Callable[[Any], object]) -> None:
        response: dict[str, object] = {"jsonrpc": "2.0", "id": message["id"]}
        try:
            response["result"] = answer(message.get("params"))
        except ResponseError as error:
            response["error"] = {"code": error.code, "message": str(error)}
        self.send(response)

    def _take_response(self, message: dict[str, Any]) -> None:
        number = message["id"]
        if number is not None:
            self._responses[number] = message
        method = self._methods.get(number, "")
        if "result" in message and method == "textDocument/codeAction":
            # The converter takes an action with a command for a command.
            for action in message["result"] or ():
                self._check(action, types.CodeAction)
        elif "result" in message and method in types.METHOD_TO_TYPES:
            self._check(message, types.METHOD_TO_TYPES[method][1])

    def _check(self, message: Mapping[str, Any], kind: Any) -> None:  # noqa: ANN401  because it is any class
        """Structure a message and turn it back: a field that lsprotocol does not know would be lost.

        Fields in an object `glossary_ls` are ours.
        """
        typed = CONVERTER.structure(deepcopy(dict(message)), kind)
        known = set(_paths(CONVERTER.unstructure(typed, unstructure_as=kind)))
        ours = (path for path in _paths(message) if "glossary_ls" not in path)
        unknown = [".".join(map(str, path)) for path in ours if path not in known]
        assert not unknown, f"no such fields: {unknown}"


def span(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    """Return a range."""
    first, last = ({"line": line, "character": character} for line, character in (start, end))
    return {"start": first, "end": last}


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterable[tuple[str | int, ...]]:
    """Yield the path of every field that holds something; lists of items are looked at by their first one."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        yield from _paths(value[0], (*path, 0)) if value else ()
    elif value is not None:
        yield path
