"""Inlay hints: what an acronym stands for, shown after its first use in the prose of a document.

The settings may ask for more: the summaries of other terms, and a hint at the first use in each section,
which is what a heading begins; source code has no headings and is one section.

There is no hint for what the reader knows: established terms, what the settings accept or, of the built-in
glossaries, list as known, and what the document defines itself. In a document that is read as a whole a
definition counts everywhere. Hints by section are for readers who jump into the middle; for them it counts in
its section only, and elsewhere the hint repeats it.
Where the document means something else than the glossary, or may mean it, there is no hint.

A document with many acronyms of the built-in glossaries is written for readers who know most of them. The
settings say how many of these have a hint: those that the document uses most often.

A name with several senses gets the one that fits the document best.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation, expansions
from glossary_ls.analysis.context import SENTENCES, is_wording
from glossary_ls.analysis.doubt import is_doubtful
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span, shortened
from glossary_ls.features.fixes.wording import expand
from glossary_ls.features.render import plain
from glossary_ls.rules.shared.fix import DocumentChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention, Term, TextEdit


@dataclass(frozen=True, slots=True)
class InlayHint:
    """A hint at `offset` about the term with the name `term`.

    `sense` is the gist of that term if the name has another one before it.
    """

    offset: int
    label: str
    term: str
    sense: str = ""


def inlay_hints(document: Document, span: Span) -> tuple[InlayHint, ...]:
    """Return the hints inside `span`, ascending."""
    is_repeated = document.settings.inlay_hint_repeat == "section"
    hints = _Hints(document, _rarely_used(document), by_section=is_repeated)
    return tuple(hint for hint, _ in hints.until(span.end) if span.touches(hint.offset))


def noted_at(document: Document, offset: int, term: Term) -> Span | None:
    """Return the span of the mention that a hint at `offset` is about, or None if it is gone."""
    mention = document.analysis.mention_at(offset)
    if (
        mention is None
        or mention.span.end != offset
        or disambiguation.fitting(document, mention).term is not term
    ):
        return None
    return mention.span


def spelling_out(document: Document, noted: Span, term: Term) -> tuple[TextEdit, ...]:
    """Return the edits that write the hint about an acronym into the text; none for a summary."""
    if not any(expansions.short_forms_in(noted.of(document.text.source), term)):
        return ()
    fix = next(expand(document, Span(noted.start, noted.start), ()), None)
    return fix.change.edits if fix and isinstance(fix.change, DocumentChange) else ()


class _Stretch(NamedTuple):
    """A part of a chunk that begins with a heading, or with the chunk, and has no other heading.

    `mentions` are the first ones of each name that may get a hint, relative to the chunk; `terms` are the
    names of all terms that they may mean. `section` is whether a heading begins it.
    """

    start: int
    section: bool
    mentions: tuple[Mention, ...]
    terms: frozenset[str]


def _stretches(chunk: Chunk, text: str, *, summaries: bool) -> tuple[_Stretch, ...]:
    """Divide a chunk by its headings."""
    found: list[_Stretch] = []
    begun, section = 0, False
    mentions: dict[tuple[object, ...], Mention] = {}
    for start, scanned in chunk.placed():
        pieces = scanned.block.prose.pieces
        if pieces and pieces[0].kind is RegionKind.HEADING:
            found.append(_stretch(begun, mentions.values(), section=section))
            begun, section, mentions = start, True, {}
        for mention in scanned.mentions:
            written = mention.span.shifted(start).of(text)
            name = written, *map(id, mention.senses)
            if (
                name not in mentions
                and any(_is_noted(term, written, summaries=summaries) for term in mention.senses)
                # In a heading, a table or a link a hint would be in the way.
                and scanned.kind_at(mention.span.start) in SENTENCES
                and is_wording(scanned, mention.span)
            ):
                mentions[name] = mention.shifted(start)
    return (*found, _stretch(begun, mentions.values(), section=section))


_ACRONYMS = partial(_stretches, summaries=False)
_TERMS = partial(_stretches, summaries=True)


def _stretch(start: int, mentions: Iterable[Mention], *, section: bool) -> _Stretch:
    kept = tuple(mentions)
    return _Stretch(start, section, kept, frozenset(term.name for one in kept for term in one.senses))


def _uses(chunk: Chunk, _: str) -> Counter[str]:
    """Count the mentions of each name of terms."""
    return Counter(
        name for mention in chunk.mentions() for name in dict.fromkeys(term.name for term in mention.senses)
    )


@memo.about
def _rarely_used(document: Document) -> frozenset[str]:
    """Return the names of built-in terms without a hint because the document uses enough others more often.

    Of terms that are used equally often, the first ones have a hint.
    """
    most = document.settings.inlay_hint_built_in
    hints = _Hints(document, frozenset(), by_section=False)
    mentions = hints.of_built_in()
    if len(mentions) <= most:
        return frozenset()
    uses: Counter[str] = Counter()
    for _, counts in document.analysis.facts(_uses):
        uses.update(counts)
    kept: set[str] = set()
    ranked = sorted(mentions, key=uses.__getitem__, reverse=True)
    for name in ranked:
        if len(kept) >= most:
            break
        # Which sense fits, and whether it is certain, takes most of the time: it is found out for few.
        kept.update(term.name for _, term in hints.hint(mentions[name]) if document.is_built_in(term))
    return frozenset(name for name in ranked if name not in kept)


class _Hints:
    """Goes through a document from its start, and knows which terms need no further hint."""

    def __init__(self, document: Document, left_out: frozenset[str], *, by_section: bool) -> None:
        """Go through a document; `left_out` are the names of built-in terms that get no hint."""
        settings = document.settings
        analysis = document.analysis
        self._document = document
        self._summaries = settings.inlay_hint_terms == "terms"
        self._by_section = by_section
        self._left_out = left_out
        #: The long forms that the document defines; the first definition of an acronym counts.
        self._own = {found.short: found.long for found in reversed(analysis.meanings)}
        self._stretches = analysis.facts(_TERMS if self._summaries else _ACRONYMS)
        self._sections = [
            start + stretch.start
            for start, stretches in self._stretches
            for stretch in stretches
            if stretch.section
        ]
        self._done: set[str] = {*settings.accept, *self._own}

    def of_built_in(self) -> dict[str, Mention]:
        """Return the first mention of each term of a built-in glossary that may get a hint, in order."""
        found: dict[str, Mention] = {}
        seen = set(self._done)
        for start, stretches in self._stretches:
            for stretch in stretches:
                if stretch.terms <= seen:
                    continue
                for mention in stretch.mentions:
                    for term in mention.senses:
                        if term.name not in seen and self._document.is_built_in(term):
                            found.setdefault(term.name, mention.shifted(start))
                seen |= stretch.terms
        return found

    def until(self, end: int) -> Iterator[tuple[InlayHint, Term]]:
        """Yield at least the hints up to an offset, ascending, with the terms that they are about."""
        if self._by_section:
            self._begin_section(0)
        for start, stretches in self._stretches:
            if start > end:
                return
            for stretch in stretches:
                if self._by_section and stretch.section:
                    self._begin_section(start + stretch.start)
                if stretch.terms <= self._done:
                    # Most stretches have only terms that have their hint.
                    continue
                for mention in stretch.mentions:
                    if any(term.name not in self._done for term in mention.senses):
                        yield from self.hint(mention.shifted(start))

    def _begin_section(self, start: int) -> None:
        definitions = self._document.analysis.definitions
        following = bisect_right(self._sections, start)
        end = self._sections[following] if following < len(self._sections) else len(self._document.text)
        first, last = (
            bisect_left(definitions, place, key=lambda found: found.short_span.start)
            for place in (start, end)
        )
        here = (found.short for found in definitions[first:last])
        self._done = {*self._document.settings.accept, *here}

    def hint(self, mention: Mention) -> Iterator[tuple[InlayHint, Term]]:
        """Yield the hint of a mention unless its best sense needs none."""
        document = self._document
        mention = disambiguation.fitting(document, mention)
        term, written = mention.term, mention.span.of(document.text.source)
        if is_doubtful(document, mention):
            return
        if self._needs_hint(term) and _is_noted(term, written, summaries=self._summaries):
            sense = "" if document.glossary.term(term.name) is term else term.gist
            label = shortened(_label(term, written), document.settings.inlay_hint_length)
            self._done.add(term.name)
            if label:
                yield InlayHint(mention.span.end, f"({label})", term.name, sense), term

    def _needs_hint(self, term: Term) -> bool:
        forms = (term.name, *expansions.short_forms(term))
        if not self._done.isdisjoint(forms) or self._is_known(term, forms):
            return False
        own = (self._own[name] for name in forms if name in self._own)
        return not self._by_section or all(expansions.meant((term,), long) for long in own)

    def _is_known(self, term: Term, forms: tuple[str, ...]) -> bool:
        """Return whether readers know an acronym of a built-in glossary, or it is used less than others."""
        known = self._document.settings.inlay_hint_known
        is_known = term.name in self._left_out or any(form in known for form in forms)
        return is_known and self._document.is_built_in(term)


def _is_noted(term: Term, written: str, *, summaries: bool) -> bool:
    """Return whether a term may get a hint where it is written so: not where its long form is."""
    if term.established:
        return False
    is_explained = summaries and not term.expansion and bool(term.summary.strip())
    return is_explained or any(expansions.short_forms_in(written, term))


def _label(term: Term, written: str) -> str:
    """Return the text of a hint about a term where it is written so, in one line; empty for none."""
    if any(expansions.short_forms_in(written, term)):
        return _beyond(expansions.spelled_out_as(written, term), written)
    return " ".join(plain(term.summary).split()).rstrip(".")


def _beyond(long: str, written: str) -> str:
    """Return a long form without the words at its ends that are written beside the hint.

    Behind `KV cache`, a reader only misses `Key-Value`. An acronym may be a word of its own long form.
    """
    words, own = long.split(), written.split()
    if len(own) == 1:
        return "" if long.casefold() == written.casefold() else long
    for end in (-1, 0):
        while words and own and words[end].casefold() == own[end].casefold():
            del words[end], own[end]
    return " ".join(words)
