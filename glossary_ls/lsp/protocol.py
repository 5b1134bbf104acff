"""pygls' protocol, hardened: every request gets an answer, and no message can stop the server.

Messages of ours are handed on as plain JSON. pygls keeps dispatching, errors and capabilities; documents are
the workspace's, because pygls' own split lines where the protocol does not. The private names of pygls used
here are pinned by tests/unit/test_pygls_contract.py.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    LanguageServerProtocol,
    default_converter,
    lsp_method,
)

import glossary_ls
from glossary_ls.lsp import requests
from glossary_ls.lsp.client import flags
from glossary_ls.lsp.messages import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    REQUEST_CANCELLED,
    Json,
    Later,
    MalformedError,
    RefusedError,
    Written,
    find,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from cattrs import Converter

    from glossary_ls.lsp.messages import Refusal
    from glossary_ls.lsp.schedule import Scheduler
    from glossary_ls.lsp.session import Session
    from glossary_ls.vfs.files import Files

logger = logging.getLogger("glossary_ls")

_PARSE_ERROR = -32700
_INVALID_REQUEST = -32600
_NOT_INITIALIZED = -32002

#: Methods whose handler is overridden here to take plain JSON.
_OVERRIDDEN = frozenset({types.INITIALIZE, types.INITIALIZED, types.SHUTDOWN})


class GlossaryServer(LanguageServer):
    """pygls' server with our protocol; it has no state of its own."""

    protocol: GlossaryProtocol

    def __init__(
        self,
        files: Files | None,
        scheduler: Scheduler,
        converter_factory: Callable[[], Converter] = default_converter,
    ) -> None:
        super().__init__(
            "glossary_ls",
            glossary_ls.__version__,
            notebook_document_sync=requests.notebook_options(),
            protocol_cls=GlossaryProtocol,
            converter_factory=converter_factory,
        )
        self.protocol.attach(files, scheduler)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Log an error of ours; pygls would show it to the user at every key."""
        traceback = find(getattr(error, "data", None), "traceback")
        details = "".join(map(str, traceback)) if isinstance(traceback, list) else ""
        logger.error("%s: %s\n%s", getattr(source, "__name__", source), error, details)


class GlossaryProtocol(LanguageServerProtocol):
    """The protocol as the server speaks it; also the `Client` that the other modules send through."""

    session: Session | None = None
    is_initialized = False
    is_shut_down = False
    exit_code: int | None = None
    client_process: int | None = None

    def attach(self, files: Files | None, scheduler: Scheduler) -> None:
        """Register the handlers; `files` are the workspace's, by default the disk."""
        self._files = files
        self._opening: object = None
        self._scheduler = scheduler
        self._asked: dict[object, tuple[Callable[[object], None], Callable[[], None] | None]] = {}
        self._pending: dict[object, Later] = {}
        self._ids = count(1)
        # Partials throughout: to a function pygls may hand the server as its first argument.
        for feature in requests.FEATURES:
            options = feature.options() if feature.options else None
            self._register(feature.method, partial(self._answer, feature.answer, feature), options)
        for method, resolver in requests.RESOLVERS.items():
            self._register(method, partial(self._answer, resolver))
        for method, question in requests.QUESTIONS.items():
            self._register(method, partial(self._answer, question))
        for method, request in requests.CUSTOM.items():
            self._register(method, partial(self._answer, request))
        for method, listener in requests.NEWS.items():
            # In the place of pygls' own handlers, where it has one.
            self.fm.builtin_features.pop(method, None)
            self._register(method, partial(self._hear, listener), requests.news_options(method))
        self.fm.builtin_features.pop(types.WORKSPACE_EXECUTE_COMMAND)
        self._register(types.WORKSPACE_EXECUTE_COMMAND, partial(self._answer, requests.EXECUTE))

    # --- messages that come -------------------------------------------------------------------------------

    def receive(self, body: bytes) -> None:
        """Handle one message as it came over the wire."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(None, _PARSE_ERROR, "the message is not JSON")
            return
        try:
            self.handle(message)
        except Exception:
            # A mistake of ours in one message must not end the session.
            logger.exception("a message could not be handled")
            if isinstance(message, dict) and "method" in message and _is_id(message.get("id")):
                self._refuse(message["id"], INTERNAL_ERROR, "internal error")

    def handle(self, message: object) -> None:
        """Handle one message; a request is always answered."""
        if not isinstance(message, dict):
            self._refuse(None, _INVALID_REQUEST, "a message is one object")
            return
        method, params, msg_id = message.get("method"), message.get("params"), message.get("id")
        if "method" not in message:
            self._take_response(message)
        elif not isinstance(method, str) or ("id" in message and not _is_id(msg_id)):
            self._refuse(msg_id if _is_id(msg_id) else None, _INVALID_REQUEST, "invalid method or id")
        elif "id" in message:
            self._take_request(msg_id, method, params)
        else:
            self._take_notification(method, params)

    def _take_request(self, msg_id: Any, method: str, params: object) -> None:  # noqa: ANN401  because pygls' ids are
        if self.is_shut_down:
            self._refuse(msg_id, _INVALID_REQUEST, "the server was shut down")
        elif method == types.INITIALIZE and self.is_initialized:
            self._refuse(msg_id, _INVALID_REQUEST, "the server was initialized before")
        elif method != types.INITIALIZE and not self.is_initialized:
            self._refuse(msg_id, _NOT_INITIALIZED, "the server is not initialized")
        elif (message := self._structured(method, {"id": msg_id, "params": params})) is not None:
            self.handle_message(message)
        else:
            self._refuse(msg_id, INVALID_PARAMS, f"invalid parameters for {method}")

    def _take_notification(self, method: str, params: object) -> None:
        if method == types.EXIT:
            self.exit_code = 0 if self.is_shut_down else 1
        elif method == types.CANCEL_REQUEST:
            self._cancel(find(params, "id"))
        elif not self.is_initialized or self.is_shut_down:
            logger.debug("%s ignored: the server is not running", method)
        elif (message := self._structured(method, {"params": params})) is not None:
            self.handle_message(message)
        else:
            self._running().notice(method, f"{method} ignored: invalid parameters")

    def _cancel(self, msg_id: object) -> None:
        """Break off what a client does not want to know any more; most requests were answered before."""
        later = self._pending.pop(msg_id, None) if _is_id(msg_id) else None
        if later is not None:
            later.stop()
            self._refuse(msg_id, REQUEST_CANCELLED, "cancelled")

    def _take_response(self, message: dict[str, Any]) -> None:
        asked = self._asked.pop(message.get("id"), None) if _is_id(message.get("id")) else None
        if asked is None:
            logger.debug("answer to an unknown request")
            return
        then, refused = asked
        if "error" in message:
            logger.warning("the client refused a request: %s", find(message, "error", "message"))
            if refused is not None:
                refused()
                return
        then(message.get("result"))

    def _structured(self, method: str, content: dict[str, Any]) -> Any:  # noqa: ANN401  because pygls takes any
        """Return a message as the method's handler wants it; None when its parameters make no sense."""
        kind = self.get_message_type(method)
        if kind is not None and method in self.fm.builtin_features and method not in _OVERRIDDEN:
            try:
                return self._converter.structure({"jsonrpc": "2.0", "method": method, **content}, kind)
            except Exception:  # noqa: BLE001  because cattrs raises whatever its hooks raise
                return None
        generic = JsonRPCRequestMessage if "id" in content else JsonRPCNotification
        return generic(method=method, jsonrpc="2.0", **content)

    # --- messages that go ---------------------------------------------------------------------------------

    def notify(self, method: str, params: object | None = None) -> None:
        """Send a notification; `params` is JSON."""
        self._send_data({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(
        self,
        method: str,
        params: object,
        then: Callable[[object], None],
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Send a request and call `then` with its result; an error counts as a null one unless `refused`."""
        msg_id = f"glossary_ls-{next(self._ids)}"
        self._asked[msg_id] = (then, refused)
        message = {"jsonrpc": "2.0", "id": msg_id, "method": method}
        self._send_data(message if params is None else {**message, "params": params})

    def _send_response(
        self,
        msg_id: int | str | None,
        result: object = None,
        error: types.ResponseError | None = None,
    ) -> None:
        """Answer a request; tracebacks stay in the log."""
        if error is not None:
            self._refuse(msg_id, error.code, error.message)
        elif isinstance(result, RefusedError):
            self._refuse(msg_id, result.code, str(result))
        elif isinstance(result, Later):
            self._pending[msg_id] = result
            result.settled(partial(self._send_late, msg_id))
        else:
            self._send_result(msg_id, result)

    def _send_late(self, msg_id: object, result: Json, refusal: Refusal | None) -> None:
        """Answer a request that took its time, unless it was cancelled."""
        if self._pending.pop(msg_id, None) is None:
            return
        if refusal is not None:
            self._refuse(msg_id, *refusal)
        else:
            self._send_result(msg_id, result)

    def _send_result(self, msg_id: object, result: object) -> None:
        if isinstance(result, Written):
            self._send_written(f'{{"jsonrpc": "2.0", "id": {json.dumps(msg_id)}, "result": {result}}}')
        else:
            self._send_data({"jsonrpc": "2.0", "id": msg_id, "result": result})

    def _send_written(self, message: str) -> None:
        """Send what is JSON already, as pygls' `_send_data` sends what it has written."""
        body = message.encode(self.CHARSET)
        kind = f"{self.CONTENT_TYPE}; charset={self.CHARSET}"
        header = f"Content-Length: {len(body)}\r\nContent-Type: {kind}\r\n\r\n"
        if self.writer is not None:
            self.writer.write(header.encode(self.CHARSET) + body if self._include_headers else body)

    def _refuse(self, msg_id: object, code: int, message: str) -> None:
        self._send_data({"jsonrpc": "2.0", "id": msg_id, "error": {"code": code, "message": message}})

    # --- handlers -----------------------------------------------------------------------------------------

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: object) -> Generator[Any, Any, types.InitializeResult]:
        """Start the session and announce what the server does.

        pygls gets the little that it needs, so that nothing odd in a client's capabilities reaches its types.
        """
        able = flags(find(params, "capabilities"))
        self._opening = params
        self.is_initialized = True
        if able.pull_diagnostics:
            pull = partial(self._answer, requests.PULL)
            self._register(types.TEXT_DOCUMENT_DIAGNOSTIC, pull, requests.diagnostic_options())
            self._register(types.WORKSPACE_DIAGNOSTIC, partial(self._answer, requests.PULL_ALL))
        for name in requests.COMMANDS:
            # A client that has a command of this name cannot take another one; it can still ask for ours.
            if name not in able.commands:
                # Only the names are used: executing them is a request like others.
                self.fm.commands[name] = requests.load
        process = find(params, "processId")
        self.client_process = process if isinstance(process, int) else None
        completion = self.fm.feature_options[types.TEXT_DOCUMENT_COMPLETION]
        completion.resolve_provider = able.resolves_documentation
        encoding = types.PositionEncodingKind(able.encoding.value)
        general = types.GeneralClientCapabilities(position_encodings=[encoding])
        renames = types.RenameClientCapabilities(prepare_support=able.prepares_rename)
        document = types.TextDocumentClientCapabilities(rename=renames)
        workspace = types.WorkspaceClientCapabilities(file_operations=_file_operations(able.file_operations))
        notebooks = types.NotebookDocumentSyncClientCapabilities() if able.notebooks else None
        capabilities = types.ClientCapabilities(
            general=general,
            text_document=document,
            workspace=workspace,
            notebook_document=types.NotebookDocumentClientCapabilities(notebooks) if notebooks else None,
        )
        opening = types.InitializeParams(capabilities=capabilities)
        result = yield from super().lsp_initialize(opening)
        if isinstance(rename := result.capabilities.rename_provider, types.RenameOptions):
            # pygls makes these options itself.
            rename.work_done_progress = True
        own = {method.partition("/")[2]: True for method in requests.CUSTOM}
        result.capabilities.experimental = {"glossary_ls": own}
        return result

    @lsp_method(types.INITIALIZED)
    def lsp_initialized(self, *_: object) -> None:
        """Ask the client for what it can tell, and read what the first question will need."""
        session = self._running()
        session.config.start()
        self._scheduler.later(0, session.warm)
        session.harvester.start()

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: object) -> None:  # type: ignore[override]  # because pygls waits for handlers
        """Take no more requests."""
        self.is_shut_down = True
        if self.session is not None:
            self.session.end()
        for msg_id in tuple(self._pending):
            self._cancel(msg_id)

    def _running(self) -> Session:
        if self.session is None:
            # Loads the core, which the answer to `initialize` does not wait for.
            self.session = requests.load("glossary_ls.lsp.session:begin")(
                self._opening, self._files, self, self._scheduler
            )
        return self.session

    def _register(
        self, method: str, handler: Callable[[object], object], options: object | None = None
    ) -> None:
        self.fm.feature(method, options)(handler)

    def _answer(self, name: str, *arguments: object) -> Json | Later:
        session = self._running()
        ask = partial(requests.load(name), session, *arguments)
        uri = _document_of(arguments[-1])
        try:
            result = session.reader.answer(uri, ask, all_open=name in requests.ALL_OPEN)
        except MalformedError as error:
            raise JsonRpcInvalidParams(str(error)) from error
        except RefusedError as error:
            # Not raised: pygls would log it as a mistake of ours.
            return error  # type: ignore[return-value]  # because only `_send_response` sees it
        return result

    def _hear(self, name: str, params: object) -> None:
        session = self._running()
        try:
            requests.load(name)(session, params)
        except MalformedError as error:
            kind = name.partition(":")[2]
            session.notice(f"{kind}: {error}", f"{kind} ignored: {error}")


def _document_of(params: object) -> str | None:
    """Return the document that a request is about, in whichever way it names one."""
    places = (find(params, "textDocument", "uri"), find(params, "uri"), find(params, "data", "uri"))
    return next((uri for uri in places if isinstance(uri, str)), None)


def _file_operations(names: frozenset[str]) -> types.FileOperationClientCapabilities:
    return types.FileOperationClientCapabilities(
        did_create="didCreate" in names, did_rename="didRename" in names, did_delete="didDelete" in names
    )


def _is_id(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)
