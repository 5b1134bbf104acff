"""The readable text and the regions of HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.html import parse

from . import block_invariants as invariants
from .examples import FEW_EXAMPLES
from .steps import assert_linear

FRAGMENTS = (
    *(
        "a",
        "GPU",
        "é",
        " ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br/>",
        "<",
        ">",
        "&amp;",
    ),
    *(
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style x>",
        "</style>",
        "<pre>",
        "</pre>",
        "<?php",
        "?>",
        "<![CDATA[",
        "]]>",
    ),
    *(
        '<a href="x">',
        "</a>",
        "<td>",
        "<code>",
        "</code>",
        "{{ x }}",
        "{% y %}",
        "https://a.b",
        "a@b.cd",
        "<x y='",
    ),
)
SOURCES = st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join)


@FEW_EXAMPLES
@given(source=SOURCES)
def test_blocks_keep_the_invariants(source: str) -> None:
    invariants.assert_invariants(parse, source)


@FEW_EXAMPLES
@given(source=SOURCES, other=SOURCES)
def test_text_beyond_the_lookahead_does_not_matter(source: str, other: str) -> None:
    invariants.assert_local(parse, source, other)


@FEW_EXAMPLES
@given(source=SOURCES)
def test_line_terminators_are_equivalent(source: str) -> None:
    invariants.assert_line_ends(parse, source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<h1>Title</h1><p>Some <b>GPU</b>\ntext.</p>", "Title\nSome GPU text."),
        ("<script>\nGPU\n\nTPU\n</script><p>x", "x"),
        ("<!-- GPU\n\nTPU -->x<style>y</style>", "x"),
        ("<tr><td>A</td><td>B</td></tr>", " | A | B"),
        (
            '<a href="x" title="GPU">link</a> <img alt="TPU"> {{ x.GPU }} &amp; <code>LPU</code>',
            "link … … & LPU",
        ),
        ("<?xml version='1.0'?>\n<note>text\n\n<pre>GPU\n\n</pre></note>", "text"),
        ("<div\n  class=a\n\n>text", "text"),
    ],
)
def test_readable_text(source: str, text: str) -> None:
    assert invariants.read(parse, source) == text


def test_a_script_is_code() -> None:
    assert invariants.hidden(parse, "<script>\na\n\nb</script>c", RegionKind.CODE_BLOCK) == [
        "<script>\na",
        "b</script>",
    ]


@pytest.mark.parametrize("unit", ["<", "<a ", "<!--", "&", "{", "{{", "<a x='", "<pre>", "<code>", "</"])
def test_cost_is_linear(unit: str) -> None:
    assert_linear(lambda source: invariants.blocks(parse, source), unit)
