"""The triples of a file, by rdflib: nothing comes from the network, and a mistake costs its own statement.

This module must not know what a property means.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What relative addresses are relative to.
BASE = "http://glossary.invalid/"

#: How many statements of a file may be broken before the rest is given up.
_MOST_ERRORS = 20

#: The error of a parser, with the line that it names, from 1.
_LINE = lazily(r"(?:at line |line[: ]+|:)(\d+)")

#: Where a statement of Turtle ends, if it ends with its line.
_STATEMENT_END = lazily(r"\.[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_ENTITY = lazily(r"<!ENTITY\s[^>]*&")

_TEXTS = word_set(
    "Concept ConceptScheme prefLabel altLabel hiddenLabel definition note scopeNote example notation"
)

#: Names of JSON-LD that files use without saying what they mean, or by a context on the network.
_CONTEXT: dict[str, object] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": "@id",
    "type": "@type",
    "uri": "@id",
    "graph": "@graph",
    **{name: f"skos:{name}" for name in _TEXTS},
    **{
        name: {"@id": f"skos:{name}", "@type": "@id"}
        for name in ("related", "broader", "narrower", "inScheme")
    },
}


class Literal(NamedTuple):
    """A text with the tag of its language, which may be empty."""

    text: str
    language: str


class Failure(NamedTuple):
    """Why a part of a file cannot be read, and the line of that, from 1, or 0 if it is not known."""

    message: str
    line: int


class Graph(NamedTuple):
    """The subjects of a file with their properties: values are literals, or the IRIs of other subjects."""

    subjects: dict[str, dict[str, list[Literal | str]]]
    failures: tuple[Failure, ...] = ()


class MissingLibraryError(Exception):
    """The rdflib package is not installed."""


def read(source: str, syntax: str) -> Graph:
    """Return the triples of a text in a syntax of rdflib. Raises MissingLibraryError."""
    try:
        import rdflib  # noqa: PLC0415  because it takes long to load, and few files need it
    except ImportError:
        raise MissingLibraryError from None
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    graph = rdflib.Graph()
    failures = tuple(_parsed(graph, source, syntax))
    subjects: dict[str, dict[str, list[Literal | str]]] = {}
    for subject, name, value in graph:
        values = subjects.setdefault(str(subject), {}).setdefault(str(name), [])
        if isinstance(value, rdflib.Literal):
            values.append(Literal(str(value), str(value.language or "")))
        else:
            values.append(str(value))
    return Graph(subjects, failures)


def _parsed(graph: Any, source: str, syntax: str) -> Iterator[Failure]:  # noqa: ANN401  as rdflib may be missing
    """Parse a text into a graph; yield what is wrong with it."""
    if syntax == "json-ld":
        try:
            data = _local(json.loads(source))
        except (ValueError, RecursionError) as error:
            yield Failure(str(error), getattr(error, "lineno", 0))
            return
        source = json.dumps(data)
    if syntax == "xml" and _ENTITY.search(source):
        yield Failure("it defines an entity by another one, which is not read", 0)
        return
    for _ in range(_MOST_ERRORS):
        failure = _attempt(graph, source, syntax)
        if failure is None:
            return
        yield failure
        if syntax != "turtle" or not failure.line:
            return
        source = _without_statement(source, failure.line)


def _attempt(graph: Any, source: str, syntax: str) -> Failure | None:  # noqa: ANN401  as above
    try:
        with warnings.catch_warnings(action="ignore"):
            graph.parse(data=source, format=syntax, publicID=BASE)
    except Exception as error:  # noqa: BLE001  because the parsers of rdflib raise what they meet
        if isinstance(error, (IndexError, AssertionError)) and syntax == "turtle":
            # The parser looks behind the end of a text that is cut off.
            return Failure("the file ends inside of this statement", source.rstrip().count("\n") + 1)
        message = " ".join(str(error).split())
        line = getattr(error, "lines", None)
        found = _LINE.search(message)
        number = line + 1 if isinstance(line, int) else int(found[1]) if found else 0
        return Failure(_reason(message), number)
    return None


def _reason(message: str) -> str:
    """Return the reason in a message of a parser, without the text around the place."""
    found = re.search(r"Bad syntax \((.*?)\) at", message)
    return (found[1] if found else message)[:120]


def _without_statement(source: str, line: int) -> str:
    """Return a text with blank lines in place of the statement that has a line."""
    lines = source.split("\n")
    at = min(line, len(lines)) - 1
    start = end = at
    while start > 0 and not _STATEMENT_END.search(lines[start - 1]) and lines[start - 1].strip():
        start -= 1
    while end < len(lines) - 1 and not _STATEMENT_END.search(lines[end]) and lines[end].strip():
        end += 1
    lines[start : end + 1] = [""] * (end + 1 - start)
    return "\n".join(lines)


def _local(data: object, *, is_root: bool = True) -> object:
    """Return JSON-LD in which contexts on the network are replaced by the usual names."""
    if isinstance(data, list):
        items: list[object] = [_local(item, is_root=False) for item in data]
        is_short = is_root and any(map(_has_short_names, items))
        return [{"@context": _CONTEXT, "@graph": items}] if is_short else items
    if not isinstance(data, dict):
        return data
    local = {key: _local(value, is_root=False) for key, value in data.items() if key != "@context"}
    if not is_root and "@context" not in data:
        return local
    context = data.get("@context", {})
    given = context if isinstance(context, list) else [context]
    return {**local, "@context": [_CONTEXT, *(_inner(each) for each in given if isinstance(each, dict))]}


def _inner(context: dict[str, object]) -> dict[str, object]:
    """Return a context without what it imports, at any depth."""
    return {
        key: _inner(value) if isinstance(value, dict) else value
        for key, value in context.items()
        if key not in {"@import", "@context"} and value != []
    }


def _has_short_names(item: object) -> bool:
    return isinstance(item, dict) and not any(str(key).startswith("http") for key in item)
