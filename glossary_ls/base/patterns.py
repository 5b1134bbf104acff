"""Regular expressions that are compiled at their first use. It must not know any of them.

A set with the ranges of a large script takes milliseconds to compile, and most runs need few of the patterns.
"""

from __future__ import annotations

import re
from typing import cast


class _Lazy:
    """Stands for a compiled pattern; an attribute that was asked for once costs nothing more."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> object:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression like `re.compile`, which reports a wrong one at its first use only."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
