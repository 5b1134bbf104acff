"""pygls' protocol, hardened: every request gets an answer, and no message can stop the server.

Parameters reach our handlers as plain JSON. pygls keeps the handshake; documents are the
workspace's, because pygls' own split lines where the protocol does not. The private names of pygls used here
are pinned by tests/unit/test_pygls_contract.py.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound
from pygls.lsp.server import LanguageServer
from pygls.protocol import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    LanguageServerProtocol,
    lsp_method,
)

import glossary_ls
from glossary_ls.lsp import capabilities
from glossary_ls.lsp.client_flags import ClientFlags
from glossary_ls.lsp.framing import framed
from glossary_ls.lsp.from_lsp import find, request_uri
from glossary_ls.lsp.jsonrpc import (
    INTERNAL_ERROR,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    NOT_INITIALIZED,
    PARSE_ERROR,
    REQUEST_CANCELLED,
    Deferred,
    JsonText,
    MalformedError,
    id_at_start,
    ignore,
    is_id,
    refusal_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from cattrs import Converter

    from glossary_ls.lsp.jsonrpc import Answer, Json, Refusal
    from glossary_ls.lsp.session import Session
    from glossary_ls.lsp.tasks import Clock
    from glossary_ls.vfs.files import Files

logger = logging.getLogger("glossary_ls")


class GlossaryServer(LanguageServer):
    """pygls' server with our protocol; it has no state of its own."""

    protocol: GlossaryProtocol

    def __init__(self, files: Files | None, clock: Clock, converter_factory: Callable[[], Converter]) -> None:
        super().__init__(
            "glossary_ls",
            glossary_ls.__version__,
            protocol_cls=GlossaryProtocol,
            converter_factory=converter_factory,
        )
        self.protocol.attach(files, clock)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Log an internal error; pygls would show it to the user at every key."""
        if isinstance(error, JsonRpcMethodNotFound):
            logger.debug("%s", error)
            return
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
    _is_answered = False

    def attach(self, files: Files | None, clock: Clock) -> None:
        """Register the handlers; `files` are the workspace's, by default the disk."""
        self._files = files
        self._clock = clock
        self._initialize_params: object = None
        self._requested: dict[object, tuple[Callable[[object], None], Callable[[], None] | None]] = {}
        self._pending: dict[object, Deferred] = {}
        self._ids = count(1)
        self._encode = json.JSONEncoder(default=self._serialize_message).encode
        #: The functions that messages are handed to without pygls: its contexts, futures and checks of types
        #: were 185 of the 1,070 calls of a hover.
        self._handlers: dict[str, Callable[[object], Answer]] = {}
        self._register(self._answer, (*capabilities.REQUESTS, *capabilities.CUSTOM_REQUESTS))
        self._register(self._handle_notice, capabilities.NOTIFICATIONS)
        # Traces are not supported.
        self.fm.builtin_features.pop(types.SET_TRACE)

    def _register(self, handler: Callable[[str, object], Answer], methods: Iterable[str]) -> None:
        for method in methods:
            self._handlers[method] = partial(handler, method)

    # --- incoming messages --------------------------------------------------------------------------------

    def receive(self, body: bytes, *, answered: bool = False) -> None:
        """Handle the body of one message; `answered` if it is an `initialize` that has its answer."""
        self._is_answered = answered
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(id_at_start(body), PARSE_ERROR, "the message is not JSON, or too deep")
            return
        try:
            self.handle(message)
        except Exception:
            # An internal error must not end the session.
            logger.exception("a message could not be handled")
            if isinstance(message, dict) and "method" in message and is_id(message.get("id")):
                self._refuse(message["id"], INTERNAL_ERROR, "internal error")

    def handle(self, message: object) -> None:
        """Handle one message; a request is always answered."""
        if not isinstance(message, dict):
            self._refuse(None, INVALID_REQUEST, "a message is one object")
            return
        method, params, msg_id = message.get("method"), message.get("params"), message.get("id")
        if "method" not in message:
            self._handle_result(message)
        elif not isinstance(method, str) or ("id" in message and not is_id(msg_id)):
            self._refuse(msg_id if is_id(msg_id) else None, INVALID_REQUEST, "invalid method or id")
        elif "id" in message:
            self._receive_request(msg_id, method, params)
        else:
            self._receive_notification(method, params)

    def _receive_request(self, msg_id: Any, method: str, params: object) -> None:  # noqa: ANN401  because pygls' ids are
        if self.is_shut_down:
            self._refuse(msg_id, INVALID_REQUEST, "the server was shut down")
        elif method == types.EXIT:
            self._refuse(msg_id, METHOD_NOT_FOUND, f"{method} is a notification")
        elif msg_id in self._pending:
            self._refuse(msg_id, INVALID_REQUEST, "a request with this id is not answered yet")
        elif method == types.INITIALIZE and self.is_initialized:
            self._refuse(msg_id, INVALID_REQUEST, "the server was initialized before")
        elif method != types.INITIALIZE and not self.is_initialized:
            self._refuse(msg_id, NOT_INITIALIZED, "the server is not initialized")
        elif method in self._handlers:
            self._respond(msg_id, self._handlers[method], params)
        else:
            self.handle_message(JsonRPCRequestMessage(msg_id, method, "2.0", params))

    def _respond(self, msg_id: int | str, handler: Callable[[object], Answer], params: object) -> None:
        try:
            answer = handler(params)
        except Exception as error:  # noqa: BLE001  because a request must not stay without an answer
            self._refuse(msg_id, *refusal_of(error))
        else:
            self._send_response(msg_id, answer)

    def _receive_notification(self, method: str, params: object) -> None:
        if method == types.EXIT:
            self.exit_code = 0 if self.is_shut_down else 1
        elif method == types.CANCEL_REQUEST:
            self._cancel(find(params, "id"))
        elif not self.is_initialized or self.is_shut_down:
            logger.debug("%s ignored: the server is not running", method)
        elif method in capabilities.NOTIFICATIONS:
            self._handle_notice(method, params)
        elif method in {types.INITIALIZE, types.SHUTDOWN} or method in self._handlers:
            logger.debug("%s ignored: it is a request", method)
        else:
            self.handle_message(JsonRPCNotification(method, "2.0", params))

    def _cancel(self, msg_id: object) -> None:
        """Cancel a request; most are answered before their cancellation arrives."""
        deferred = self._pending.pop(msg_id, None) if is_id(msg_id) else None
        if deferred is not None:
            deferred.cancel()
            self._refuse(msg_id, REQUEST_CANCELLED, "cancelled")

    def _handle_result(self, message: dict[str, Any]) -> None:
        requested = self._requested.pop(message.get("id"), None) if is_id(message.get("id")) else None
        if requested is None:
            logger.debug("response to an unknown request")
            return
        on_result, on_error = requested
        if "error" in message:
            logger.warning("the client refused a request: %s", find(message, "error", "message"))
            if on_error is not None:
                on_error()
                return
        on_result(message.get("result"))

    # --- outgoing messages --------------------------------------------------------------------------------

    def notify(self, method: str, params: object | None = None) -> None:
        """Send a notification; `params` is JSON."""
        self._send_data({"jsonrpc": "2.0", "method": method, "params": params})

    def request(
        self,
        method: str,
        params: object,
        on_result: Callable[[object], None] = ignore,
        on_error: Callable[[], None] | None = None,
    ) -> None:
        """Send a request; an error response counts as a null result unless `on_error` is given."""
        msg_id = f"glossary_ls-{next(self._ids)}"
        self._requested[msg_id] = (on_result, on_error)
        message = {"jsonrpc": "2.0", "id": msg_id, "method": method}
        self._send_data(message if params is None else {**message, "params": params})

    def _send_response(
        self,
        msg_id: int | str | None,
        result: object = None,
        error: types.ResponseError | None = None,
    ) -> None:
        """Answer a request; tracebacks stay in the log."""
        if self._is_answered:
            # The client must not have a second answer, which a test compares with the one that it has.
            self._is_answered = False
        elif error is not None:
            self._refuse(msg_id, error.code, error.message)
        elif isinstance(result, Deferred):
            self._pending[msg_id] = result
            result.on_settled(partial(self._send_settled, msg_id))
        else:
            self._send_result(msg_id, result)

    def _send_settled(self, msg_id: object, result: Json, refusal: Refusal | None) -> None:
        """Answer a request whose deferred answer is known, unless the request was cancelled."""
        if self._pending.pop(msg_id, None) is None:
            return
        if refusal is not None:
            self._refuse(msg_id, *refusal)
        else:
            self._send_result(msg_id, result)

    def _send_result(self, msg_id: object, result: object) -> None:
        if isinstance(result, JsonText):
            self._write(f'{{"jsonrpc": "2.0", "id": {json.dumps(msg_id)}, "result": {result}}}')
        else:
            self._send_data({"jsonrpc": "2.0", "id": msg_id, "result": result})

    def _send_data(self, data: object) -> None:
        """Send a message: JSON in which there may be objects of lsprotocol."""
        self._write(self._encode(data))

    def _write(self, message: str) -> None:
        if self.writer is not None:
            self.writer.write(framed(message) if self._include_headers else message.encode())

    def _refuse(self, msg_id: object, code: int, message: str) -> None:
        self._send_data({"jsonrpc": "2.0", "id": msg_id, "error": {"code": code, "message": message}})

    # --- handlers -----------------------------------------------------------------------------------------

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: object) -> Generator[Any, Any, types.InitializeResult]:
        """Announce what the server does; the session starts with the next message."""
        flags = ClientFlags(find(params, "capabilities"))
        self._initialize_params = params
        self.is_initialized = True
        if flags.pull_diagnostics:
            self._register(self._answer, capabilities.PULL_REQUESTS)
        process = find(params, "processId")
        self.client_process = process if isinstance(process, int) else None
        encodings = [types.PositionEncodingKind(flags.encoding.value)]
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        # Nothing else of the client reaches pygls, whose types reject what is newer than they are.
        able = types.InitializeParams(capabilities=types.ClientCapabilities(general=general))
        result = yield from super().lsp_initialize(able)
        announced = capabilities.announced(flags)
        result.capabilities = self._converter.structure(announced, types.ServerCapabilities)
        return result

    @lsp_method(types.INITIALIZED)
    def lsp_initialized(self, *_: object) -> None:
        """Start the session's background work."""
        self._running().start()

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: object) -> None:  # type: ignore[override]  # because pygls waits for handlers
        """Accept no more requests."""
        self.is_shut_down = True
        if self.session is not None:
            self.session.tasks.close()
        for msg_id in tuple(self._pending):
            self._cancel(msg_id)

    def _running(self) -> Session:
        """Return the session, which starts with the first message after `initialize`."""
        if self.session is None:
            # Loads the core, for which the answer to `initialize` must not wait.
            from glossary_ls.lsp.session import begin  # noqa: PLC0415

            self.session = begin(self._initialize_params, self._files, self, self._clock)
        return self.session

    def _answer(self, method: str, params: object) -> Answer:
        from glossary_ls.lsp.registry import REQUESTS  # noqa: PLC0415  because it loads the core

        session, request = self._running(), REQUESTS[method]
        handler = partial(request.answer, session, params)
        return session.scanner.answer(request_uri(params), handler, all_open=request.needs_all_open)

    def _handle_notice(self, method: str, params: object) -> None:
        from glossary_ls.lsp.registry import NOTIFICATIONS  # noqa: PLC0415  because it loads the core

        session = self._running()
        try:
            NOTIFICATIONS[method](session, params)
        except MalformedError as error:
            session.notice(f"{method}: {error}", f"{method} ignored: {error}")
