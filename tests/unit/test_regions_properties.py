"""What the incremental scan relies on, whatever the parser and however odd the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossary_ls.regions import markdown, parse, parser_for

if TYPE_CHECKING:
    from glossary_ls.regions.block import Block

LANGUAGES = ("markdown", "mdx", "plaintext")

FRAGMENTS = (
    *(
        "a",
        "GPU",
        "Load balancing",
        "x_y",
        "1",
        "é",
        "\U0001f600",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
    ),
    *(
        "# ",
        "> ",
        ">",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "---",
        "===",
        "+++",
        "```",
        "~~~",
        "`",
        "``",
        "$$",
        "$",
        ": ",
        ":::",
    ),
    *(
        "| a | b |",
        "|---|---|",
        "|",
        "\\|",
        "[a](b)",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[x]: http://y",
        "[^1]: ",
        "[^1]",
    ),
    *(
        "*[A]: b",
        "**",
        "*",
        "_",
        "~~",
        "==",
        "\\",
        "&amp;",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<",
        ">",
    ),
    *(
        '<abbr title="Long Form">LF</abbr>',
        "<code>",
        "</code>",
        "<td>",
        "{{ x }}",
        "{% x %}",
        "{{",
        "{%",
        "{",
        "}",
    ),
    *(
        "https://a.b/c",
        "www.a.b",
        "a@b.cd",
        "://",
        "@",
        "!!! note",
        '=== "T"',
        "[!NOTE]",
        "{note}",
        "import a",
        "key: v",
    ),
    *(
        "{abbr}`A (b)`",
        "[[A|b]]",
        "{#id}",
        "- [ ] ",
        "<http://a>",
        "{% highlight x %}",
        "{% endhighlight %}",
        "\x0c",
    ),
)
SOURCES = st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join)


def blocks(source: str, language: str) -> list[tuple[int, Block]]:
    return list(parse(source, language))


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=SOURCES)
@example(source="\n\n  \nA")
@example(source="---\na: b\n---")
def test_blocks_tile_the_document(language: str, source: str) -> None:
    position = 0
    for start, block in blocks(source, language):
        assert start == position
        assert block.length > 0
        assert block.looked >= block.length
        position += block.length
    assert position == len(source)


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=SOURCES)
def test_pieces_and_regions_are_in_order_and_in_the_block(language: str, source: str) -> None:
    for start, block in blocks(source, language):
        text = source[start : start + block.length]
        flat = 0
        for piece in block.prose.pieces:
            assert piece.flat >= flat
            assert piece.length > 0
            flat = piece.flat + piece.length
            assert block.prose.text[piece.flat : flat] == text[piece.start : piece.start + piece.length]
            assert 0 <= piece.start <= piece.start + piece.length <= len(text)
        position = 0
        for region in block.regions:
            assert position <= region.span.start < region.span.end <= len(text)
            position = region.span.end
        if "<abbr" not in text:
            starts = [piece.start for piece in block.prose.pieces]
            assert starts == sorted(starts)


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=SOURCES)
def test_only_inline_code_is_both_text_and_a_region(language: str, source: str) -> None:
    for _, block in blocks(source, language):
        for region in block.regions:
            for piece in block.prose.pieces:
                if piece.start < region.span.end and region.span.start < piece.start + piece.length:
                    assert (piece.kind, region.kind) == ("code_inline", "code_inline")


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=SOURCES)
def test_readable_text_has_no_superfluous_white_space(language: str, source: str) -> None:
    for _, block in blocks(source, language):
        assert not re.search(r"[\t\r\f\v]|  |\n\n|[ ][\n\x1f]|[\n\x1f][ ]|\A[ \n]|[ \n]\Z", block.prose.text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=SOURCES, other=SOURCES)
@example(source="---\n\nA", other="B")
@example(source="A\n\n:", other=" B")
def test_nothing_beyond_looked_matters(language: str, source: str, other: str) -> None:
    parser = parser_for(language)
    state = None
    for start, block in blocks(source, language):
        if start + block.looked < len(source):
            assert parser(source[: start + block.looked] + other, start, state) == block
        state = block.state
        assert hash(state) == hash(block.state)


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=SOURCES)
def test_every_line_end_means_the_same(language: str, source: str) -> None:
    plain = re.sub(r"\r\n?", "\n", source)
    expected = [block.prose.text for _, block in blocks(plain, language)]
    for end in ("\r\n", "\r"):
        assert [block.prose.text for _, block in blocks(plain.replace("\n", end), language)] == expected


@pytest.mark.parametrize("mdx", [False, True])
@given(source=SOURCES)
def test_a_plain_paragraph_reads_the_same_with_and_without_its_layout(mdx: bool, source: str) -> None:  # noqa: FBT001  because pytest passes parameters by name
    parser = markdown.parse_mdx if mdx else markdown.parse
    ordinary = blocks(source, "mdx" if mdx else "markdown")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_is_plain", lambda _text, _state: False)
        state = None
        for start, block in ordinary:
            assert parser(source, start, state) == block
            state = block.state
