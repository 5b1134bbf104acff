"""Scanning: a text and a glossary in, everything that the text says about terms out.

A document is scanned block by block, and a block's findings count from its start. After an edit the blocks
before it and, as soon as the parser is back in step, those after it are taken over as they are: what is
scanned again is what the edit touched. This module must not know rules, settings or editors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.definitions import definition_below, find_definitions
from glossary_ls.model import Candidate, Definition, Mention, RegionKind
from glossary_ls.regions import parser_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.glossary import Glossary
    from glossary_ls.regions.block import Block, State
    from glossary_ls.regions.prose import Prose
    from glossary_ls.text import Span, Text


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


class Analysis:
    """The findings of a scan; immutable. Absolute spans are worked out when they are asked for."""

    def __init__(
        self, text: Text, language: str, glossary: Glossary, blocks: tuple[ScannedBlock, ...]
    ) -> None:
        """`blocks` tile `text`."""
        self.text = text
        self.language = language
        self.glossary = glossary
        self.blocks = blocks

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each block starts, and at the end the length of the text."""
        return [0, *accumulate(scanned.block.length for scanned in self.blocks)]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention in the document, ascending."""
        return tuple(
            mention.shifted(start) for start, scanned in self._placed() for mention in scanned.mentions
        )

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every token that may be an acronym, ascending."""
        return tuple(
            candidate.shifted(start) for start, scanned in self._placed() for candidate in scanned.candidates
        )

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Every definition that the document itself gives, ascending."""
        inside = (
            definition.shifted(start)
            for start, scanned in self._placed()
            for definition in scanned.definitions
        )
        return tuple(sorted((*inside, *self._below_headings()), key=lambda found: found.short_span))

    def _below_headings(self) -> Iterator[Definition]:
        """Yield the definitions that go over two blocks."""
        readable = [(start, scanned) for start, scanned in self._placed() if scanned.block.prose.text]
        for (above, head), (below, body) in pairwise(readable):
            found = definition_under(above, head.block.prose, below, body.block.prose, self.text.source)
            if found is not None:
                yield found

    def mention_at(self, offset: int) -> Mention | None:
        """Return the mention that the character at `offset` belongs to; at the end of a word, that word's."""
        found: Mention | None = None
        for start, scanned in self._around(offset):
            for mention in scanned.mentions:
                if mention.span.touches(offset - start):
                    placed = mention.shifted(start)
                    if placed.span.contains(offset):
                        return placed
                    found = placed
        return found

    def mentions_in(self, span: Span) -> Iterator[Mention]:
        """Yield the mentions that overlap `span`, ascending."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = bisect_left(self.starts, span.end)
        for index in range(first, min(last, len(self.blocks))):
            start = self.starts[index]
            for mention in self.blocks[index].mentions:
                placed = mention.shifted(start)
                if placed.span.overlaps(span):
                    yield placed

    def kind_at(self, offset: int) -> RegionKind:
        """Return what the character at `offset` is to a reader; markup without a meaning counts as prose."""
        for start, scanned in self._around(offset):
            local = offset - start
            for region in scanned.block.regions:
                if region.span.contains(local):
                    return region.kind
            for piece in scanned.block.prose.pieces:
                if piece.start <= local < piece.start + piece.length:
                    return piece.kind
        return RegionKind.PROSE

    def _placed(self) -> Iterator[tuple[int, ScannedBlock]]:
        return zip(self.starts, self.blocks, strict=False)

    def _around(self, offset: int) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the block that holds `offset`, with its start."""
        if self.blocks:
            index = min(max(bisect_right(self.starts, offset) - 1, 0), len(self.blocks) - 1)
            yield self.starts[index], self.blocks[index]


def definition_under(above: int, heading: Prose, below: int, body: Prose, source: str) -> Definition | None:
    """Return the definition of which the short form is a heading and the long form begins the next block.

    `above` and `below` are where the two blocks start.
    """
    found = definition_below(heading, body)
    if found is None:
        return None
    short, long = found[0].shifted(above), found[1].shifted(below)
    return Definition(short.of(source), " ".join(long.of(source).split()), short, long)


def scan(
    text: Text,
    language: str,
    glossary: Glossary,
    previous: Analysis | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Analysis:
    """Scan `text`, taking over from `previous`, an analysis of an earlier version, what still holds.

    The result is the same with and without `previous`. `cancelled` is asked between blocks; when it says yes,
    ScanCancelledError is raised.
    """
    source = text.source
    parse = parser_for(language)
    kept: tuple[ScannedBlock, ...] = ()
    tail = _Tail((), [0], 0)
    position = 0
    if previous and previous.language == language and previous.glossary is glossary:
        if previous.text.source == source:
            return previous
        kept, position = _unchanged_head(previous, source)
        tail = _Tail.after_edit(previous, source, len(kept))
    blocks = list(kept)
    state = blocks[-1].block.state if blocks else None
    while position < len(source):
        resumed = tail.from_here(position, state)
        if resumed is not None:
            blocks += resumed
            break
        if cancelled is not None and cancelled():
            raise ScanCancelledError
        scanned = _scan_block(parse(source, position, state), state, glossary)
        blocks.append(scanned)
        position += scanned.block.length
        state = scanned.block.state
    return Analysis(text, language, glossary, tuple(blocks))


class ScanCancelledError(Exception):
    """A scan was given up because its result is no longer wanted."""


def _scan_block(block: Block, entered: State, glossary: Glossary) -> ScannedBlock:
    prose = block.prose
    if not prose.text:
        return ScannedBlock(block, entered, (), (), ())
    mentions = tuple(
        Mention(prose.span(hit.start, hit.end), glossary.senses_of(hit)) for hit in glossary.find(prose.text)
    )
    return ScannedBlock(block, entered, mentions, find_candidates(prose), find_definitions(prose))


def _unchanged_head(previous: Analysis, source: str) -> tuple[tuple[ScannedBlock, ...], int]:
    """Return the leading blocks that an edit cannot have changed, and where they end."""
    same = _common_prefix(previous.text.source, source)
    count = 0
    for start, scanned in zip(previous.starts, previous.blocks, strict=False):
        if start + scanned.block.looked > same:
            break
        count += 1
    return previous.blocks[:count], previous.starts[count]


@dataclass(frozen=True, slots=True)
class _Tail:
    """The blocks of the previous analysis that lie behind the edit, and how far they have moved."""

    blocks: tuple[ScannedBlock, ...]
    starts: list[int]
    moved: int

    @classmethod
    def after_edit(cls, previous: Analysis, source: str, kept: int) -> _Tail:
        old = previous.text.source
        reach = min(len(old), len(source)) - max(previous.starts[kept], 0)
        same = _common_suffix(old, source, reach)
        first = bisect_left(previous.starts, len(old) - same)
        return cls(previous.blocks[first:], previous.starts[first:], len(source) - len(old))

    def from_here(self, position: int, state: State) -> tuple[ScannedBlock, ...] | None:
        """Return the blocks from `position` on if the parser is in step with them, else None."""
        index = bisect_left(self.starts, position - self.moved)
        if index >= len(self.blocks) or self.starts[index] != position - self.moved:
            return None
        return self.blocks[index:] if self.blocks[index].entered == state else None


def _common_prefix(left: str, right: str) -> int:
    """Return the length of the longest common prefix, by bisection over comparisons that run in C."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(left: str, right: str, limit: int) -> int:
    """Return the length of the longest common suffix, at most `limit`."""
    low, high = 0, max(limit, 0)
    while low < high:
        middle = (low + high + 1) // 2
        if left[len(left) - middle : len(left) - low] == right[len(right) - middle : len(right) - low]:
            low = middle
        else:
            high = middle - 1
    return low
