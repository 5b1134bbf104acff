"""The readable text and the regions of AsciiDoc."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.asciidoc import parse

from . import block_invariants as invariants
from .examples import FEW_EXAMPLES
from .steps import assert_linear

FRAGMENTS = (
    *(
        "a",
        "GPU",
        "Load balancing",
        "é",
        "\U0001f600",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\x0c",
    ),
    *(
        "= ",
        "== ",
        "----\n",
        "....\n",
        "++++\n",
        "////\n",
        "|===\n",
        "====\n",
        "--\n",
        "```\n",
        "|",
        "a|",
        "2+|",
        "\\|",
    ),
    *(
        "[source]\n",
        "[stem]\n",
        "[NOTE]\n",
        "NOTE: ",
        ".T\n",
        "* ",
        "- ",
        ". ",
        "1. ",
        "a:: ",
        "::",
        ";;",
        "+\n",
        " +\n",
    ),
    *(
        "`",
        "``",
        "`+",
        "*",
        "**",
        "_",
        "__",
        "#",
        "##",
        "+",
        "+++",
        "^",
        "~",
        "{a}",
        "{",
        "}",
        "<<a,b>>",
        "<<",
        ">>",
    ),
    *(
        "link:x[y]",
        "kbd:[x]",
        "stem:[x]",
        "footnote:[x]",
        "image::x[y]\n",
        "[",
        "]",
        "[[a]]",
        "((",
        "))",
        "(((a)))",
    ),
    *(
        "https://a.b/c[d^]",
        "https://a.b",
        "a@b.cd",
        "www.a.b",
        ":n: v\n",
        "// c\n",
        "\\",
        "'''\n",
        "-----\n",
        "include::a[]\n",
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
        ("= Title\nJane Doe <j@x.org>\nv1\n:GPU: x\n\nText", "Title\nText"),
        ("== Title\nText", "Title\nText"),
        ("Title\n-----\nText", "Title\nText"),
        ("----\nGPU\n\nTPU\n----\nText", "Text"),
        ("[source,x]\nGPU\nTPU\n\nText", "Text"),
        ("[source]\n--\nGPU\n\nTPU\n--\nText", "Text"),
        ("```x\nGPU\n```\nText", "Text"),
        ("// GPU\nText\n\n////\nGPU\n\nTPU\n////", "Text"),
        (" GPU\n TPU\n\nText", "Text"),
        ("NOTE: Some\ntext.", "Some text."),
        (".Title\n[NOTE]\n====\nText\n\nmore\n====", "Title\nText\nmore"),
        ("* one\n  more\n** two\n. three\n- [ ] four", "one more\ntwo\nthree\nfour"),
        ("SLO:: an aim\nSLI::\n  a sign\n  of it", "SLO=an aim\nSLI=a sign of it"),
        (
            "|===\n|A |B\n\n|SLO\n|an aim\nof all\n\n|SLI |2+a|x\n|===\nText",
            "A | B\nSLO | an aim of all\nSLI |  | x\nText",
        ),
        ("* a\n+\nb", "a\nb"),
        ("image::x[GPU]\ninclude::y[]\nText", "Text"),
        ("one +\ntwo", "one two"),
    ],
)
def test_structure(source: str, text: str) -> None:
    assert invariants.read(parse, source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a *b* _c_ #d# `e` `+f+` +g+ **h**i", "a b c d e f g hi"),
        ("a *b _c_ `d`* e", "a b c d e"),
        ("2*3*4 snake_case_x a*", "2*3*4 snake_case_x a*"),
        (
            "see https://x.y[the docs^] and link:z[more,window=_blank] at https://x.y.",
            "see the docs and more at ….",
        ),
        ("see <<a,the text>>, <<b>> and xref:c[that]", "see the text, … and that"),
        ("by {name} H~2~O x^2^", "by … H2O x2"),
        ("press kbd:[Ctrl] for stem:[x] and image:y[z]", "press Ctrl for … and …"),
        ("text.footnote:[A GPU.] ((term)) (((a,b)))", "text. A GPU. term"),
        ("[.role]#text# [[id]]here", "text here"),
        ("\\*a* and pass:[<b>]", "*a* and …"),
    ],
)
def test_inline(source: str, text: str) -> None:
    assert invariants.read(parse, source) == text


def test_kinds() -> None:
    source = "== GPU\n\n`SLO` link:x[SLI] TPU\n\n|===\n|LPU\n|===\n\n[stem]\n++++\nx\n++++\n"
    found = {("GPU", "heading"), ("SLO", "code_inline"), ("SLI", "link"), ("TPU", "prose"), ("LPU", "table")}
    assert invariants.kinds(parse, source) >= found
    assert invariants.hidden(parse, source, RegionKind.MATH) == ["x"]


@pytest.mark.parametrize(
    "unit",
    [
        "`",
        "*a ",
        "_a ",
        "#a ",
        "+a ",
        "<<a ",
        "((a ",
        "a:[",
        "[a",
        "{a",
        "https://a[",
        "|",
        "a:: ",
        "^a",
        "[[a ",
    ],
)
def test_cost_is_linear(unit: str) -> None:
    assert_linear(lambda source: invariants.blocks(parse, source), unit)
