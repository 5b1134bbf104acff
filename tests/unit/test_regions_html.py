"""The readable text and the regions of HTML."""

from __future__ import annotations

import pytest

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.html import parse

from . import block_invariants as invariants
from .steps import assert_linear


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
