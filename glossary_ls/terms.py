"""The terms of one glossary file, each told its place in the file when somebody asks for it.

With every key in a file of thousands of entries all places behind the key are other ones, and hardly any of
them is asked for. What the terms say is there at once, as `bare` terms, which an edit elsewhere in the file
leaves the same objects. This module must not know how terms are read or merged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, overload

from glossary_ls.model import Origin, Term
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: What a term says, in the order of its fields; `origin` is the last one.
_SAID: Callable[[Term], tuple[Any, ...]] = attrgetter(
    *(field.name for field in fields(Term) if field.name != "origin")
)


class Terms(Sequence[Term]):
    """Immutable, and equal to a tuple with the same terms.

    The origins of `bare` terms count from the start of each entry; no term is among them twice. `starts` and
    `lines` are where the entries start.
    """

    def __init__(
        self, path: str, glossary: str, bare: tuple[Term, ...], starts: Sequence[int], lines: Sequence[int]
    ) -> None:
        """Take the terms of the file at `path`, a glossary with the title `glossary`."""
        self.numbers: Mapping[int, int] = dict(zip(map(id, bare), range(len(bare)), strict=True))
        if len(self.numbers) < len(bare):
            # Of two entries with one text each is a term of its own.
            seen: set[int] = set()
            alone: list[Term] = []
            for term in bare:
                alone.append(replace(term) if id(term) in seen else term)
                seen.add(id(term))
            bare = tuple(alone)
            self.numbers = dict(zip(map(id, bare), range(len(bare)), strict=True))
        self.bare = bare
        self._path = path
        self._glossary = glossary
        self._starts = starts
        self._lines = lines
        self._placed: dict[int, Term] = {}

    def __len__(self) -> int:
        return len(self.bare)

    @overload
    def __getitem__(self, index: int) -> Term: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Term]: ...

    def __getitem__(self, index: int | slice) -> Term | Sequence[Term]:
        """Return terms where they stand in the file; the same objects each time."""
        if isinstance(index, slice):
            return tuple(map(self._at, range(*index.indices(len(self.bare)))))
        return self._at(range(len(self.bare))[index])

    def __iter__(self) -> Iterator[Term]:
        return map(self._at, range(len(self.bare)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (Terms, tuple)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # because no tuple would have the same hash

    def placed(self, bare: Term) -> Term:
        """Return one of the bare terms where it stands in the file."""
        return self._at(self.numbers[id(bare)])

    def starting_at(self, offset: int) -> Term | None:
        """Return the term whose entry starts at an offset."""
        near = bisect_right(self._starts, offset) - 1
        term = self._at(near) if near >= 0 else None
        return term if term and term.origin and term.origin.span.start == offset else None

    def _at(self, index: int) -> Term:
        term = self._placed.get(index)
        if term is None:
            bare, start = self.bare[index], self._starts[index]
            origin = bare.origin or Origin("", Span(0, 0), 1, "")
            line = self._lines[index] + origin.line
            span = origin.span.shifted(start)
            placed = Origin(self._path, span, line, self._glossary, origin.column)
            term = self._placed[index] = Term(*(*_SAID(bare), placed))
        return term


def bare(terms: Sequence[Term]) -> Sequence[Term]:
    """Return terms for those to whom their places do not matter."""
    return terms.bare if isinstance(terms, Terms) else terms


def starting(terms: Sequence[Term]) -> Callable[[int], Term | None]:
    """Return what tells the term of a file whose entry starts at an offset."""
    if isinstance(terms, Terms):
        return terms.starting_at
    return {term.origin.span.start: term for term in terms if term.origin}.get


def said(terms: Sequence[Term]) -> list[object]:
    """Return what terms say, without their places, for comparison."""
    return list(map(_SAID, bare(terms)))
