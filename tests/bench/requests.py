"""Requests: what each one costs in a document of 1 MB with 10,000 terms, beside an empty pygls request.

Each is measured twice: asked again, as editors do when the cursor or the view moves, and asked right after a
key, which includes looking at the edited text. Wanted: no more than 5 ms for an answer about a place or a
view. An answer about a whole large file costs at least what it costs to write it as JSON: it is compared
with that.
"""

from __future__ import annotations

import json
import statistics
from itertools import count
from string import ascii_lowercase
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from glossary_ls.lsp.tasks import PAUSE
from tests.bench.documents import document
from tests.bench.timing import Row, median
from tests.clock import SimulatedClock
from tests.wire.harness import PULL, WireClient, merged, uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: How many terms the workspace's own glossary has, and how many characters the document.
TERMS = 10_000
SIZE = 1_000_000

#: A term of that glossary, which the document mentions as often as it does its other terms.
OWN = "service7 budget"

#: How often each request is sent; what takes longer than `_SLOW` milliseconds, less often.
_TIMES = 30
_SLOW = 100.0

_CAPABILITIES = merged(
    PULL, {"textDocument": {"foldingRange": {}, "semanticTokens": {"formats": ["relative"]}}}
)

_RESOLVERS = {
    types.TEXT_DOCUMENT_COMPLETION: types.COMPLETION_ITEM_RESOLVE,
    types.TEXT_DOCUMENT_INLAY_HINT: types.INLAY_HINT_RESOLVE,
    types.TEXT_DOCUMENT_CODE_ACTION: types.CODE_ACTION_RESOLVE,
    types.TEXT_DOCUMENT_CODE_LENS: types.CODE_LENS_RESOLVE,
}

_EMPTY = "an empty request"

#: Stands before and behind the document: what it defines comes again at the very end.
_DEFINED = "SWP"
_FRONT = "## Before the shift\n\nLook at the spare worker pool (SWP), then at the page.\n\nFill it up.\n\n"
_BACK = "\n\nEmpty the spare worker pool after the shift.\n"

#: From so many bytes on, an answer is compared with writing it.
_LARGE = 50_000


def rows() -> Iterator[Row]:
    """Yield the measurements, of a document and of a glossary file."""
    session = Session({"glossary.yaml": glossary(TERMS)}, {"semanticTokens": {"enabled": True}})
    floor = session.median(session.message("bench/empty", {}))
    yield Row(_EMPTY, floor, 1.0, _EMPTY)
    source = _FRONT + document(SIZE).replace("SLO", OWN) + _BACK
    yield session.while_reading("doc.md", source, floor)
    yield from _measured(session, "doc.md", _in_prose(source), floor, "document")
    session.open("glossary.yaml", "yaml", glossary(TERMS))
    yield from _measured(session, "glossary.yaml", _in_glossary(), floor, "glossary file")


def glossary(terms: int) -> str:
    """Return a glossary file with made-up terms, each with the keys that a person writes."""
    entries = (
        f"  - term: service{number} budget\n"
        f"    expansion: Budget of the Service {number}\n"
        f"    definition: What service {number} may spend before somebody asks why.\n"
        f"    related: [service{max(number - 1, 0)} budget]\n"
        for number in range(terms)
    )
    return "version: 1\nterms:\n" + "".join(entries)


def _in_prose(source: str) -> Mapping[str, dict[str, Any]]:
    """Return a request of each kind about the middle of a document, by method and what is special."""
    place = _position(source, source.index(f"the {OWN}", len(source) // 2) + 6)
    at = {"position": place}
    view = {"range": _range(place["line"], place["line"] + 60)}
    unknown = _position(source, source.index("MRP"))
    defined = _position(source, source.index(_DEFINED))
    return {
        types.TEXT_DOCUMENT_HOVER: at,
        types.TEXT_DOCUMENT_COMPLETION: at,
        types.TEXT_DOCUMENT_INLAY_HINT: view,
        types.TEXT_DOCUMENT_CODE_ACTION: {
            "range": {"start": unknown, "end": unknown},
            "context": {"diagnostics": []},
        },
        f"{types.TEXT_DOCUMENT_CODE_ACTION} at a definition": {
            "range": {"start": defined, "end": defined},
            "context": {"diagnostics": []},
        },
        types.TEXT_DOCUMENT_DEFINITION: at,
        types.TEXT_DOCUMENT_DECLARATION: at,
        types.TEXT_DOCUMENT_REFERENCES: {**at, "context": {"includeDeclaration": True}},
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: at,
        types.TEXT_DOCUMENT_PREPARE_RENAME: at,
        types.TEXT_DOCUMENT_RENAME: {**at, "newName": "service7 allowance"},
        types.TEXT_DOCUMENT_DOCUMENT_LINK: {},
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: {},
        types.TEXT_DOCUMENT_FOLDING_RANGE: {},
        types.TEXT_DOCUMENT_CODE_LENS: {},
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: view,
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: {},
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA: {},
        types.TEXT_DOCUMENT_DIAGNOSTIC: {},
        types.WORKSPACE_SYMBOL: {"query": "budget"},
        f"{types.WORKSPACE_SYMBOL} without an answer": {"query": "zzqq"},
        "glossary_ls/status": {},
        "glossary_ls/term": {"name": OWN},
        "glossary_ls/terms": {"query": "budget", "limit": 100},
        "glossary_ls/tokens": {"uri": uri("doc.md"), **view},
        "glossary_ls/documentTerms": {"uri": uri("doc.md")},
    }


def _in_glossary() -> Mapping[str, dict[str, Any]]:
    """Return a request of each kind about the middle of a glossary file."""
    line = 2 + 4 * (TERMS // 2)
    at = {"position": {"line": line, "character": 12}}
    return {
        types.TEXT_DOCUMENT_HOVER: {"position": {"line": line + 1, "character": 6}},
        types.TEXT_DOCUMENT_COMPLETION: {"position": {"line": line + 3, "character": 16}},
        types.TEXT_DOCUMENT_CODE_ACTION: {"range": _range(line, line), "context": {"diagnostics": []}},
        types.TEXT_DOCUMENT_DEFINITION: {"position": {"line": line + 3, "character": 16}},
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: at,
        types.TEXT_DOCUMENT_PREPARE_RENAME: at,
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: {},
        types.TEXT_DOCUMENT_FOLDING_RANGE: {},
        types.TEXT_DOCUMENT_CODE_LENS: {},
    }


def _measured(
    session: Session, name: str, asked: Mapping[str, dict[str, Any]], floor: float, where: str
) -> Iterator[Row]:
    identifier = {"textDocument": {"uri": uri(name)}}
    for asking, params in asked.items():
        method = asking.partition(" ")[0]
        message = session.message(method, {**identifier, **params})
        yield _row(session, f"{asking}, {where}", session.median(message), floor)
        after = session.median(message, lambda: session.type(name))
        yield _row(session, f"{asking}, {where}, after a key", after, floor)
        resolver = _RESOLVERS.get(method)
        if resolver and (items := session.items()):
            message = session.message(resolver, items[0])
            yield _row(session, f"{resolver}, {where}", session.median(message), floor)


def _row(session: Session, what: str, took: float, floor: float) -> Row:
    """Return a row about the request that was measured last."""
    answer = json.loads(session.answer)
    if len(session.answer) < _LARGE:
        return Row(what, took, took / floor, _EMPTY)
    writing = median(lambda: json.dumps(answer), 5)
    return Row(what, took, took / writing, f"writing its {len(session.answer) // 1000} KB")


class _RealSlices(SimulatedClock):
    """A clock whose timers are simulated, but by which slices take as long as they really do."""

    def time(self) -> float:
        return perf_counter()


class Session:
    """A server in this process, whose answers nobody reads: what is measured is the server alone."""

    def __init__(self, files: Mapping[str, str], settings: object) -> None:
        self._client = WireClient(
            capabilities=_CAPABILITIES,
            files=files,
            settings={"glossary_ls": settings},
            clock=_RealSlices(),
        )
        self._versions = count(2)
        self._numbers = count(1_000_000)
        self._typed: set[str] = set()
        #: What the server said last to a request that was measured.
        self.answer = b""

        @self._client.server.feature("bench/empty")
        def empty(*_arguments: object) -> None:
            """Answer at once: the floor."""

    def open(self, name: str, language: str, text: str) -> None:
        """Open a document, and let the server do all that it does then."""
        self._client.open(uri(name), language, text)
        self._client.settle()

    def while_reading(self, name: str, text: str, floor: float) -> Row:
        """Open a large document, and ask about another one as long as it is read: a slice comes first."""
        self.open("small.md", "markdown", f"The {OWN}.\n")
        place = {"textDocument": {"uri": uri("small.md")}, "position": {"line": 0, "character": 6}}
        message = self.message(types.TEXT_DOCUMENT_HOVER, place)
        self._client.open(uri(name), "markdown", text)
        took = self.median(message, timed=lambda: self._client.clock.advance(PAUSE))
        self._client.settle()
        return Row("textDocument/hover, while another document of 1 MB is read", took, took / floor, _EMPTY)

    def type(self, name: str) -> None:
        """Type a letter in the fourth line, a text in either kind of file, in the place of the last one.

        It is another letter each time: what was said of the last few texts is remembered.
        """
        version = next(self._versions)
        start, end = {"line": 3, "character": 20}, {"line": 3, "character": 20 + (name in self._typed)}
        edit = {"range": {"start": start, "end": end}, "text": ascii_lowercase[version % 26]}
        self._typed.add(name)
        params = {"textDocument": {"uri": uri(name), "version": version}, "contentChanges": [edit]}
        self._client.notify("textDocument/didChange", params)

    def items(self) -> list[Any]:
        """Return the items of the last answer that can be resolved."""
        result = json.loads(self.answer)["result"]
        items = result["items"] if isinstance(result, dict) else result or []
        return [item for item in items if "data" in item]

    def message(self, method: str, params: Mapping[str, Any]) -> Callable[[], bytes]:
        """Return what makes the bytes of a request; one for differences names the answer before it."""
        wants_differences = method == types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA

        def made() -> bytes:
            last = json.loads(self.answer)["result"]["resultId"] if wants_differences else None
            given = {**params, "previousResultId": last} if last else params
            message = {"jsonrpc": "2.0", "id": next(self._numbers), "method": method, "params": given}
            return json.dumps(message).encode()

        return made

    def median(
        self,
        message: Callable[[], bytes],
        before: Callable[[], None] | None = None,
        timed: Callable[[], None] | None = None,
    ) -> float:
        """Return the median of what a request costs, in milliseconds.

        Each time `before` is done first, and `timed` just before the request, counting as a part of it.
        """
        protocol = self._client.server.protocol
        durations: list[float] = []
        answers = _Answers()
        while len(durations) < _TIMES and sum(durations) < _TIMES * _SLOW:
            if before is not None:
                before()
            body = message()
            protocol.set_writer(answers, include_headers=False)
            start = perf_counter()
            if timed is not None:
                timed()
            protocol.receive(body)
            while not answers.last:
                # Some answers take several slices of work.
                self._client.clock.advance(0.01)
            durations.append((perf_counter() - start) * 1000)
            if b'"error"' in answers.last or (b'"position"' in body and b'"result": null' in answers.last):
                raise AssertionError(answers.last[:500])
            self.answer, answers.last = answers.last, b""
            self._client.listen()
        return statistics.median(durations)


class _Answers:
    """The server's end of a wire on which only the last message is kept."""

    last = b""

    def write(self, data: bytes) -> None:
        if b'"id"' in data:
            self.last = data

    def close(self) -> None:
        """Nothing is held open."""


def _position(source: str, offset: int) -> dict[str, int]:
    line = source.count("\n", 0, offset)
    return {"line": line, "character": offset - source.rfind("\n", 0, offset) - 1}


def _range(first: int, last: int) -> dict[str, dict[str, int]]:
    return {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}
