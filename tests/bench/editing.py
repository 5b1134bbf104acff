"""Editing: what a key costs in a large document, and how requests compare with an empty pygls request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.scan import scan
from glossary_ls.text import Buffer, Text
from tests.bench.documents import document, glossary
from tests.bench.timing import Row, median, medians_in_turn
from tests.wire.harness import WireClient, uri

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    yield from scanning()
    yield from requests(document(1_000_000))


def scanning() -> Iterator[Row]:
    """Yield what scanning again after one key costs."""
    index = glossary(10_000)
    for size in (10_000, 100_000, 1_000_000):
        source = document(size)
        middle = len(source) // 2
        before = scan(Text(source), "markdown", index)
        buffer = Buffer(source)
        line, _ = buffer.text.position_at(middle, buffer.encoding)

        def key(buffer: Buffer = buffer, line: int = line, before: object = before) -> None:
            buffer.replace((line, 0), (line, 0), "x")
            scan(buffer.text, "markdown", index, before)

        again, whole = medians_in_turn(
            key, lambda source=source: scan(Text(source), "markdown", index), times=3
        )
        yield Row(f"scan after a key, {size // 1000} KB, 10,000 terms", again, again / whole, "a whole scan")


def requests(source: str) -> Iterator[Row]:
    """Yield what the server needs for a request, in process."""
    client = WireClient()
    client.open(uri("doc.md"), source)
    client.settle()
    line = source[: len(source) // 2].count("\n")
    document_ = {"textDocument": {"uri": uri("doc.md")}}
    place = {**document_, "position": {"line": line, "character": 4}}
    view = {"start": {"line": line, "character": 0}, "end": {"line": line + 60, "character": 0}}

    @client.server.feature("bench/empty")
    def empty(_params: object) -> None:
        """Answer at once: the floor."""

    floor = median(lambda: client.request("bench/empty", {}), 200)
    asked = {
        types.TEXT_DOCUMENT_HOVER: place,
        types.TEXT_DOCUMENT_COMPLETION: place,
        types.TEXT_DOCUMENT_INLAY_HINT: {**document_, "range": view},
    }
    for method, params in asked.items():
        client.request(method, params)
        took = median(lambda method=method, params=params: client.request(method, params), 50)
        yield Row(f"{method}, 1 MB", took, took / floor, "an empty request")
