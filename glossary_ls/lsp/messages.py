"""Plain JSON messages: reading them without trust, and the one interface to whoever sends ours.

A client's message may lack anything or hold anything; `need` says what is missing. This module must not know
any feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

T = TypeVar("T")


class Written(str):
    """An answer that is JSON already: a long one that is put together from parts that were kept."""

    __slots__ = ()


#: Why a request has no result: one of the protocol's codes, and a message.
Refusal = tuple[int, str]

INTERNAL_ERROR = -32603
INVALID_PARAMS = -32602
REQUEST_FAILED = -32803
CONTENT_MODIFIED = -32801
REQUEST_CANCELLED = -32800


class MalformedError(Exception):
    """A message of the client that does not say what it has to."""


class RefusedError(Exception):
    """A request that makes sense but cannot be carried out; the message tells the user why."""

    def __init__(self, message: str, code: int = REQUEST_FAILED) -> None:
        super().__init__(message)
        self.code = code


class Later:
    """An answer that takes time: whoever works on it calls `give` or `refuse`, once.

    `stop` is called when the client wants it no longer.
    """

    def __init__(self, stop: Callable[[], None] = lambda: None) -> None:
        self.stop = stop
        self._answer: tuple[Json, Refusal | None] | None = None
        self._then: Callable[[Json, Refusal | None], None] | None = None

    def give(self, result: Json) -> None:
        """Answer with a result."""
        self._settle(result, None)

    def refuse(self, message: str, code: int = REQUEST_FAILED) -> None:
        """Answer that it cannot be done; the message tells the user why."""
        self._settle(None, (code, message))

    def settled(self, then: Callable[[Json, Refusal | None], None]) -> None:
        """Have `then` called with the result and the reason against it, now if they are known."""
        self._then = then
        if self._answer is not None:
            then(*self._answer)

    def follow(self, other: Later) -> None:
        """Answer as another one is answered."""
        self.stop = other.stop
        other.settled(self._settle)

    def _settle(self, result: Json, refusal: Refusal | None) -> None:
        if self._answer is None:
            self._answer = (result, refusal)
            if self._then is not None:
                self._then(result, refusal)


class Client(Protocol):
    """The other end of the wire."""

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        ...

    def ask(
        self,
        method: str,
        params: object,
        then: Callable[[object], None],
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Send a request and call `then` with its result.

        An error counts as a null result, unless there is a function to call when it is `refused`.
        """
        ...


def find(raw: object, *keys: str | int) -> object:
    """Return what lies at a path of keys in a JSON value, or None."""
    for key in keys:
        if isinstance(key, int):
            raw = raw[key] if isinstance(raw, list) and -len(raw) <= key < len(raw) else None
        else:
            raw = raw.get(key) if isinstance(raw, dict) else None
    return raw


def need(raw: object, kind: type[T], *keys: str | int) -> T:
    """Return what lies at a path of keys in a JSON value; it must be there and of the right kind."""
    found = find(raw, *keys)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise MalformedError(f"expected {kind.__name__} at {'.'.join(map(str, keys))}")
    return found


def optional(raw: object, kind: type[T], key: str) -> T | None:
    """Return a member of a JSON object that may be missing, but not of another kind."""
    return None if find(raw, key) is None else need(raw, kind, key)


def position(raw: object, *keys: str) -> tuple[int, int]:
    """Return the position (line, character) at a path of keys."""
    line, character = need(raw, int, *keys, "line"), need(raw, int, *keys, "character")
    if line < 0 or character < 0:
        raise MalformedError(f"negative position at {'.'.join(keys)}")
    return line, character
