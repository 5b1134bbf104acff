"""A SKOS vocabulary in Turtle: a concept for each term, a collection for each topic.

SKOS has no word for the kind of a label. An alternative label that is the expansion, an abbreviation or a
variant is therefore a label of SKOS-XL, too, which has that kind as its `dct:type`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import AliasKind, Status
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import (
    PROSE,
    UNKNOWN,
    LeftOut,
    Writer,
    Written,
    avoided,
    other_names,
    without_draft,
)
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.exports.texts import Names, anchors, in_order, slug
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_PREFIXES = f"""\
# {MARK}
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
"""

#: The kinds of labels, as TBX calls them.
_KINDS = {AliasKind.ABBREVIATION: "abbreviation", AliasKind.VARIANT: "variant"}

#: What a string in quotes cannot hold.
_SPECIAL = lazily(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

#: What an address in brackets cannot hold.
_NOT_IN_ADDRESS = lazily(r"[\x00-\x20<>\"{}|^`\\]")

_TAG = lazily(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def write(export: Export) -> Written:
    """Return the vocabulary."""
    items = in_order(export.items)
    topics = list(dict.fromkeys(topic for item in items for topic in item.term.topics))
    # Of all that has an address, none may share it.
    found = anchors(
        ["glossary", *(item.term.name for item in items), *(f"topic {topic}" for topic in topics)], slug
    )
    concepts = found[1 : len(items) + 1]
    vocabulary = _Vocabulary(export, concepts)
    blocks = [_PREFIXES, vocabulary.scheme()]
    blocks += (vocabulary.concept(item.term, address) for item, address in zip(items, concepts, strict=True))
    for topic, address in zip(topics, found[len(items) + 1 :], strict=True):
        members = [at for at, item in zip(concepts, items, strict=True) if topic in item.term.topics]
        blocks.append(vocabulary.collection(topic, address, members))
    return Written("\n".join(blocks), tuple(_unknown(export, vocabulary)))


class _Vocabulary:
    """Statements about the terms of an export, whose addresses are `addresses`."""

    def __init__(self, export: Export, addresses: list[str]) -> None:
        self._export = export
        self._language = f"@{export.language}" if _TAG.fullmatch(export.language) else ""
        self._addresses = addresses
        self._names = Names(item.term for item in in_order(export.items))

    def scheme(self) -> str:
        """Return the statements about the glossary."""
        rows = [("dct:title", self._text(self._export.title))]
        if self._export.head.description:
            rows.append(("dct:description", self._text(self._export.head.description)))
        if self._export.head.license:
            rows.append(("dct:license", self._text(self._export.head.license)))
        return _statements("#glossary", "skos:ConceptScheme", rows)

    def collection(self, topic: str, address: str, members: Iterable[str]) -> str:
        """Return the statements about a topic."""
        rows = [
            ("skos:prefLabel", self._text(topic)),
            *(("skos:member", f"<#{member}>") for member in members),
        ]
        return _statements(f"#{address}", "skos:Collection", rows)

    def concept(self, term: Term, address: str) -> str:
        """Return the statements about a term."""
        return _statements(f"#{address}", "skos:Concept", self._rows(term, address))

    def address(self, name: str) -> str | None:
        """Return the address of the term with a name."""
        place = self._names.place(name)
        return None if place is None else self._addresses[place]

    def _rows(self, term: Term, address: str) -> Iterator[tuple[str, str]]:
        yield "skos:inScheme", "<#glossary>"
        for verb, texts in self._texts(term):
            yield from ((verb, self._text(text)) for text in dict.fromkeys(texts) if text)
        for kind, name in self._labels(term):
            label = f'[ skosxl:literalForm {self._text(name)} ; dct:type "{kind}" ]'
            yield "skosxl:altLabel", label
        for other in dict.fromkeys(map(self.address, term.related)):
            if other and other != address:
                yield "skos:related", f"<#{other}>"
        if term.status is Status.DEPRECATED:
            yield "owl:deprecated", "true"
        if instead := self.address(term.replaced_by):
            yield "dct:isReplacedBy", f"<#{instead}>"
        if term.url and not _NOT_IN_ADDRESS.search(term.url):
            yield "rdfs:seeAlso", f"<{term.url}>"

    @staticmethod
    def _texts(term: Term) -> Iterator[tuple[str, Iterable[str]]]:
        # A concept may have each label once.
        labels = [name for name in (term.expansion, *other_names(term)) if name != term.name]
        yield "skos:prefLabel", [term.name]
        yield "skos:altLabel", labels
        yield "skos:hiddenLabel", [name for name in avoided(term) if name not in {term.name, *labels}]
        yield "skos:definition", [plain(term.definition)]
        yield "skos:scopeNote", [term.summary]
        yield "skos:note", map(plain, term.facts)
        yield "skos:example", map(plain, term.examples)
        yield "dct:source", [term.source]
        yield "dct:license", [term.license]

    @staticmethod
    def _labels(term: Term) -> Iterator[tuple[str, str]]:
        """Yield the kinds of labels that have one."""
        if term.expansion:
            yield "fullForm", term.expansion
        for alias in term.aliases:
            if alias.kind in _KINDS:
                yield _KINDS[alias.kind], alias.name

    def _text(self, text: str) -> str:
        written = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text)
        return f'"{written}"{self._language}'


def _statements(subject: str, kind: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"<{subject}> a {kind}", *(f"    {verb} {value}" for verb, value in rows)]
    return " ;\n".join(lines) + " .\n"


def _unknown(export: Export, vocabulary: _Vocabulary) -> Iterator[LeftOut]:
    for item in export.items:
        if any(vocabulary.address(name) is None for name in item.term.related):
            yield LeftOut("related", UNKNOWN, item)
        if item.term.replaced_by and vocabulary.address(item.term.replaced_by) is None:
            yield LeftOut("replaced_by", UNKNOWN, item)
    yield from without_draft(export, "SKOS")


_KEYS = PROSE | {
    "expansion", "aliases", "topics", "related", "status", "replaced_by", "source", "license", "url"
}  # fmt: skip

WRITER = Writer("skos", "glossary.ttl", "SKOS", _KEYS, write, frozenset({"description", "license"}), _KEYS)
