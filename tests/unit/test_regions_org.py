"""The readable text and the regions of Org."""

from __future__ import annotations

import pytest

from glossary_ls.base.model import RegionKind
from glossary_ls.markup import parser_for
from glossary_ls.markup.org import parse

from . import block_invariants as invariants
from .steps import assert_linear


def test_org_has_a_parser() -> None:
    assert parser_for("org") is parse


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Load\nbalancing\n\ntext", "Load balancing\ntext"),
        ("* Load\nbalancing", "Load\nbalancing"),
        ("** TODO [#A] Load balancing  :a:b:\n*** COMMENT x", "Load balancing\nx"),
        ("*bold* is no heading", "bold is no heading"),
        ("#+TITLE: The load\n#+options: toc:nil\n#+filetags: :a:\n#+CAPTION: A table", "The load\nA table"),
        ("# comment\n#\n#tag is text\n  # comment", "#tag is text"),
        (": fixed\n:\ntext", "text"),
        ("#+begin_src sh\na\n\n* b\n#+end_src\nc", "c"),
        ("  #+BEGIN_EXAMPLE\n  a\n  #+END_EXAMPLE\nc", "c"),
        ("#+begin_comment\na\n\nb\n#+end_comment\nc", "c"),
        ("#+begin_quote\na\nb\n#+end_quote", "a b"),
        ("#+begin_note\na\n#+end_note", "a"),
        (":PROPERTIES:\n:ID: a\n\n:END:\nb", "b"),
        (":LOGBOOK:\n- a\n:END:\n:NOTES:\nb\n:END:", "b"),
        ("* a\nSCHEDULED: <2024-01-01 Mon>\nCLOSED: [2024-01-01]\nb", "a\nb"),
        ("- Load\n  balancing\n- [X] b\n+ c\n1. d\n2) [@3] e\n * f", "Load balancing\nb\nc\nd\ne\nf"),
        ("- LB :: Load\n  balancing\n- b", "LB | Load balancing\nb"),
        ("| a | b |\n|---+---|\n| c |  |\n| d", "a | b\nc | \nd"),
        ("[fn:1] A note.\na[fn:1] b[fn:x: an aside] [fn::c]", "A note. a b an aside c"),
        ("*a* /b/ _c_ +d+ =e= ~f~ (=g=), a*b*c 2 * 3 * 4", "a b c d e f (g), a*b*c 2 * 3 * 4"),
        ("*a /b/ c* =a *b* c= */open", "a b c a *b* c */open"),
        (
            "[[https://a.b][the *text*]] [[file:a.png]] [[*Head]] https://a.b <https://c.d>",
            "the text … … … …",
        ),
        ("at <2024-01-01 Mon 10:00> and [2024-01-01 Mon]", "at … and …"),
        (r"$a$ $$b$$ \(c = 1\) \[d^2\] costs $5 and $6", "… … … … costs $5 and $6"),
        ("\\begin{align}\na\n\n- b\n\\end{align}\nc", "c"),
        ("a \\begin{x}b\\end{x} c\\\\\nd", "a … c d"),
        (
            "{{{m(a)}}} @@html:<b>@@ src_sh{a b} call_f(x) <<a>> <<<b>>> [cite:@c] [1/2] /etc/a",
            "… … … b /etc/a",
        ),
        ("a\n-----\nb", "a\nb"),
    ],
)
def test_readable_text(source: str, expected: str) -> None:
    assert invariants.read(parse, source) == expected


def test_kinds_and_regions() -> None:
    source = "* Head\n\n| cell |\n\n=code= [[a][link]] text\n\n#+begin_src x\nb\nc\n#+end_src\n: d\n\n$e$"
    assert invariants.kinds(parse, source) == {
        ("Head", "heading"),
        ("cell", "table"),
        ("code", "code_inline"),
        ("link", "link"),
        ("text", "prose"),
    }
    assert invariants.hidden(parse, source, RegionKind.CODE_BLOCK) == ["b\nc", ": d"]
    assert invariants.hidden(parse, source, RegionKind.MATH) == ["$e$"]
    assert invariants.hidden(parse, source, RegionKind.URL) == ["[[a]["]


@pytest.mark.parametrize(
    "unit",
    [
        "*a ",
        "=",
        "~a ",
        "[[",
        "[[a][",
        "[fn:",
        "<<",
        "<a:",
        "$a ",
        "$$",
        "\\(",
        "\\begin{a}",
        "{{{",
        "@@a:",
        "src_a{",
    ],
)
def test_cost_is_linear(unit: str) -> None:
    assert_linear(lambda source: invariants.blocks(parse, source), unit)
    assert_linear(lambda source: invariants.blocks(parse, source), f"- {unit}\n")
    assert_linear(lambda source: invariants.blocks(parse, source), f"{unit} :: |\n")
