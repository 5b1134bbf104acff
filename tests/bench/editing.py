"""Editing: what a key costs in a large document, and how requests compare with an empty pygls request."""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.checks import run
from glossary_ls.document import Document
from glossary_ls.scan import scan
from glossary_ls.settings import Settings
from glossary_ls.text import Buffer, Encoding, Text
from tests.bench.documents import document, glossary
from tests.bench.timing import Row, median, medians_in_turn
from tests.quality.predict import shipped_vocabulary
from tests.wire.harness import WireClient, uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.scan import Analysis


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    yield from scanning()
    yield from reporting()
    yield from requests(document(1_000_000))


def scanning() -> Iterator[Row]:
    """Yield what scanning again after one key costs."""
    index = glossary(10_000)
    for size in (10_000, 100_000, 1_000_000):
        source = document(size)
        before = scan(Text(source), "markdown", index)
        buffer = Buffer(source, Encoding.UTF32)
        place = buffer.text.position_at(len(source) // 2, Encoding.UTF32)
        again, whole = medians_in_turn(
            partial(key, buffer, place, before), partial(scan, Text(source), "markdown", index), times=3
        )
        yield Row(f"scan after a key, {size // 1000} KB, 10,000 terms", again, again / whole, "a whole scan")


def key(buffer: Buffer, place: tuple[int, int], before: Analysis) -> None:
    """Type a letter and scan again."""
    buffer.replace(place, place, "x")
    scan(buffer.text, before.language, before.glossary, before)


def reporting() -> Iterator[Row]:
    """Yield what telling the findings of a document costs once its changed block is scanned."""
    index = glossary(600)
    words = shipped_vocabulary()
    source = document(100_000)
    before = scan(Text(source), "markdown", index)
    readable = [scanned.block.prose.text for scanned in before.blocks]
    middle = source.index("\n\n", len(source) // 2) + 2
    durations: list[float] = []

    def report() -> None:
        edited = Text(source[:middle] + "x" * (len(durations) + 1) + source[middle:])
        again = scan(edited, "markdown", index, before)
        durations.append(
            median(lambda: run(Document("doc.md", "markdown", again, Settings(), words)), times=1)
        )

    _, plain = medians_in_turn(report, lambda: [index.find(text) for text in readable])
    took = statistics.median(durations)
    yield Row("report on 100 KB after a key", took, took / plain, "matching its terms (wanted: <= 30 ms)")


def requests(source: str) -> Iterator[Row]:
    """Yield what the server needs for a request, in process."""
    client = WireClient()
    client.open(uri("doc.md"), "markdown", source)
    client.settle()
    line = source[: len(source) // 2].count("\n")
    document_ = {"textDocument": {"uri": uri("doc.md")}}
    place = {**document_, "position": {"line": line, "character": 4}}
    view = {"start": {"line": line, "character": 0}, "end": {"line": line + 60, "character": 0}}

    @client.server.feature("bench/empty")
    def empty(*_arguments: object) -> None:
        """Answer at once: the floor."""

    floor = median(lambda: client.request("bench/empty", {}), 200)
    asked = {
        types.TEXT_DOCUMENT_HOVER: place,
        types.TEXT_DOCUMENT_COMPLETION: place,
        types.TEXT_DOCUMENT_INLAY_HINT: {**document_, "range": view},
    }
    for method, params in asked.items():
        client.request(method, params)
        took = median(partial(client.request, method, params), 50)
        yield Row(f"{method}, 1 MB", took, took / floor, "an empty request")
