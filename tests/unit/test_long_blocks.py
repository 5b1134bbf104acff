"""Blocks that are too long are divided between lines, and everything else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import Glossary
from glossary_ls.glossary.model import source_of
from glossary_ls.markup import block, parser_for
from glossary_ls.markup.block import block_extent
from tests.unit import block_invariants as invariants

GLOSSARY = Glossary(())

LANGUAGES = ("markdown", "restructuredtext", "asciidoc", "org", "latex", "html", "python", "plaintext", "csv")
LINE = st.sampled_from(
    [
        *("a b", "GPU", "- a", "```", "| a | b |", "|---|", "# a", "x: y", "==="),
        *("'''", "", "  a", "/* a", "*/", "\r"),
    ]
)
LINE_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
SOURCES = st.builds(lambda lines, end: end.join(lines), st.lists(LINE, max_size=12), LINE_ENDS)


@given(st.sampled_from(LANGUAGES), SOURCES, SOURCES)
def test_divided_blocks_keep_the_invariants(language: str, source: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block, "LONGEST", 12)
        invariants.assert_invariants(parser_for(language), source)
        invariants.assert_local(parser_for(language), source, other)


@given(st.sampled_from(LANGUAGES), SOURCES, st.integers(0, 60), st.integers(0, 9), SOURCES)
def test_an_edit_of_divided_blocks_is_like_a_fresh_scan(
    language: str, source: str, at: int, length: int, new: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block, "LONGEST", 12)
        before = scan(Text(source), language, GLOSSARY)
        edited = Text(source[:at] + new + source[at + length :])
        after, fresh = scan(edited, language, GLOSSARY, before), scan(edited, language, GLOSSARY)
        assert after.blocks == fresh.blocks


def test_a_log_without_blank_lines_is_many_blocks() -> None:
    source = "2026-11-30 12:00:00 GPU 1 is ready\n" * 6_000
    assert block_extent(source, 0).end <= block.LONGEST
    assert len(scan(Text(source), "plaintext", GLOSSARY).blocks) == len(source) // block.LONGEST + 1
    # A line is never divided.
    assert block_extent(f"{'x' * 300_000}\nb\nc", 0).end == 300_001


def test_a_line_that_is_too_long_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary_ls.analysis.scan.LONGEST_PROSE", 12)
    found = []
    for glossary in (GLOSSARY, Glossary((source_of(read("", Text("GPU: x\n"))),))):
        analysis = scan(Text("The GPU QXZ.\n\nThe GPU and QXZ.\n"), "markdown", glossary)
        later = scan(analysis.text, "markdown", Glossary((source_of(read("", Text("GPU: y\n"))),)), analysis)
        found += [(len(each.mentions), len(each.candidates)) for each in (analysis, later)]
    assert found == [(0, 2), (1, 2), (1, 2), (1, 2)]
