"""The analysis of a document: the findings of a scan, by offset and as a whole; immutable.

Findings are stored in chunks, relative to their start, so that the next version of the document reuses them;
absolute spans are computed on demand. This module must not know rules, settings or editors, nor how
a text is scanned.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, TypeVar, cast

from glossary_ls.acronyms.definitions import definition_below
from glossary_ls.acronyms.sections import entry_below, glossary_sections, headings, section_entries
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Text
from glossary_ls.markup.prose import PlacedProse
from glossary_ls.matching.words import is_word_char

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from glossary_ls.acronyms.sections import Heading
    from glossary_ls.analysis.chunks import Chunk, ScannedBlock
    from glossary_ls.base.model import Candidate, Definition, Mention
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.index import Glossary

    _Fact = TypeVar("_Fact")


class Analysis:
    """The findings of a scan; immutable. Spans are absolute, and computed on demand."""

    def __init__(
        self,
        text: Text,
        language: str,
        glossary: Glossary,
        chunks: tuple[Chunk, ...] | Callable[[], tuple[Chunk, ...]],
    ) -> None:
        """`chunks` tile `text`; a function that returns them is called when they are first needed."""
        self.text = text
        self.language = language
        self.glossary = glossary
        self._chunks = chunks
        self._facts: dict[object, object] = {}

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """The scanned blocks in groups, ascending."""
        return self._chunks() if callable(self._chunks) else self._chunks

    @property
    def is_scanned(self) -> bool:
        """Whether the chunks exist already."""
        return not callable(self._chunks) or "chunks" in self.__dict__

    @cached_property
    def chunk_starts(self) -> list[int]:
        """The offset of each chunk, and last the length of the text."""
        return [0, *accumulate(chunk.length for chunk in self.chunks)]

    def facts(self, find: Callable[[Chunk, str], _Fact | None]) -> Sequence[tuple[int, _Fact]]:
        """Return what `find` returns for each chunk and its text, with the offset of the chunk.

        Chunks for which it returns None or something empty are left out. A chunk keeps the result until an
        edit touches it, so `find` must be a module-level function that depends on its arguments alone; the
        spans of a result count from the start of the chunk.
        """
        if find not in self._facts:
            source = self.text.source
            placed = zip(self.chunk_starts, self.chunks, strict=False)
            facts = ((start, chunk.fact(find, source, start)) for start, chunk in placed)
            self._facts[find] = tuple(found for found in facts if found[1])
        return cast("Sequence[tuple[int, _Fact]]", self._facts[find])

    def beginning(self, count: int) -> Analysis:
        """Return the analysis of the first `count` chunks, as if the text ended there."""
        end = self.chunk_starts[min(count, len(self.chunks))]
        return Analysis(Text(self.text.source[:end]), self.language, self.glossary, self.chunks[:count])

    def working_out(self, example: Analysis) -> Iterator[None]:
        """Find the facts that `example` was asked for, one chunk at a time; yield after each."""
        source = self.text.source
        for start, chunk in zip(self.chunk_starts, self.chunks, strict=False):
            for find in example._facts:
                chunk.fact(cast("Callable[[Chunk, str], object]", find), source, start)
            yield

    def facts_in(self, find: Callable[[Chunk, str], _Fact], within: Span) -> Iterator[tuple[int, _Fact]]:
        """Yield what `find` returns for each chunk that touches `within`, with the offset of the chunk."""
        starts, source = self.chunk_starts, self.text.source
        first = max(bisect_right(starts, within.start) - 1, 0)
        last = bisect_right(starts, within.end)
        for start, chunk in zip(starts[first:last], self.chunks[first:last], strict=False):
            yield start, chunk.fact(find, source, start)

    @cached_property
    def blocks(self) -> tuple[ScannedBlock, ...]:
        """The blocks of all chunks."""
        return tuple(chain.from_iterable(chunk.blocks for chunk in self.chunks))

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each block, and last the length of the text."""
        placed = zip(self.chunk_starts, self.chunks, strict=False)
        starts = [start + local for start, chunk in placed for local in chunk.starts[:-1]]
        return [*starts, self.chunk_starts[-1]]

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
        inside = (found.shifted(start) for start, many in self.facts(_definitions) for found in many)
        return _sorted((*inside, *self._across_chunks, *self._in_sections))

    @cached_property
    def definitions_by_short(self) -> Mapping[str, Sequence[Definition]]:
        """The definitions of each acronym, ascending; the acronyms in the order of their first ones."""
        found: dict[str, list[Definition]] = {}
        for definition in self.definitions:
            found.setdefault(definition.short, []).append(definition)
        return found

    def definitions_in(self, span: Span) -> tuple[Definition, ...]:
        """Return the definitions of which either form touches `span`, ascending."""
        inside = (found.shifted(at) for at, many in self.facts_in(_definitions, span) for found in many)
        return tuple(
            found
            for found in _sorted((*inside, *self._across_chunks, *self._in_sections))
            if (found.short_span.start <= span.end and span.start <= found.short_span.end)
            or (found.long_span.start <= span.end and span.start <= found.long_span.end)
        )

    @cached_property
    def meanings(self) -> tuple[Definition, ...]:
        """The definitions without those that repeat both forms of an earlier one, ascending."""
        firsts: dict[tuple[str, str], Definition] = {}
        for found in self.definitions:
            firsts.setdefault((found.short, found.long), found)
        return tuple(firsts.values())

    def mention_at(self, offset: int) -> Mention | None:
        """Return the mention that the character at `offset` belongs to; at the end of a word, that word's.

        Where words follow each other without blanks, the caret behind one is at the start of the next.
        """
        found: Mention | None = None
        within = is_word_char(self.text.source[offset : offset + 1] or " ")
        for start, scanned in self.blocks_near(offset):
            for mention in scanned.mentions:
                if mention.span.touches(offset - start):
                    placed = mention.shifted(start)
                    if placed.span.contains(offset):
                        return placed
                    found = None if within else placed
        return found

    def candidate_at(self, offset: int) -> Candidate | None:
        """Return the candidate that `offset` is in or at an end of."""
        for start, scanned in self.blocks_near(offset):
            index = bisect_right(scanned.candidates, offset - start, key=lambda found: found.span.start) - 1
            if index >= 0 and scanned.candidates[index].span.touches(offset - start):
                return scanned.candidates[index].shifted(start)
        return None

    def mentions_in(self, span: Span) -> Iterator[Mention]:
        """Yield the mentions that overlap `span`, ascending."""
        for start, scanned in self.placed_in(span):
            for mention in scanned.mentions:
                placed = mention.shifted(start)
                if placed.span.overlaps(span):
                    yield placed

    def kind_at(self, offset: int) -> RegionKind:
        """Return the kind of the region at `offset`; only words of markup are `MARKUP`, the rest is prose."""
        for start, scanned in self.blocks_near(offset):
            kind, _ = scanned.place(offset - start)
            if kind is None and self.text.source[offset : offset + 1].isalnum():
                return RegionKind.MARKUP
            return kind or RegionKind.PROSE
        return RegionKind.PROSE

    def placed_in(self, span: Span) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the blocks that overlap `span`, each with its offset."""
        index = max(bisect_right(self.chunk_starts, span.start) - 1, 0)
        for start, chunk in zip(self.chunk_starts[index:], self.chunks[index:], strict=False):
            if start >= span.end:
                break
            first = max(bisect_right(chunk.starts, span.start - start) - 1, 0)
            last = bisect_left(chunk.starts, span.end - start)
            for local, scanned in zip(chunk.starts[first:last], chunk.blocks[first:last], strict=False):
                yield start + local, scanned

    def blocks_near(self, offset: int) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the block that holds `offset`, with its own offset; past the end of the text the last one."""
        if self.chunks:
            index = min(max(bisect_right(self.chunk_starts, offset) - 1, 0), len(self.chunks) - 1)
            start, chunk = self.chunk_starts[index], self.chunks[index]
            at = min(max(bisect_right(chunk.starts, offset - start) - 1, 0), len(chunk.blocks) - 1)
            yield start + chunk.starts[at], chunk.blocks[at]

    def _placed(self) -> Iterator[tuple[int, ScannedBlock]]:
        return zip(self.starts, self.blocks, strict=False)

    @cached_property
    def _across_chunks(self) -> tuple[Definition, ...]:
        """The definitions whose heading ends a chunk and whose body begins the next."""
        return tuple(
            found for pair in self._chunk_borders if (found := definition_below(*pair, self.text.source))
        )

    @cached_property
    def _chunk_borders(self) -> tuple[tuple[PlacedProse, PlacedProse], ...]:
        """The last text of each chunk and the first one of the next."""
        return tuple(
            (upper[-1].shifted(above), lower[0].shifted(below))
            for (above, upper), (below, lower) in pairwise(self.facts(_readable))
        )

    @cached_property
    def _in_sections(self) -> tuple[Definition, ...]:
        """The definitions that are such only because they are in a glossary section."""
        outlines = (heading.shifted(start) for start, many in self.facts(_headings) for heading in many)
        spans = tuple(glossary_sections(outlines, len(self.text)))
        if not spans:
            return ()
        inside = (found.shifted(start) for start, many in self.facts(_definitions) for found in many)
        known = {found.short_span for found in (*inside, *self._across_chunks)}
        entries = [
            found.shifted(at)
            for span in spans
            for at, many in self.facts_in(_entries, span)
            for found in many
        ]
        borders = (entry_below(*pair, self.text.source) for pair in self._chunk_borders)
        entries += (found for found in borders if found)
        return tuple(
            {
                found.short_span: found
                for found in entries
                if found.short_span not in known
                and any(span.contains(found.short_span.start) for span in spans)
            }.values()
        )


def _readable(chunk: Chunk, _text: str) -> Sequence[PlacedProse]:
    return [
        PlacedProse(start, scanned.block.prose)
        for start, scanned in chunk.placed()
        if scanned.block.prose.text
    ]


def _headings(chunk: Chunk, text: str) -> Sequence[Heading]:
    return tuple(headings(chunk.fact(_readable, text, 0), text))


def _entries(chunk: Chunk, text: str) -> Sequence[Definition]:
    return tuple(section_entries(chunk.fact(_readable, text, 0), text))


def _definitions(chunk: Chunk, text: str) -> tuple[Definition, ...]:
    """Return the definitions within the blocks of a chunk and, below headings, over two of them."""
    inside = (found.shifted(start) for start, scanned in chunk.placed() for found in scanned.definitions)
    pairs = pairwise(chunk.fact(_readable, text, 0))
    across = (found for heading, body in pairs if (found := definition_below(heading, body, text)))
    return _sorted((*inside, *across))


def _sorted(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return definitions in ascending order; of two with one short form the one within a block first."""
    return tuple(sorted(definitions, key=lambda found: (found.short_span.start, found.short_span.end)))
