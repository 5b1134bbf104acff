"""The open contexts of reStructuredText between lines and between blocks. This module holds data only."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from glossary_ls.base.dataclass import dataclass


class Body(Enum):
    """The content of the lines indented below an opening line."""

    TEXT = 0
    CODE = 1
    MATH = 2
    MARKUP = 3
    LIST_TABLE = 4
    CSV = 5
    SIMPLE_TABLE = 6
    #: The rest of the arguments of a directive: markup, up to the next blank line.
    ARGUMENTS = 7
    #: Code up to the next blank line.
    CODE_PARAGRAPH = 8
    #: A fenced block of Markdown, up to the closing fence.
    FENCE = 9
    #: Text in which each definition list defines terms.
    GLOSSARY = 10


#: The bodies that end at a blank line.
PASSING = frozenset({Body.TEXT, Body.ARGUMENTS, Body.CODE_PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Context:
    """An open construct, to which the lines that are indented more than `indent` belong.

    `options`: the options of a directive may follow. `quoted`: an unindented literal block may follow.
    `columns` are those of a simple table, or of the bullets of a list table; `borders` is the number of
    borders of a simple table so far.
    """

    body: Body
    indent: int
    options: bool = False
    quoted: bool = False
    columns: tuple[int, ...] = ()
    borders: int = 0


class Line(NamedTuple):
    """A line that is not blank: its start, the start and end of its text, and its indentation in columns."""

    physical: int
    start: int
    stop: int
    indent: int
