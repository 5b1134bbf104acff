"""Semantic tokens: what a document says about terms as colours: known, deprecated, and unknown acronyms.

They are off unless the user asks for them: a page full of coloured words is hard to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary_ls.checks import unknown_acronym
from glossary_ls.model import RegionKind, Status
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.model import Mention

#: The legend. The type is one that every theme knows; `deprecated` is the protocol's, the others are ours.
TYPES = ("variable",)
MODIFIERS = ("deprecated", "known", "unknown")


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


def tokens(document: Document) -> Tokens:
    """Return the tokens of a whole document."""
    return tokens_in(document, Span(0, len(document.text)))


def tokens_in(document: Document, span: Span) -> Tokens:
    """Return the tokens that overlap `span`."""
    firsts, unknowns = _firsts(document), _unknown(document)
    found = [
        Token(
            part,
            "deprecated" if mention.term.status is Status.DEPRECATED else "known",
            mention.span.start in firsts,
        )
        for mention in document.analysis.mentions_in(span)
        if not _is_address(document, mention)
        for part in _lines(document, mention.span)
    ]
    found += [
        Token(unknown, "unknown", unknown.start in unknowns.firsts)
        for unknown in unknowns.spans
        if unknown.overlaps(span)
    ]
    apart: list[Token] = []
    for token in sorted(found, key=lambda token: token.span):
        if not apart or apart[-1].span.end <= token.span.start:
            apart.append(token)
    return Tokens(tuple(apart))


def _lines(document: Document, span: Span) -> Iterator[Span]:
    """Cut a span at the ends of lines: most clients know no token of several lines."""
    text = document.text
    for line in range(text.line_index(span.start), text.line_index(max(span.end - 1, span.start)) + 1):
        whole = text.line_span(line)
        part = Span(max(span.start, whole.start), min(span.end, whole.end))
        if len(part) > 0:
            yield part


def _is_address(document: Document, mention: Mention) -> bool:
    return document.analysis.kind_at(mention.span.start) is RegionKind.URL


# A client asks for one range after the other; what follows is of the whole document.


@lru_cache(maxsize=4)
def _firsts(document: Document) -> frozenset[int]:
    """Return where the first mention of each term starts."""
    firsts: dict[int, int] = {}
    for mention in document.analysis.mentions:
        if not _is_address(document, mention):
            firsts.setdefault(id(mention.term), mention.span.start)
    return frozenset(firsts.values())


@dataclass(frozen=True, slots=True)
class _Unknowns:
    """The uses of all unknown acronyms, and where the first one of each starts."""

    spans: tuple[Span, ...]
    firsts: frozenset[int]


@lru_cache(maxsize=4)
def _unknown(document: Document) -> _Unknowns:
    found = unknown_acronym.find(document)
    return _Unknowns(
        tuple(candidate.span for unknown in found for candidate in unknown.uses),
        frozenset(min(candidate.span.start for candidate in unknown.uses) for unknown in found),
    )
