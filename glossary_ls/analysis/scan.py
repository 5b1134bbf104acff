"""Scanning a text for the terms of a glossary, candidates and definitions.

A document is scanned block by block, and the spans in a block count from its start. After an edit the blocks
before it are reused, and those after it as soon as the state of the parser is the same again: only what the
edit touched is scanned. This module must not know rules, settings or editors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from typing import TYPE_CHECKING
from weakref import ref

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.definitions import find_definitions
from glossary_ls.analysis.analysis import Analysis
from glossary_ls.analysis.chunks import Chunk, ScannedBlock, divide, joined
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.memo import WeightedMemo
from glossary_ls.base.model import Mention
from glossary_ls.base.text import Text, common_prefix, common_suffix
from glossary_ls.markup import parser_for
from glossary_ls.markup.block import block_extent

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from glossary_ls.glossary.index import Glossary
    from glossary_ls.markup.block import Block, State
    from glossary_ls.markup.prose import Prose

#: The prose of a block with more characters is not searched, because a block is scanned in one piece. It is a
#: line that nobody wrote.
LONGEST_PROSE = 200_000


def scan(text: Text, language: str, glossary: Glossary, previous: Analysis | None = None) -> Analysis:
    """Scan `text`, reusing what still holds of `previous`, the analysis of an earlier version.

    The result is the same with and without `previous`.
    """
    found = deque(scanning(text, language, glossary, previous), maxlen=1).pop()
    assert found is not None  # noqa: S101  because an analysis comes last
    return found


def scan_later(text: Text, language: str, glossary: Glossary, previous: Analysis | None = None) -> Analysis:
    """Scan `text` as `scan` does, but lazily if the glossary is another one.

    Made for glossary files: each key in one makes a new glossary, and they are seldom read as prose.
    """
    if previous and previous.glossary is glossary:
        return scan(text, language, glossary, previous)
    return Analysis(text, language, glossary, lambda: scan(text, language, glossary).chunks)


def scanning(
    text: Text, language: str, glossary: Glossary, previous: Analysis | None = None, beginning: int = 0
) -> Iterator[Analysis | None]:
    """Scan `text` as `scan` does; yield None after each block, for a pause, and at the end the analysis.

    Once `beginning` characters are scanned, if it is given, the analysis of these is yielded as well.
    """
    source = text.source
    parse = parser_for(language)
    before, after = _NOTHING, _After((), [0], 0, 0)
    if previous and previous.language == language and (previous.glossary is glossary or previous.is_scanned):
        if previous.glossary is not glossary:
            previous = yield from _with_glossary(previous, glossary)
        if previous.text.source == source:
            yield previous
            return
        before = _Before.before_edit(previous, common_prefix(previous.text.source, source))
        reach = min(len(previous.text), len(text)) - before.end
        moved = len(text) - len(previous.text)
        # What is the same behind the edit may begin in front of it, in a block that it changes.
        unchanged = len(previous.text) - min(common_suffix(previous.text.source, source), reach)
        after = _After(previous.chunks, previous.chunk_starts, unchanged, moved)
    blocks = list(before.blocks)
    position = before.end
    state = before.state
    behind: tuple[Chunk, ...] = ()
    while position < len(source):
        resumed = after.resume(position, state)
        if resumed is not None:
            blocks += resumed[0]
            behind = resumed[1]
            break
        if previous:
            scanned = _scan_block(parse(source, position, state), state, glossary)
        else:
            scanned = _scan_shared(source, position, state, language, glossary)
        blocks.append(scanned)
        position += scanned.block.length
        state = scanned.block.state
        if beginning and position >= beginning:
            beginning = 0
            yield Analysis(Text(source[:position]), language, glossary, tuple(divide(blocks, glossary)))
        yield None
    yield Analysis(text, language, glossary, joined(before.chunks, blocks, behind, glossary))


#: Blocks by the text that they depend on, each with its language and glossary.
_BLOCKS: WeightedMemo[tuple[str, ref[Glossary], ScannedBlock]] = WeightedMemo(1_000_000)


def _scan_shared(source: str, start: int, state: State, language: str, glossary: Glossary) -> ScannedBlock:
    """Scan the block at `start`, unless another document had one with the same text and incoming state.

    Documents share licenses, notes and templates: a seventh of the text of READMEs, and a twentieth of the
    time of their check. A folder with seven versions of a manual is checked in 55 % of the time. A search
    after an edit of a glossary takes two thirds of the time, because only mentions depend on the glossary.
    """
    text = _text_of_block(source, start)
    known, of = _known(text, state, language)
    if known is None:
        scanned = _scan_block(parser_for(language)(source, start, state), state, glossary)
    elif of is glossary:
        return known
    else:
        scanned = _rematched(known, glossary)
    if scanned.block.lookahead <= len(text):
        _BLOCKS.keep(text, (language, ref(glossary), scanned), len(text))
    return scanned


def _text_of_block(source: str, start: int) -> str:
    # The result depends on the first character behind the block, too.
    return source[start : block_extent(source, start).following + 1]


def _known(text: str, state: State, language: str) -> tuple[ScannedBlock | None, Glossary | None]:
    """Return what is known of a block, and the glossary that it was scanned with."""
    found = _BLOCKS.get(text)
    if found is None or found[0] != language or found[2].entered != state:
        return None, None
    return found[2], found[1]()


def parse_shared(source: str, language: str) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of a text, each with its offset; those that were scanned before are not parsed."""
    parse = parser_for(language)
    start, state = 0, None
    while start < len(source):
        known, _ = _known(_text_of_block(source, start), state, language)
        block = known.block if known else parse(source, start, state)
        yield start, block
        start, state = start + block.length, block.state


def _rematched(scanned: ScannedBlock, glossary: Glossary) -> ScannedBlock:
    return replace(scanned, mentions=_mentions(scanned.block.prose, glossary))


def _with_glossary(analysis: Analysis, glossary: Glossary) -> Generator[None, None, Analysis]:
    """Return an analysis with another glossary: only mentions depend on it."""
    chunks: list[Chunk] = []
    for chunk in analysis.chunks:
        blocks: list[ScannedBlock] = []
        for scanned in chunk.blocks:
            blocks.append(_rematched(scanned, glossary))
            yield
        chunks.append(Chunk(blocks, glossary))
    return Analysis(analysis.text, analysis.language, glossary, tuple(chunks))


def _scan_block(block: Block, entered: State, glossary: Glossary) -> ScannedBlock:
    prose = block.prose
    if not prose.text or is_too_long(prose):
        return ScannedBlock(block, entered, (), (), ())
    return ScannedBlock(
        block, entered, _mentions(prose, glossary), find_candidates(prose), find_definitions(prose)
    )


def is_too_long(prose: Prose) -> bool:
    """Return whether the prose of a block is not searched."""
    return len(prose.text) > LONGEST_PROSE


def _mentions(prose: Prose, glossary: Glossary) -> tuple[Mention, ...]:
    if is_too_long(prose):
        return ()
    return tuple(
        Mention(prose.span(start, end), glossary.senses_of(names))
        for start, end, names in glossary.find(prose.text)
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """The chunks, and after them blocks, before an edit, and the offset of their end."""

    chunks: tuple[Chunk, ...]
    blocks: tuple[ScannedBlock, ...]
    end: int

    @classmethod
    def before_edit(cls, previous: Analysis, same: int) -> _Before:
        """Return what can be reused if the first `same` characters of the text are unchanged."""
        end = 0
        for count, chunk in enumerate(previous.chunks):
            if end + chunk.lookahead > same:
                kept = 0
                while end + chunk.starts[kept] + chunk.blocks[kept].block.lookahead <= same:
                    kept += 1
                return cls(previous.chunks[:count], chunk.blocks[:kept], end + chunk.starts[kept])
            end += chunk.starts[-1]
        return cls(previous.chunks, (), end)

    @property
    def state(self) -> State:
        """The state of the parser at the end."""
        blocks = self.blocks or (self.chunks[-1].blocks if self.chunks else ())
        return blocks[-1].block.state if blocks else None


_NOTHING = _Before((), (), 0)


@dataclass(frozen=True, slots=True)
class _After:
    """The chunks of an analysis, the offset from which they are unchanged, and how far that moved."""

    chunks: tuple[Chunk, ...]
    starts: Sequence[int]
    first: int
    moved: int

    def resume(
        self, position: int, state: State
    ) -> tuple[tuple[ScannedBlock, ...], tuple[Chunk, ...]] | None:
        """Return the blocks, then the chunks from `position` on if the state of the parser is theirs."""
        place = position - self.moved
        if place < self.first:
            return None
        index = bisect_right(self.starts, place) - 1
        if index >= len(self.chunks):
            return None
        chunk, local = self.chunks[index], place - self.starts[index]
        at = bisect_left(chunk.starts, local)
        if chunk.starts[at] != local or chunk.blocks[at].entered != state:
            return None
        if at == 0:
            return (), self.chunks[index:]
        return chunk.blocks[at:], self.chunks[index + 1 :]
