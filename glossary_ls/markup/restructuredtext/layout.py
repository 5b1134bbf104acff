"""What stays open in reStructuredText from one line to the next, and from one block to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Body(Enum):
    """What the lines are that are indented under an opening line."""

    TEXT = 0
    CODE = 1
    MATH = 2
    MARKUP = 3
    LIST_TABLE = 4
    CSV = 5
    SIMPLE_TABLE = 6
    #: The rest of a directive's arguments: markup, up to the next blank line.
    ARGUMENTS = 7
    #: Code up to the next blank line.
    CODE_PARAGRAPH = 8
    #: A fenced block of Markdown, up to the closing fence.
    FENCE = 9


#: What ends at a blank line.
PASSING = frozenset({Body.TEXT, Body.ARGUMENTS, Body.CODE_PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Context:
    """Lines that are indented more than `indent` belong to it.

    `options` tells that the options of a directive may still come, `quoted` that an unindented literal block
    may. `columns` are those of a simple table, or where the dashes of a list table stand; `borders` is how
    many borders of a simple table have been seen.
    """

    body: Body
    indent: int
    options: bool = False
    quoted: bool = False
    columns: tuple[int, ...] = ()
    borders: int = 0


@dataclass(frozen=True, slots=True)
class RstState:
    """What one block leaves to the next, outermost first."""

    contexts: tuple[Context, ...] = ()


#: Nothing is open. (None, the state at the start of a document, means that a header may come.)
ROOT = RstState()


class Line(NamedTuple):
    """A line that is not blank: where it starts, where its text starts and ends, and its indentation."""

    physical: int
    start: int
    stop: int
    indent: int
