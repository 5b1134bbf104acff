"""Which sense of a name fits a document: an order, never another set of senses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms.vocabulary import EMPTY
from glossary_ls.analysis import disambiguation, expansions
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.front_matter import front_matter
from glossary_ls.analysis.scan import scan
from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.glossary.index import build
from glossary_ls.settings.schema import Settings
from tests.glossaries import file_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.base.model import Mention

WORDS = (
    "layer",
    "request",
    "second",
    "accelerator",
    "network",
    "the",
    "throughput",
    "TP",
    "TPs",
    "\n\n",
    "# ",
)
HEADS = (
    "",
    "---\ntags: [network]\n---\n",
    "<!-- glossary-ls: sense TP = layer request -->\n\n",
    "TP (x y)\n\n",
)


def document(source: str, terms: Sequence[Term], language: str = "markdown") -> Document:
    glossary = build([file_of("/ws/glossary.yaml", terms)])
    return Document("/ws/d.md", language, scan(Text(source), language, glossary), Settings(), EMPTY)


def terms() -> st.SearchStrategy[list[Term]]:
    words = st.lists(st.sampled_from(WORDS[:7]), min_size=1, max_size=3).map(" ".join)
    topics = st.sampled_from([(), ("network",), ("layer",)])
    term = st.builds(Term, st.just("TP"), expansion=words, definition=words, topics=topics)
    return st.lists(term, min_size=1, max_size=5, unique_by=lambda term: term.expansion)


def fitting(page: Document) -> tuple[Mention, ...]:
    return tuple(disambiguation.fitting(page, mention) for mention in page.analysis.mentions)


@given(terms(), st.sampled_from(HEADS), st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_the_order_is_a_permutation_and_always_the_same(found: list[Term], top: str, body: str) -> None:
    page = document(top + body, found)
    again = document(top + body, found)
    for before, mention, same in zip(page.analysis.mentions, fitting(page), fitting(again), strict=True):
        assert sorted(map(id, before.senses)) == sorted(map(id, mention.senses))
        assert before.span == mention.span
        assert mention == same


@given(terms(), st.lists(st.sampled_from(("plain", "words", "TP", "TPs"))).map(" ".join))
def test_without_evidence_the_order_of_the_glossary_stays(found: list[Term], body: str) -> None:
    page = document(body, found)
    assert fitting(page) == page.analysis.mentions


@given(terms(), st.data())
def test_what_is_settled_comes_first(found: list[Term], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(found))
    page = document(f"<!-- glossary-ls: sense TP = {wanted.expansion} -->\n\nRaise TP now.\n", found)
    for mention in fitting(page):
        if len(mention.senses) == len(found):
            assert mention.term is wanted


@pytest.mark.parametrize(
    ("language", "source", "topics"),
    [
        ("markdown", "---\ntags: [a, b c]\ncategory: d\n---\ntext", ("a", "b c", "d")),
        ("markdown", "---\nKeywords: a, b\n---\n", ("a", "b")),
        ("markdown", "---\n- a\n---\n", ()),
        ("markdown", "---\n: [\n---\n", ()),
        ("markdown", "+++\ntags = ['a']\n+++\n", ("a",)),
        ("markdown", "+++\n= [\n+++\n", ()),
        ("markdown", '{\n  "tags": ["a", "b c"],\n\n  "x": {"y": "}"}\n}\n\ntext', ("a", "b c")),
        ("markdown", '{"keywords": "a, b"}\ntext', ("a", "b")),
        ("markdown", '{"tags": [\n}\ntext', ()),
        ("markdown", '---json\n{"tags": ["a"]}\n---\ntext', ("a",)),
        ("markdown", "---toml\ntags = ['a']\n---\ntext", ("a",)),
        ("markdown", ":keywords: a\n", ()),
        ("asciidoc", "= Title\n:keywords: a, b\n\n:tags: c\n", ("a", "b")),
        ("restructuredtext", ":tags: a\n\nText", ("a",)),
        ("plaintext", "", ()),
    ],
)
def test_topics_are_read_from_the_head(language: str, source: str, topics: tuple[str, ...]) -> None:
    assert front_matter(document(source, (), language).analysis).topics == topics


@pytest.mark.parametrize("last", ["request", "layer"])
def test_the_order_does_not_depend_on_where_it_was_asked_for_first(last: str) -> None:
    found = (
        Term("error budget", definition="how much of each layer and accelerator"),
        Term("error budget", definition="how much of each request and second"),
    )
    uses = "Layer: accelerator, Error Budget.\n", f"Second, {last}, Error Budget.\n"
    source = f"Plan\n\n{uses[0]}\n{'plain words ' * 90}\n\n{uses[1]}"
    page, again = document(source, found), document(source, found)
    first, second = page.analysis.mentions
    forwards = [disambiguation.fitting(page, mention).term for mention in (first, second)]
    backwards = [disambiguation.fitting(again, mention).term for mention in (second, first)]
    assert forwards == backwards
    assert forwards[0] is forwards[1]


def test_a_name_that_the_text_has_not_is_judged_by_the_place_where_it_may_go() -> None:
    found = (
        Term("TP", expansion="Tensor Parallelism", definition="layer accelerator"),
        Term("TP", expansion="Throughput", definition="request second"),
    )
    source = f"Plan\n\nLayer, accelerator.\n\n{'plain words ' * 90}\n\nSecond, request.\n"
    page = document(source, found)
    orders = [disambiguation.in_order(page, found, "TP", at)[0] for at in (8, len(source), 8)]
    assert orders == [found[0], found[1], found[0]]


def test_a_wording_means_one_sense_or_none() -> None:
    delivery = Term("CD", expansion="Continuous Delivery")
    disc = Term("CD", expansion="Compact Disc", aliases=())
    assert expansions.meant((delivery, disc), "compact-disc") is disc
    assert expansions.meant((delivery, disc), "delivery") is delivery
    assert expansions.meant((delivery, disc), "") is None
    assert expansions.meant((delivery, disc), "change data") is None
    assert expansions.meant((delivery, replace(delivery, expansion="Slow Delivery")), "delivery") is None
