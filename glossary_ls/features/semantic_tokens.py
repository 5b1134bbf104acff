"""Semantic tokens: known terms, deprecated terms and unknown acronyms as colors.

They are off by default, because a page full of colored words is hard to read. Code in a line and addresses
have no tokens: a token replaces the color that the editor has for the whole of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation
from glossary_ls.analysis.doubt import is_doubtful, may_be_doubtful
from glossary_ls.base.memo import recent
from glossary_ls.base.model import READABLE, RegionKind, Status
from glossary_ls.base.text import Span
from glossary_ls.rules import unknown_acronym

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class _Candidates(NamedTuple):
    """What may be a token in a chunk, with spans from its start.

    `tokens` are known terms, ascending. `mentions` have senses that may be doubtful or have different
    modifiers, and `acronyms`, by their base, may be unknown: the rest of the document decides on both.
    """

    tokens: tuple[Token, ...]
    mentions: tuple[tuple[Mention, tuple[Span, ...]], ...]
    acronyms: dict[str, tuple[Token, ...]]


def tokens(document: Document) -> tuple[Token, ...]:
    """Return the tokens of a document, ascending and without overlaps."""
    return tuple(_decided(document, document.analysis.facts(_candidates)))


def tokens_in(document: Document, span: Span) -> tuple[Token, ...]:
    """Return the tokens that overlap `span`."""
    found = _decided(document, document.analysis.facts_in(_candidates, span))
    return tuple(token for token in found if token.start < span.end and span.start < token.end)


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


def _decided(document: Document, chunks: Iterable[tuple[int, _Candidates]]) -> Iterator[Token]:
    unknown = frozenset(each.base for each in unknown_acronym.find(document))
    modifiers: dict[tuple[object, ...], str] = {}
    for start, candidates in chunks:
        found = [*candidates.tokens]
        for mention, parts in candidates.mentions:
            name = (
                document.text.source[start + mention.span.start : start + mention.span.end],
                *map(id, mention.senses),
            )
            if name not in modifiers:
                fitting = disambiguation.fitting(document, mention.shifted(start))
                modifiers[name] = "" if is_doubtful(document, fitting) else _modifier(fitting.term)
            found += (Token(*part, modifiers[name]) for part in parts if modifiers[name])
        for base in unknown.intersection(candidates.acronyms):
            found += candidates.acronyms[base]
        last = 0
        for at, end, modifier in sorted(found):
            if at >= last:
                last = end
                yield Token(start + at, start + end, modifier)


def _candidates(chunk: Chunk, text: str) -> _Candidates:
    """Return what may be a token in a chunk."""
    decided: list[Token] = []
    undecided: list[tuple[Mention, tuple[Span, ...]]] = []
    for start, scanned in chunk.placed():
        for mention in scanned.mentions:
            is_bare = all(term.is_bare for term in mention.senses)
            if is_bare or scanned.kind_at(mention.span.start) in _WHOLE:
                continue
            parts = tuple(_lines(text, mention.span.shifted(start)))
            is_open = len({_modifier(term) for term in mention.senses}) > 1
            if is_open or may_be_doubtful(mention.span.shifted(start).of(text), mention.term):
                undecided.append((mention.shifted(start), parts))
            else:
                decided += (Token(*part, _modifier(mention.term)) for part in parts)
    acronyms = chunk.fact(unknown_acronym.unexplained, text, 0)
    unknown = {
        base: tuple(Token(*use.span, "unknown") for use in uses if use.kind in READABLE)
        for base, uses in acronyms.items()
    }
    return _Candidates(tuple(decided), tuple(undecided), unknown)


def _modifier(term: Term) -> str:
    return "deprecated" if term.status is Status.DEPRECATED else "known"


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Split a span at line breaks, because most clients support no multiline tokens."""
    for part in _LINE.finditer(text, span.start, span.end):
        yield Span(part.start(), part.end())
