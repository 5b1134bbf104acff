"""What changes with the words of a document, and which words are kept."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from glossary_ls.analysis.editing.articles import article
from glossary_ls.analysis.editing.plan import BREAKS_MARKUP, IS_CODE, Plan, plan_edits
from glossary_ls.analysis.editing.reading import read_text
from glossary_ls.analysis.editing.tables import IS_NOT_MENDED
from glossary_ls.analysis.editing.targets import NAMES_AN_ENTRY
from glossary_ls.analysis.editing.titles import IS_REFERRED_TO
from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span, Text
from glossary_ls.matching.ties import is_tied

MARKDOWN, RST, ASCIIDOC = "markdown", "restructuredtext", "asciidoc"


def replaced(language: str, source: str, old: str = "SCX", new: str = "cache transfer") -> tuple[str, Plan]:
    wanted = [TextEdit(Span(*match.span()), new) for match in re.finditer(re.escape(old), source)]
    found = plan_edits(read_text(Text(source), language), wanted)
    return applied(source, found.edits), found


CHANGES = {
    "the underline of a title grows": (
        RST,
        """\
        The SCX
        =======

        An SCX.
        """,
        """\
        The cache transfer
        ==================

        A cache transfer.
        """,
    ),
    "so does its overline, by as much as is missing": (
        RST,
        """\
        ==========
         SCX, SCX
        ==========
        """,
        """\
        ===============================
         Cache transfer, cache transfer
        ===============================
        """,
    ),
    "an underline of AsciiDoc is as long as its title": (
        ASCIIDOC,
        """\
        SCX again
        ---------

        ----
        SCX again
        ----
        """,
        """\
        Cache transfer again
        --------------------

        ----
        SCX again
        ----
        """,
    ),
    "columns of a grid table grow": (
        RST,
        """\
        +-----+------------------+
        | SCX | SCX              |
        +=====+==================+
        | a   | b                |
        |     | c                |
        +-----+------------------+
        """,
        """\
        +----------------+------------------+
        | Cache transfer | Cache transfer   |
        +================+==================+
        | a              | b                |
        |                | c                |
        +----------------+------------------+
        """,
    ),
    "columns of a simple table grow, except the last one, which has no end": (
        RST,
        """\
        ===  ===
        SCX  SCX
        ===  ===
        a    b

        SCX
        ===  ===
        """,
        """\
        ==============  ===
        Cache transfer  Cache transfer
        ==============  ===
        a               b

        Cache transfer
        ==============  ===
        """,
    ),
    "bars that stand below each other still do": (
        MARKDOWN,
        """\
        | SCX | b                   |
        |:---:|---------------------|
        | a   | an SCX and one SCX  |
        """,
        """\
        | Cache transfer | b                                       |
        |:--------------:|-----------------------------------------|
        | a              | a cache transfer and one cache transfer |
        """,
    ),
    "bars that do not are left alone": (
        MARKDOWN,
        """\
        | SCX | b |
        |---|---|
        | a | SCX |
        """,
        """\
        | Cache transfer | b |
        |---|---|
        | a | Cache transfer |
        """,
    ),
    "a link to a name keeps its target": (
        MARKDOWN,
        """\
        See [SCX], [SCX][], [the SCX], [SCX](#x), [[SCX]], [[SCX|an SCX]] and {term}`SCX`.

        [SCX]: /x
        """,
        """\
        See [cache transfer][SCX], [cache transfer][SCX], [the cache transfer], [cache transfer](#x), \
[[SCX|cache transfer]], [[SCX|a cache transfer]] and {term}`cache transfer <SCX>`.

        [SCX]: /x
        """,
    ),
    "so does a reference": (
        RST,
        """\
        See SCX_, `SCX`_, `the SCX`_, :term:`SCX`, `my SCX <x_>`_ and SCX__.
        """,
        """\
        See `cache transfer <SCX_>`__, `cache transfer <SCX_>`__, `the cache transfer <the SCX_>`__, \
:term:`cache transfer <SCX>`, `my cache transfer <x_>`_ and `cache transfer`__.
        """,
    ),
    "capitals stay where a sentence, an item or a cell starts": (
        ASCIIDOC,
        """\
        == SCX

        SCX and SCX. SCX

        * [ ] SCX
        . "SCX"

        see
        SCX
        """,
        """\
        == Cache transfer

        Cache transfer and cache transfer. Cache transfer

        * [ ] Cache transfer
        . "Cache transfer"

        see
        cache transfer
        """,
    ),
}


@pytest.mark.parametrize(("language", "before", "after"), CHANGES.values(), ids=CHANGES)
def test_what_changes_with_the_words(language: str, before: str, after: str) -> None:
    assert replaced(language, dedent(before))[0] == dedent(after)


KEPT = (
    (MARKDOWN, "run --SCX, ./SCX, a/b/SCX, #SCX, SCX(), SCX_x, x_SCX, SCX.md, $SCX or SCX=1", IS_CODE),
    (MARKDOWN, "# The SCX\n\nSee [there](#the-SCX).", IS_REFERRED_TO),
    (RST, "SCX\n===\n\nSee `SCX <there>`_.\n\n.. _there: x\n\nSCX_", IS_REFERRED_TO),
    (ASCIIDOC, "== The SCX\n\nSee <<The SCX>> and xref:_the_scx[].", IS_REFERRED_TO),
    (RST, ".. glossary::\n\n   SCX\n      An item.", NAMES_AN_ENTRY),
    (MARKDOWN, "```{glossary}\nSCX\n: An item.\n```", NAMES_AN_ENTRY),
    (
        RST,
        "=====  =====  ===\nSCX           b\n------------  ---\na      b      c\n=====  =====  ===",
        IS_NOT_MENDED,
    ),
    (RST, "+---+---+\n|SCX    |\n+---+---+\n| a | b |\n+---+---+", IS_NOT_MENDED),
    (RST, "+---+----+\n|SCX|\u6f22\u5b57|\n+---+----+", IS_NOT_MENDED),
)


@pytest.mark.parametrize(("language", "source", "reason"), KEPT)
def test_words_are_kept(language: str, source: str, reason: str) -> None:
    after, found = replaced(language, source)
    assert reason in {one.reason for one in found.kept}
    first = source.index("SCX")
    assert after.startswith(source[: first + len("SCX")])


@pytest.mark.parametrize("new", ["a|b", "*x", "x_", "[x", "`x", "- x", "<x>"])
def test_words_that_are_markup_are_not_written(new: str) -> None:
    source = "Some SCX there.\n"
    after, found = replaced(MARKDOWN, source, new=new)
    assert after == source
    assert [one.reason for one in found.kept] == [BREAKS_MARKUP]
    assert replaced("plaintext", source, new=new)[0] == source.replace("SCX", new)


def test_only_the_edit_that_is_to_blame_is_left_out() -> None:
    after, found = replaced(MARKDOWN, "SCX\n\nSCX\n\nSCX *SCX.\n", new="x\n\ny")
    assert after == "SCX\n\nSCX\n\nSCX *SCX.\n"
    assert {one.reason for one in found.kept} == {BREAKS_MARKUP}


ARTICLES = """
a SLO, an SLO
a XML file, an XML file
an usage cap, a usage cap
a hour, an hour
an uniform scale, a uniform scale
a uninstalled part, an uninstalled part
a unimportant part, an unimportant part
a Euler path, an Euler path
an European path, a European path
an one-off, a one-off
a 8-bit word, an 8-bit word
an 80-bit word, an 80-bit word
an 9-bit word, a 9-bit word
an gRPC call, a gRPC call
a mTLS link, an mTLS link
an TLX, a TLX
a API, an API
a LAN, a LAN
an LAN, an LAN
an UPS, a UPS
a STEM, a STEM
an STEM, an STEM
a SRAM, an SRAM
an UEFI, a UEFI
a SLOs, an SLOs
A SLO, An SLO
"""


@pytest.mark.parametrize("row", ARTICLES.split("\n")[1:-1])
def test_articles(row: str) -> None:
    before, after = row.split(", ")
    at = before.index(" ") + 1
    edit = article(before, at, before[at:])
    assert applied(before, [edit] if edit else []) == after


@pytest.mark.parametrize(
    "text", ["pre-{}", "{}-based", "TCP/{}", "{}/TCP", "({})", "{}.", "{}'s", '"{}"', "x\u2013{}"]
)
def test_a_hyphen_and_a_slash_tie_nothing(text: str) -> None:
    text = f"see {text} now"
    at = text.index("{}")
    assert not is_tied(text.replace("{}", "box"), at, at + 3)


@pytest.mark.parametrize(
    ("before", "is_opening"),
    [
        ("", True),
        ("Done. ", True),
        ("Done.\r\n\r\n", True),
        ("Done.\n\n> ", True),
        ("1. ", True),
        ("- [ ] ", True),
        ("# Goals\r\n", True),
        ("for the\n", False),
        ("> for the\r\n> ", False),
        ("for the ", False),
    ],
)
def test_a_sentence_opens_behind_an_end_and_not_with_every_line(before: str, *, is_opening: bool) -> None:
    after = replaced(MARKDOWN, f"{before}SCX.")[0]
    assert after == f"{before}{'Cache' if is_opening else 'cache'} transfer."
