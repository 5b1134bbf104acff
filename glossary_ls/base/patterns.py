"""Regular expressions that are compiled at their first use. It must not know any of them.

A set with the ranges of a large script takes milliseconds to compile, and most runs need few of the patterns.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast


class _Lazy(Generic[AnyStr]):
    """Stands for a compiled pattern; an attribute that was asked for once costs nothing more."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = pattern, flags
        #: The source, as `re.Pattern` has it.
        self.pattern: AnyStr = pattern

    def __getattr__(self, name: str) -> object:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression like `re.compile`, which reports a wrong one at its first use only."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
