"""How a command reports an error. It must not import the core, which is slow to load."""

from __future__ import annotations

import sys


class InputError(Exception):
    """An input that cannot be read; the message is shown to the user without a traceback."""


def fail(message: str) -> int:
    """Print an error message and return the exit code for wrong usage."""
    print(f"glossary-ls: {message}", file=sys.stderr)
    return 2
