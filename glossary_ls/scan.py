"""Scanning: a text and a glossary in, everything that the text says about terms out.

A document is scanned block by block, and a block's findings count from its start. After an edit the blocks
before it and, as soon as the parser is back in step, those after it are taken over as they are: what is
scanned again is what the edit touched. This module must not know rules, settings or editors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.definitions import definition_below, find_definitions
from glossary_ls.model import Definition, Mention, RegionKind
from glossary_ls.portions import Portion, ScannedBlock, joined
from glossary_ls.regions import parser_for
from glossary_ls.text import Span, common_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Candidate
    from glossary_ls.regions.block import Block, State
    from glossary_ls.regions.prose import Prose
    from glossary_ls.text import Text

    _Fact = TypeVar("_Fact")


class Analysis:
    """The findings of a scan; immutable. Absolute spans are worked out when they are asked for."""

    def __init__(
        self,
        text: Text,
        language: str,
        glossary: Glossary,
        portions: tuple[Portion, ...] | Callable[[], tuple[Portion, ...]],
    ) -> None:
        """`portions` tile `text`, or are worked out when somebody asks for them."""
        self.text = text
        self.language = language
        self.glossary = glossary
        self._portions = portions

    @cached_property
    def portions(self) -> tuple[Portion, ...]:
        """What was found, a stretch of the text at a time."""
        return self._portions() if callable(self._portions) else self._portions

    @cached_property
    def portion_starts(self) -> list[int]:
        """The offset at which each portion starts, and at the end the length of the text."""
        return [0, *accumulate(portion.starts[-1] for portion in self.portions)]

    def facts(
        self, find: Callable[[Portion, str], _Fact], within: Span | None = None
    ) -> Iterator[tuple[int, _Fact]]:
        """Yield what `find` finds out about each portion and its text, with the offset at which it starts.

        With `within` only the portions that touch it are asked about. What was said of one is remembered for
        as long as no edit touches it: `find` must be a function of a module and not look beyond the portion,
        and its spans count from the start of it.
        """
        starts, source = self.portion_starts, self.text.source
        first = max(bisect_right(starts, within.start) - 1, 0) if within else 0
        last = bisect_right(starts, within.end) if within else len(starts)
        for start, portion in zip(starts[first:last], self.portions[first:last], strict=False):
            yield start, portion.fact(find, source, start)

    @cached_property
    def blocks(self) -> tuple[ScannedBlock, ...]:
        """The blocks of all portions."""
        return tuple(chain.from_iterable(portion.blocks for portion in self.portions))

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each block starts, and at the end the length of the text."""
        placed = zip(self.portion_starts, self.portions, strict=False)
        starts = [start + local for start, portion in placed for local in portion.starts[:-1]]
        return [*starts, self.portion_starts[-1]]

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
        inside = [found.shifted(start) for start, many in self.facts(_definitions) for found in many]
        return _merged(inside, self._across)

    @cached_property
    def meanings(self) -> tuple[Definition, ...]:
        """Of the definitions with the same two forms the first one each, ascending."""
        found: dict[tuple[str, str], Definition] = {}
        for start, meanings in self.facts(_meanings):
            for meaning, definition in meanings.items():
                if meaning not in found:
                    found[meaning] = definition.shifted(start)
        return tuple(_by_meaning(_merged(found.values(), self._across)).values())

    @cached_property
    def _across(self) -> tuple[Definition, ...]:
        """The definitions over two blocks that lie in different portions."""
        ends = [(start, ends) for start, ends in self.facts(_ends) if ends]
        found = (
            definition_under(
                one + above.last.start,
                above.last.prose,
                other + below.first.start,
                below.first.prose,
                self.text.source,
            )
            for (one, above), (other, below) in pairwise(ends)
        )
        return tuple(definition for definition in found if definition)

    def mention_at(self, offset: int) -> Mention | None:
        """Return the mention that the character at `offset` belongs to; at the end of a word, that word's."""
        found: Mention | None = None
        for start, scanned in self.around(offset):
            for mention in scanned.mentions:
                if mention.span.touches(offset - start):
                    placed = mention.shifted(start)
                    if placed.span.contains(offset):
                        return placed
                    found = placed
        return found

    def mentions_in(self, span: Span) -> Iterator[Mention]:
        """Yield the mentions that overlap `span`, ascending."""
        for start, scanned in self.placed_in(span):
            for mention in scanned.mentions:
                placed = mention.shifted(start)
                if placed.span.overlaps(span):
                    yield placed

    def kind_at(self, offset: int) -> RegionKind:
        """Return what the character at `offset` is to a reader; markup without a meaning counts as prose."""
        for start, scanned in self.around(offset):
            return scanned.kind_at(offset - start)
        return RegionKind.PROSE

    def placed_in(self, span: Span) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the blocks that overlap `span`, each with the offset at which it starts."""
        index = max(bisect_right(self.portion_starts, span.start) - 1, 0)
        for start, portion in zip(self.portion_starts[index:], self.portions[index:], strict=False):
            if start >= span.end:
                break
            first = max(bisect_right(portion.starts, span.start - start) - 1, 0)
            last = bisect_left(portion.starts, span.end - start)
            for local, scanned in zip(portion.starts[first:last], portion.blocks[first:last], strict=False):
                yield start + local, scanned

    def around(self, offset: int) -> Iterator[tuple[int, ScannedBlock]]:
        """Yield the block that holds `offset`, with its start; past the end of the text the last one."""
        if self.portions:
            index = min(max(bisect_right(self.portion_starts, offset) - 1, 0), len(self.portions) - 1)
            start, portion = self.portion_starts[index], self.portions[index]
            at = min(max(bisect_right(portion.starts, offset - start) - 1, 0), len(portion.blocks) - 1)
            yield start + portion.starts[at], portion.blocks[at]

    def _placed(self) -> Iterator[tuple[int, ScannedBlock]]:
        return zip(self.starts, self.blocks, strict=False)


class _Readable(NamedTuple):
    """The text of a block that has something to read, and where the block starts in its portion."""

    start: int
    prose: Prose


class _Ends(NamedTuple):
    """The first and the last block of a portion that have something to read."""

    first: _Readable
    last: _Readable


def _ends(portion: Portion, _text: str) -> _Ends | None:
    readable = _readable(portion)
    return _Ends(readable[0], readable[-1]) if readable else None


def _readable(portion: Portion) -> list[_Readable]:
    return [
        _Readable(start, scanned.block.prose)
        for start, scanned in portion.placed()
        if scanned.block.prose.text
    ]


def _definitions(portion: Portion, text: str) -> tuple[Definition, ...]:
    """Return the definitions within the blocks of a portion and, below headings, over two of them."""
    found = [each.shifted(start) for start, scanned in portion.placed() for each in scanned.definitions]
    pairs = pairwise(_readable(portion))
    return _merged(found, [each for one, other in pairs if (each := definition_under(*one, *other, text))])


def _meanings(portion: Portion, text: str) -> Mapping[tuple[str, str], Definition]:
    return _by_meaning(portion.fact(_definitions, text, 0))


def _by_meaning(definitions: Iterable[Definition]) -> Mapping[tuple[str, str], Definition]:
    """Return the first definition with each pair of forms."""
    firsts: dict[tuple[str, str], Definition] = {}
    for found in definitions:
        firsts.setdefault((found.short, found.long), found)
    return firsts


def _merged(inside: Iterable[Definition], across: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return definitions in ascending order, of two with one short form the one within a block first."""
    return tuple(sorted((*inside, *across), key=lambda found: (found.short_span.start, found.short_span.end)))


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
    before, tail = _NOTHING, _Tail((), [0], 0, 0)
    if previous and previous.language == language and previous.glossary is glossary:
        if previous.text.source == source:
            return previous
        same_before, same_behind = common_ends(previous.text, text)
        before = _Head.before_edit(previous, same_before)
        reach = min(len(previous.text), len(text)) - before.end
        tail = _Tail.after_edit(previous, text, min(same_behind, reach))
    blocks = list(before.blocks)
    position = before.end
    state = before.state
    behind: tuple[Portion, ...] = ()
    while position < len(source):
        resumed = tail.from_here(position, state)
        if resumed is not None:
            blocks += resumed[0]
            behind = resumed[1]
            break
        if cancelled is not None and cancelled():
            raise ScanCancelledError
        scanned = _scan_block(parse(source, position, state), state, glossary)
        blocks.append(scanned)
        position += scanned.block.length
        state = scanned.block.state
    return Analysis(text, language, glossary, joined(before.portions, blocks, behind, glossary))


def scan_later(text: Text, language: str, glossary: Glossary, previous: Analysis | None = None) -> Analysis:
    """Scan `text` as `scan` does, but with a new glossary only when somebody asks what was found.

    Made for glossary files, which are a new glossary with every key and are seldom read as prose.
    """
    if previous and previous.glossary is glossary:
        return scan(text, language, glossary, previous)
    return Analysis(text, language, glossary, lambda: scan(text, language, glossary).portions)


def scanning(text: Text, language: str, glossary: Glossary) -> Iterator[Analysis | None]:
    """Scan `text` from scratch: yield None after each block, for a pause, and last of all the analysis."""
    parse = parser_for(language)
    blocks: list[ScannedBlock] = []
    position = 0
    state: State = None
    while position < len(text):
        scanned = _scan_block(parse(text.source, position, state), state, glossary)
        blocks.append(scanned)
        position += scanned.block.length
        state = scanned.block.state
        yield None
    yield Analysis(text, language, glossary, joined((), blocks, (), glossary))


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


@dataclass(frozen=True, slots=True)
class _Head:
    """The leading portions, and behind them blocks, that an edit cannot have changed, and where they end."""

    portions: tuple[Portion, ...]
    blocks: tuple[ScannedBlock, ...]
    end: int

    @classmethod
    def before_edit(cls, previous: Analysis, same: int) -> _Head:
        """Return what stays of an analysis if the first `same` characters of its text do."""
        end = 0
        for count, portion in enumerate(previous.portions):
            if end + portion.looked > same:
                kept = 0
                while end + portion.starts[kept] + portion.blocks[kept].block.looked <= same:
                    kept += 1
                return cls(previous.portions[:count], portion.blocks[:kept], end + portion.starts[kept])
            end += portion.starts[-1]
        return cls(previous.portions, (), end)

    @property
    def state(self) -> State:
        """The state in which the parser left the last one."""
        blocks = self.blocks or (self.portions[-1].blocks if self.portions else ())
        return blocks[-1].block.state if blocks else None


_NOTHING = _Head((), (), 0)


@dataclass(frozen=True, slots=True)
class _Tail:
    """The portions of the previous analysis, from where on nothing was edited, and how far that has moved."""

    portions: tuple[Portion, ...]
    starts: Sequence[int]
    first: int
    moved: int

    @classmethod
    def after_edit(cls, previous: Analysis, text: Text, same: int) -> _Tail:
        """Return what stays of an analysis if the last `same` characters of its text do."""
        length = len(previous.text)
        return cls(previous.portions, previous.portion_starts, length - same, len(text) - length)

    def from_here(
        self, position: int, state: State
    ) -> tuple[tuple[ScannedBlock, ...], tuple[Portion, ...]] | None:
        """Return the blocks, then the portions from `position` on if the parser is in step with them."""
        place = position - self.moved
        if place < self.first:
            return None
        index = bisect_right(self.starts, place) - 1
        if index >= len(self.portions):
            return None
        portion, local = self.portions[index], place - self.starts[index]
        at = bisect_left(portion.starts, local)
        if portion.starts[at] != local or portion.blocks[at].entered != state:
            return None
        if at == 0:
            return (), self.portions[index:]
        return portion.blocks[at:], self.portions[index + 1 :]
