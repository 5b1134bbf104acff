"""The readable text and the regions of AsciiDoc."""

from __future__ import annotations

import pytest

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.asciidoc import parse

from . import block_invariants as invariants
from .steps import assert_linear


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
