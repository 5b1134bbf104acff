"""Objects that a thread needs no longer, freed one by one: no other thread runs while many are freed at once.

This module must not know what they are.
"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Thread(local):
    """What was kept in this thread; None where it is freed at once."""

    kept: list[object] | None = None


_THREAD = _Thread()

#: The references to an object that only `free` has: a variable, and an argument of `getrefcount`.
_OWN = 2


def keep(*objects: object) -> None:
    """Keep large objects until the end of `freed_slowly`, if that is under way in this thread."""
    if _THREAD.kept is not None:
        _THREAD.kept += objects


@contextmanager
def freed_slowly() -> Iterator[None]:
    """Have `keep` keep objects, and free them at the end."""
    kept: list[object] = []
    _THREAD.kept = kept
    try:
        yield
    finally:
        _THREAD.kept = None
        free(kept)


def free(objects: list[object]) -> None:
    """Empty a list, and free what nobody else refers to, and what only that refers to, one by one."""
    while objects:
        each = objects.pop()
        if sys.getrefcount(each) == _OWN:
            objects += gc.get_referents(each)
