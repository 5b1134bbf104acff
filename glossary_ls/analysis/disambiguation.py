"""Word-sense disambiguation: which of the senses of a name a document means.

A name has one sense per document (Gale, Church and Yarowsky, "One sense per discourse", 1992), so the answer
holds for the document and not for the place. The senses are ordered by the first of these that differs:

1. the sense that the document pins: a directive `sense TP = tensor parallelism`, or `senses:` in its front
   matter;
2. the document's own definition;
3. how near the glossary is, by folder, and whether the entry has a scope that includes the document;
4. the capitals: `SoC` is not `SOC`;
5. the topics of the front matter that are topics of the entry;
6. the words around the name that the entry has as well; an established sense needs fewer (see `_scores`).

Equal senses keep the order of the glossary. The rules and all features use this module.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from glossary_ls.acronyms.forms import STOP_WORDS
from glossary_ls.analysis import context, expansions, suppressions
from glossary_ls.analysis.front_matter import front_matter
from glossary_ls.base import memo
from glossary_ls.base.model import Mention, RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.index import key
from glossary_ls.matching.inflection import singular_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term

#: How many uses of a name are examined, and how many characters on either side of each.
_MOST_USES = 12
_AROUND = 400

#: The weight of a word in the expansion, in the topics and related terms, and in the explanation.
_EXPANSION, _RELATED, _EXPLANATION = 3, 2, 1

#: The minimum score that counts: one word of an explanation may occur in any text.
_ENOUGH = 2

#: The score of an established sense before any word is read: a word that happens to be in the expansion of
#: another one, such as `configuration` beside `CI`, is not enough to take its place.
_ESTABLISHED = _EXPANSION

_WORD = lazily(r"[^\W\d_]{3,}")
_LINE = lazily(r"\S.*")

#: Words that are in every explanation.
_EMPTY_WORDS = STOP_WORDS | word_set(
    "also are be because been being between both but can does each has have how its may more most not one "
    "other some such their then they this use used uses using was were what when where which while who will"
)


def in_order(document: Document, senses: tuple[Term, ...], written: str, offset: int) -> tuple[Term, ...]:
    """Return the senses of the name `written` at `offset`, the one that fits the document best first.

    If the document does not use the name, the words around `offset` decide.
    """
    if len(senses) < 2:
        return senses
    return _context(document.analysis).in_order(document, senses, written, offset)


def fitting(document: Document, mention: Mention) -> Mention:
    """Return a mention with its senses in the order in which they fit the document."""
    if len(mention.senses) < 2:
        return mention
    written = mention.span.of(document.text.source)
    return Mention(mention.span, in_order(document, mention.senses, written, mention.span.start))


def first_mentions(document: Document) -> Iterator[tuple[RegionKind, Mention]]:
    """Yield the first mention of each name and its senses in each kind of region, ascending.

    Its senses are in order. Other mentions differ from one of these by their place only.
    """
    seen: set[tuple[object, ...]] = set()
    for start, firsts in document.analysis.facts(_firsts):
        for name, (local, kind, mention) in firsts.items():
            if name not in seen:
                seen.add(name)
                yield kind, fitting(document, mention.shifted(start + local))


def _firsts(chunk: Chunk, text: str) -> Mapping[tuple[object, ...], tuple[int, RegionKind, Mention]]:
    found: dict[tuple[object, ...], tuple[int, RegionKind, Mention]] = {}
    for start, scanned in chunk.placed():
        for mention in scanned.mentions:
            kind = scanned.kind_at(mention.span.start)
            name = kind, mention.span.shifted(start).of(text), *map(id, mention.senses)
            found.setdefault(name, (start, kind, mention))
    return found


def pinned(document: Document, name: str) -> str:
    """Return the sense that the document pins for a name, or an empty string."""
    return _context(document.analysis).pins.get(key(name), "")


def support(document: Document, senses: tuple[Term, ...], sense: Term, written: str, offset: int) -> int:
    """Return how much the words around a name speak for one of its senses: 0 if nothing does."""
    around = _context(document.analysis).around(document, senses, written, offset)
    weighed = _words(sense)
    names = {stem for term in senses for name in term.names for stem in _stems(name)}
    return sum(weighed.get(word, 0) for word in around - names)


# --- the order --------------------------------------------------------------------------------------------


class _Context:
    """The evidence for senses in one version of a document; it must not reference the version itself."""

    def __init__(self, analysis: Analysis) -> None:
        top = front_matter(analysis)
        pins = {key(pin.name): pin.sense for pin in reversed(tuple(suppressions.pins(analysis)))}
        self.pins: Mapping[str, str] = {key(name): sense for name, sense in top.senses.items()} | pins
        self._topics = frozenset(part for topic in top.topics for part in _topic_keys(topic))
        self._text = top.end
        self._orders: dict[tuple[object, ...], tuple[Term, ...]] = {}

    def in_order(
        self, document: Document, senses: tuple[Term, ...], written: str, offset: int
    ) -> tuple[Term, ...]:
        known = written, *map(id, senses)
        if known in self._orders:
            return self._orders[known]
        ranks = self._ranks(document, senses, written)
        scores: Sequence[int] = [0] * len(senses)
        places: Sequence[int] | None = None
        if len(set(ranks)) < len(ranks):
            places = _places(document.text.source, senses, written)
            scores = _scores(senses, self._around(document, places or (offset,)))
        order = sorted(range(len(senses)), key=lambda index: (ranks[index], -scores[index]))
        found = tuple(senses[index] for index in order)
        if places is None or places:
            # Else the result is about this offset alone.
            self._orders[known] = found
        return found

    def around(
        self, document: Document, senses: tuple[Term, ...], written: str, offset: int
    ) -> frozenset[str]:
        """Return the words around the uses of a name, or around `offset` if the document has none."""
        places = _places(document.text.source, senses, written)
        return self._around(document, places or (offset,))

    def _ranks(
        self, document: Document, senses: tuple[Term, ...], written: str
    ) -> Sequence[tuple[object, ...]]:
        """Return the keys to sort senses by, apart from the words around the name."""
        pinned = self._meant(self.pins, senses)
        # The first definition of an acronym counts.
        defined = {key(found.short): found.long for found in reversed(document.analysis.meanings)}
        own = self._meant(defined, senses)
        folders = _folders(document)
        return [
            (
                term is not pinned,
                term is not own,
                folders.get(_folder(document, term), len(folders)),
                not term.scope,
                not any(written.startswith(name) for name in (*term.names, term.expansion) if name),
                -len(self._topics.intersection(map(key, term.topics))),
            )
            for term in senses
        ]

    def _meant(self, wordings: Mapping[str, str], senses: Sequence[Term]) -> Term | None:
        """Return the sense that `wordings`, by the key of a name, give to one of the names of the senses."""
        for name in dict.fromkeys(key(name) for term in senses for name in term.names):
            if name in wordings and (found := expansions.meant(senses, wordings[name])):
                return found
        return None

    def _around(self, document: Document, places: Iterable[int]) -> frozenset[str]:
        """Return the words around some places, in the first line of the document and in its topics."""
        source = document.text.source
        first = _LINE.search(source, self._text)
        found = set(_stems(first.group())) if first else set()
        for topic in self._topics:
            found.update(_stems(topic))
        end = 0
        for place in places:
            start = max(place - _AROUND, end)
            end = place + _AROUND
            found.update(_stems(source[start:end]))
        return frozenset(found)


@memo.about
def _context(analysis: Analysis) -> _Context:
    return _Context(analysis)


def _folders(document: Document) -> dict[str, int]:
    """Return the rank of each folder with a glossary by distance; built-in glossaries share one."""
    folders = dict.fromkeys(scope_of(file.path) for file in document.glossary.files)
    return {folder: index for index, folder in enumerate(folders)}


def _folder(document: Document, term: Term) -> str:
    file = document.glossary.file_of(term)
    return scope_of(file.path) if file else ""


def _topic_keys(topic: str) -> Iterator[str]:
    """Yield a topic and, for `team/network`, its parts."""
    yield key(topic)
    if "/" in topic:
        yield from (key(part) for part in topic.split("/"))


# --- words ------------------------------------------------------------------------------------------------


def _scores(senses: Sequence[Term], around: frozenset[str]) -> list[int]:
    """Return the score of each sense by the words around a name (a weighted, simplified Lesk algorithm).

    Each of these words counts once for each sense that has it: most in an expansion, least in an explanation.
    Words that all senses have, such as the name, do not count.
    """
    weighed = [_words(term) for term in senses]
    common = frozenset.intersection(*(frozenset(words) for words in weighed))
    telling = around - common
    scores = [sum(words[word] for word in telling.intersection(words)) for words in weighed]
    return [
        (score if score >= _ENOUGH else 0) + (_ESTABLISHED if term.established else 0)
        for term, score in zip(senses, scores, strict=True)
    ]


def _words(term: Term) -> dict[str, int]:
    """Return the words of an entry with their weights."""
    found: dict[str, int] = {}
    for weight, texts in (
        (_EXPLANATION, (term.summary, term.definition, *term.facts)),
        (_RELATED, (*term.topics, *term.related, *term.names)),
        (_EXPANSION, (term.expansion,)),
    ):
        for text in texts:
            found.update(dict.fromkeys(_stems(text), weight))
    return found


def _stems(text: str) -> set[str]:
    """Return the words of a text in lower case and in the singular, without stop words."""
    words = set(_WORD.findall(text.lower())) - _EMPTY_WORDS
    return {singular_of(word) if word[-1] == "s" else word for word in words}


def _places(source: str, senses: Sequence[Term], written: str) -> Sequence[int]:
    """Return the first offsets of a name as written in the glossary, or else as it is `written`."""
    names = {name for term in senses for name in term.names if key(written).startswith(key(name))}
    found = sorted(at for name in names for at in islice(context.uses_of(name, source), _MOST_USES))[
        :_MOST_USES
    ]
    if not found and written:
        found = list(islice(context.uses_of(written, source), _MOST_USES))
    if not found and written and (at := source.find(written)) >= 0:
        # Inside a word, or beside a letter of a script without spaces.
        found = [at]
    return found
