"""The analysis of a document: what a scan found, by place and as a whole; immutable.

What was found lies in portions and counts from their start, so that it can be taken over from one version to
the next; absolute spans are worked out when they are asked for. This module must not know rules, settings or
editors, nor how a text is scanned.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from heapq import merge
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from glossary_ls.acronyms.definitions import definition_below
from glossary_ls.analysis.runs import Summary, each, runs, total
from glossary_ls.base.model import Definition, RegionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.analysis.chunks import Portion, ScannedBlock
    from glossary_ls.analysis.runs import Run
    from glossary_ls.base.model import Candidate, Mention
    from glossary_ls.base.text import Span, Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.markup.prose import Prose

    _Fact = TypeVar("_Fact")


class Analysis:
    """The findings of a scan; immutable. Absolute spans are worked out when they are asked for."""

    def __init__(
        self,
        text: Text,
        language: str,
        glossary: Glossary,
        portions: tuple[Portion, ...] | Callable[[], tuple[Portion, ...]],
        earlier: Sequence[Run] = (),
    ) -> None:
        """`portions` tile `text`, or are worked out when somebody asks for them.

        `earlier` are the runs of an earlier version, of which those that still stand are taken over.
        """
        self.text = text
        self.language = language
        self.glossary = glossary
        self._portions = portions
        self._earlier = earlier
        self._known: dict[object, object] = {}

    @cached_property
    def portions(self) -> tuple[Portion, ...]:
        """What was found, a stretch of the text at a time."""
        return self._portions() if callable(self._portions) else self._portions

    @property
    def is_made(self) -> bool:
        """Whether the portions are there already."""
        return not callable(self._portions) or "portions" in self.__dict__

    @cached_property
    def portion_starts(self) -> list[int]:
        """The offset at which each portion starts, and at the end the length of the text."""
        return [0, *accumulate(portion.starts[-1] for portion in self.portions)]

    @property
    def known_runs(self) -> Sequence[Run]:
        """The runs of the portions, or of an earlier version's where nobody has asked for them yet."""
        found: Sequence[Run] = self.__dict__.get("_runs", self._earlier)
        return found

    @cached_property
    def _runs(self) -> tuple[Run, ...]:
        found = runs(self.portions, self._earlier)
        self._earlier = ()
        return found

    def summary(self, summary: Summary[_Fact]) -> _Fact:
        """Return what is to be known of the whole document; only what an edit touched is asked again."""
        if summary not in self._known:
            source = self.text.source
            starts = accumulate((run.starts[-1] for run in self._runs), initial=0)
            parts = [
                (start, run.summary(summary, source, start))
                for start, run in zip(starts, self._runs, strict=False)
            ]
            self._known[summary] = summary.join(parts, source)
        return cast("_Fact", self._known[summary])

    def facts(self, find: Callable[[Portion, str], _Fact]) -> Sequence[tuple[int, _Fact]]:
        """Return what `find` says of each portion and its text, with the offset at which that starts.

        Portions of which it says nothing are left out. What was said is remembered for as long as no edit
        touches the portion: `find` must be a function of a module and not look beyond the portion, and its
        spans count from the start of it.
        """
        return self.summary(each(find))

    def facts_in(self, find: Callable[[Portion, str], _Fact], within: Span) -> Iterator[tuple[int, _Fact]]:
        """Yield what `find` says of each portion that touches `within`, with the offset where that starts."""
        starts, source = self.portion_starts, self.text.source
        first = max(bisect_right(starts, within.start) - 1, 0)
        last = bisect_right(starts, within.end)
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

    def definitions_of(self, short: str) -> Iterator[Definition]:
        """Yield the definitions of one acronym, ascending; the first ones cost no more than themselves."""
        inside = (
            found.shifted(start)
            for start, many in self.facts(_definitions)
            for found in many
            if found.short == short
        )
        return merge(inside, (found for found in self._across if found.short == short), key=_place)

    def definitions_in(self, span: Span) -> tuple[Definition, ...]:
        """Return the definitions of which either form touches `span`, ascending."""
        inside = [found.shifted(at) for at, many in self.facts_in(_definitions, span) for found in many]
        forms = ((found, (found.short_span, found.long_span)) for found in _merged(inside, self._across))
        return tuple(
            found
            for found, both in forms
            if any(form.start <= span.end and span.start <= form.end for form in both)
        )

    @cached_property
    def meanings(self) -> tuple[Definition, ...]:
        """Of the definitions with the same two forms the first one each, ascending."""
        firsts = [found.shifted(start) for start, found in self.summary(_MEANINGS).values()]
        return tuple(_by_meaning(_merged(firsts, self._across)).values())

    @cached_property
    def repeated(self) -> tuple[str, ...]:
        """The acronyms that the document defines more than once."""
        inside = self.summary(_COUNTS)
        counts = dict(inside)
        for found in self._across:
            counts[found.short] = counts.get(found.short, 0) + 1
        return tuple(short for short, count in counts.items() if count > 1)

    @property
    def _across(self) -> Sequence[Definition]:
        """The definitions over two blocks that lie in different portions."""
        ends = self.summary(_ENDS)
        return ends.across if ends else ()

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
    """The first and the last block of some portions that have something to read.

    `across` are the definitions over two blocks that lie in different ones of them.
    """

    first: _Readable
    last: _Readable
    across: tuple[Definition, ...] = ()


def _ends(portion: Portion, _text: str) -> _Ends | None:
    readable = _readable(portion)
    return _Ends(readable[0], readable[-1]) if readable else None


def _joined_ends(parts: Iterable[tuple[int, _Ends | None]], text: str) -> _Ends | None:
    placed = [
        _Ends(
            _Readable(ends.first.start + start, ends.first.prose),
            _Readable(ends.last.start + start, ends.last.prose),
            tuple(found.shifted(start) for found in ends.across),
        )
        for start, ends in parts
        if ends
    ]
    if not placed:
        return None
    across = [found for ends in placed for found in ends.across]
    for above, below in pairwise(placed):
        if found := definition_under(*above.last, *below.first, text):
            across.append(found)
    return _Ends(placed[0].first, placed[-1].last, tuple(across))


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


#: By both forms the first definition, and the offset that its spans count from.
_Meanings = Mapping[tuple[str, str], tuple[int, Definition]]


def _meanings(portion: Portion, text: str) -> _Meanings:
    found = _by_meaning(portion.fact(_definitions, text, 0))
    return {meaning: (0, definition) for meaning, definition in found.items()}


def _joined_meanings(parts: Iterable[tuple[int, _Meanings]], _text: str) -> _Meanings:
    firsts: dict[tuple[str, str], tuple[int, Definition]] = {}
    for start, meanings in parts:
        for meaning, (local, definition) in meanings.items():
            if meaning not in firsts:
                firsts[meaning] = start + local, definition
    return firsts


def _counts(portion: Portion, text: str) -> Counter[str]:
    return Counter(found.short for found in portion.fact(_definitions, text, 0))


_ENDS = Summary(_ends, _joined_ends)
_MEANINGS = Summary(_meanings, _joined_meanings)
_COUNTS = total(_counts)


def _by_meaning(definitions: Iterable[Definition]) -> Mapping[tuple[str, str], Definition]:
    """Return the first definition with each pair of forms."""
    firsts: dict[tuple[str, str], Definition] = {}
    for found in definitions:
        firsts.setdefault((found.short, found.long), found)
    return firsts


def _merged(inside: Iterable[Definition], across: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return definitions in ascending order, of two with one short form the one within a block first."""
    return tuple(sorted((*inside, *across), key=_place))


def _place(found: Definition) -> tuple[int, int]:
    return found.short_span.start, found.short_span.end


def definition_under(above: int, heading: Prose, below: int, body: Prose, source: str) -> Definition | None:
    """Return the definition of which the short form is a heading and the long form begins the next block.

    `above` and `below` are where the two blocks start.
    """
    found = definition_below(heading, body)
    if found is None:
        return None
    short, long = found[0].shifted(above), found[1].shifted(below)
    return Definition(short.of(source), " ".join(long.of(source).split()), short, long)
