"""The state of an inline parser that writes to a `Writer` from left to right.

This module must not know any markup language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from glossary_ls.base.model import RegionKind
    from glossary_ls.markup.writer import Writer


@dataclass(slots=True, eq=False)
class InlineScan:
    """A range of text while it is parsed; the text before `position` is already written.

    `closers` are the patterns of the closing delimiters, by their openers.
    """

    writer: Writer
    position: int
    end: int
    kind: RegionKind
    closers: Mapping[str, re.Pattern[str]]
    depth: int = 0
    text: str = field(init=False)
    _unclosed: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.text = self.writer.text

    def flush(self, start: int, end: int | None = None) -> int:
        """Write the text before `start` and skip to `end`, by default `start`; return the new position."""
        if self.position < start:
            self.writer.builder.add(self.position, start, self.writer.kind_of(self.kind))
        self.position = start if end is None else end
        return self.position

    def close(self, opener: str, start: int) -> re.Match[str] | None:
        """Return the closing delimiter of `opener`, whose content starts at `start`, or None.

        A failed search is recorded, so that unclosed openers cost linear time in all.
        """
        if start >= self.end or self.text[start].isspace() or opener in self._unclosed:
            return None
        found = self.closers[opener].search(self.text, start + 1, self.end)
        if found is None:
            self._unclosed.add(opener)
        return found
