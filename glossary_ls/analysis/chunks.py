"""Chunks: the blocks of a document in groups, each with memoized facts about it.

A chunk is reused from one analysis to the next until an edit touches it, and its facts with it: after each
key, only the chunk that was edited is examined again. This module must not know rules, nor how a text is
scanned.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, cast

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.markup.prose import BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.model import Candidate, Definition, Mention
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.markup.block import Block, State

    _Fact = TypeVar("_Fact")

#: The desired length of a chunk, in characters: shorter chunks are more to combine, longer ones cost more
#: per edit. A chunk of twice the length is divided, one of half the length joined to its neighbor.
LENGTH = 4000


@dataclass(frozen=True, slots=True)
class ScannedBlock:
    """A block with its mentions, candidates and definitions; spans are relative to the block.

    `entered` is the state of the parser at the start of the block.
    """

    block: Block
    entered: State
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]
    definitions: tuple[Definition, ...]

    def kind_at(self, offset: int) -> RegionKind:
        """Return the kind of the region at `offset`; markup counts as prose."""
        return self.place(offset)[0] or RegionKind.PROSE

    def place(self, offset: int) -> tuple[RegionKind | None, bool]:
        """Return the kind of the region at `offset`, None for markup, and whether it is readable text."""
        regions = self.block.regions
        at = bisect_right(regions, offset, key=_start_of_region) - 1
        if at >= 0 and regions[at].span.contains(offset):
            return regions[at].kind, False
        piece = self.block.prose.piece_of(offset)
        return (piece.kind, True) if piece else (None, False)


_start_of_region = attrgetter("span.start")


class Chunk:
    """Consecutive blocks, scanned with one glossary; immutable.

    `starts` are the offsets of the blocks in the chunk, and last its length. An edit at `lookahead` or after
    it, from the start of the chunk, cannot change it, because the parser did not look there.
    """

    __slots__ = ("_facts", "blocks", "glossary", "lookahead", "starts")

    def __init__(self, blocks: Sequence[ScannedBlock], glossary: Glossary) -> None:
        self.blocks = tuple(blocks)
        self.glossary = glossary
        self.starts = (0, *accumulate(scanned.block.length for scanned in self.blocks))
        self.lookahead = max(start + scanned.block.lookahead for start, scanned in self.placed())
        self._facts: dict[object, object] = {}

    @property
    def length(self) -> int:
        """The number of characters in all blocks."""
        return self.starts[-1]

    def placed(self) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the blocks, each with its offset in the chunk."""
        return zip(self.starts, self.blocks, strict=False)

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions in all blocks, ascending, relative to the chunk."""
        for start, scanned in self.placed():
            for mention in scanned.mentions:
                yield mention.shifted(start)

    def candidates(self) -> Iterator[Candidate]:
        """Yield the candidates in all blocks, ascending, relative to the chunk."""
        for start, scanned in self.placed():
            for candidate in scanned.candidates:
                yield candidate.shifted(start)

    def fact(self, find: Callable[[Chunk, str], _Fact], source: str, start: int) -> _Fact:
        """Return the result of `find` for the chunk and its text, which is at `start` of `source`.

        It is called once, so its result must depend on nothing else.
        """
        if find not in self._facts:
            self._facts[find] = find(self, source[start : start + self.length])
        return cast("_Fact", self._facts[find])


def readable_text(chunk: Chunk, _text: str) -> str:
    """Return the readable texts of the blocks of a chunk, one per line or more."""
    return BREAK.join(scanned.block.prose.text for scanned in chunk.blocks)


def divide(blocks: Sequence[ScannedBlock], glossary: Glossary) -> Iterator[Chunk]:
    """Yield consecutive blocks as chunks of about the same length."""
    total = sum(scanned.block.length for scanned in blocks)
    count = max(total // LENGTH, 1)
    first = 0
    end = 0
    number = 1
    for index, scanned in enumerate(blocks):
        end += scanned.block.length
        if end * count >= total * number:
            yield Chunk(blocks[first : index + 1], glossary)
            first = index + 1
            number = end * count // total + 1


def joined(
    before: Iterable[Chunk],
    edited: Sequence[ScannedBlock],
    behind: Sequence[Chunk],
    glossary: Glossary,
) -> tuple[Chunk, ...]:
    """Return the chunks of a document after an edit of the blocks between `before` and `behind`."""
    length = sum(scanned.block.length for scanned in edited)
    if behind and 0 < length < LENGTH // 2:
        edited, behind = (*edited, *behind[0].blocks), behind[1:]
    return (*before, *divide(edited, glossary), *behind)
