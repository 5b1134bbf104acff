"""Blocks: the unit in which a document is parsed, scanned and scanned again after an edit.

A parser is a function that reads one block at a time from left to right. What lies before a block reaches it
only through `state`, so that a block with the same text and the same incoming state is the same block: the
incremental scan rests on that. This module must not know any markup language.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from glossary_ls.markup.prose import EMPTY, Prose

if TYPE_CHECKING:
    from glossary_ls.base.model import RegionKind
    from glossary_ls.base.text import Span

#: What a parser remembers from one block to the next: hashable and compared by value; None at the start.
State = Hashable


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a block that is not readable text (code, an address ...); relative to the block."""

    span: Span
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Block:
    """One parsed block.

    `length` is how far it reaches in the document, trailing blank lines included (never 0). `looked` is how
    far the parser had to look, measured from the block's start, to decide all of this (at least `length`, and
    beyond the end of the document if that end played a part): an edit further on cannot change the block.
    `regions` are in ascending order and do not overlap; what no region covers and no piece of `prose` comes
    from is markup without interest. `state` is what the next block gets.
    """

    length: int
    looked: int
    prose: Prose = EMPTY
    regions: tuple[Region, ...] = ()
    state: State = None


class Parser(Protocol):
    """Reads the block of `source` that starts at offset `start` (a line's start, before the end)."""

    def __call__(self, source: str, start: int, state: State) -> Block:
        """Return the block; never raises on any input."""
        ...
