"""Numbers and sizes in messages. It must not import the core, which is slow to load."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """Return a number with a noun."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def shown_size(size: int) -> str:
    """Return a size in bytes for people."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} kB"
