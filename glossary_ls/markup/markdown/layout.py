"""The result of the block structure phase: fragments of text, regions, and the state after a block.

This module holds data only and must not know how it is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import RegionKind

if TYPE_CHECKING:
    from glossary_ls.markup.block import Region


class Join(Enum):
    """The separator between a fragment and the one before."""

    NONE = 0
    SPACE = 1
    CELL = 2
    BREAK = 3


class Fragment(NamedTuple):
    """A range of text; `raw` text has no inline markup.

    A tuple, because there is one for every paragraph and every cell of a table.
    """

    join: Join
    start: int
    end: int
    kind: RegionKind = RegionKind.PROSE
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Open content that is not text and continues over blank lines.

    `closer` is the opening fence, a key of `patterns.DELIMITED`, or empty for a statement of MDX. `level` is
    the maximum indentation of the closing fence, or the number of open brackets of the statement.
    """

    kind: RegionKind
    closer: str
    level: int = 3


@dataclass(frozen=True, slots=True)
class MarkdownState:
    """The state between two blocks: open list items (the columns of their content) and verbatim content.

    `directives` are the fences of open MyST directives, whose content is text.
    """

    containers: tuple[int, ...] = ()
    verbatim: Verbatim | None = None
    directives: tuple[str, ...] = ()


#: Nothing is open. (None, the state at the start of a document, allows front matter.)
ROOT = MarkdownState()


@dataclass(frozen=True, slots=True)
class Layout:
    """The structure of a block; `masks` are the offsets of block quote markers, to be replaced by spaces."""

    fragments: list[Fragment]
    regions: list[Region]
    masks: list[int]
    state: MarkdownState
