"""A document as its markup is read, for edits: the blocks of its scan, or of a text that is parsed for it.

This module must not know what is edited.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.scan import parse_shared
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.edits import applied
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup import parser_for
from glossary_ls.markup.languages import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.base.model import TextEdit
    from glossary_ls.base.text import Text
    from glossary_ls.markup.block import Block

#: The regions that a reader does not read as text; the others are links and marks.
_CODE = frozenset({RegionKind.CODE_INLINE, RegionKind.CODE_BLOCK, RegionKind.MATH, RegionKind.FRONT_MATTER})


class Words(NamedTuple):
    """What a span covers of the readable text of a block: `text[start:end]`, of this kind."""

    block: int
    text: str
    start: int
    end: int
    kind: RegionKind


class Outline(NamedTuple):
    """What a reader sees of a block: its text, what the parts of it are, and how many of them are code.

    Links count as prose, since a link that names its target beside its text is still the same link.
    """

    text: str
    kinds: tuple[RegionKind, ...]
    code: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its blocks and their offsets."""

    text: Text
    language: str
    starts: Sequence[int]
    blocks: Sequence[Block]

    @property
    def is_code(self) -> bool:
        """Whether this is source code, of which comments are read."""
        return self.language in table("families")

    def words(self, span: Span) -> Words | None:
        """Return the readable text that a span covers; None if either end of it is not readable."""
        index = bisect_right(self.starts, span.start, hi=len(self.blocks)) - 1
        if index < 0:
            return None
        prose, start = self.blocks[index].prose, self.starts[index]
        first, last = prose.flat_at(span.start - start), prose.flat_at(span.end - 1 - start)
        if first is None or last is None or last < first:
            return None
        return Words(index, prose.text, first, last + 1, prose.kind_at(first))

    def place(self, words: Words) -> Span:
        """Return the span in the document of some words."""
        return self.blocks[words.block].prose.span(words.start, words.end).shifted(self.starts[words.block])

    def defines(self, name: str) -> bool:
        """Return whether the document has the target of links by a name, as in `[name]: address`."""
        words = r"\s+".join(map(re.escape, name.split()))
        pattern = re.compile(rf"^[ >\t]*\[(\s*{words}\s*)\]:", re.IGNORECASE | re.MULTILINE)
        found = pattern.finditer(self.text.source)
        # What looks like a target inside a paragraph is a part of its text.
        return any(self.words(Span(*match.span(1))) is None for match in found)


def read_text(text: Text, language: str) -> Reading:
    """Read a text that is not scanned."""
    placed = list(parse_shared(text.source, language))
    return Reading(text, language, [start for start, _ in placed], [block for _, block in placed])


def read_analysis(analysis: Analysis) -> Reading:
    """Read a document that is scanned."""
    blocks = [scanned.block for scanned in analysis.blocks]
    return Reading(analysis.text, analysis.language, analysis.starts, blocks)


def differences(reading: Reading, edits: Sequence[TextEdit]) -> Iterator[tuple[range, list[Block]]]:
    """Yield what edits, which are ascending and apart, do to the blocks of a text.

    These are the numbers of some successive blocks, and the blocks that are in their place afterwards. Only
    blocks that an edit can reach are parsed, and those behind them until the parser is in step again.
    """
    parser = parser_for(reading.language)
    source = applied(reading.text.source, edits)
    blocks, starts = reading.blocks, reading.starts
    ahead = deque(edits)
    number = moved = 0
    while ahead:
        while starts[number] + blocks[number].lookahead <= ahead[0].span.start:
            number += 1
        first, position = number, starts[number] + moved
        state = blocks[number - 1].state if number else None
        found: list[Block] = []
        while position < len(source):
            block = parser(source, position, state)
            found.append(block)
            position += block.length
            state = block.state
            while ahead and ahead[0].span.end + moved + _growth(ahead[0]) <= position:
                moved += _growth(ahead.popleft())
            number = bisect_left(starts, position - moved, hi=len(blocks))
            # The first block of a document is read as its beginning, with front matter.
            if 0 < number < len(blocks) and starts[number] == position - moved:
                is_apart = not ahead or starts[number] + blocks[number].lookahead <= ahead[0].span.start
                if is_apart and blocks[number - 1].state == state:
                    break
        else:
            number = len(blocks)
            ahead.clear()
        yield range(first, number), found


def _growth(edit: TextEdit) -> int:
    return len(edit.new) - (edit.span.end - edit.span.start)


def outline(block: Block) -> Outline:
    """Return what a reader sees of a block."""
    kinds = (piece.kind for piece in block.prose.pieces)
    shown = (RegionKind.PROSE if kind is RegionKind.LINK else kind for kind in kinds)
    code = sum(region.kind in _CODE for region in block.regions)
    return Outline(block.prose.text, tuple(kind for kind, _ in groupby(shown)), code)
