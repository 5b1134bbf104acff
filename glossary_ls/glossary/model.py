"""The nouns of glossary files: entries with the places of their values, and files.

An entry is parsed once and remembered by its text, so all of its spans count from its own start; `Placed`
has its offset. `Contents` and `Source` are what files define, without places: the index is compiled
from them and stays in use while only places change. This module must not know any format.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum, auto
from itertools import compress, count, starmap
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field, replace
from glossary_ls.base.memo import lazy
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.names import NameRow, key, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.model import Problem, Term

#: A start and an end: a span of which there are so many that no object is made for each.
Range = tuple[int, int]


# --- entries ----------------------------------------------------------------------------------------------


class Role(Enum):
    """What a value of an entry is: a name of the term, a reference to another one, or neither."""

    TERM = auto()
    EXPANSION = auto()
    ALIAS = auto()
    RELATED = auto()
    REPLACED_BY = auto()
    CONTRAST = auto()
    ABOUT = auto()
    URL = auto()
    REVIEWED = auto()
    STATUS = auto()
    SCOPE = auto()
    TEXT = auto()


NAMES = frozenset({Role.TERM, Role.EXPANSION, Role.ALIAS})
REFERENCES = frozenset({Role.RELATED, Role.REPLACED_BY, Role.CONTRAST, Role.ABOUT})


class Value(NamedTuple):
    """A string in a file; `span` includes its quotes, and `plain` whether it has none."""

    role: Role
    span: Span
    text: str
    plain: bool = True

    @property
    def content(self) -> Span:
        """The span without the quotes."""
        is_bare = self.plain or len(self.span) < len("''")
        return self.span if is_bare else Span(self.span.start + 1, self.span.end - 1)

    def shifted(self, by: int) -> Value:
        """Return the same value, `by` code points further on."""
        return Value(self.role, self.span.shifted(by), self.text, self.plain)


class Key(NamedTuple):
    """A key in a file, the keys that it is nested in, the outermost first, and the span of its value."""

    span: Span
    name: str
    below: tuple[str, ...]
    value: Span

    @property
    def whole(self) -> Span:
        """The key with its value."""
        return Span(self.span.start, max(self.value.end, self.span.end))

    def shifted(self, by: int) -> Key:
        """Return the same key, `by` code points further on."""
        return Key(self.span.shifted(by), self.name, self.below, self.value.shifted(by))


@dataclass(frozen=True, eq=False)
class Entry:
    """A term as a file defines it; all spans count from where the entry is placed.

    `span` covers the entry from its first to its last written character, `name` is the value that names the
    term, and `values` are all that can be pointed at, ascending. `source` is what the span covers.
    """

    term: Term
    span: Span
    name: Value
    values: tuple[Value, ...]
    keys: tuple[Key, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""

    def with_term(self, term: Term) -> Entry:
        """Return the same entry with an equal term."""
        return replace(self, term=term)

    @lazy
    def label(self) -> Span:
        """The name without quotes."""
        return self.name.content

    @lazy
    def several_lines(self) -> tuple[tuple[int, int], ...]:
        """The first and the last line of what has several: the entry, and values; counted from its start."""
        text = Text(self.source)
        spans = (self.span, *(each.whole for each in self.keys))
        offsets = (at - self.span.start for start, end in spans for at in (start, end - 1))
        lines = iter(text.line_indexes(offsets))
        return tuple((first, last) for first, last in zip(lines, lines, strict=True) if first < last)

    @lazy
    def names(self) -> tuple[NameRow, ...]:
        """What the index needs."""
        return tuple(rows_of(self.term))

    @lazy
    def is_unexplained(self) -> bool:
        """Whether the entry says nothing about its term."""
        term = self.term
        texts = term.expansion, term.definition, term.summary, term.replaced_by
        return not any((*texts, term.facts, term.examples, term.questions))

    @lazy
    def referred(self) -> frozenset[str]:
        """The keys of the names that `references` has."""
        return frozenset(key(name) for _, name in self.references)

    @lazy
    def references(self) -> tuple[tuple[Role, str], ...]:
        """The names of other terms that the term refers to, by their role."""
        term = self.term
        return (
            *((Role.RELATED, name) for name in term.related),
            *((Role.CONTRAST, contrast.term) for contrast in term.contrasts),
            *((Role.ABOUT, name) for question in term.questions for name in question.about),
            *((Role.REPLACED_BY, name) for name in (term.replaced_by,) if name),
        )


class Placed(NamedTuple):
    """An entry in a file, and the offset that its spans count from."""

    entry: Entry
    start: int

    @property
    def term(self) -> Term:
        """The term that the entry defines."""
        return self.entry.term

    @property
    def span(self) -> Span:
        """The whole entry."""
        return self.entry.span.shifted(self.start)

    @property
    def name(self) -> Value:
        """The value that names the term."""
        return self.entry.name.shifted(self.start)

    @property
    def values(self) -> Iterator[Value]:
        """All that can be pointed at, ascending."""
        return (value.shifted(self.start) for value in self.entry.values)

    @property
    def keys(self) -> Iterator[Key]:
        """The keys, ascending."""
        return (each.shifted(self.start) for each in self.entry.keys)

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong with the entry alone."""
        return (moved(problem, self.start) for problem in self.entry.problems)

    def first(self, role: Role, text: str | None = None) -> Value | None:
        """Return the first value with a role, and with a text if one is given."""
        found = (value for value in self.values if value.role is role and text in {None, value.text})
        return next(found, None)


def moved(problem: Problem, by: int) -> Problem:
    """Return the same problem, `by` code points further on."""
    return replace(problem, span=problem.span.shifted(by))


# --- files ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Guide:
    """The introduction of a glossary."""

    title: str
    text: str = ""
    points: tuple[str, ...] = ()


class Context(NamedTuple):
    """A topic that keeps senses apart: what the topic is about, and facts about it (Markdown)."""

    topic: str
    vision: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a file has beside entries; `accept` are acronyms that need neither entry nor explanation.

    `license` and `source` are those of entries that name none. `extends` are the glossaries that a file
    builds on: paths relative to it, names of packs, or URLs; terms with a name in `exclude` are not taken
    from them. A name has a sense of its own in each of the `contexts`.
    """

    name: str = ""
    description: str = ""
    guide: Guide | None = None
    accept: tuple[str, ...] = ()
    license: str = ""
    source: str = ""
    # Where they are written changes nothing about the terms.
    extends: tuple[Value, ...] = field(default=(), compare=False)
    exclude: tuple[str, ...] = ()
    contexts: tuple[Context, ...] = ()

    def context_of(self, term: Term) -> Context | None:
        """Return the context that a term belongs to, if any."""
        return next((each for each in self.contexts if each.topic in term.topics), None)


@dataclass(frozen=True, eq=False)
class GlossaryFile:
    """A glossary file as a format read it: everything that could be read, and what could not.

    `format` is the id of the format, and `evidence` says by what the entries were recognized. `items` are the
    entries, and `starts` the offsets that their spans count from. `keys` are those beside the entries,
    ascending. `kept` are entries of an earlier version that cannot be read now, where they would be, and
    `patterns` lines with what is known of the names (see `saved`).
    """

    path: str
    text: Text
    format: str = ""
    head: Head = Head()
    items: tuple[Entry, ...] = ()
    starts: tuple[int, ...] = ()
    keys: tuple[Key, ...] = ()
    problems: tuple[Problem, ...] = ()
    kept: tuple[Placed, ...] = ()
    evidence: str = ""
    patterns: Sequence[str] = ()

    @lazy
    def entries(self) -> tuple[Placed, ...]:
        """The entries where they are, in the order of the file."""
        return tuple(map(Placed, self.items, self.starts))

    @property
    def all_items(self) -> tuple[Entry, ...]:
        """The entries without places, those that are kept last."""
        return (*self.items, *[placed.entry for placed in self.kept])

    @lazy
    def terms(self) -> tuple[Term, ...]:
        """The terms in the order of their entries, those that are kept last."""
        return tuple([entry.term for entry in self.all_items])

    @property
    def spans(self) -> list[Range]:
        """The start and end of each entry."""
        return _shifted([entry.span for entry in self.items], self.starts)

    @property
    def labels(self) -> list[Range]:
        """The start and end of the name of each entry, without quotes."""
        return _shifted([entry.label for entry in self.items], self.starts)

    def where(self, test: Callable[[Entry], object]) -> Iterator[Placed]:
        """Yield the entries that pass a test."""
        placed = zip(self.items, self.starts, strict=True)
        return starmap(Placed, compress(placed, map(test, self.items)))

    def line_of(self, placed: Placed) -> int:
        """Return the line on which an entry starts, from 0."""
        return self.text.line_index(placed.span.start)

    def locate(self, term: Term) -> Placed | None:
        """Return the entry that defines a term."""
        number = self._numbers.get(id(term))
        if number is None or self.terms[number] is not term:
            return None
        most = len(self.items)
        return Placed(self.items[number], self.starts[number]) if number < most else self.kept[number - most]

    def entry_at(self, offset: int) -> Placed | None:
        """Return the entry that an offset lies in."""
        return next((placed for placed in self._near(offset) if placed.span.touches(offset)), None)

    def values_at(self, offset: int) -> Iterator[tuple[Placed, Value]]:
        """Yield the values that an offset lies in, each with its entry; anchors of YAML repeat a value."""
        for placed in self._near(offset):
            for value in placed.entry.values:
                if value.span.touches(offset - placed.start):
                    yield placed, value.shifted(placed.start)

    def value_at(self, offset: int) -> tuple[Placed, Value] | None:
        """Return the first value that an offset lies in, with its entry."""
        return next(self.values_at(offset), None)

    def key_at(self, offset: int) -> Key | None:
        """Return the key that an offset lies in."""
        inside = (each for placed in self._near(offset) for each in placed.keys)
        return next((each for each in (*self.keys, *inside) if each.span.touches(offset)), None)

    def _near(self, offset: int) -> Sequence[Placed]:
        """Return the entries that an offset may lie in: the one around it, and one that ends there.

        These are all entries where the starts do not ascend, as with an anchor of YAML.
        """
        if not self._ascends:
            return self.entries
        index = bisect_right(self.starts, offset)
        near = slice(max(index - 2, 0), index)
        return [*map(Placed, self.items[near], self.starts[near])]

    @lazy
    def _ascends(self) -> bool:
        return [*self.starts] == sorted(self.starts)

    @lazy
    def _numbers(self) -> dict[int, int]:
        return dict(zip(map(id, self.terms), count(), strict=False))


def _shifted(spans: Iterable[Span], starts: Iterable[int]) -> list[Range]:
    return [(start + at, end + at) for (start, end), at in zip(spans, starts, strict=True)]


@dataclass(frozen=True, eq=False)
class Contents:
    """What a glossary file defines, without the positions of its entries; `patterns` as in the file."""

    path: str
    head: Head
    entries: tuple[Entry, ...]
    patterns: Sequence[str] = ()

    @property
    def title(self) -> str:
        """The name of the glossary, or that of its file."""
        return self.head.name or self.path.rpartition("/")[2]

    @lazy
    def terms(self) -> tuple[Term, ...]:
        """The terms in the order of the file."""
        return tuple([entry.term for entry in self.entries])

    @lazy
    def names(self) -> tuple[str, ...]:
        """The name of each term."""
        return tuple([term.name for term in self.terms])

    @lazy
    def telling(self) -> tuple[Term, ...]:
        """The terms that say something about others."""
        return tuple([term for term in self.terms if term.contrasts or term.questions])

    @lazy
    def ids(self) -> frozenset[int]:
        """The `id` of each term."""
        return frozenset(map(id, self.terms))


@dataclass(frozen=True, eq=False)
class Source:
    """One layer of a glossary: files among which none is nearer to a document than another."""

    files: tuple[Contents, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """The entries of all files, in their order."""
        return (entry for file in self.files for entry in file.entries)


def source_of(file: GlossaryFile) -> Source:
    """Return a file as a layer of its own."""
    return Source((Contents(file.path, file.head, file.all_items, file.patterns),))


class Located(NamedTuple):
    """Where a term is defined."""

    file: GlossaryFile
    placed: Placed

    @property
    def line(self) -> int:
        """The line on which the entry starts, from 0."""
        return self.file.line_of(self.placed)


def locate(files: Iterable[GlossaryFile], term: Term) -> Located | None:
    """Return where files define a term."""
    found = ((file, file.locate(term)) for file in files)
    return next((Located(file, placed) for file, placed in found if placed), None)
