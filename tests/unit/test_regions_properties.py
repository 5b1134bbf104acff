"""Invariants of all parsers of documents for arbitrary documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.markup import parser_for
from glossary_ls.markup.languages import table
from glossary_ls.markup.markdown import parser as markdown

from . import block_invariants as invariants
from .examples import FEW_EXAMPLES
from .fragments import FRAGMENTS, sources

if TYPE_CHECKING:
    from glossary_ls.markup.block import Parser


SOURCES = {markup: sources(fragments) for markup, fragments in FRAGMENTS.items()}
LANGUAGES_OF_CODE = st.sampled_from(sorted(table("families")))


def a_parser(data: st.DataObject, markup: str) -> Parser:
    return parser_for(data.draw(LANGUAGES_OF_CODE) if markup == "code" else markup)


@pytest.mark.parametrize("markup", SOURCES)
@FEW_EXAMPLES
@given(data=st.data())
def test_blocks_keep_the_invariants(markup: str, data: st.DataObject) -> None:
    invariants.assert_invariants(a_parser(data, markup), data.draw(SOURCES[markup]))


@pytest.mark.parametrize("markup", SOURCES)
@given(data=st.data())
def test_text_beyond_the_lookahead_does_not_matter(markup: str, data: st.DataObject) -> None:
    invariants.assert_local(a_parser(data, markup), data.draw(SOURCES[markup]), data.draw(SOURCES[markup]))


@pytest.mark.parametrize("markup", SOURCES)
@FEW_EXAMPLES
@given(data=st.data())
def test_line_terminators_are_equivalent(markup: str, data: st.DataObject) -> None:
    invariants.assert_line_ends(a_parser(data, markup), data.draw(SOURCES[markup]))


@pytest.mark.parametrize("language", ["markdown", "mdx", "plaintext"])
@pytest.mark.parametrize(
    ("source", "other"), [("\n\n  \nA", ""), ("---\na: b\n---", ""), ("---\n\nA", "B"), ("A\n\n:", " B")]
)
def test_the_ends_of_blocks_are_like_those_of_others(language: str, source: str, other: str) -> None:
    invariants.assert_invariants(parser_for(language), source)
    invariants.assert_local(parser_for(language), source, other)


@pytest.mark.parametrize("language", ["markdown", "mdx", "plaintext"])
@FEW_EXAMPLES
@given(source=SOURCES["markdown"])
def test_text_is_in_document_order(language: str, source: str) -> None:
    for start, block in invariants.blocks(parser_for(language), source):
        # The long form of an `abbr` precedes its short form in the document.
        if "<abbr" not in source[start : start + block.length]:
            starts = [piece.start for piece in block.prose.pieces]
            assert starts == sorted(starts)


@pytest.mark.parametrize("mdx", [False, True])
@FEW_EXAMPLES
@given(source=SOURCES["markdown"])
def test_the_shortcut_for_plain_paragraphs_gives_the_same_blocks(mdx: bool, source: str) -> None:  # noqa: FBT001  because pytest passes parameters by name
    parser = markdown.parse_mdx if mdx else markdown.parse
    ordinary = invariants.blocks(parser, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_is_plain", lambda _text, _state: False)
        state = None
        for start, block in ordinary:
            assert parser(source, start, state) == block
            state = block.state
