"""Occurrences: the places of documents and glossary files that name a term.

A place in a document counts for the sense that fits the document best. In a glossary file, references of
entries and the words of their texts count, but not the names of the term itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.analysis import disambiguation
from glossary_ls.base import memo
from glossary_ls.base.model import Mention
from glossary_ls.base.text import Span
from glossary_ls.glossary.model import REFERENCES, Role, Value
from glossary_ls.matching.fold import fold, fold_wide, is_narrow, words
from glossary_ls.matching.inflection import plurals, singulars
from glossary_ls.matching.words import readable, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile

#: The spans that name a term, each with the value that it is in.
Named = tuple[tuple[Span, Value], ...]

#: A mention, and the offset that its span counts from.
OffsetMention = tuple[int, Mention]

#: What makes a name in YAML look different from its text.
_ESCAPE = re.compile(r"\\|''")

#: Mentions by the names of the terms that they may mean.
Names = dict[str, list[OffsetMention]]


def spans_in(document: Document, term: Term) -> tuple[Span, ...]:
    """Return where a document names a term, ascending."""
    return tuple(
        span
        for start, names in document.analysis.facts(_names)
        for span in _meant(document, start, names.get(term.name, ()), term)
    )


def spans_of(term: Term, names: Mapping[str, Iterable[OffsetMention]]) -> tuple[Span, ...]:
    """Return the places of a term among mentions of which the first sense counts."""
    found = names.get(term.name, ())
    return tuple(mention.span.shifted(start) for start, mention in found if mention.senses[0] is term)


def by_name(mentions: Iterable[OffsetMention]) -> Names:
    """Group mentions by the names of their senses."""
    found: Names = {}
    for placed in mentions:
        several = placed[1].senses
        for name in {term.name for term in several} if len(several) > 1 else (several[0].name,):
            found.setdefault(name, []).append(placed)
    return found


def by_best_name(document: Document) -> Names:
    """Group the mentions of a document by the name of the sense that fits best."""
    fitting = (disambiguation.fitting(document, mention) for mention in document.analysis.mentions)
    return by_name((0, Mention(mention.span, mention.senses[:1])) for mention in fitting)


def _names(chunk: Chunk, _text: str) -> Names:
    """Group the mentions of a chunk, whose spans count from its own start."""
    return by_name((start, mention) for start, scanned in chunk.placed() for mention in scanned.mentions)


def _meant(document: Document, start: int, placed: Iterable[OffsetMention], term: Term) -> Iterator[Span]:
    for local, mention in placed:
        by = start + local
        if len(mention.senses) == 1:
            if mention.senses[0] is term:
                yield mention.span.shifted(by)
        elif any(sense is term for sense in mention.senses):
            found = disambiguation.fitting(document, mention.shifted(by))
            if found.term is term:
                yield found.span


# --- glossary files ---------------------------------------------------------------------------------------


def in_glossary(file: GlossaryFile, term: Term, glossary: Glossary) -> Named:
    """Return where a glossary file names a term apart from its names, ascending, each span once."""
    *_, found = finding(file, term, glossary)
    return found or ()


def finding(file: GlossaryFile, term: Term, glossary: Glossary) -> Iterator[Named | None]:
    """Yield None after each place that is examined, for pauses, and last what `in_glossary` returns."""
    named: dict[Span, Value] = {}
    searched = 0
    for place in _likely(file.text, term):
        for _, value in file.values_at(place):
            if value.role is Role.TEXT and place >= searched:
                line = _line_at(place, value, file.text)
                named.update((span, value) for span in _in_line(line, file.text, term, glossary))
                searched = line.end
            elif value.role in REFERENCES and glossary.term(value.text) is term:
                named[value.content] = value
        yield None
    yield tuple(sorted(named.items(), key=lambda pair: pair[0]))


def _line_at(place: int, value: Value, text: Text) -> Span:
    """Return what is on one line of a value; the others are indented, so that no name continues on them."""
    line = text.line_span(text.line_index(place))
    return Span(max(line.start, value.span.start), min(line.end, value.span.end))


def _in_line(line: Span, text: Text, term: Term, glossary: Glossary) -> Iterator[Span]:
    for start, end, names in glossary.find(line.of(text.source)):
        if glossary.senses_of(names)[0] is term:
            yield Span(start, end).shifted(line.start)


def _likely(text: Text, term: Term) -> list[int]:
    """Return the offsets at which a term may be named, ascending.

    The words of one of its names follow each other there, unless a quote or an escape makes a reference look
    different.
    """
    folded = _folded(text)
    # A word may also follow a letter of a script without blanks, such as Chinese.
    before = " " if folded.isascii() else "[ \u0100-\U0010ffff]"
    named = (words(spelled(name)) for name in (*term.names, term.expansion))
    patterns = {each for parts in named for each in _patterns(parts, before)}
    names = (found.start() for pattern in patterns for found in re.finditer(pattern, folded))
    escapes = (found.start() for found in _ESCAPE.finditer(text.source))
    return sorted({*escapes, *names})


def _patterns(parts: list[str], before: str) -> Iterator[str]:
    """Yield patterns for where the words of a name start in a folded text, with what comes `before` them."""
    for form in _forms(parts[-1]) if parts else ():
        first, *others = *parts[:-1], form
        start = f"{before}{first}" if is_narrow(first) else first
        yield start + f"(?= *{' *'.join(others)})" if others else start


def _forms(word: str) -> set[str]:
    """Return how a word may begin where it stands last in a name."""
    forms = (*plurals(word), f"{word[:-1]}ies", *singulars(word))
    return {word, *(form for form in forms if not form.startswith(word))}


@memo.recent(4)
def _folded(text: Text) -> str:
    """Return a folded text behind a blank: a word starts in the text where its own blank is here."""
    return f" {fold_wide(text.source)}"


# --- texts that may name a term ---------------------------------------------------------------------------


def first_words(term: Term) -> frozenset[str]:
    """Return words in lower case, at least one of which every text that names the term contains."""
    found: set[str] = set()
    for name in (*term.names, term.expansion):
        parts = words(spelled(name))
        if parts:
            found.add(parts[0])
            if len(parts) == 1:
                found.update(_forms(parts[0]))
    return frozenset(found)


def mentions_any(source: str, candidates: frozenset[str]) -> bool:
    """Return whether a text contains one of some words in lower case, even within another word."""
    source = readable(source)
    wide = [word for word in candidates if not is_narrow(word)]
    folded = fold(source)
    if any(word.encode("latin-1") in folded for word in candidates.difference(wide)):
        return True
    if not wide:
        # Folding a whole text without loss is slow, and most words do not need it.
        return False
    whole = fold_wide(source)
    return any(word in whole for word in wide)
