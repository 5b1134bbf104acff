"""Semantic tokens: what a document says about terms as colours: known, deprecated, and unknown acronyms.

They are off unless the user asks for them: a page full of coloured words is hard to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary_ls.checks import senses, unknown_acronym
from glossary_ls.model import RegionKind, Status
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.model import Mention
    from glossary_ls.portions import Portion

#: The legend. The type is one that every theme knows; `deprecated` is the protocol's, the others are ours.
TYPES = ("variable",)
MODIFIERS = ("deprecated", "known", "unknown")

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of one line and a modifier of it; `is_first` where the document names the term first."""

    span: Span
    modifier: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens, ascending and apart from each other."""

    tokens: tuple[Token, ...]


@lru_cache(maxsize=2)
def tokens(document: Document) -> Tokens:
    """Return the tokens of a whole document."""
    return tokens_in(document, Span(0, len(document.text)))


def tokens_in(document: Document, span: Span) -> Tokens:
    """Return the tokens that overlap `span`."""
    firsts = _firsts(document)
    found: list[Token] = []
    for start, named in document.analysis.facts_in(_named, span):
        for mention, parts in named:
            placed = mention.shifted(start) if len(mention.senses) > 1 else mention
            term = senses.fitting(document, placed).term
            modifier = "deprecated" if term.status is Status.DEPRECATED else "known"
            is_first = start + mention.span.start in firsts
            found += (Token(part.shifted(start), modifier, is_first) for part in parts)
    found += (
        Token(unknown, "unknown", unknown.start in firsts)
        for unknown in unknown_acronym.in_span(document, span)
    )
    apart: list[Token] = []
    for token in sorted(found, key=lambda token: token.span):
        if token.span.overlaps(span) and not (apart and token.span.start < apart[-1].span.end):
            apart.append(token)
    return Tokens(tuple(apart))


def _named(portion: Portion, text: str) -> tuple[tuple[Mention, tuple[Span, ...]], ...]:
    """Return the mentions of a portion that are no part of an address, each cut at the ends of lines.

    Most clients know no token of several lines.
    """
    return tuple(
        (mention.shifted(start), tuple(_lines(text, mention.span.shifted(start))))
        for start, scanned in portion.placed()
        for mention in scanned.mentions
        if scanned.kind_at(mention.span.start) is not RegionKind.URL
    )


def _lines(text: str, span: Span) -> Iterator[Span]:
    for part in _LINE.finditer(text, span.start, span.end):
        yield Span(part.start(), part.end())


@lru_cache(maxsize=4)
def _firsts(document: Document) -> frozenset[int]:
    """Return where the first mention of each term and the first use of each unknown acronym start.

    A client asks for one range after the other.
    """
    firsts: dict[int, int] = {}
    for kind, mention in senses.first_mentions(document):
        if kind is not RegionKind.URL:
            firsts.setdefault(id(mention.term), mention.span.start)
    unknown = (each.first.span.start for each in unknown_acronym.find(document))
    return frozenset((*firsts.values(), *unknown))
