"""The terms of one glossary file, each told its place in the file when somebody asks for it.

With every key in a file of thousands of entries all places behind the key are other ones, and hardly any of
them is asked for. What the terms say is there at once, as `bare` terms, which an edit elsewhere in the file
leaves the same objects. This module must not know how terms are read or merged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, overload

from glossary_ls.base.model import Origin, Term
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: What a term says, in the order of its fields; `origin` is the last one.
_SAID: Callable[[Term], tuple[Any, ...]] = attrgetter(
    *(field.name for field in fields(Term) if field.name != "origin")
)


class Terms(Sequence[Term]):
    """Immutable, and equal to a tuple with the same terms.

    `starts` and `lines` are where the entries start. Behind the terms that have one there may be others,
    which the file no longer tells (see `with_kept`).
    """

    def __init__(
        self, path: str, glossary: str, bare: tuple[Term, ...], starts: Sequence[int], lines: Sequence[int]
    ) -> None:
        """Take the terms of the file at `path`, a glossary with the title `glossary`."""
        #: What the terms say, one and the same term for entries with the same text.
        self.as_read = bare
        self._path = path
        self._glossary = glossary
        self.starts = starts
        self._lines = lines
        self._kept: Sequence[Origin | None] = ()
        self._placed: dict[int, Term] = {}

    @cached_property
    def apart(self) -> tuple[tuple[Term, ...], Mapping[int, int]]:
        """What the terms say, another one for each, and the place of each of these among them by its id.

        Their origins count from the start of each entry.
        """
        terms = self.as_read
        numbers = dict(zip(map(id, terms), range(len(terms)), strict=True))
        if len(numbers) < len(terms):
            # Of two entries with one text each is a term of its own.
            terms = tuple(term if numbers[id(term)] == at else replace(term) for at, term in enumerate(terms))
            numbers = dict(zip(map(id, terms), range(len(terms)), strict=True))
        return terms, numbers

    def __len__(self) -> int:
        return len(self.as_read)

    @overload
    def __getitem__(self, index: int) -> Term: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Term]: ...

    def __getitem__(self, index: int | slice) -> Term | Sequence[Term]:
        """Return terms where they stand in the file; the same objects each time."""
        if isinstance(index, slice):
            return tuple(map(self._at, range(*index.indices(len(self)))))
        return self._at(range(len(self))[index])

    def __iter__(self) -> Iterator[Term]:
        return map(self._at, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (Terms, tuple)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # because no tuple would have the same hash

    def with_kept(self, kept: Sequence[Term], places: Sequence[Origin | None]) -> Terms:
        """Return these terms and others that the file no longer tells, with their places."""
        terms = (*self.as_read, *kept)
        found = Terms(self._path, self._glossary, terms, self.starts, self._lines)
        found._kept = places
        return found

    def placed(self, bare: Term) -> Term:
        """Return one of the bare terms where it stands in the file."""
        return self._at(self.apart[1][id(bare)])

    def starting_at(self, offset: int) -> Term | None:
        """Return the term whose entry starts at an offset."""
        number = self.number_at(offset)
        return None if number is None else self._at(number)

    def number_at(self, offset: int) -> int | None:
        """Return which of the terms has an entry that starts at an offset."""
        near = bisect_right(self.starts, offset) - 1
        origin = self._at(near).origin if near >= 0 else None
        return near if origin and origin.span.start == offset else None

    def _at(self, index: int) -> Term:
        term = self._placed.get(index)
        if term is None and index >= len(self.starts):
            kept = self._kept[index - len(self.starts)]
            term = self._placed[index] = Term(*(*_SAID(self.as_read[index]), kept))
        elif term is None:
            bare, start = self.as_read[index], self.starts[index]
            origin = bare.origin or Origin("", Span(0, 0), 1, "")
            line = self._lines[index] + origin.line
            span = origin.span.shifted(start)
            placed = Origin(self._path, span, line, self._glossary, origin.column)
            term = self._placed[index] = Term(*(*_SAID(bare), placed))
        return term


def apart(terms: Sequence[Term]) -> tuple[Sequence[Term], Mapping[int, int]]:
    """Return terms without their places, each another one, and the place of each among them by its id."""
    if isinstance(terms, Terms):
        return terms.apart
    each = {id(term): term for term in terms}
    return tuple(each.values()), {number: at for at, number in enumerate(each)}


def as_read(terms: Sequence[Term]) -> Sequence[Term]:
    """Return terms for those to whom neither their places matter nor which is which."""
    return terms.as_read if isinstance(terms, Terms) else terms


def starting(terms: Sequence[Term]) -> Callable[[int], Term | None]:
    """Return what tells the term of a file whose entry starts at an offset."""
    if isinstance(terms, Terms):
        return terms.starting_at
    # Those that the file no longer tells come last, and may seem to start where another one does.
    return {term.origin.span.start: term for term in reversed(terms) if term.origin}.get


def with_kept(terms: Sequence[Term], kept: Sequence[Term], places: Sequence[Origin | None]) -> Sequence[Term]:
    """Return the terms of a file, and behind them others that it no longer tells, with their places."""
    if isinstance(terms, Terms):
        return terms.with_kept(kept, places)
    return (*terms, *(Term(*(*_SAID(term), place)) for term, place in zip(kept, places, strict=True)))


def said(terms: Sequence[Term]) -> list[object]:
    """Return what terms say, without their places, for comparison."""
    return list(map(_SAID, as_read(terms)))


def differences(left: Sequence[Term], right: Sequence[Term]) -> list[int]:
    """Return which of as many terms say something else than their counterparts."""
    pairs = zip(as_read(left), as_read(right), strict=True)
    # Most are the same terms.
    return [at for at, (one, other) in enumerate(pairs) if one is not other and _SAID(one) != _SAID(other)]


def number_at(terms: Sequence[Term], offset: int) -> int | None:
    """Return which of the terms of a file has an entry that starts at an offset."""
    if isinstance(terms, Terms):
        return terms.number_at(offset)
    starts = (term.origin.span.start if term.origin else -1 for term in terms)
    return next((number for number, start in enumerate(starts) if start == offset), None)
