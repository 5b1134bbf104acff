"""Hover: what the term under the cursor means.

Prose is answered from the scan: whole phrases, the longest first. Elsewhere (code, identifiers, a word in
another case) the token under the cursor is taken apart and looked up. The document's own definition of an
acronym comes before that of the glossary, and the sense that fits the document before the others. An
acronym that neither explains is what the other documents of the workspace say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation as fit
from glossary_ls.analysis.context import SILENT
from glossary_ls.analysis.doubt import is_doubtful
from glossary_ls.analysis.folder_definitions import wordings_once
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import CaseRule, Term
from glossary_ls.base.text import Span
from glossary_ls.matching.identifiers import is_other_version, parts, runs, token_at
from glossary_ls.matching.words import is_unspaced, plain, version_after, version_of, word_pattern
from glossary_ls.rules import unknown_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.matching.words import Plain


#: The signs that a name may begin with: `.NET`, `--force`.
_SIGN = re.compile(r"(?<![^\W_])[^\w\s]{1,3}(?=\w)")
_MOST_SIGNS = 3

#: Names of more words are rare.
_MOST_WORDS = 5

#: An identifier of more parts is data, such as a hash.
_MOST_PARTS = 12

#: What joins the parts of a compound.
_JOINERS = frozenset("-_")

#: What is not a part of any token, or nothing, at an end of the text.
_APART = frozenset(("", *" \t\r\n.,:;!?()[]"))

#: From so many letters on, an S at the end of a word in capitals is taken for a plural.
_LONG_WORD = 4


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
    `others` are what other parts of the same identifier mean.
    """

    span: Span
    name: str
    senses: tuple[Term, ...]
    in_texts: tuple[InText, ...] = ()
    doubtful: bool = False
    others: tuple[Term, ...] = ()


def hover(document: Document, offset: int) -> Hover | None:
    """Return the meaning of what is at `offset`, or None when it is no term."""
    found = meaning(document, offset)
    if found is None or _says_nothing(found, document):
        found = _elsewhere(document, offset)
    return _with_others(document, offset, found)


def _says_nothing(found: Hover, document: Document) -> bool:
    """Return whether there is only the name of an entry, to which no glossary adds anything."""
    return not (found.in_texts or any(_says_something(term, document.glossary) for term in found.senses))


def _says_something(term: Term, glossary: Glossary) -> bool:
    if not term.is_bare or glossary.contrasts(term) or glossary.questions(term) or glossary.repeats(term):
        return True
    file = glossary.file_of(term)
    return file is not None and file.head.context_of(term) is not None


def meaning(document: Document, offset: int) -> Hover | None:
    """Return what the document or the glossary defines at `offset`, or None."""
    if document.analysis.kind_at(offset) in SILENT:
        return None
    mention = document.analysis.mention_at(offset)
    if mention is None:
        return _identifier(document, offset)
    name = mention.span.of(document.text.source)
    source, span = document.text.source, mention.span
    is_joined = not _JOINERS.isdisjoint(
        {source[span.end : span.end + 1], source[max(span.start - 1, 0) : span.start]}
    )
    longer = _identifier(document, offset) if is_joined else None
    if longer and len(longer.span) > len(mention.span) and longer.span.contains(mention.span.start):
        return longer
    mention = fit.fitting(document, mention)
    own = _own_definition(document, name, mention.senses)
    return Hover(mention.span, name, mention.senses, own, doubtful=not own and is_doubtful(document, mention))


def _elsewhere(document: Document, offset: int) -> Hover | None:
    """Return how other documents define an acronym at `offset`, each wording once, the nearest first."""
    candidate = document.analysis.candidate_at(offset)
    if candidate is None:
        return None
    definitions = tuple(
        InText(each.short, each.long, document.neighbors.shown(each.path), each.path, each.place.line + 1)
        for each in wordings_once(unknown_acronym.definitions_elsewhere(document, candidate.base))
    )
    return Hover(candidate.span, candidate.text, (), definitions) if definitions else None


class _Token(NamedTuple):
    """A token, as it is read, in a line: its place there, and where the line starts in the document."""

    line: Plain
    start: int
    span: Span

    def place(self, span: Span) -> Span:
        """Return where a part of the line is in the document."""
        return self.line.span(span.start, span.end).shifted(self.start)


def _token(document: Document, offset: int) -> tuple[_Token | None, int]:
    """Return the token at an offset, and the column of the offset in the line as it is read."""
    text = document.text
    line = text.line_span(text.line_index(offset))
    read = plain(line.of(text.source))
    column = bisect_left(read.ends, offset - line.start + 1)
    sign = _SIGN.match(read.text, column)
    span = token_at(read.text, sign.end() if sign else column)
    return _Token(read, line.start, span) if span else None, column


def _identifier(document: Document, offset: int) -> Hover | None:
    """Explain the longest run of words in the token at `offset` that is a term.

    A part of what the document itself defines explains nothing: `PO` in a `PoQF`.
    """
    token, column = _token(document, offset)
    if token is None:
        return None
    line = token.line.text
    own = _own_definition(document, token.span.of(line), ()) if token.span.touches(column) else ()
    for span, words in _names_at(document, line, token.span, column):
        if own and len(span) < len(token.span):
            continue
        if senses := _senses(document, words, line, span.end):
            place = token.place(span)
            return Hover(place, span.of(line), fit.in_order(document, senses, words, place.start), own)
    return Hover(token.place(token.span), token.span.of(line), (), own) if own else None


def _senses(document: Document, words: str, line: str, end: int) -> tuple[Term, ...]:
    """Return what words that end at a column of a line may mean."""
    found = document.glossary.loosely(words)
    if not found and words.isupper() and len(words) >= _LONG_WORD:
        found = document.glossary.loosely(words.lower())
    return tuple(
        term for term in found if _may_be(term, words) and not _is_other_version(term, words, line, end)
    )


def _with_others(document: Document, offset: int, found: Hover | None) -> Hover | None:
    """Add what the other parts of an identifier mean, the longest names first; built-in terms are no news."""
    if found and _stands_alone(found.span, document.text.source):
        return found
    token, column = _token(document, offset)
    if token is None or document.analysis.kind_at(offset) in SILENT or not token.span.touches(column):
        return found
    text = token.span.of(token.line.text)
    if not 1 < len(parts(text)) <= _MOST_PARTS:
        return found
    taken = [found.span] if found else []
    others: list[tuple[Span, tuple[Term, ...]]] = []
    for span, words in runs(text):
        at = span.shifted(token.span.start)
        place = token.place(at)
        if any(place.start < other.end and other.start < place.end for other in taken):
            continue
        senses = _senses(document, words, token.line.text, at.end)
        if senses := tuple(term for term in senses if not document.is_built_in(term)):
            taken.append(place)
            others.append((place, fit.in_order(document, senses, words, place.start)))
    rest = [senses for _, senses in sorted(others, key=lambda other: other[0])]
    if found is None and rest:
        found = Hover(token.place(token.span), text, rest.pop(0))
    shown = {id(term) for term in found.senses} if found else set()
    terms = {id(term): term for senses in rest for term in senses if id(term) not in shown}
    return replace(found, others=tuple(terms.values())) if found and terms else found


def _stands_alone(span: Span, source: str) -> bool:
    """Return whether no token of which a part is at `span` reaches beyond it; False if in doubt.

    It saves reading the line, which took a quarter of most hovers.
    """
    return source[max(span.start - 1, 0) : span.start] in _APART and source[span.end : span.end + 1] in _APART


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
            for start, end, _ in document.glossary.find(part.of(words)):
                span = Span(start, end).shifted(token.start + part.start)
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


def own_meaning(document: Document, name: str, senses: tuple[Term, ...]) -> str:
    """Return the document's own long form of an acronym, unless it equals that of the best sense."""
    return next((found.long for found in _own_definition(document, name, senses)), "")


def _definitions_here(document: Document) -> Iterator[InText]:
    """Yield what the document spells out, and then what the other cells of the same notebook do."""
    for definition in document.analysis.meanings:
        yield InText(definition.short, definition.long, "this document")
    for short, long in document.cells.items():
        yield InText(short, long, "another cell of this notebook")
