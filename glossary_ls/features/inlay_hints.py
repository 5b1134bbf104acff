"""Inlay hints: what an acronym stands for, shown behind its first use in the prose of a document.

If the settings say so, other terms carry their summary, and a note comes again at the first use in each
section, which is what a heading begins; source code has no headings and is one section.

What the reader knows already needs no note: what everybody knows, what the settings accept, and what the
document spells out itself. In a document that is read as a whole, spelling out counts for all of it. Notes
by section are for readers who jump into the middle; for them it counts in its section only, and elsewhere the
note says the same again. Where the document means something else than the glossary, there is no note.

A name with several senses gets the one that fits the document best.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from glossary_ls.analysis import disambiguation, expansions
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.features.fixes.wording import expand
from glossary_ls.features.render import plain
from glossary_ls.rules.shared.fix import DocumentChange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition, Mention, Term, TextEdit

#: Where a note is read as a part of the text; in a heading, a table or a link it would be in the way.
_PLACES = frozenset({RegionKind.PROSE, RegionKind.COMMENT, RegionKind.DOCSTRING})

#: A note that is too long is cut between words if that leaves at least this share of it.
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class InlayHint:
    """A note at `offset`; `term` names the term that it is about.

    `sense` is the gist of that term if the name has another one before it.
    """

    offset: int
    label: str
    term: str
    sense: str = ""


def inlay_hints(document: Document, span: Span) -> tuple[InlayHint, ...]:
    """Return the notes inside `span`, ascending."""
    settings = document.settings
    wanted = (
        settings.inlay_hint_terms,
        settings.inlay_hint_repeat,
        settings.inlay_hint_length,
        settings.accept,
    )
    known = _KNOWN.get(document.analysis)
    if known is None or known[0] != wanted:
        # A client asks again for each part that is scrolled into view.
        known = _KNOWN[document.analysis] = wanted, _Notes(document)
    return tuple(hint for hint in known[1].until(document, span.end) if span.touches(hint.offset))


def noted_at(document: Document, offset: int, term: Term) -> Span | None:
    """Return where a term stands that a note at `offset` is about; None if it is gone from there."""
    mention = document.analysis.mention_at(offset)
    if (
        mention is None
        or mention.span.end != offset
        or disambiguation.fitting(document, mention).term is not term
    ):
        return None
    return mention.span


def spelling_out(document: Document, noted: Span, term: Term) -> tuple[TextEdit, ...]:
    """Return the edits that make the note about an acronym a part of the text; a summary is none."""
    if not _is_short(term, noted.of(document.text.source)):
        return ()
    action = next(expand(document, Span(noted.start, noted.start), ()), None)
    return action.change.edits if action and isinstance(action.change, DocumentChange) else ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a chunk without a heading inside, from `start` on, and the mentions that may get a note.

    Those are the first ones of each name, counted from the start of the chunk; `terms` are the names of all
    terms that they may mean. `section` tells that a heading begins it.
    """

    start: int
    section: bool
    mentions: tuple[Mention, ...]
    terms: frozenset[str]

    @classmethod
    def of(cls, start: int, mentions: Iterable[Mention], *, section: bool) -> _Stretch:
        kept = tuple(mentions)
        terms = frozenset(term.name for mention in kept for term in mention.senses)
        return cls(start, section, kept, terms)


def _acronyms(chunk: Chunk, text: str) -> tuple[_Stretch, ...]:
    return _stretches(chunk, text, summaries=False)


def _terms(chunk: Chunk, text: str) -> tuple[_Stretch, ...]:
    return _stretches(chunk, text, summaries=True)


def _stretches(chunk: Chunk, text: str, *, summaries: bool) -> tuple[_Stretch, ...]:
    """Return a chunk by its headings."""
    found: list[_Stretch] = []
    begun, section = 0, False
    mentions: dict[tuple[object, ...], Mention] = {}
    for start, scanned in chunk.placed():
        pieces = scanned.block.prose.pieces
        if pieces and pieces[0].kind is RegionKind.HEADING:
            found.append(_Stretch.of(begun, mentions.values(), section=section))
            begun, section, mentions = start, True, {}
        for mention in scanned.mentions:
            written = mention.span.shifted(start).of(text)
            name = written, *map(id, mention.senses)
            if (
                name not in mentions
                and any(_is_noted(term, written, summaries=summaries) for term in mention.senses)
                and scanned.kind_at(mention.span.start) in _PLACES
            ):
                mentions[name] = mention.shifted(start)
    return (*found, _Stretch.of(begun, mentions.values(), section=section))


class _Notes:
    """The notes of one version of a document, as far as they were asked for; it must not hold the version."""

    def __init__(self, document: Document) -> None:
        settings = document.settings
        analysis = document.analysis
        self._summaries = settings.inlay_hint_terms == "terms"
        self._find = _terms if self._summaries else _acronyms
        self._by_section = settings.inlay_hint_repeat == "section"
        self._length = settings.inlay_hint_length
        self._accepted = settings.accept
        #: What the document spells out, and where; the first time counts.
        self._own = {found.short: found.long for found in reversed(analysis.meanings)}
        self._found: list[InlayHint] = []
        self._next = 0
        self._sections = [
            start + stretch.start
            for start, stretches in (analysis.facts(self._find) if self._by_section else ())
            for stretch in stretches
            if stretch.section
        ]
        self._done: set[str] = {*self._accepted, *self._own}
        if self._by_section:
            self._begin_section(document, 0)

    def until(self, document: Document, end: int) -> Collection[InlayHint]:
        """Return at least the notes up to an offset, ascending."""
        analysis = document.analysis
        while self._next < len(analysis.chunks) and analysis.chunk_starts[self._next] <= end:
            start = analysis.chunk_starts[self._next]
            for stretch in analysis.chunks[self._next].fact(self._find, document.text.source, start):
                if self._by_section and stretch.section:
                    self._begin_section(document, start + stretch.start)
                if stretch.terms <= self._done:
                    # Most stretches have only terms that have their note.
                    continue
                for mention in stretch.mentions:
                    if any(term.name not in self._done for term in mention.senses):
                        self._look_at(document, mention.shifted(start))
            self._next += 1
        return self._found

    def _begin_section(self, document: Document, start: int) -> None:
        definitions = document.analysis.definitions
        following = bisect_right(self._sections, start)
        end = self._sections[following] if following < len(self._sections) else len(document.text)
        here = slice(*(bisect_left(definitions, place, key=_place) for place in (start, end)))
        self._done = {*self._accepted, *(found.short for found in definitions[here])}

    def _look_at(self, document: Document, mention: Mention) -> None:
        """Make a note of a mention unless its best sense wants none."""
        placed = disambiguation.fitting(document, mention)
        term = placed.term
        written = mention.span.of(document.text.source)
        if self._wants_note(term) and _is_noted(term, written, summaries=self._summaries):
            sense = "" if document.glossary.term(term.name) is term else term.gist
            label = f"({_cut(_said(term, written), self._length)})"
            self._found.append(InlayHint(mention.span.end, label, term.name, sense))
            self._done.add(term.name)

    def _wants_note(self, term: Term) -> bool:
        forms = (term.name, *expansions.short_forms(term))
        if not self._done.isdisjoint(forms):
            return False
        own = (self._own[name] for name in forms if name in self._own)
        return not self._by_section or all(expansions.meant((term,), long) for long in own)


#: The notes of each version of a document, and what they depend on besides.
_KNOWN: WeakKeyDictionary[Analysis, tuple[tuple[object, ...], _Notes]] = WeakKeyDictionary()


def _place(definition: Definition) -> int:
    return definition.short_span.start


def _is_noted(term: Term, written: str, *, summaries: bool) -> bool:
    """Tell whether a term may get a note where it is written so: not where it is spelt out already."""
    if term.established:
        return False
    return _is_short(term, written) or (summaries and not term.expansion and bool(term.summary.strip()))


def _is_short(term: Term, written: str) -> bool:
    """Tell whether a term is written by a short form, behind which there may be the ending of the plural."""
    forms = expansions.short_forms(term)
    return any(written.startswith(form) and len(written) <= len(form) + 2 for form in forms)


def _said(term: Term, written: str) -> str:
    """Return what a note says of a term where it is written so, in one line."""
    if _is_short(term, written):
        return expansions.spelt_out(term)
    return " ".join(plain(term.summary).split()).rstrip(".")


def _cut(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, if it must be with an ellipsis, best behind a word."""
    if len(text) <= limit:
        return text
    words = text[:limit].rpartition(" ")[0].rstrip(" ,;:-\u2013\u2014(")
    return (words if len(words) >= _LEAST_SHARE * limit else text[: limit - 1].rstrip()) + "\u2026"
