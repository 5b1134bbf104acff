"""How a command reports an error. It must not import the core, which is slow to load."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class InputError(Exception):
    """An input that cannot be read; the message is shown to the user without a traceback."""


def fail(message: str) -> int:
    """Print an error message, which may quote a path, on one line; return the exit code for wrong usage."""
    warn(message)
    return 2


def warn(message: str) -> None:
    """Print a message, which may quote a path, on one line."""
    line = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in message)
    print(f"glossary-ls: {line}", file=sys.stderr)


def nearest(written: str, known: Iterable[str]) -> str:
    """Return the part of a message that offers the nearest spelling, or an empty string."""
    found = get_close_matches(written, list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
