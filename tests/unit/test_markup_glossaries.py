"""Glossaries in reStructuredText, AsciiDoc, Org and LaTeX: problems, cost, any text, pages that have none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats import FORMATS, parse
from glossary_ls.glossary.formats.asciidoc.inline import markdown as of_asciidoc
from glossary_ls.glossary.formats.latex.syntax import Source
from glossary_ls.glossary.formats.latex.texts import markdown as of_latex
from glossary_ls.glossary.formats.org import markdown as of_org
from glossary_ls.glossary.formats.sphinx.inline import markdown as of_rst
from tests.unit.steps import assert_linear

if TYPE_CHECKING:
    from glossary_ls.glossary.format import Format
    from glossary_ls.glossary.model import GlossaryFile

DOCS = Path(__file__).parents[2] / "docs" / "glossaries"
FOLDER = Path(__file__).parents[1] / "fixtures" / "glossaries"
SUFFIXES = {"sphinx": ".rst", "asciidoc": ".adoc", "org": ".org", "latex": ".tex"}


def read(format_id: str, source: str) -> GlossaryFile:
    return parse(f"/ws/glossary{SUFFIXES[format_id]}", Text(source))


def format_by(format_id: str) -> Format:
    return next(each for each in FORMATS if each.id == format_id)


def told(file: GlossaryFile) -> list[tuple[int, str, str, str]]:
    return [
        (
            file.text.line_index(each.name.span.start) + 1,
            each.term.name,
            each.term.expansion,
            each.term.definition,
        )
        for each in file.entries
    ]


# --- which files are read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "head", "format_id", "claim"),
    [
        ("/ws/docs/source/glossary.rst", "", "sphinx", Claim.LIKELY),
        ("/ws/docs/index.rst", "", "sphinx", Claim.IF_CONFIGURED),
        ("/ws/docs/glossary.txt", ".. glossary::\n", "sphinx", Claim.LIKELY),
        ("/ws/docs/glossary.txt", "Words\n=====\n", "sphinx", Claim.LIKELY),
        ("/ws/glossary/glossary.txt", "shard\tScherbe\tpart\n", "sphinx", Claim.NO),
        ("/ws/docs/modules/ROOT/pages/glossary.adoc", "", "asciidoc", Claim.LIKELY),
        ("/ws/README.adoc", "", "asciidoc", Claim.IF_CONFIGURED),
        ("/ws/glossary.org", "", "org", Claim.LIKELY),
        ("/ws/thesis/acronyms.tex", "", "latex", Claim.LIKELY),
        ("/ws/thesis/thesis.tex", "", "latex", Claim.IF_CONFIGURED),
        ("/ws/glossary.md", "", "latex", Claim.NO),
    ],
)
def test_files_are_claimed_by_their_usual_names(path: str, head: str, format_id: str, claim: Claim) -> None:
    assert format_by(format_id).claims(path, head) is claim


@pytest.mark.parametrize(
    ("format_id", "source"),
    [
        ("sphinx", "Glossary\n========\n\n.. toctree::\n\n   a\n   b\n\nSee the pages below.\n"),
        (
            "sphinx",
            "How to write terms\n==================\n\nBe short. Be kind.\n\n- Use verbs.\n- No jargon.\n",
        ),
        (
            "asciidoc",
            "= Glossary\n\nEach term has a page of its own.\n\n* xref:a.adoc[A]\n* xref:b.adoc[B]\n",
        ),
        ("asciidoc", "= Terms\n\n|===\n| 1 | 2\n| 3 | 4\n|===\n"),
        ("org", "#+TITLE: Glossary\n\nNothing here yet.\n"),
        ("latex", "\\chapter{Glossary}\nSee the next chapter.\n\\printglossaries\n"),
        ("latex", "\\newcommand{\\AddTerm}[2]{\\newacronym{#1}{#1}{#2}}\n"),
    ],
)
def test_a_page_that_is_no_glossary_has_no_entries(format_id: str, source: str) -> None:
    assert not read(format_id, source).entries


# --- problems ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format_id", "source", "problem", "names"),
    [
        ("sphinx", ".. glossary::\n\n      no term\n\n   a\n     b\n", (3, 7, "invalid-rst"), ["a"]),
        ("asciidoc", "a:: b\n\n----\nopen\n\nc:: d\n", (3, 1, "invalid-asciidoc"), ["a", "c"]),
        ("org", "- a :: b\n#+begin_src\nopen\n\n- c :: d\n", (2, 1, "invalid-org"), ["a", "c"]),
        (
            "latex",
            "\\newacronym{a}{AB}{A Bee}\n\\newacronym{c}{CD}{C Dee\n\n\\newacronym{e}{EF}{E Eff}\n",
            (2, 19, "invalid-latex"),
            ["AB", "CD", "EF"],
        ),
    ],
)
def test_a_mistake_is_reported_where_it_is_and_the_rest_is_read(
    format_id: str, source: str, problem: tuple[int, int, str], names: list[str]
) -> None:
    file = read(format_id, source)
    (found,) = file.problems
    line = file.text.line_index(found.span.start)
    column = found.span.start - source.rfind("\n", 0, found.span.start)
    assert (line + 1, column, found.code) == problem
    assert [term.name for term in file.terms] == names


# --- cost -------------------------------------------------------------------------------------------------

UNITS = {
    "sphinx": (
        "term\n   A text of :term:`it` with ``code``.\n\n",
        ".. glossary::\n\n   shard : x\n   slice\n      A part.\n\n      - one\n\n",
        "Head\n====\n\nText `with <http://x>`_ a |sub|.\n\n",
        "===== =====\na     b\n",
        "+---+---+\n| a | b |\n",
        "* - a\n  - b\n",
        ".. list-table::\n\n   * - a\n     - b\n",
        ".. note::\n   a\n     b\n",
        "`a ``b |c *d :e: a-a-",
        "a :: \n  b\n",
        ":a: b\n",
        "  a\n",
    ),
    "asciidoc": (
        "Term:: A text of <<id,it>> with `code`.\n\n",
        "[[a]]\nTerm::\n  text\n+\n----\nx\n----\n\n",
        "----\n",
        "```a\n",
        "|===\n|a |b\n",
        "|===\n|a |b\n|===\n\n",
        "== Head\n\nText.\n\n",
        "a:: b;; c::: ",
        "* a\n** b\n+\n",
        "`a *b _c ((d <<e [[f",
        "[a\n",
        "// tag::EN[]\n",
    ),
    "org": (
        "- term :: A text of [[#x][it]] with ~code~.\n",
        "* Head\n:PROPERTIES:\n:ID: a\n:END:\nText.\n",
        "| a | b |\n|---+---|\n",
        "#+begin_src\n",
        ":PROPERTIES:\n",
        "- a\n  - b\n",
        "~a =b *c /d [[e [[f][g ",
        "* COMMENT a\n",
    ),
    "latex": (
        "\\newacronym{a}{AB}{A Bee}\n",
        "\\newglossaryentry{a}{name={A}, description={A \\gls{b} of \\textbf{c} \\cite{d}}}\n",
        "\\newcommand{\\x}[2]{\\newacronym{#1}{#1}{#2}}\n",
        "\\begin{description}\\item[a] b\n",
        "\\begin{description}\\item[a] b \\end{description}\n",
        "\\begin{tabular}{ll} a & b \\\\ \\end{tabular}\n",
        "\\begin{tabular} a & b \\\\\n",
        "\\newacronym{a}{b}{\n",
        "\\x{a}{\\x{b}",
        "\\own{ABC}{A Bee Cee}\n",
        "\\[ $a {b [c ",
        "% a\n\\% b\n",
        "\\iffalse ",
        "{\\item[",
        "\\newglossaryentry{a}{name={b,",
    ),
}


@pytest.mark.parametrize(
    ("format_id", "unit"), [(format_id, unit) for format_id, units in UNITS.items() for unit in units]
)
def test_the_cost_of_a_file_is_linear(format_id: str, unit: str) -> None:
    assert_linear(lambda source: read(format_id, source), unit)


@given(
    st.sampled_from(sorted(SUFFIXES)),
    st.lists(
        st.one_of(
            st.sampled_from([unit for units in UNITS.values() for unit in units]),
            st.text(alphabet="ab:|+-=*.\\{}[]<>`~#%&$ \t\r\n_/(),\u0007\ufeff", max_size=12),
        ),
        max_size=8,
    ),
)
def test_any_text_is_read(format_id: str, parts: list[str]) -> None:
    file = read(format_id, "".join(parts))
    for placed in file.entries:
        assert 0 <= placed.span.start <= placed.name.span.start <= placed.name.span.end <= len(file.text)
        assert placed.term.name


# --- inline markup ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (":term:`pods <pod>` and :ref:`Text <x>`", "[pods](#pod) and Text"),
        (":py:class:`~a.b.C`, :file:`x.py`, ``a``", "`C`, `x.py`, `a`"),
        ("`the site <https://x.org>`_ [1]_", "[the site](https://x.org)"),
        ("H\\ :sub:`2`\\ O and |V| of name_", "H2O and five of name"),
        (":math:`x^2` snake_case_name", "$x^2$ snake_case_name"),
    ],
)
def test_inline_markup_of_restructuredtext(written: str, shown: str) -> None:
    assert of_rst(written, {"v": "five"}) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<<pod,pods>>, xref:a.adoc#b[b]", "[pods](#pod), [b](#b)"),
        ("*bold* `+code+` {nbsp}{v}{unknown}", "**bold** `code`  five{unknown}"),
        ("https://x.org[the site,window=_blank]", "[the site](https://x.org)"),
        ('a "`quoted`" word--or two footnote:[no]', "a \u201cquoted\u201d word \u2014 or two "),
        ("((index)) (((hidden)))[.role]#text#", "index text"),
        ("kbd:[Ctrl+C] stem:[x^2]", "`Ctrl+C` $x^2$"),
    ],
)
def test_inline_markup_of_asciidoc(written: str, shown: str) -> None:
    assert of_asciidoc(written, {"v": "five"}) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[#pod][pods]] and [[https://x.org][site]]", "[pods](#pod) and [site](https://x.org)"),
        ("*bold* /it/ ~code~ =verb= a/b/c", "**bold** *it* `code` `verb` a/b/c"),
        ("a[fn:1] word [cite:@x]<<here>>", "a word here"),
    ],
)
def test_inline_markup_of_org(written: str, shown: str) -> None:
    assert of_org(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\textbf{a} \emph{b} \texttt{c} \textsc{d}", "**a** *b* `c` d"),
        (r"M\"unster, caf\'{e}, \v{S}koda, \ss{}", "M\u00fcnster, caf\u00e9, \u0160koda, \u00df"),
        (r"\gls{pod} and \glslink{pod}{pods}~\cite[p.~1]{x}.", "[](#pod) and [pods](#pod)."),
        (r"``a'' -- b --- c\ldots{} 50\,\%", "\u201ca\u201d \u2013 b \u2014 c\u2026 50 %"),
        (r"$\alpha$ and $x^2$ \unknown{text} {\bf deep {er}}", "\u03b1 and $x^2$ text deep er"),
        (r"\href{https://x.org}{site} \url{https://y.org}", "[site](https://x.org) https://y.org"),
        (r"\x{a}{\x{b}{c}}", "abc"),
    ],
)
def test_text_of_latex(written: str, shown: str) -> None:
    source = Source.of(written)
    assert of_latex(source, Span(0, len(written))) == shown


# --- the manual -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_id", SUFFIXES)
def test_the_example_of_the_manual_is_read_as_it_says(format_id: str) -> None:
    page = (DOCS / f"{format_id}.md").read_text("utf-8")
    example, listed = re.findall(r"```\w*\n(.*?)```", page, re.DOTALL)[:2]
    file = read(format_id, example)
    assert not file.problems
    rows = [
        f"line {line}: {name}"
        + (f" = {expansion}" if expansion else "")
        + (f" | {' '.join(text.split())}" if text else "")
        for line, name, expansion, text in told(file)
    ]
    assert rows == listed.splitlines()
