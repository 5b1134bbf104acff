"""The glossary for Sphinx, as docutils reads it: every text arrives, and nothing is taken for markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from hypothesis import given

from glossary_ls.base.model import Alias, Term
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.exports.texts import explanation

from .exported import LATENCY, QWB, terms, write

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Glossary(Directive):
    """Reads each entry as Sphinx does: lines that are not indented are names, what is below them a text."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        found = nodes.container()
        lines = list(self.content)
        while lines:
            line = lines.pop(0)
            if line and not line.startswith(" "):
                parsed, messages = self.state.inline_text(line.partition(" : ")[0], self.lineno)
                found += [nodes.term("", "", *parsed), *messages]
            elif line:
                body = [line]
                while lines and (not lines[0] or lines[0].startswith(" ")):
                    body.append(lines.pop(0))
                content = self.content.__class__([each[3:] for each in body], source="")
                text = nodes.definition()
                self.state.nested_parse(content, 0, text)
                found += text
        return [found]


@pytest.fixture(autouse=True, scope="module")
def _sphinx() -> Iterator[None]:
    """Teach docutils the directive and the role."""
    directives.register_directive("glossary", _Glossary)
    roles.register_generic_role("term", nodes.inline)
    yield
    directives._directives.pop("glossary", None)  # type: ignore[attr-defined]  # there is no other way
    roles._roles.pop("term", None)  # type: ignore[attr-defined]  # as above


def read(source: str) -> list[tuple[list[str], str]]:
    """Return the names and the text of each entry; there must be no complaint."""
    settings = {"report_level": 1, "halt_level": 5, "warning_stream": False, "file_insertion_enabled": False}
    tree = publish_doctree(source, settings_overrides=settings)
    complaints = [each.astext() for each in tree.findall(nodes.system_message)]
    assert not [each for each in complaints if 'No role entry for "term"' not in each]
    found: list[tuple[list[str], str]] = []
    names: list[str] = []
    for node in tree.findall(lambda node: isinstance(node, nodes.term | nodes.definition)):
        if isinstance(node, nodes.term):
            names.append(node.astext())
        else:
            found.append((names, words(node.astext())))
            names = []
    return found


_MARK = re.compile(r"^ *(?:- |\d+\. )", re.MULTILINE)


def words(text: str) -> str:
    """Return a text without the marks of lists, and the blanks in it, which markup may move."""
    return "".join(_MARK.sub("", text).split())


def test_terms_have_their_names_above_their_text() -> None:
    found = write("sphinx", QWB, LATENCY, Term("none")).text
    assert "\n   QWB\n   wait budget\n   QW\n      **Queue Wait Budget**\n\n      Time in a queue.\n" in found
    assert "\n      Not to be confused with :term:`latency`: Latency is **measured**.\n" in found
    assert "\n      See also :term:`latency`, nowhere.\n" in found
    assert "\n   none\n      ..\n\n" in found
    assert [names for names, _ in read(found)] == [["latency"], ["none"], ["QWB", "wait budget", "QW"]]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n\n  c\n\n1. d\n2. e",
        "a:\n\n```\ncode *x*\n```\n\nb::",
        "\\* no list\n\n1986\\. A year\n\nA. Miller\n\n.. no comment\n\n:no: field\n\n>>> no test",
        "a*b*c `d`e **f**g [h](https://x.org/i_j_)k",
        "|a| a_ b__ `c` \\`d\\` [1]_ _e_ __f__ *g `h`*",
        "-- x\n\n=====\n\n+--+",
        "`a``b` ```` ` ````",
        "> quote\n\nafter",
        "(a) b\n\n#. c\n\niv. d\n\n-x y",
    ],
)
def test_no_text_is_taken_for_markup(text: str) -> None:
    term = Term("x : y_ *z*", definition=text, aliases=(Alias("- a"), Alias(".. b")))
    ((names, found),) = read(write("sphinx", term).text)
    assert names == ["x : y_ *z*", "- a", ".. b"]
    assert found == words(plain(text))


@given(given_terms=terms())
def test_every_text_arrives(given_terms: tuple[Term, ...]) -> None:
    found = {names[0]: text for names, text in read(write("sphinx", *given_terms).text)}
    for term in given_terms:
        assert found[term.name].startswith(words(term.expansion) + words(plain(explanation(term))))
