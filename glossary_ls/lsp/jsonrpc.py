"""JSON-RPC without a transport: values, error codes, deferred answers, and the interface to the client.

This module must not know any method.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Protocol

from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger("glossary_ls")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

#: Why a request has no result: an error code of the protocol, and a message.
Refusal = tuple[int, str]

PARSE_ERROR = -32700
INTERNAL_ERROR = -32603
INVALID_PARAMS = -32602
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
REQUEST_FAILED = -32803
CONTENT_MODIFIED = -32801
REQUEST_CANCELLED = -32800
NOT_INITIALIZED = -32002


class MalformedError(Exception):
    """A message of the client lacks something or holds a value of the wrong type."""


class RefusedError(Exception):
    """A valid request cannot be carried out; the message tells the user why."""

    def __init__(self, message: str, code: int = REQUEST_FAILED) -> None:
        super().__init__(message)
        self.code = code


def is_id(value: object) -> bool:
    """Return whether a JSON value can be the id of a request."""
    return isinstance(value, int | str) and not isinstance(value, bool)


def id_at_start(body: bytes) -> int | str | None:
    """Return the id of a request whose parameters cannot be read, if it stands in front of them."""
    found = _REQUEST.match(body[:_MOST_IN_FRONT].decode("utf-8", "replace"))
    if found is None:
        return None
    value: int | str = json.loads(found["before"] or found["after"])
    return value


_ID = r'-?\d{1,15}|"[^"\\\x00-\x1f]*"'
#: How a request begins, whatever the order of its id and its method.
_REQUEST = lazily(
    rf'\s*\{{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?(?:"id"\s*:\s*(?P<before>{_ID})\s*,\s*"method"\s*:'
    rf'|"method"\s*:\s*"[^"\\]*"\s*,\s*"id"\s*:\s*(?P<after>{_ID})\s*,)'
)
_MOST_IN_FRONT = 500


def refusal_of(error: Exception) -> Refusal:
    """Return the error response for an exception; log unexpected ones."""
    if isinstance(error, MalformedError):
        return INVALID_PARAMS, str(error)
    if isinstance(error, RefusedError):
        return error.code, str(error)
    logger.error("internal error", exc_info=error)
    return INTERNAL_ERROR, "internal error"


class JsonText(str):
    """A long answer that is JSON already: it takes less time to write than dictionaries to be made of it."""

    __slots__ = ()


def _nothing() -> None:
    """Do nothing."""


class Deferred:
    """An answer that is not known yet; `resolve`, `refuse` or `run` settles it, the first call wins.

    `cancel` is called when the client cancels the request.
    """

    def __init__(self, cancel: Callable[[], None] = _nothing) -> None:
        self.cancel = cancel
        self._outcome: tuple[Json, Refusal | None] | None = None
        self._settled: Callable[[Json, Refusal | None], None] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the answer is known."""
        return self._outcome is not None

    def resolve(self, result: Json) -> None:
        """Answer with a result."""
        self._settle(result, None)

    def refuse(self, error: Exception) -> None:
        """Answer with the error response for an exception."""
        self._settle(None, refusal_of(error))

    def run(self, handler: Callable[[], Answer]) -> None:
        """Answer with what `handler` returns or raises."""
        try:
            answer = handler()
        except Exception as error:  # noqa: BLE001  because a request must not stay without an answer
            self.refuse(error)
            return
        if isinstance(answer, Deferred):
            self.cancel = partial(_cancel, answer)
            answer.on_settled(self._settle)
        else:
            self.resolve(answer)

    def on_settled(self, callback: Callable[[Json, Refusal | None], None]) -> None:
        """Call back with the result and the refusal, at once if they are known."""
        self._settled = callback
        if self._outcome is not None:
            callback(*self._outcome)

    def _settle(self, result: Json, refusal: Refusal | None) -> None:
        if self._outcome is None:
            self._outcome = (result, refusal)
            # It may lead back here, and garbage in a circle stays for good if it is made during a scan.
            self.cancel = _nothing
            if self._settled is not None:
                self._settled(result, refusal)


def _cancel(deferred: Deferred) -> None:
    """Cancel an answer by its current `cancel`, which changes when it comes to depend on another one."""
    deferred.cancel()


#: What a handler returns.
Answer = Json | Deferred


def ignore(_result: object) -> None:
    """Ignore the result of a request to the client."""


class Client(Protocol):
    """The client, as the server's modules send to it."""

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        ...

    def request(
        self,
        method: str,
        params: object,
        on_result: Callable[[object], None] = ignore,
        on_error: Callable[[], None] | None = None,
    ) -> None:
        """Send a request and call `on_result` with its result.

        An error response counts as a null result unless `on_error` is given.
        """
        ...
