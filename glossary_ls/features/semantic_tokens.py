"""Semantic tokens: what a document says about terms as colours: known, deprecated, and unknown acronyms.

They are off unless the user asks for them: a page full of coloured words is hard to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary_ls.checks import senses, unknown_acronym
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
    firsts = _firsts(document)
    found = [
        Token(
            part,
            "deprecated" if mention.term.status is Status.DEPRECATED else "known",
            mention.span.start in firsts,
        )
        for each in document.analysis.mentions_in(span)
        if document.analysis.kind_at(each.span.start) is not RegionKind.URL
        for mention in [senses.fitting(document, each)]
        for part in _lines(document, mention.span)
    ]
    found += [
        Token(unknown, "unknown", unknown.start in firsts)
        for unknown in unknown_acronym.in_span(document, span)
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
