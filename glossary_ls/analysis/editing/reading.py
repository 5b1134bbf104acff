"""A document as its markup is read, for edits: the blocks of its scan, or of a text that is parsed for it.

This module must not know what is edited.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.scan import scan
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span, common_ends
from glossary_ls.markup import parse
from glossary_ls.markup.languages import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.base.text import Text
    from glossary_ls.markup.block import Block

#: The regions that a reader does not read as text; the others are links and marks.
_CODE = frozenset({RegionKind.CODE_INLINE, RegionKind.CODE_BLOCK, RegionKind.MATH, RegionKind.FRONT_MATTER})

#: How many characters between the first and the last of some edits are scanned at most.
_LONG = 10_000


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
    """A text, its blocks and their offsets; `again` reads another version of the text."""

    text: Text
    language: str
    starts: Sequence[int]
    blocks: Sequence[Block]
    again: Callable[[Text], Reading]

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
    placed = list(parse(text.source, language))
    starts, blocks = [start for start, _ in placed], [block for _, block in placed]
    return Reading(text, language, starts, blocks, lambda other: read_text(other, language))


def read_analysis(analysis: Analysis) -> Reading:
    """Read a document that is scanned; another version is read as fast as an edit is scanned."""
    blocks = [scanned.block for scanned in analysis.blocks]
    language, glossary = analysis.language, analysis.glossary

    def again(text: Text) -> Reading:
        same = sum(common_ends(analysis.text.source, text.source))
        if len(text) - same > _LONG:
            # To match and search so much anew takes longer than to parse everything.
            return read_text(text, language)
        return read_analysis(scan(text, language, glossary, analysis))

    return Reading(analysis.text, language, analysis.starts, blocks, again)


def outline(block: Block) -> Outline:
    """Return what a reader sees of a block."""
    kinds = (piece.kind for piece in block.prose.pieces)
    shown = (RegionKind.PROSE if kind is RegionKind.LINK else kind for kind in kinds)
    code = sum(region.kind in _CODE for region in block.regions)
    return Outline(block.prose.text, tuple(kind for kind, _ in groupby(shown)), code)
