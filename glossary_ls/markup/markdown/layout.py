"""What the line structure of a block comes to: the stretches that hold text, and what goes on after it.

Pure data, shared by the block parser that makes it and the parser that puts blocks together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import RegionKind

if TYPE_CHECKING:
    from glossary_ls.markup.block import Region


class Join(Enum):
    """What parts a chunk from the one before."""

    NONE = 0
    SPACE = 1
    CELL = 2
    BREAK = 3


class Chunk(NamedTuple):
    """A stretch of text; `raw` text is taken over as it stands, without a look for inline markup.

    A tuple, because one is made for every paragraph and every cell of every table.
    """

    join: Join
    start: int
    end: int
    kind: RegionKind = RegionKind.PROSE
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Something without text that goes on over blank lines: what it is, and what closes it.

    `closer` is a fence as it was written, a key of `patterns.DELIMITED`, or empty for a statement of MDX.
    `level` is how far a closing fence may be indented, or how many brackets of the statement are open.
    """

    kind: RegionKind
    closer: str
    level: int = 3


@dataclass(frozen=True, slots=True)
class MarkdownState:
    """What one block leaves to the next: open list items (the columns of their content) and open verbatim.

    `directives` are the fences of open MyST directives, whose content is text.
    """

    containers: tuple[int, ...] = ()
    verbatim: Verbatim | None = None
    directives: tuple[str, ...] = ()


#: Nothing is open. (None, the state at the start of a document, means that front matter may come.)
ROOT = MarkdownState()


@dataclass(frozen=True, slots=True)
class Layout:
    """The structure of a block; `masks` are the places of quote markers, which are to be read as spaces."""

    chunks: list[Chunk]
    regions: list[Region]
    masks: list[int]
    state: MarkdownState
