"""Hover: what the term under the cursor means.

Prose is answered from the scan: whole phrases, the longest first. Elsewhere (code, identifiers, a word in
another case) the token under the cursor is taken apart and looked up. The document's own definition of an
acronym comes before that of the glossary, and the sense that fits the document before the others. An
acronym that neither explains is what the other documents of the workspace say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.analysis import disambiguation as fit
from glossary_ls.analysis.context import SILENT
from glossary_ls.analysis.doubt import is_doubtful
from glossary_ls.analysis.folder_definitions import wordings_once
from glossary_ls.base.model import CaseRule, Term
from glossary_ls.base.text import Span
from glossary_ls.matching.identifiers import is_other_version, parts, runs, token_at
from glossary_ls.matching.words import is_unspaced, plain, version_after, version_of, word_pattern
from glossary_ls.rules import unknown_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document


#: The signs that a name may begin with: `.NET`, `--force`.
_SIGN = re.compile(r"(?<![^\W_])[^\w\s]{1,3}(?=\w)")
_MOST_SIGNS = 3

#: Names of more words are rare.
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class InText:
    """A definition of an acronym in a text; `where` names the text for the reader.

    In another file, `path` and `line` (from 1) locate it.
    """

    short: str
    long: str
    where: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Hover:
    """The meaning of the name at `span`: definitions in texts of the workspace, and the senses, best first.

    `name` is the name as it is written there. If `doubtful`, the best sense may not be the one that is meant.
    """

    span: Span
    name: str
    senses: tuple[Term, ...]
    in_texts: tuple[InText, ...] = ()
    doubtful: bool = False


def hover(document: Document, offset: int) -> Hover | None:
    """Return the meaning of what is at `offset`, or None when it is no term."""
    return meaning(document, offset) or _elsewhere(document, offset)


def meaning(document: Document, offset: int) -> Hover | None:
    """Return what the document or the glossary defines at `offset`, or None."""
    if document.analysis.kind_at(offset) in SILENT:
        return None
    mention = document.analysis.mention_at(offset)
    if mention is None:
        return _identifier(document, offset)
    name = mention.span.of(document.text.source)
    mention = fit.fitting(document, mention)
    own = _own_definition(document, name, mention.senses)
    return Hover(mention.span, name, mention.senses, own, doubtful=not own and is_doubtful(document, mention))


def _elsewhere(document: Document, offset: int) -> Hover | None:
    """Return how other documents define an acronym at `offset`, each wording once, the nearest first."""
    candidate = document.analysis.candidate_at(offset)
    if candidate is None:
        return None
    definitions = tuple(
        InText(each.short, each.long, document.neighbours.shown(each.path), each.path, each.place.line + 1)
        for each in wordings_once(unknown_acronym.definitions_elsewhere(document, candidate.base))
    )
    return Hover(candidate.span, candidate.text, (), definitions) if definitions else None


def _identifier(document: Document, offset: int) -> Hover | None:
    """Explain the longest run of words in the token at `offset` that is a term."""
    text = document.text
    line = text.line_span(text.line_index(offset))
    read = plain(line.of(text.source))
    column = bisect_left(read.ends, offset - line.start + 1)
    sign = _SIGN.match(read.text, column)
    token = token_at(read.text, sign.end() if sign else column)
    if token is None:
        return None
    own = _own_definition(document, token.of(read.text), ()) if token.touches(column) else ()
    for span, words in _names_at(document, read.text, token, column):
        senses = tuple(
            term
            for term in document.glossary.loosely(words)
            if _may_be(term, words) and not _is_other_version(term, words, read.text, span.end)
        )
        if senses:
            place = read.span(span.start, span.end).shifted(line.start)
            return Hover(place, span.of(read.text), fit.in_order(document, senses, words, place.start), own)
    place = read.span(token.start, token.end).shifted(line.start)
    return Hover(place, token.of(read.text), (), own) if own else None


def _names_at(document: Document, line: str, token: Span, column: int) -> Iterator[tuple[Span, str]]:
    """Yield the places on a line that may be a name, the longest first, and what may be the name.

    A script without blanks has no words to go by: there the names of the glossary are searched for.
    """
    for start in range(max(token.start - _MOST_SIGNS, 0), token.start):
        if _SIGN.match(line, start) and start <= column:
            yield Span(start, token.end), line[start : token.end]
    words = token.of(line)
    for span, name in runs(words, column - token.start):
        yield span.shifted(token.start), name
    for part in parts(words):
        if part.contains(column - token.start) and is_unspaced(words[part.start]):
            for hit in document.glossary.find(part.of(words)):
                span = Span(hit.start, hit.end).shifted(token.start + part.start)
                if span.contains(column):
                    yield span, span.of(line)
    yield from _phrases(line, column)


def _phrases(line: str, column: int) -> Iterator[tuple[Span, str]]:
    """Yield the successive words of a line, from many to two, with the one at `column` among them."""
    words = [Span(*found.span()) for found in word_pattern(line).finditer(line)]
    at = next((number for number, word in enumerate(words) if word.touches(column)), len(words))
    near = words[max(at - _MOST_WORDS + 1, 0) : at + _MOST_WORDS]
    for count in range(_MOST_WORDS, 1, -1):
        for first, last in zip(near, near[count - 1 :], strict=False):
            span = Span(first.start, last.end)
            if span.touches(column):
                yield span, span.of(line)


def _is_other_version(term: Term, name: str, line: str, end: int) -> bool:
    """Return whether what is named before `end` is another version of what a term explains."""
    version = version_of(term.name, name)
    after = version_after(line, end) if version else ""
    return is_other_version(line, end) or after not in {"", version}


def _may_be(term: Term, words: str) -> bool:
    """Return whether a term that insists on its capitals is written with them."""
    return term.case is not CaseRule.EXACT or any(name in words for name in term.names)


def _own_definition(document: Document, name: str, senses: tuple[Term, ...]) -> tuple[InText, ...]:
    """Return the document's own definition of an acronym, unless it equals that of the best sense."""
    expansion = senses[0].expansion.casefold() if senses else ""
    for found in _definitions_here(document):
        if name in {found.short, found.short + "s"}:
            return () if found.long.casefold() == expansion else (found,)
    return ()


def _definitions_here(document: Document) -> Iterator[InText]:
    """Yield what the document spells out, and then what the other cells of the same notebook do."""
    for definition in document.analysis.meanings:
        yield InText(definition.short, definition.long, "this document")
    for short, long in document.cells.items():
        yield InText(short, long, "another cell of this notebook")
