"""Semantic tokens: what a document says about terms as colours: known, deprecated, and unknown acronyms.

They are off unless the user asks for them: a page full of coloured words is hard to read. The tokens of a
chunk are the same object for as long as no edit changes them, so that what is made of them can be kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation
from glossary_ls.base.model import READABLE, RegionKind, Status
from glossary_ls.base.text import Span
from glossary_ls.rules import unknown_acronym

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Candidate, Mention, Term

#: The legend. The type is one that every theme knows; `deprecated` is the protocol's, the others are ours.
TYPES = ("variable",)
MODIFIERS = ("deprecated", "known", "unknown")

_LINE = re.compile(r"[^\r\n]+")


class Token(NamedTuple):
    """A stretch of one line, and a modifier of it."""

    span: Span
    modifier: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Stretch:
    """The tokens of a chunk, ascending and apart from each other; their spans count from its start."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document or of a part of it by stretches, each with the offset that it counts from."""

    stretches: tuple[tuple[int, Stretch], ...]

    def placed(self) -> Iterator[Token]:
        """Yield every token with its span in the document, ascending."""
        for start, stretch in self.stretches:
            for span, modifier in stretch.tokens:
                yield Token(span.shifted(start), modifier)


@lru_cache(maxsize=2)
def tokens(document: Document) -> Tokens:
    """Return the tokens of a whole document."""
    return _of(document, document.analysis.facts(_choices))


def tokens_in(document: Document, span: Span) -> Tokens:
    """Return the tokens that overlap `span`."""
    touched = _of(document, document.analysis.facts_in(_choices, span)).stretches
    cut = (
        (start, tuple(token for token in stretch.tokens if token.span.shifted(start).overlaps(span)))
        for start, stretch in touched
    )
    return Tokens(
        tuple(
            (start, stretch if len(kept) == len(stretch.tokens) else Stretch(kept))
            for (start, kept), (_, stretch) in zip(cut, touched, strict=True)
        )
    )


@lru_cache(maxsize=4)
def firsts(document: Document) -> frozenset[int]:
    """Return where the first mention of each term and the first use of each unknown acronym start.

    A client asks for one range after the other.
    """
    found: dict[int, int] = {}
    for kind, mention in disambiguation.first_mentions(document):
        if kind is not RegionKind.URL:
            found.setdefault(id(mention.term), mention.span.start)
    unknown = (each.uses[0].span.start for each in unknown_acronym.find(document))
    return frozenset((*found.values(), *unknown))


def _of(document: Document, chunks: Iterable[tuple[int, _Choices]]) -> Tokens:
    unknown = frozenset(each.base for each in unknown_acronym.find(document))
    return Tokens(tuple((start, choices.made(document, start, unknown)) for start, choices in chunks))


class _Choices:
    """What may be a token in a chunk, and the tokens that were made of it.

    Which acronyms are unknown, and which of several senses a name has, the rest of the document has a say in.
    """

    __slots__ = ("_acronyms", "_doubtful", "_known", "_sure")

    def __init__(
        self, mentions: Iterable[tuple[Mention, tuple[Span, ...]]], acronyms: dict[str, tuple[Candidate, ...]]
    ) -> None:
        self._acronyms = acronyms
        self._sure: list[Token] = []
        self._doubtful: list[tuple[Mention, tuple[Span, ...]]] = []
        self._known: dict[tuple[frozenset[str], tuple[str, ...]], Stretch] = {}
        for mention, parts in mentions:
            if len({_modifier(term) for term in mention.senses}) > 1:
                self._doubtful.append((mention, parts))
            else:
                self._sure += (Token(part, _modifier(mention.term)) for part in parts)

    def made(self, document: Document, start: int, unknown: frozenset[str]) -> Stretch:
        """Return the tokens, in a document where the chunk starts at `start`."""
        bases = unknown.intersection(self._acronyms)
        modifiers = tuple(
            _modifier(disambiguation.fitting(document, mention.shifted(start)).term)
            for mention, _ in self._doubtful
        )
        made = self._known.get((bases, modifiers))
        if made is None:
            # Nobody asks for the tokens of an earlier version again.
            self._known.clear()
            made = self._known[bases, modifiers] = Stretch(tuple(self._apart(bases, modifiers)))
        return made

    def _apart(self, bases: Iterable[str], modifiers: Iterable[str]) -> Iterator[Token]:
        found = [*self._sure]
        for (_, parts), modifier in zip(self._doubtful, modifiers, strict=True):
            found += (Token(part, modifier) for part in parts)
        found += (Token(use.span, "unknown") for base in bases for use in self._acronyms[base])
        end = 0
        for token in sorted(found, key=lambda token: (token.span.start, token.span.end)):
            if token.span.start >= end:
                end = token.span.end
                yield token


def _choices(chunk: Chunk, text: str) -> _Choices:
    """Return what may be a token in a chunk; what is a part of an address is none."""
    mentions = (
        (mention.shifted(start), tuple(_lines(text, mention.span.shifted(start))))
        for start, scanned in chunk.placed()
        for mention in scanned.mentions
        if scanned.kind_at(mention.span.start) is not RegionKind.URL
    )
    acronyms = chunk.fact(unknown_acronym.unexplained, text, 0)
    read = {base: tuple(use for use in uses if use.kind in READABLE) for base, uses in acronyms.items()}
    return _Choices(mentions, {base: uses for base, uses in read.items() if uses})


def _modifier(term: Term) -> str:
    return "deprecated" if term.status is Status.DEPRECATED else "known"


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Cut a span at the ends of lines: most clients know no token of several lines."""
    for part in _LINE.finditer(text, span.start, span.end):
        yield Span(part.start(), part.end())
