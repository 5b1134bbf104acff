"""Symbols: the terms of a glossary file for its outline, and those of all glossaries by a query.

An outline has the terms in the order of the file, as editors need it: a symbol holds what lies inside it.
Where that order goes by topics, neighbors with the same first topic are in a container; a file in another
order is a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from heapq import merge
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Status
from glossary_ls.glossary.index import key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Range

#: The number of terms that a query returns at most.
_MOST_FOUND = 200

#: A file goes by topics when a topic has no more runs of neighbors than this, on average.
_MOST_RUNS = 2


class Symbol(NamedTuple):
    """A term in a glossary file: its entry, its name in it, and what it stands for.

    One with `children` is a topic instead: its span is theirs, and what names it is the first of them.
    """

    name: str
    detail: str
    span: Range
    selection: Range
    deprecated: bool = False
    topics: tuple[str, ...] = ()
    children: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term that fits a query, and the glossary that holds it."""

    term: Term
    container: str


# --- the outline of a file --------------------------------------------------------------------------------


@memo.recent(4)
def document_symbols(document: Document) -> tuple[Symbol, ...]:
    """Return the outline of a glossary file: terms, and topics that hold them, in the order of the file."""
    file = glossary_file_of(document)
    if file is None:
        return ()
    placed = zip([entry.term for entry in file.items], file.spans, file.labels, strict=True)
    if file not in document.files:
        # It applies to other documents only.
        return tuple(Symbol(term.name, "", span, label) for term, span, label in placed)
    return tuple(
        _by_topic(
            Symbol(term.name, term.gist, span, label, term.status is Status.DEPRECATED, term.topics)
            for term, span, label in placed
        )
    )


def flat(symbols: Iterable[Symbol]) -> Iterator[Symbol]:
    """Yield each symbol, and behind it those that it holds."""
    for each in symbols:
        yield each
        yield from each.children


def _by_topic(symbols: Iterable[Symbol]) -> Iterator[Symbol]:
    """Yield symbols, those of a topic inside of it if the order of the file goes by topics."""
    runs = [(topic, tuple(several)) for topic, several in groupby(symbols, key=_topic)]
    topics = [topic for topic, _ in runs if topic]
    is_by_topic = len(topics) <= _MOST_RUNS * len(set(topics))
    for topic, inside in runs:
        if topic and is_by_topic and len(inside) > 1:
            # The entries of a file that is being edited may overlap.
            span = inside[0].span[0], max(each.span[1] for each in inside)
            yield Symbol(topic, f"{len(inside)} terms", span, inside[0].selection, children=inside)
        else:
            yield from inside


def _topic(symbol: Symbol) -> str:
    return symbol.topics[0] if symbol.topics else ""


# --- the terms of all glossaries --------------------------------------------------------------------------


def workspace_symbols(
    glossaries: Collection[Glossary], query: str, most: int | None = _MOST_FOUND
) -> tuple[FoundTerm, ...]:
    """Return the terms one of whose names holds `query`, the closest first, `most` of them at most.

    A name fits best as a whole, then by its start, by a word and by its inside, and the shorter the better.
    When there is none, those that hold the characters of `query` in their order.
    """
    wanted = key(query)
    tables = [_table(glossary) for glossary in glossaries]
    best: dict[int, Term] = {}
    for row in _fitting(tables, wanted):
        if len(best) == most:
            break
        best.setdefault(id(row.term), row.term)
    return tuple(FoundTerm(term, _container(term, glossaries)) for term in best.values())


@dataclass(frozen=True, slots=True)
class _Row:
    """A name of a term; its key is its place in the order, after its length."""

    key: str
    term: Term


class _Table:
    """The names of a glossary as one text, the shortest first, so that a query runs in C.

    Each name is a line with a line break in front of it and behind it, which no key holds.
    """

    def __init__(self, glossary: Glossary) -> None:
        rows = (_Row(name, term) for name, _, term in glossary.names)
        self._rows = sorted(rows, key=_order)
        self._text = "".join(("\n", *(f"{row.key}\n" for row in self._rows)))
        self._starts = [0, *accumulate(len(row.key) + 1 for row in self._rows)]

    def holding(self, part: str) -> Iterator[_Row]:
        """Yield the rows whose line holds a text."""
        at = self._text.find(part)
        while 0 <= at < self._starts[-1]:
            index = bisect_right(self._starts, at) - 1
            yield self._rows[index]
            at = self._text.find(part, self._starts[index + 1])

    def in_order(self, characters: str) -> Iterator[_Row]:
        """Yield the rows that hold characters in their order."""
        if self._rows and all(each in self._text for each in set(characters)):
            # Nothing in the pattern can be matched in two ways: the time is proportional to the text.
            steps = (rf"[^\n{re.escape(each)}]*{re.escape(each)}" for each in characters)
            for match in re.finditer("\n" + "".join(steps), self._text):
                yield self._rows[bisect_right(self._starts, match.start()) - 1]


def _fitting(tables: Sequence[_Table], wanted: str) -> Iterator[_Row]:
    """Yield the rows that fit a key, the best first; a row may come again."""
    found = False
    for part in (f"\n{wanted}\n", f"\n{wanted}", f" {wanted}", wanted):
        for row in merge(*(table.holding(part) for table in tables), key=_order):
            found = True
            yield row
    if not found:
        yield from merge(*(table.in_order(wanted) for table in tables), key=_order)


def _order(row: _Row) -> tuple[int, str]:
    return len(row.key), row.key


@memo.about
def _table(glossary: Glossary) -> _Table:
    return _Table(glossary)


def _container(term: Term, glossaries: Iterable[Glossary]) -> str:
    files = (each.file_of(term) for each in glossaries)
    title = next((file.title for file in files if file), "")
    return " \u00b7 ".join((title, *term.topics))
