"""Scanning: an incremental scan finds exactly what a scan from scratch finds, and scans little."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_ls.analysis import chunks
from glossary_ls.analysis import scan as scan_module
from glossary_ls.analysis.scan import parse_shared, scan
from glossary_ls.base import memo
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import EMPTY, build
from glossary_ls.markup import parse

if TYPE_CHECKING:
    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk

GLOSSARY = build([read("g.yaml", "load balancing: x y.\nSLO: Service Level Objective\nlatency: x y.\n")])
OTHER = build([read("o.yaml", "balancing: x y.\nload: x y.\nRPO: Recovery Point Objective\n")])

LINES = st.sampled_from(
    [
        "",
        "",
        "The load",
        "balancing of the SLO",
        "# Latency",
        "===",
        "```",
        "~~~sh",
        "   ```",
        "- load",
        "  balancing",
        "1. SLO",
        "> quoted latency",
        "    indented SLO",
        "---",
        "+++",
        "title: SLO",
        "<!-- SLO",
        "-->",
        "<pre>",
        "</pre>",
        "$$",
        "| SLO | latency |",
        "| --- | --- |",
        "a recovery point objective (RPO)",
        "`SLO",
        "*[RPO]: objective",
        "# Glossary",
        "- **RPO**: how much",
        "## RPO",
        "[SLO]: https://example.com/SLO",
        "{{< note >}}",
        "!!! note",
        "😀 latency\r",
        "XQZ: latency\u2028SLO",
    ]
)
SOURCES = st.lists(LINES, max_size=14).map("\n".join)
EDITS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30), SOURCES | st.just("")), max_size=4)
LANGUAGES = st.sampled_from(["markdown", "plaintext", "mdx"])


def findings(analysis: Analysis) -> tuple[object, ...]:
    """Return everything that two analyses of a text must agree on."""
    found = analysis.mentions, analysis.candidates, analysis.definitions, analysis.meanings
    return analysis.blocks, analysis.starts, *found


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide even short documents."""
    monkeypatch.setattr(chunks, "LENGTH", 40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("small_chunks")
@given(SOURCES, EDITS, LANGUAGES)
def test_incremental_is_the_same_as_from_scratch(
    source: str, edits: list[tuple[int, int, str]], language: str
) -> None:
    analysis = scan(Text(source), language, GLOSSARY)
    for place, length, new in edits:
        start = min(place, len(source))
        source = source[:start] + new + source[start + length :]
        analysis = scan(Text(source), language, GLOSSARY, analysis)
        assert findings(analysis) == findings(scan(Text(source), language, GLOSSARY))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("small_chunks")
@given(st.lists(SOURCES, min_size=2, max_size=4), LANGUAGES)
def test_blocks_that_documents_share_are_the_same_as_from_scratch(parts: list[str], language: str) -> None:
    memo.clear()
    sources = [*parts, "\n\n".join(parts), "\n\n".join(reversed(parts)), "\n\n".join(parts).rstrip()]
    cases = [(source, glossary) for source in sources for glossary in (GLOSSARY, OTHER)]
    found = [scan(Text(source), language, glossary) for source, glossary in cases]
    blocks = [list(parse_shared(source, language)) for source, _ in cases]
    for (source, glossary), analysis, placed in zip(cases, found, blocks, strict=True):
        memo.clear()
        assert findings(analysis) == findings(scan(Text(source), language, glossary))
        assert placed == list(parse(source, language))


def test_a_block_that_documents_share_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    memo.clear()
    counted = Mock(side_effect=scan_module._scan_block)
    monkeypatch.setattr(scan_module, "_scan_block", counted)
    license_ = "Permission is granted, free of charge, to meet the SLO.\n\n"
    for number in range(3):
        scan(Text(f"Part {number}.\n\n{license_}The end of part {number}.\n"), "markdown", GLOSSARY)
    assert counted.call_count == 7
    scan(Text(f"Part 2.\n\n{license_}The end."), "markdown", OTHER)
    assert counted.call_count == 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("small_chunks")
@given(SOURCES, SOURCES)
def test_another_glossary_is_the_same_as_from_scratch(source: str, later: str) -> None:
    analysis = scan(Text(source), "markdown", GLOSSARY)
    for text, glossary in ((source, OTHER), (later, GLOSSARY), (later, EMPTY)):
        analysis = scan(Text(text), "markdown", glossary, analysis)
        assert findings(analysis) == findings(scan(Text(text), "markdown", glossary))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("small_chunks")
@given(SOURCES, EDITS)
def test_chunks_tile_the_blocks(source: str, edits: list[tuple[int, int, str]]) -> None:
    analysis = scan(Text(source), "markdown", GLOSSARY)
    for place, length, new in edits:
        start = min(place, len(source))
        source = source[:start] + new + source[start + length :]
        analysis = scan(Text(source), "markdown", GLOSSARY, analysis)
        lengths = [chunk.starts[-1] for chunk in analysis.chunks]
        assert sum(lengths) == len(source)
        placed = [start for start, _ in analysis.placed_in(Span(0, len(source)))]
        assert placed == analysis.starts[:-1]
        assert all(chunk.blocks for chunk in analysis.chunks)


def test_chunks_stay_of_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LENGTH", 100)
    analysis = scan(Text(""), "markdown", GLOSSARY)
    source = ""
    for number in range(200):
        source = f"{source}Paragraph {number}.\n\n"
        analysis = scan(Text(source), "markdown", GLOSSARY, analysis)
    while source:
        lengths = [chunk.starts[-1] for chunk in analysis.chunks]
        assert all(length < 240 for length in lengths)
        assert len(lengths) <= len(source) / 50 + 1
        source = source[len(source) // 3 + 1 :]
        analysis = scan(Text(source), "markdown", GLOSSARY, analysis)


def test_what_is_found_out_about_a_chunk_is_remembered() -> None:
    source = "\n\n".join(f"Paragraph {number} about latency." for number in range(2000))
    before = scan(Text(source), "markdown", GLOSSARY)
    looked: list[int] = []

    def mentioned(chunk: Chunk, text: str) -> int:
        looked.append(len(text))
        return sum(1 for _ in chunk.mentions())

    assert sum(found for _, found in before.facts(mentioned)) == 2000
    assert sum(looked) == len(source)
    assert before.facts(mentioned) is before.facts(mentioned)
    for at in (source.index("Paragraph 1000"), before.chunks[0].starts[-2]):
        looked.clear()
        after = scan(Text(f"{source[:at]}Latency. {source[at:]}"), "markdown", GLOSSARY, before)
        assert sum(found for _, found in after.facts(mentioned)) == 2001
        assert len(looked) == 1


@given(SOURCES, LANGUAGES)
def test_blocks_tile_the_text_and_spans_lie_in_it(source: str, language: str) -> None:
    analysis = scan(Text(source), language, GLOSSARY)
    assert analysis.starts[-1] == len(source)
    spans = [mention.span for mention in analysis.mentions]
    spans += [candidate.span for candidate in analysis.candidates]
    spans += [span for found in analysis.definitions for span in (found.short_span, found.long_span)]
    assert all(0 <= span.start < span.end <= len(source) for span in spans)
    for mention in analysis.mentions:
        assert analysis.mention_at(mention.span.start) == mention
        assert mention in list(analysis.mentions_in(mention.span))


def test_an_edit_scans_its_own_block_only(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "\n\n".join(f"Paragraph {number} about latency." for number in range(200))
    before = scan(Text(source), "markdown", GLOSSARY)
    scan_block = Mock(wraps=scan_module._scan_block)
    monkeypatch.setattr(scan_module, "_scan_block", scan_block)
    edited = source.replace("Paragraph 100", "An SLO in paragraph 100")
    after = scan(Text(edited), "markdown", GLOSSARY, before)
    assert len(after.mentions) == len(before.mentions) + 1
    assert scan_block.call_count <= 3


def test_the_same_text_is_not_scanned_again() -> None:
    first = scan(Text("latency"), "markdown", GLOSSARY)
    assert scan(Text("latency"), "markdown", GLOSSARY, first) is first
    assert scan(Text("latency"), "plaintext", GLOSSARY, first) is not first
    assert scan(Text("latency"), "markdown", build([]), first).mentions == ()


def test_what_a_place_is_to_its_reader() -> None:
    source = "# SLO\n\nSee `SLO` at https://example.com/SLO and [SLO](x)\n\n```\nSLO\n```\n"
    analysis = scan(Text(source), "markdown", GLOSSARY)
    places = [at for at in range(len(source)) if source.startswith("SLO", at)]
    assert [analysis.kind_at(place) for place in places] == [
        RegionKind.HEADING,
        RegionKind.CODE_INLINE,
        RegionKind.URL,
        RegionKind.LINK,
        RegionKind.CODE_BLOCK,
    ]
    assert analysis.kind_at(len(source) + 5) is RegionKind.PROSE


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("SLO[^SLO] <b id=SLO> <!-- SLO --> {{ SLO }}", "markdown"),
        ("<!-- a SLO\n\nSLO -->", "markdown"),
        (".. note:: a\n   :class: SLO\n\n.. SLO", "restructuredtext"),
        ("[role=SLO]\n{SLO} anchor:SLO[]", "asciidoc"),
        ("# noqa: SLO", "python"),
    ],
)
def test_words_of_markup_are_no_prose(source: str, language: str) -> None:
    analysis = scan(Text(source), language, GLOSSARY)
    for at in (at for at in range(1, len(source)) if source.startswith("SLO", at)):
        assert analysis.kind_at(at) is RegionKind.MARKUP
        assert analysis.kind_at(at + 3) is RegionKind.PROSE


def test_mentions_in_a_range() -> None:
    source = "latency\n\nSLO\n\nlatency\n"
    analysis = scan(Text(source), "markdown", GLOSSARY)
    assert [mention.span.of(source) for mention in analysis.mentions_in(Span(8, 13))] == ["SLO"]
    assert analysis.mention_at(7) == analysis.mention_at(0)
