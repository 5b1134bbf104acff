"""Portions: the blocks of a document in groups, each with what was found out about it.

A portion is taken over from one analysis to the next for as long as no edit touches it, and whatever was
found out about it goes along: who asks about a whole document after each key looks anew at the portion that
was edited, and puts that together with what is known of the others. This module must not know rules, nor how
a text is scanned.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar, cast

from glossary_ls.base.model import RegionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.model import Candidate, Definition, Mention
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.markup.block import Block, State

    _Fact = TypeVar("_Fact")

#: How many characters a portion is to have: with fewer there are more to put together, with more an edit
#: costs more. One that grows to twice the length is divided, one of half the length joined to its neighbour.
LENGTH = 8_000


@dataclass(frozen=True, slots=True)
class ScannedBlock:
    """What one block holds; all spans count from the start of the block.

    `entered` is the state in which the parser came to the block.
    """

    block: Block
    entered: State
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]
    definitions: tuple[Definition, ...]

    def kind_at(self, offset: int) -> RegionKind:
        """Return what the character at `offset` is to a reader; markup without a meaning counts as prose."""
        for region in self.block.regions:
            if region.span.contains(offset):
                return region.kind
        for piece in self.block.prose.pieces:
            if piece.start <= offset < piece.start + piece.length:
                return piece.kind
        return RegionKind.PROSE


class Portion:
    """Some blocks in a row, scanned with one glossary; immutable.

    `starts` tells where each of them starts, counted from the start of the portion, and at the end how long
    it is. An edit that is further from its start than `looked` cannot change it.
    """

    __slots__ = ("_facts", "blocks", "glossary", "looked", "starts")

    def __init__(self, blocks: Sequence[ScannedBlock], glossary: Glossary) -> None:
        self.blocks = tuple(blocks)
        self.glossary = glossary
        self.starts = (0, *accumulate(scanned.block.length for scanned in self.blocks))
        self.looked = max(start + scanned.block.lookahead for start, scanned in self.placed())
        self._facts: dict[object, object] = {}

    def placed(self) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the blocks, each with where it starts."""
        return zip(self.starts, self.blocks, strict=False)

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions in all blocks, ascending, counted from the start of the portion."""
        for start, scanned in self.placed():
            for mention in scanned.mentions:
                yield mention.shifted(start)

    def candidates(self) -> Iterator[Candidate]:
        """Yield the candidates in all blocks, ascending, counted from the start of the portion."""
        for start, scanned in self.placed():
            for candidate in scanned.candidates:
                yield candidate.shifted(start)

    def fact(self, find: Callable[[Portion, str], _Fact], source: str, start: int) -> _Fact:
        """Return what `find` finds out about the portion and its text, which stands at `start` of `source`.

        It is asked only once, so the answer must depend on nothing else.
        """
        if find not in self._facts:
            self._facts[find] = find(self, source[start : start + self.starts[-1]])
        return cast("_Fact", self._facts[find])


def divide(blocks: Sequence[ScannedBlock], glossary: Glossary) -> Iterator[Portion]:
    """Yield blocks that follow each other as portions of about the same length."""
    total = sum(scanned.block.length for scanned in blocks)
    count = max(total // LENGTH, 1)
    first = 0
    end = 0
    number = 1
    for index, scanned in enumerate(blocks):
        end += scanned.block.length
        if end * count >= total * number:
            yield Portion(blocks[first : index + 1], glossary)
            first = index + 1
            number = end * count // total + 1


def joined(
    before: Iterable[Portion],
    edited: Sequence[ScannedBlock],
    behind: Sequence[Portion],
    glossary: Glossary,
) -> tuple[Portion, ...]:
    """Return the portions of a document of which the blocks between two rows of portions were edited."""
    length = sum(scanned.block.length for scanned in edited)
    if behind and 0 < length < LENGTH // 2:
        edited, behind = (*edited, *behind[0].blocks), behind[1:]
    return (*before, *divide(edited, glossary), *behind)
