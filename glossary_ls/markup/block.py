"""Blocks: the units in which a document is parsed, and reparsed after an edit.

A parser is a function that parses one block at a time from left to right. It depends on earlier blocks only
through `state`, so that the same text with the same incoming state gives the same block. The incremental scan
relies on this. This module must not know any markup language.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.markup.prose import EMPTY, Prose

if TYPE_CHECKING:
    from glossary_ls.base.model import RegionKind
    from glossary_ls.base.text import Span

#: The state of a parser between two blocks: hashable, compared by value, None at the start.
State = Hashable


@dataclass(frozen=True, slots=True)
class Region:
    """A range of a block that is neither readable text nor markup (code, an address ...), relative to it."""

    span: Span
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Block:
    """A parsed block.

    `length` is its length in the document, including trailing blank lines (never 0). `lookahead` is the
    number of characters from its start that the result depends on: at least `length`, and beyond the end of
    the document if it depends on that end. An edit after them cannot change the block. `regions` are in
    ascending order and do not overlap; text that is in no region and in no piece of `prose` is markup.
    `state` is the incoming state of the next block.
    """

    length: int
    lookahead: int
    prose: Prose = EMPTY
    regions: tuple[Region, ...] = ()
    state: State = None


#: Returns the block of a document that starts at an offset, the start of a line before the end, given the
#: state there. It never raises.
Parser = Callable[[str, int, State], Block]
