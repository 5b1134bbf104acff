"""Semantic tokens: known terms, deprecated terms and unknown acronyms as colors.

They are off by default, because a page full of colored words is hard to read. Code in a line and addresses
have no tokens: a token replaces the color that the editor has for the whole of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation
from glossary_ls.analysis.doubt import is_doubtful, may_be_doubtful
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.memo import about, recent
from glossary_ls.base.model import READABLE, RegionKind, Status
from glossary_ls.base.text import Span
from glossary_ls.rules import unknown_acronym

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention, Term

#: The legend. The type is one that every theme knows; `deprecated` is the protocol's, the others are ours.
TYPES = ("variable",)
MODIFIERS = ("deprecated", "known", "unknown")

_LINE = re.compile(r"[^\r\n]+")

#: What is colored as a whole, even if it has the name of a term.
_WHOLE = frozenset({RegionKind.CODE_INLINE, RegionKind.URL})


class Token(NamedTuple):
    """A part of one line, its ends as offsets, and its modifier."""

    start: int
    end: int
    modifier: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Group:
    """The tokens of successive blocks, which have `length` characters; their offsets count from there."""

    length: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class _Candidates:
    """What may be a token in a chunk, with spans from its start.

    `tokens` are known terms. `mentions`, by their text and senses, may be doubtful, or their senses have
    different modifiers: the first of each, and the parts of all. `acronyms`, by their base, may be unknown.
    The rest of the document decides on both.
    """

    length: int
    tokens: tuple[Token, ...]
    mentions: dict[tuple[object, ...], tuple[Mention, list[Span]]]
    acronyms: dict[str, tuple[Token, ...]]


def tokens(document: Document) -> tuple[Token, ...]:
    """Return the tokens of a document, ascending and without overlaps."""
    return tuple(_flat(groups(document)))


def tokens_in(document: Document, span: Span) -> tuple[Token, ...]:
    """Return the tokens that overlap `span`."""
    found = _flat(_decided(document, document.analysis.facts_in(_candidates, span)))
    return tuple(token for token in found if token.start < span.end and span.start < token.end)


def groups(document: Document) -> Iterator[tuple[int, Group]]:
    """Yield the tokens of a document in groups, each with its offset.

    A group is the same object as before an edit that does not concern it.
    """
    return _decided(document, document.analysis.facts(_candidates))


def _flat(found: Iterable[tuple[int, Group]]) -> Iterator[Token]:
    for start, group in found:
        for at, end, modifier in group.tokens:
            yield Token(start + at, start + end, modifier)


@recent(4)
def firsts(document: Document) -> frozenset[int]:
    """Return the offsets of the first mention of each term and of the first use of each unknown acronym.

    Remembered, because a client asks for one range after the other.
    """
    found: dict[int, int] = {}
    for kind, mention in disambiguation.first_mentions(document):
        if kind not in _WHOLE:
            found.setdefault(id(mention.term), mention.span.start)
    unknown = (each.uses[0].span.start for each in unknown_acronym.find(document))
    return frozenset((*found.values(), *unknown))


def _decided(document: Document, chunks: Iterable[tuple[int, _Candidates]]) -> Iterator[tuple[int, Group]]:
    unknown = frozenset(each.base for each in unknown_acronym.find(document))
    modifiers: dict[tuple[object, ...], str] = {}
    for start, candidates in chunks:
        for name, (mention, _) in candidates.mentions.items():
            if name not in modifiers:
                fitting = disambiguation.fitting(document, mention.shifted(start))
                modifiers[name] = "" if is_doubtful(document, fitting) else _modifier(fitting.term)
        acronyms = unknown.intersection(candidates.acronyms)
        yield start, _group(candidates, tuple([modifiers[name] for name in candidates.mentions]), acronyms)


@about
def _group(candidates: _Candidates, modifiers: Sequence[str], unknown: Collection[str]) -> Group:
    """Return the tokens of a chunk, given the modifiers of its mentions and its acronyms that are unknown."""
    found = [*candidates.tokens]
    for (_, parts), modifier in zip(candidates.mentions.values(), modifiers, strict=True):
        found += (Token(*part, modifier) for part in parts if modifier)
    for base in unknown:
        found += candidates.acronyms[base]
    apart: list[Token] = []
    for token in sorted(found):
        if not apart or token.start >= apart[-1].end:
            apart.append(token)
    return Group(candidates.length, tuple(apart))


def _candidates(chunk: Chunk, text: str) -> _Candidates:
    """Return what may be a token in a chunk."""
    decided: list[Token] = []
    undecided: dict[tuple[object, ...], tuple[Mention, list[Span]]] = {}
    for start, scanned in chunk.placed():
        for mention in scanned.mentions:
            is_bare = all(term.is_bare for term in mention.senses)
            if is_bare or scanned.kind_at(mention.span.start) in _WHOLE:
                continue
            parts = tuple(_lines(text, mention.span.shifted(start)))
            is_open = len({_modifier(term) for term in mention.senses}) > 1
            name = mention.span.shifted(start).of(text)
            if is_open or may_be_doubtful(name, mention.term):
                senses = map(id, mention.senses)
                undecided.setdefault((name, *senses), (mention.shifted(start), []))[1].extend(parts)
            else:
                decided += (Token(*part, _modifier(mention.term)) for part in parts)
    acronyms = chunk.fact(unknown_acronym.unexplained, text, 0)
    unknown = {
        base: tuple(Token(*use.span, "unknown") for use in uses if use.kind in READABLE)
        for base, uses in acronyms.items()
    }
    return _Candidates(chunk.length, tuple(decided), undecided, unknown)


def _modifier(term: Term) -> str:
    return "deprecated" if term.status is Status.DEPRECATED else "known"


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Split a span at line breaks, because most clients support no multiline tokens."""
    for part in _LINE.finditer(text, span.start, span.end):
        yield Span(part.start(), part.end())
