"""Where the block parser stands: the containers of a line, what is open, what was found.

The rules of what a line may begin are in `blocks`; this module knows the bookkeeping that they share, after
"Phase 1: block structure" in the appendix of CommonMark 0.31. A tab goes to the next multiple of four.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.block import Region
from glossary_ls.markup.markdown.layout import ROOT, Chunk, Join, Layout, MarkdownState, Verbatim
from glossary_ls.markup.markdown.patterns import SPACES

#: A block quote among the containers; list items are the column of their content.
QUOTE = -1


class Leaf(Enum):
    """What the last line belongs to."""

    NONE = 0
    PARAGRAPH = 1
    TABLE = 2
    CODE = 3


@dataclass(slots=True)
class Lines:
    """The place in a block that is being read, line by line."""

    text: str
    mdx: bool
    containers: list[int]
    verbatim: Verbatim | None
    directives: list[str]

    chunks: list[Chunk] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)

    #: The paragraph or the indented code that is open, and where the paragraph's last line starts.
    leaf: Leaf = Leaf.NONE
    join: Join = Join.BREAK
    start: int = 0
    end: int = 0
    last: int = 0
    #: That line is not in the containers of the paragraph and goes on with it all the same.
    lazy: bool = False
    #: The start of an open verbatim (the block's start, if it has been open for longer).
    opened: int = 0

    #: The line at hand: its end, its first character that is not blank, and the column of that.
    stop: int = 0
    here: int = 0
    column: int = 0
    #: How many containers the line is in, and the column where their content begins.
    matched: int = 0
    base: int = 0
    #: The end of the line before.
    done: int = 0

    #: The line is an item without content, which a blank line ends.
    empty: bool = False
    #: A definition may follow after blank lines: what came before them was a paragraph.
    term: bool = False
    #: The lines after the opening of a directive may be its options.
    options: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing but white space is left of the line."""
        return self.here >= self.stop

    @property
    def inside(self) -> bool:
        """Whether the line is in all open containers."""
        return self.matched == len(self.containers)

    def next_line(self, start: int, stop: int) -> None:
        """Go to a line and into the containers that it is in."""
        self.done, self.stop = self.stop, stop
        self.empty = False
        self.skip(start, 0)
        self.base = 0
        self.matched = 0
        for container in self.containers:
            if container == QUOTE:
                if self.blank or self.column - self.base > 3 or self.text[self.here] != ">":
                    return
                self.pass_quote_mark()
            elif self.blank or self.column >= container:
                self.base = container
            else:
                return
            self.matched += 1

    def skip(self, position: int, column: int) -> None:
        """Go on from `position`, which is at `column`, to the next character that is not blank."""
        found = SPACES.match(self.text, position, self.stop)
        here = found.end() if found else position
        self.here = here
        if here == position:
            self.column = column
        elif self.text.find("\t", position, here) < 0:
            self.column = column + here - position
        else:
            for char in self.text[position:here]:
                column += 4 - column % 4 if char == "\t" else 1
            self.column = column

    def pass_quote_mark(self) -> None:
        """Go past a `>`; one blank after it belongs to it."""
        self.masks.append(self.here)
        after = self.here + 1
        self.base = self.column + 1 + (after < self.stop and self.text[after] in " \t")
        self.skip(after, self.column + 1)

    def enter(self, container: int) -> None:
        """Open a container."""
        self.containers.append(container)
        self.matched += 1

    def leave(self) -> None:
        """Close the paragraph, table or code that is open, and the containers that the line is not in."""
        self.close_leaf()
        if not self.inside:
            del self.containers[self.matched :]

    def close_leaf(self, kind: RegionKind = RegionKind.PROSE) -> None:
        """End what is open in the innermost container; a paragraph turns out to be of `kind`."""
        if self.leaf is Leaf.PARAGRAPH:
            self.chunk(self.join, self.start, self.end, kind)
        elif self.leaf is Leaf.CODE:
            self.region(self.start, self.end, RegionKind.CODE_BLOCK)
        self.leaf = Leaf.NONE

    def open_paragraph(self, join: Join = Join.BREAK) -> None:
        """Begin a paragraph with the rest of the line."""
        self.leaf = Leaf.PARAGRAPH
        self.join = join
        self.lazy = False
        self.start = self.last = self.here
        self.end = self.stop
        self.options = False

    def open_verbatim(self, verbatim: Verbatim) -> None:
        """Begin something without text at the line's first character."""
        self.verbatim = verbatim
        self.opened = self.here

    def close_verbatim(self, end: int) -> None:
        """End something without text."""
        if self.verbatim is not None:
            self.region(self.opened, end, self.verbatim.kind)
        self.verbatim = None

    def chunk(self, join: Join, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
        """Record a stretch of text."""
        self.chunks.append(Chunk(join, start, end, kind))

    def region(self, start: int, end: int, kind: RegionKind) -> None:
        """Record a stretch that is not text."""
        if end > start:
            self.regions.append(Region(Span(start, end), kind))

    def finish(self) -> Layout:
        """Close what does not outlast the block, and return what was found."""
        self.close_leaf()
        containers, verbatim = self.containers, self.verbatim
        if self.empty:
            containers.pop()
        if verbatim is not None:
            self.region(self.opened, self.stop, verbatim.kind)
        if QUOTE in containers:
            # A quote ends at the blank line, and everything in it as well.
            containers, verbatim = containers[: containers.index(QUOTE)], None
        state = ROOT
        if containers or verbatim or self.directives:
            state = MarkdownState(tuple(containers), verbatim, tuple(self.directives))
        return Layout(self.chunks, self.regions, self.masks, state)
