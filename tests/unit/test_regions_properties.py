"""Invariants of the parsers of Markdown and plain text for arbitrary documents."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossary_ls.markup import parser_for
from glossary_ls.markup.markdown import parser as markdown

from . import block_invariants as invariants
from .examples import FEW_EXAMPLES

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
        "%%",
        "{/*",
        "*/}",
        "{% comment %}",
        "{% endcomment %}",
        "{{< x",
        ">}}",
        "{#",
        "#}",
        "<?",
        "?>",
        "<A ",
        "={",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\begin{a}",
        "\\end{a}",
        '{"a": ',
        "\x0c",
    ),
)
SOURCES = st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join)


@pytest.mark.parametrize("language", LANGUAGES)
@FEW_EXAMPLES
@given(source=SOURCES)
@example(source="\n\n  \nA")
@example(source="---\na: b\n---")
def test_blocks_keep_the_invariants(language: str, source: str) -> None:
    invariants.assert_invariants(parser_for(language), source)


@pytest.mark.parametrize("language", LANGUAGES)
@FEW_EXAMPLES
@given(source=SOURCES)
def test_text_is_in_document_order(language: str, source: str) -> None:
    for start, block in invariants.blocks(parser_for(language), source):
        # The long form of an `abbr` precedes its short form in the document.
        if "<abbr" not in source[start : start + block.length]:
            starts = [piece.start for piece in block.prose.pieces]
            assert starts == sorted(starts)


@pytest.mark.parametrize("language", LANGUAGES)
@FEW_EXAMPLES
@given(source=SOURCES, other=SOURCES)
@example(source="---\n\nA", other="B")
@example(source="A\n\n:", other=" B")
def test_text_beyond_the_lookahead_does_not_matter(language: str, source: str, other: str) -> None:
    invariants.assert_local(parser_for(language), source, other)


@pytest.mark.parametrize("language", LANGUAGES)
@FEW_EXAMPLES
@given(source=SOURCES)
def test_line_terminators_are_equivalent(language: str, source: str) -> None:
    invariants.assert_line_ends(parser_for(language), source)


@pytest.mark.parametrize("mdx", [False, True])
@FEW_EXAMPLES
@given(source=SOURCES)
def test_the_shortcut_for_plain_paragraphs_gives_the_same_blocks(mdx: bool, source: str) -> None:  # noqa: FBT001  because pytest passes parameters by name
    parser = markdown.parse_mdx if mdx else markdown.parse
    ordinary = invariants.blocks(parser, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_is_plain", lambda _text, _state: False)
        state = None
        for start, block in ordinary:
            assert parser(source, start, state) == block
            state = block.state
