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


class MalformedError(Exception):
    """A message of the client that does not say what it has to."""


class RefusedError(Exception):
    """A request that makes sense but cannot be carried out; the message tells the user why."""


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


def position(raw: object, *keys: str) -> tuple[int, int]:
    """Return the position (line, character) at a path of keys."""
    line, character = need(raw, int, *keys, "line"), need(raw, int, *keys, "character")
    if line < 0 or character < 0:
        raise MalformedError(f"negative position at {'.'.join(keys)}")
    return line, character
