"""Work that is done somewhere else, such as in a thread. This module must not know where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")


class Background(Protocol):
    """Runs its first argument somewhere else, and calls its second one with the result on this thread."""

    def __call__(self, work: Callable[[], _Result], done: Callable[[_Result], None], /) -> None:
        """Run `work`, which must not raise."""
