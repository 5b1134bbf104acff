"""The state of the block structure phase: containers, the open leaf block, the current line.

It follows "Phase 1: block structure" in the appendix of CommonMark 0.31; tab stops are multiples of four
columns (section 2.2). This module must not know the block starts; see `blocks`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import RegionKind
from glossary_ls.markup.markdown.patterns import SPACES
from glossary_ls.markup.prose import BREAK

if TYPE_CHECKING:
    from glossary_ls.markup.writer import Writer

#: A block quote in the list of containers; a list item is represented by the column of its content.
QUOTE = -1


class Fragment(NamedTuple):
    """A range of text, and the separator before it.

    A tuple, because there is one for every paragraph and every cell of a table.
    """

    join: str
    start: int
    end: int
    kind: RegionKind = RegionKind.PROSE


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Open content that is not text and continues over blank lines; it is markup if it has no kind.

    `closer` is the opening fence, a key of `patterns.DELIMITED`, or tells what of MDX is open: empty for a
    statement, `{` for an expression, `<` for a tag, with the quotation mark of an open attribute. `level`
    is the maximum indentation of the closing fence, or the number of brackets that are open.
    """

    kind: RegionKind | None
    closer: str
    level: int = 3


@dataclass(frozen=True, slots=True)
class MarkdownState:
    """The state between two blocks: open list items (the columns of their content) and verbatim content.

    `directives` are the fences and names of open MyST directives, whose content is text.
    """

    containers: tuple[int, ...] = ()
    verbatim: Verbatim | None = None
    directives: tuple[str, ...] = ()


#: Nothing is open. (None, the state at the start of a document, allows front matter.)
ROOT = MarkdownState()


class Leaf(Enum):
    """The open leaf block."""

    NONE = 0
    PARAGRAPH = 1
    TABLE = 2
    CODE = 3


@dataclass(slots=True)
class Lines:
    """The state of a block while its lines are parsed."""

    writer: Writer
    mdx: bool
    containers: list[int]
    verbatim: Verbatim | None
    directives: list[str]

    text: str = field(init=False)
    fragments: list[Fragment] = field(default_factory=list)
    #: The offsets of block quote markers, to be replaced by spaces.
    masks: list[int] = field(default_factory=list)

    #: The open leaf block: its separator, start and end, and the start of the last line of a paragraph.
    leaf: Leaf = Leaf.NONE
    join: str = BREAK
    start: int = 0
    end: int = 0
    last: int = 0
    #: Whether that line is a lazy continuation line (CommonMark 0.31, section 5.1).
    lazy: bool = False
    #: The start of the open verbatim content, or that of the block if it begins earlier.
    opened: int = 0

    #: The current line: its end, the offset of its next character that is not blank, and the column of that.
    stop: int = 0
    here: int = 0
    column: int = 0
    #: The number of containers that the line continues, and the column of their content.
    matched: int = 0
    base: int = 0
    #: The end of the previous line.
    previous_stop: int = 0

    #: Whether the line is a list item without content, which a blank line ends.
    empty: bool = False
    #: Whether a definition may follow after blank lines, because a paragraph precedes them.
    term: bool = False
    #: Whether the next lines may be options of a directive.
    options: bool = False
    #: The keys of `patterns.DELIMITED` that do not end in the rest of the block.
    missing: set[str] = field(default_factory=set)
    #: The closing brace of each brace of the block; computed on demand.
    braces: dict[int, int] | None = None

    def __post_init__(self) -> None:
        self.text = self.writer.text

    @property
    def blank(self) -> bool:
        """Whether the rest of the line is blank."""
        return self.here >= self.stop

    @property
    def inside(self) -> bool:
        """Whether the line continues all open containers."""
        return self.matched == len(self.containers)

    def next_line(self, start: int, stop: int) -> None:
        """Start a line, and match the containers that it continues."""
        self.previous_stop, self.stop = self.stop, stop
        self.empty = False
        self.skip(start, 0)
        self.base = 0
        self.matched = 0
        for container in self.containers:
            if container == QUOTE:
                if self.here >= self.stop or self.column - self.base > 3 or self.text[self.here] != ">":
                    return
                self.pass_quote_mark()
            elif self.here >= self.stop or self.column >= container:
                self.base = container
            else:
                return
            self.matched += 1

    def skip(self, position: int, column: int) -> None:
        """Move from `position`, which is at `column`, to the next character that is not blank."""
        self.here = position
        self.column = column
        if position < self.stop and self.text[position] in " \t":
            found = SPACES.match(self.text, position, self.stop)
            self.here = found.end() if found else position
        if self.here > position:
            # A tab stop is counted from the start of the line.
            before = column % 4
            self.column += len((" " * before + self.text[position : self.here]).expandtabs(4)) - before

    def pass_quote_mark(self) -> None:
        """Skip a `>` and one blank after it."""
        self.masks.append(self.here)
        after = self.here + 1
        self.base = self.column + 1 + (after < self.stop and self.text[after] in " \t")
        self.skip(after, self.column + 1)

    def open_container(self, container: int) -> None:
        """Open a container."""
        self.containers.append(container)
        self.matched += 1

    def close_unmatched(self) -> None:
        """Close the open leaf block, and the containers that the line does not continue."""
        if self.leaf is not Leaf.NONE:
            self.close_leaf()
        if self.matched < len(self.containers):
            del self.containers[self.matched :]

    def close_leaf(self, kind: RegionKind = RegionKind.PROSE) -> None:
        """Close the open leaf block; `kind` is that of a paragraph."""
        if self.leaf is Leaf.PARAGRAPH:
            self.add_text(self.join, self.start, self.end, kind)
        elif self.leaf is Leaf.CODE:
            self.writer.hide(self.start, self.end, RegionKind.CODE_BLOCK)
        self.leaf = Leaf.NONE

    def open_paragraph(self, join: str = BREAK) -> None:
        """Open a paragraph with the rest of the line."""
        self.leaf = Leaf.PARAGRAPH
        self.join = join
        self.lazy = False
        self.start = self.last = self.here
        self.end = self.stop
        self.options = False

    def open_verbatim(self, verbatim: Verbatim) -> None:
        """Open verbatim content at the first character of the line."""
        self.verbatim = verbatim
        self.opened = self.here

    def close_verbatim(self, end: int) -> None:
        """Close the verbatim content."""
        if self.verbatim is not None and self.verbatim.kind is not None:
            self.writer.hide(self.opened, end, self.verbatim.kind)
        self.verbatim = None

    def add_text(self, join: str, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Add a range of text."""
        self.fragments.append(tuple.__new__(Fragment, (join, start, end, kind)))

    def finish(self) -> MarkdownState:
        """Close what does not continue in the next block, and return the state after this one."""
        self.close_leaf()
        containers, verbatim = self.containers, self.verbatim
        if self.empty:
            containers.pop()
        self.close_verbatim(self.stop)
        if QUOTE in containers:
            # A block quote ends at the blank line, with everything in it.
            containers, verbatim = containers[: containers.index(QUOTE)], None
        if not containers and not verbatim and not self.directives:
            return ROOT
        return MarkdownState(tuple(containers), verbatim, tuple(self.directives))
