"""Read a file in SKOS: one entry for each concept that has a label in the language that is read."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.skos.graph import BASE, Graph, Literal, MissingLibraryError
from glossary_ls.glossary.formats.skos.graph import read as read_graph
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.drafts import Draft, Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.languages import chosen_for, primary
from glossary_ls.glossary.reading.names import is_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

_CODE = "invalid-skos"

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
_LITERAL_FORM = "http://www.w3.org/2008/05/skos-xl#literalForm"
_TYPED_LABELS = "http://www.w3.org/2008/05/skos-xl#altLabel"
_LABEL_TYPE = "http://purl.org/dc/terms/type"
_MEMBER = f"{_SKOS}member"
_TITLES = (
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
    f"{_SKOS}prefLabel",
    _LABEL,
)

#: What properties are to a term, by the last part of their IRIs; others by their labels.
_FIELDS: dict[str, Field | None] = {
    "preflabel": None,
    "label": None,
    "type": None,
    "notation": None,
    "altlabel": Field.ALIASES,
    "hiddenlabel": None,
    "definition": Field.DEFINITION,
    "description": Field.DEFINITION,
    "comment": Field.DEFINITION,
    "scopenote": Field.FACT,
    "note": Field.FACT,
    "changenote": None,
    "editorialnote": None,
    "historynote": None,
    "example": Field.EXAMPLE,
    "related": Field.RELATED,
    "broader": Field.RELATED,
    "narrower": Field.RELATED,
    "source": Field.SOURCE,
    "inscheme": None,
    "topconceptof": None,
    "isreplacedby": Field.REPLACED_BY,
    "seealso": Field.URL,
    "title": None,
    "identifier": None,
    "status": Field.STATUS,
}
#: What a label of SKOS-XL is to a term, by its type.
_TYPES = {
    "fullform": Field.EXPANSION,
    "abbreviation": Field.ABBREVIATIONS,
    "variant": Field.VARIANTS,
}
#: What some properties are to a term in a file that is read literally.
_LITERAL_FIELDS = {"scopenote": Field.SUMMARY, "hiddenlabel": Field.AVOID}
_SYNTAXES = {".ttl": "turtle", ".n3": "n3", ".nt": "nt", ".json": "json-ld", ".jsonld": "json-ld"}
_LOCAL = lazily(r"[^/#:]*$")


def read(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    source = text.source.removeprefix("\ufeff")
    try:
        graph = read_graph(source, _syntax(path, source))
    except MissingLibraryError:
        message = "SKOS is read by rdflib, which is not installed; run 'pip install glossary-ls[skos]'"
        return glossary_file(path, text, (), problems=[Problem("missing-library", message)])
    concepts = {iri: found for iri, found in graph.subjects.items() if _is_concept(found)}
    languages = [
        [label.language for label in _labels(graph, found) if label.language] for found in concepts.values()
    ]
    language = chosen_for(languages)
    reader = _Reader(text, graph, language)
    drafts = [draft for iri in concepts if (draft := reader.draft(iri))]
    count = "1 concept" if len(drafts) == 1 else f"{len(drafts)} concepts"
    said = f"{count} with labels" + (f" in '{language}'" if language else "") if drafts else ""
    return glossary_file(
        path,
        text,
        _apart(drafts),
        head=Head(name=_scheme(graph, language)),
        problems=list(_problems(text, graph, len(concepts) - len(drafts), language)),
        evidence=said,
    )


def _syntax(path: str, source: str) -> str:
    suffix = path[path.rfind(".") :].lower()
    begins = source[:500].lstrip()
    by_text = (
        "json-ld"
        if begins.startswith(("{", "["))
        else "xml"
        if begins.startswith(("<?xml", "<rdf"))
        else "turtle"
    )
    return _SYNTAXES.get(suffix, by_text)


def _is_concept(properties: dict[str, list[Literal | str]]) -> bool:
    types = [value for value in properties.get(_TYPE, []) if isinstance(value, str)]
    if f"{_SKOS}ConceptScheme" in types or f"{_SKOS}Collection" in types:
        return f"{_SKOS}Concept" in types
    return f"{_SKOS}Concept" in types or (
        f"{_SKOS}prefLabel" in properties and f"{_SKOS}definition" in properties
    )


def _labels(graph: Graph, properties: dict[str, list[Literal | str]]) -> list[Literal]:
    """Return the preferred labels of a concept, or else its labels."""
    names = (f"{_SKOS}prefLabel", "http://www.w3.org/2008/05/skos-xl#prefLabel", _LABEL, *_TITLES)
    found = (_literals(graph, properties.get(name, ())) for name in names)
    return next(filter(None, found), [])


def _literals(graph: Graph, values: Sequence[Literal | str]) -> list[Literal]:
    """Return the texts among some values; the label of SKOS-XL is a subject of its own."""
    texts: list[Literal] = []
    for value in values:
        forms = graph.subjects.get(value, {}).get(_LITERAL_FORM, []) if isinstance(value, str) else [value]
        texts += (each for each in forms if isinstance(each, Literal))
    return texts


def _scheme(graph: Graph, language: str) -> str:
    schemes = (found for found in graph.subjects.values() if f"{_SKOS}ConceptScheme" in found.get(_TYPE, []))
    for found in schemes:
        titles = [label for name in _TITLES for label in _literals(graph, found.get(name, ()))]
        titles.sort(key=lambda label: primary(label.language) not in {language, ""})
        if titles:
            return titles[0].text
    return ""


def _problems(text: Text, graph: Graph, left_out: int, language: str) -> Iterator[Problem]:
    for failure in graph.failures:
        line = min(max(failure.line - 1, 0), len(text.lines) - 1)
        message = f"this cannot be read: {failure.message}; the statement is left out until it is mended"
        yield Problem(_CODE, message, text.line_span(line), Severity.ERROR)
    if left_out and language and not graph.failures:
        concepts = "1 concept has" if left_out == 1 else f"{left_out} concepts have"
        message = f"{concepts} no label in '{language}'; add one, or they are left out"
        yield Problem("no-term-in-language", message, severity=Severity.INFORMATION)


def _apart(drafts: list[Draft]) -> Iterator[Draft]:
    """Yield drafts that end before the next one starts."""
    drafts.sort(key=lambda draft: draft.span)
    for number, draft in enumerate(drafts):
        following = drafts[number + 1].span.start if number + 1 < len(drafts) else draft.span.end
        end = max(min(draft.span.end, following), draft.names[0].span.end)
        yield replace(draft, span=Span(draft.span.start, end))


class _Reader:
    """Makes entries of concepts, and finds where they are written."""

    def __init__(self, text: Text, graph: Graph, language: str) -> None:
        self._source = text.source
        self._graph = graph
        self._language = language
        self._places = _places(self._source)
        self._is_literal = literal.is_literal(self._source)

    def draft(self, iri: str) -> Draft | None:
        """Return the entry of a concept, None if it has no label in the language."""
        properties = self._graph.subjects[iri]
        names = self._said(_labels(self._graph, properties))
        if not names:
            return None
        start = self._start(iri, names[0])
        name = self._piece(names[0], start)
        span_end = name.span.end
        typed = self._typed(properties)
        found: dict[tuple[Field, str], Piece] = {}
        for key, values in sorted(properties.items(), key=_in_order):
            for field, said in self._fields(key, values):
                kind = typed.get(said, field) if field in {Field.ALIASES, Field.ACRONYM} else field
                piece = found.setdefault((kind, said), self._piece(said, start))
                span_end = max(span_end, piece.span.end)
        fields = [(field, piece) for (field, _), piece in found.items()]
        fields += ((Field.TOPICS, self._piece(topic, start)) for topic in self._topics.get(iri, ()))
        if self._is_literal:
            # The statements of a graph have no order but that in the file.
            fields.sort(key=lambda field: (field[1].span, field[1].text))
        pieces = [name, *(self._piece(other, start) for other in names[1:])]
        span = Span(min(start, name.span.start), span_end)
        return Draft(span, tuple(pieces), fields=tuple(fields), is_literal=self._is_literal)

    def _typed(self, properties: dict[str, list[Literal | str]]) -> dict[str, Field]:
        """Return what labels are that have a type, by their texts."""
        found: dict[str, Field] = {}
        for label in properties.get(_TYPED_LABELS, ()):
            said = self._graph.subjects.get(label, {}) if isinstance(label, str) else {}
            types = (each.text.lower() for each in said.get(_LABEL_TYPE, ()) if isinstance(each, Literal))
            field = _TYPES.get(next(types, ""))
            if field is Field.EXPANSION or (field and self._is_literal):
                texts = _literals(self._graph, [label])
                found |= {each.text: field for each in texts}
        return found

    @cached_property
    def _topics(self) -> dict[str, list[str]]:
        """The titles of the collections that a concept is a member of."""
        found: dict[str, list[str]] = {}
        for properties in self._graph.subjects.values():
            titles = self._said(_labels(self._graph, properties)) if _MEMBER in properties else []
            for member in properties.get(_MEMBER, ()):
                if titles and isinstance(member, str):
                    found.setdefault(member, []).append(titles[0])
        return {member: sorted(titles) for member, titles in found.items()}

    def _start(self, iri: str, label: str) -> int:
        """Return where a concept is written: its subject, or else its label."""
        local = (_LOCAL.search(iri) or [""])[0]
        known = (self._places.get(each) for each in (iri, iri.removeprefix(BASE), local))
        return next((at for at in known if at is not None), self._texts.get(label, 0))

    @cached_property
    def _texts(self) -> dict[str, int]:
        """Where each text is written first."""
        places: dict[str, int] = {}
        for match in _TEXT.finditer(self._source):
            places.setdefault(match[1] or match[2], match.start(1 if match[1] else 2))
        return places

    def _piece(self, text: str, start: int) -> Piece:
        """Return a text with its place behind the start of its concept, as far as it is written so."""
        first = text.split("\n", 1)[0]
        # As a whole text first: an address may have the same words.
        written = ((1, f'"{first}"'), (1, f">{first}<"), (0, first))
        places = ((self._source.find(form, start, start + _FARTHEST), by) for by, form in written)
        at = next((place + by for place, by in places if place >= 0), -1)
        return Piece(text, Span(at, at + len(first)) if at >= 0 else Span(start, start))

    def _said(self, labels: Sequence[Literal]) -> list[str]:
        """Return the texts in the language that is read, or in none."""
        own = [label.text for label in labels if primary(label.language) == self._language]
        return own or [label.text for label in labels if not label.language]

    def _fields(self, key: str, values: Sequence[Literal | str]) -> Iterator[tuple[Field, str]]:
        local = (_LOCAL.search(key) or [""])[0].lower()
        field = _FIELDS[local] if local in _FIELDS else field_of((_LOCAL.search(key) or [""])[0])
        field = _LITERAL_FIELDS.get(local, field) if self._is_literal else field
        if key == _DEPRECATED and any(
            isinstance(value, Literal) and value.text == "true" for value in values
        ):
            yield Field.STATUS, "deprecated"
        elif field is Field.URL:
            yield from ((field, each) for each in values if isinstance(each, str) and each.startswith("http"))
        elif field in {Field.RELATED, Field.REPLACED_BY, Field.CONTRAST}:
            for other in (each for each in values if isinstance(each, str)):
                names = self._said(_labels(self._graph, self._graph.subjects.get(other, {})))
                yield from ((field, name) for name in names[:1])
        elif field is not None and field is not Field.NAME:
            for text in self._said(_literals(self._graph, values)):
                is_short = field is Field.ALIASES and is_acronym(text) and not self._is_literal
                yield Field.ACRONYM if is_short else field, text


#: A concept is not longer, in characters.
_FARTHEST = 20_000

_TEXT = lazily(r"\"([^\"\\\n]+)\"|>([^<>\n]+)<")
_SUBJECT = lazily(
    r"^(?:<(?P<iri>[^<>\s]*)>|(?P<name>[\w.-]*:[\w.%-]+))(?=\s)"
    r"|\"(?:@id|id|uri)\"\s*:\s*\"(?P<json>[^\"]*)\"|\b(?:rdf:)?(?:about|ID)=[\"'](?P<xml>[^\"']*)[\"']",
    re.MULTILINE,
)


def _places(source: str) -> dict[str, int]:
    """Return where subjects are written, by the IRI and the last part of it as they are written."""
    places: dict[str, int] = {}
    for found in _SUBJECT.finditer(source):
        written = next(filter(None, found.groups()), "")
        for each in (written, (_LOCAL.search(written) or [""])[0]):
            places.setdefault(each, found.start())
    return places


def _in_order(item: tuple[str, object]) -> tuple[bool, str]:
    """Sort definitions before other notes, which rdflib gives in no order."""
    return not item[0].endswith("definition"), item[0]
