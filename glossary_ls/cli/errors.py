"""How a command fails: what cannot be read, and what the user is told. It must not load the core."""

from __future__ import annotations

import sys


class InputError(Exception):
    """What the user asked for cannot be read; the message says why and is all that is shown."""


def fail(message: str) -> int:
    """Tell the user what is wrong and return the exit code for wrong usage."""
    print(f"glossary-ls: {message}", file=sys.stderr)
    return 2
