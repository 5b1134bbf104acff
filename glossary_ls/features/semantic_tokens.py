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

#: The legend. The type is one that every theme knows; `deprecated` is the protocol's, the others are ours.
TYPES = ("variable",)
MODIFIERS = ("deprecated", "known", "unknown")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of one line and a modifier of it."""

    span: Span
    modifier: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens, ascending and apart from each other."""

    tokens: tuple[Token, ...]


def tokens(document: Document) -> Tokens:
    """Return the tokens of a whole document."""
    return tokens_in(document, Span(0, len(document.text)))


def tokens_in(document: Document, span: Span) -> Tokens:
    """Return the tokens that overlap `span`."""
    found = [
        Token(part, "deprecated" if mention.term.status is Status.DEPRECATED else "known")
        for mention in document.analysis.mentions_in(span)
        if document.analysis.kind_at(mention.span.start) is not RegionKind.URL
        for part in _lines(document, mention.span)
    ]
    found += [Token(unknown, "unknown") for unknown in _unknown(document) if unknown.overlaps(span)]
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


@lru_cache(maxsize=4)
def _unknown(document: Document) -> tuple[Span, ...]:
    """Return every use of every unknown acronym; a client asks for one range after the other."""
    return tuple(candidate.span for unknown in unknown_acronym.find(document) for candidate in unknown.uses)
