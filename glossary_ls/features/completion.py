"""Completion: the glossary's terms for what is being typed.

What is typed may be the start of any word of a name, or several words of one with blanks or hyphens between
them; the longest run of words before the cursor that starts a name comes first. An acronym brings its
expansion along and the other way round. Where that gives few, names that are alike are offered too; within
identifiers, names go on in the identifier's style. Items are slim: the documentation of a term is asked for
later by its name.

The order: terms that the document uses, the most used first; then names that start so before names with a
word that does; then those of nearer glossaries.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import disambiguation, expansions
from glossary_ls.analysis.context import SILENT, starts_sentence
from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import CaseRule, RegionKind, Status, Term
from glossary_ls.base.text import Span
from glossary_ls.features import in_code
from glossary_ls.features.likeness import alike, begins_english
from glossary_ls.features.typed import beginnings, identifier_at, is_enough, is_everyday
from glossary_ls.features.wording import untitled
from glossary_ls.glossary.index import key
from glossary_ls.glossary.model import Role
from glossary_ls.glossary.names import loose_keys, typed_form
from glossary_ls.matching.words import JOINERS, respelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.features.typed import Beginning, Identifier

#: With fewer names that start as typed, those that are alike are looked for.
_FEW = 5

#: Words inside a name are looked for from so many letters on: with two, each name has one.
_SHORTEST_INNER = 3

#: How many characters on either side of the cursor show which terms a large document uses.
_NEAR = 15_000

#: Of so many names with several senses the senses are put in order; each costs a look around.
_MOST_ORDERED = 8


@dataclass(frozen=True, slots=True)
class CompletionItem:
    """One offer: `insert` replaces `span`; the client filters by `filter` or, if it is empty, by `label`.

    `term` names the term; `sense` is the gist of the one that is meant, if the name has one before it.
    `glossary` is set if terms of several glossaries have this label. In a glossary file, `kind` may also be
    `key` or `value`, and `help` explains it (Markdown).
    """

    label: str
    insert: str
    span: Span
    detail: str = ""
    filter: str = ""
    term: str = ""
    deprecated: bool = False
    sense: str = ""
    glossary: str = ""
    kind: str = "term"
    help: str = ""


@dataclass(frozen=True, slots=True)
class Completions:
    """The offers, best first; `incomplete` when another letter may bring ones that are not among them."""

    items: tuple[CompletionItem, ...]
    incomplete: bool


def complete(
    document: Document,
    offset: int,
    *,
    asked: bool = True,
    uses: Callable[[Term], int] = lambda _: 0,
) -> Completions:
    """Return the completions of the text before `offset`.

    Unless it was `asked` for, there are no offers before anything is typed, and none that are only alike.
    What is near in the document comes first, then what the workspace uses most, as counted by `uses`.
    """
    file = glossary_file_of(document)
    value = file.value_at(offset) if file else None
    # To most formats the texts of a glossary are code; to its writer they are prose.
    is_text = value is not None and value[1].role is Role.TEXT
    kind = RegionKind.PROSE if is_text else document.analysis.kind_at(max(offset - 1, 0))
    if kind in SILENT:
        return Completions((), incomplete=False)
    identifier = identifier_at(document, offset, kind)
    offers: list[_Offer] = []
    if identifier and (kind is RegionKind.CODE_BLOCK or identifier.joiner):
        offers = _in_identifier(document, identifier)
    withheld = False
    if not offers and file is None and in_code.is_code(document, kind):
        found = in_code.identifiers(document, offset, asked=asked)
        offers, withheld = [_Offer(*each[:4], _CONTINUED, each[4]) for each in found], True
    elif not offers and kind is not RegionKind.CODE_BLOCK:
        offers = _in_text(document, offset, identifier, asked=asked)
        withheld = any(_is_short(document, found) for found in beginnings(document, offset) if found.last)
    shown = _completions(document, offset, offers, uses)
    return replace(shown, incomplete=True) if withheld else shown


# --- what is offered --------------------------------------------------------------------------------------


class _Offer(NamedTuple):
    """A name of a term for what is `typed` at `span`: `name` was found.

    There are hundreds, of which few are shown: what is written for one is worked out then (see `_insert`).
    `other` is what to write if it is not the name. `rank` is 0 for a name that starts as typed, and grows
    with the distance.
    """

    span: Span
    typed: str
    name: str
    term: Term
    rank: int
    other: str = ""


_STARTS, _HAS_WORD, _COUNTERPART, _ALIKE, _CONTINUED = range(5)


def _in_text(document: Document, offset: int, identifier: Identifier | None, *, asked: bool) -> list[_Offer]:
    """Return what the longest beginning may become; several words that start a name leave no doubt."""
    enough = [
        found
        for found in beginnings(document, offset)
        if (is_enough(document, found) if found.text else asked)
    ]
    offers: list[_Offer] = []
    tried = enough
    for beginning in enough:
        offers = list(_starting(document, beginning))
        if offers:
            tried = [beginning]
            break
    if identifier and not offers:
        offers = _in_identifier(document, identifier)
    elif asked and len(offers) < _FEW:
        for beginning in tried:
            found = list(_alike(document, beginning))
            if found:
                return offers + found
    return offers


def _is_short(document: Document, beginning: Beginning) -> bool:
    """Return whether another letter may bring offers that what is typed does not bring."""
    return bool(beginning.text) and (
        not is_enough(document, beginning) or len(beginning.prefix) < _SHORTEST_INNER
    )


def _has_word(name: str, prefix: str) -> bool:
    """Return whether a word inside a name starts as typed and is not one that any text has."""
    for form in (key(name), *loose_keys(name)):
        start = prefix if form == key(name) else respelled(prefix)
        at = form.find(f" {start}")
        while at >= 0:
            if not is_everyday(form[at + 1 :].partition(" ")[0]):
                return True
            at = form.find(f" {start}", at + 1)
    return False


def _starting(document: Document, beginning: Beginning) -> Iterator[_Offer]:
    prefix = beginning.prefix
    most = 2 * document.settings.completion_limit
    inside = beginning.last and len(prefix) >= _SHORTEST_INNER
    rows = list(document.glossary.starting_with(prefix, most, inside=inside))
    if len(rows) == most:
        rows += (
            (name, term)
            for term, _ in _near(document, beginning.span.start)
            for name in (*term.names, term.expansion)
            if prefix and f" {prefix}" in f" {key(name)}"
        )
    rows += _own(document, prefix)
    found = [
        (name, term, starts)
        for name, term in rows
        if (starts := typed_form(name, prefix)[0] != "") or (inside and _has_word(name, prefix))
    ]
    for name, term, starts in found:
        yield _Offer(beginning.span, beginning.text, name, term, _STARTS if starts else _HAS_WORD)
    if prefix:
        for name, term, _ in found:
            for other in _counterparts(name, term):
                yield _Offer(beginning.span, beginning.text, name, term, _COUNTERPART, other)


def _own(document: Document, prefix: str) -> Iterator[tuple[str, Term]]:
    """Yield the acronyms that only the document itself spells out, found by either form."""
    for found in document.analysis.meanings if prefix else ():
        names = [name for name in (found.short, found.long) if key(name).startswith(prefix)]
        if names and not document.glossary.exact(found.short):
            term = Term(found.short, expansion=found.long)
            yield from ((name, term) for name in names)


def _counterparts(name: str, term: Term) -> Iterator[str]:
    """Yield the expansion of an acronym, and the acronym of an expansion."""
    long, shorts = expansions.spelled_out(term), expansions.short_forms(term)
    if name == long:
        yield from shorts[:1]
    elif name in shorts:
        yield long


def _alike(document: Document, beginning: Beginning) -> Iterator[_Offer]:
    prefix = beginning.prefix.strip()
    if begins_english(document.vocabulary.english, prefix):
        return
    for folded, name, term in islice(
        alike(document.glossary.names, prefix), document.settings.completion_limit
    ):
        if not folded.startswith(prefix):
            yield _Offer(beginning.span, beginning.text, name, term, _ALIKE)


def _in_identifier(document: Document, identifier: Identifier) -> list[_Offer]:
    """Return how the longest run of words at the end of an identifier may go on."""
    for span, prefix in identifier.runs():
        if len(span) < document.settings.completion_minimum:
            continue
        typed = span.of(document.text.source)
        most = 4 * document.settings.completion_limit
        rows = document.glossary.starting_with(prefix, most, inside=False)
        found = [(name, term, typed_form(name, prefix)[0]) for name, term in rows]
        offers = [
            _Offer(span, typed, name, term, _CONTINUED, insert)
            for name, term, folded in found
            if folded.startswith(prefix)
            and (insert := identifier.continued(typed, prefix, folded)).replace("-", "_").isidentifier()
        ]
        if offers:
            return offers
    return []


# --- in which order ---------------------------------------------------------------------------------------


def _completions(
    document: Document, offset: int, offers: list[_Offer], uses: Callable[[Term], int]
) -> Completions:
    limit = document.settings.completion_limit
    near = {id(term): count for term, count in _near(document, offset)} if offers else {}
    layers = {file: index for index, file in enumerate(document.glossary.files)}

    weights: dict[int, tuple[int, int, int]] = {}

    def order(offer: _Offer) -> tuple[bool, int, int, int, int]:
        term = offer.term
        weight = weights.get(id(term))
        if weight is None:
            file = document.glossary.file_of(term)
            layer = layers[file] if file else len(layers)
            weight = weights[id(term)] = near.get(id(term), 0), uses(term), layer
        here, elsewhere, layer = weight
        return offer.rank == _ALIKE, -here, offer.rank, -elsewhere, layer

    distinct: dict[tuple[str, str], tuple[_Offer, str]] = {}
    for offer in _by_sense(document, offset, sorted(offers, key=order)):
        insert = _insert(document, offer)
        is_exact = offer.term.case is CaseRule.EXACT or offer.rank == _CONTINUED
        form = insert if is_exact else insert.casefold()
        distinct.setdefault((form, _detail(document, offer.term, insert)), (offer, insert))
        if len(distinct) > limit:
            break
    chosen = list(islice(distinct.values(), limit))
    titles = [_title(document, offer.term) for offer, _ in chosen]
    by_label: dict[str, set[str]] = {}
    for (_, insert), title in zip(chosen, titles, strict=True):
        by_label.setdefault(insert.casefold(), set()).add(title)
    shown = tuple(
        _item(document, offer, insert, title if len(by_label[insert.casefold()]) > 1 else "")
        for (offer, insert), title in zip(chosen, titles, strict=True)
    )
    # Terms that start with the last word alone come back when the phrase turns out to be none.
    phrase = bool(shown) and not JOINERS.isdisjoint(shown[0].span.of(document.text.source))
    guessed = any(offer.rank == _ALIKE for offer in offers)
    return Completions(shown, incomplete=phrase or guessed or len(distinct) > limit)


def _by_sense(document: Document, offset: int, offers: list[_Offer]) -> list[_Offer]:
    """Put the senses of one name in the order that fits the document; each name keeps its places."""
    places: dict[tuple[str, int], list[int]] = {}
    for index, offer in enumerate(offers[: 2 * document.settings.completion_limit]):
        places.setdefault((offer.name, offer.rank), []).append(index)
    several = [indexes for indexes in places.values() if len(indexes) > 1]
    ordered = list(offers)
    for indexes in several[:_MOST_ORDERED]:
        by_term = {id(offers[index].term): offers[index] for index in indexes}
        if len(by_term) == len(indexes):
            terms = tuple(offer.term for offer in by_term.values())
            fitting = disambiguation.in_order(document, terms, offers[indexes[0]].name, offset)
            for index, term in zip(indexes, fitting, strict=True):
                ordered[index] = by_term[id(term)]
    return ordered


def _near(document: Document, offset: int) -> tuple[tuple[Term, int], ...]:
    """Return what is mentioned around a place, in most documents that is everywhere, and how often."""
    near = document.analysis.placed_in(Span(max(offset - _NEAR, 0), offset + _NEAR))
    mentioned = [term for _, scanned in near for mention in scanned.mentions for term in mention.senses]
    terms = {id(term): term for term in mentioned}
    return tuple((terms[number], count) for number, count in Counter(map(id, mentioned)).items())


# --- how it is written ------------------------------------------------------------------------------------


def _title(document: Document, term: Term) -> str:
    file = document.glossary.file_of(term)
    return file.title if file else ""


def _item(document: Document, offer: _Offer, insert: str, glossary: str) -> CompletionItem:
    term = offer.term
    first = document.glossary.term(term.name)
    return CompletionItem(
        label=insert,
        insert=insert,
        span=offer.span,
        detail=_detail(document, term, insert),
        filter=_filter(offer),
        term=term.name,
        deprecated=term.status is Status.DEPRECATED,
        sense="" if first is term else document.glossary.distinction(term),
        glossary=glossary,
    )


def _insert(document: Document, offer: _Offer) -> str:
    """Return what an offer writes into the text."""
    other = offer.other
    if not other:
        return _written(document, offer)
    plain = offer.rank == _COUNTERPART and other[0].islower()
    opens = plain and starts_sentence(document.text.source, offer.span.start)
    return other[0].upper() + other[1:] if opens else other


def _detail(document: Document, term: Term, insert: str) -> str:
    gist = document.glossary.distinction(term)
    name = "" if insert.casefold() == term.name.casefold() else term.name
    return ": ".join(filter(None, (name, gist)))


def _written(document: Document, offer: _Offer) -> str:
    """Return a name as the sentence has it; the right one for a name that is to be avoided."""
    name, term = offer.name, offer.term
    if in_code.is_avoided(name, term):
        name = term.name
    if term.case is CaseRule.EXACT:
        return name
    first, *others = offer.typed.split() or [""]
    # Small letters at the start of a sentence show only that somebody types fast.
    shown = first[:1].isupper() or not starts_sentence(document.text.source, offer.span.start)
    if others and all(map(str.islower, others)) and shown:
        name = untitled(name, document.vocabulary.english)
    return _cased(name, offer.typed)


def _cased(name: str, typed: str) -> str:
    """Write a name as the sentence does: capitals for capitals, at its start when one was typed there.

    A second word with a capital makes a title of it.
    """
    letters = [character for character in typed if character.isalpha()]
    if not letters or name != name.lower():
        return name
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return name.upper()
    words = typed.split()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        name = " ".join(word if is_everyday(word) else word[0].upper() + word[1:] for word in name.split(" "))
    return name[0].upper() + name[1:] if letters[0].isupper() else name


def _filter(offer: _Offer) -> str:
    """Return a text that starts with what was typed and goes on as the name does, for the client's filter."""
    if offer.rank == _ALIKE:
        return offer.typed
    if offer.rank == _CONTINUED:
        return offer.other
    typed = offer.typed
    form, end = typed_form(offer.name, key(typed), inside=True)
    rest = form[end:]
    if typed[-1:].isspace():
        rest = rest.lstrip()
    return f"{typed}{rest}"
