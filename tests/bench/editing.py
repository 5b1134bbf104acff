"""Editing: what a key costs in a large document."""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.buffer import Buffer
from glossary_ls.base.text import Encoding, Text
from glossary_ls.glossary.index import merged
from glossary_ls.rules import run
from glossary_ls.settings.schema import Settings
from tests.bench.documents import document, glossary
from tests.bench.timing import Row, median, medians_in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.analysis import Analysis


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    yield from scanning()
    yield from exchanging()
    yield from reporting()


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


def exchanging() -> Iterator[Row]:
    """Yield what scanning again costs once somebody has typed in a glossary."""
    text, index = Text(document(1_000_000)), glossary(10_000)
    other = merged(index.sources)
    other.find("compiled before the clock runs")
    before = scan(text, "markdown", index)
    again, whole = medians_in_turn(
        partial(scan, text, "markdown", other, before), partial(scan, text, "markdown", index), times=3
    )
    yield Row("scan with another glossary, 1 MB, 10,000 terms", again, again / whole, "a whole scan")


def key(buffer: Buffer, place: tuple[int, int], before: Analysis) -> None:
    """Type a letter and scan again."""
    buffer.replace(place, place, "x")
    scan(buffer.text, before.language, before.glossary, before)


def reporting() -> Iterator[Row]:
    """Yield what telling the findings of a document costs once its changed block is scanned."""
    index = glossary(600)
    words = word_lists()
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
