"""Glossaries for the tests of writers."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Question, Status, Term
from glossary_ls.glossary.exports import WRITERS
from glossary_ls.glossary.exports.export import Export, Item, written
from glossary_ls.glossary.model import Guide, Head
from glossary_ls.glossary.names import key

if TYPE_CHECKING:
    from collections.abc import Collection

    from glossary_ls.glossary.exports import Writer
    from glossary_ls.glossary.exports.export import Written

#: A term that says everything that a term can say.
QWB = Term(
    "QWB",
    "Queue Wait Budget",
    (Alias("wait budget"), Alias("waiting room", AliasKind.AVOID), Alias("QW", AliasKind.ABBREVIATION)),
    "How long a *request* may wait.",
    "time in a queue",
    ("It is spent in `queues`.",),
    ("200 ms",),
    ("Queues",),
    ("latency", "nowhere"),
    (Contrast("latency", "Latency is **measured**."),),
    (Question("How large is it?", "As large as users bear.", ("latency",)),),
    Status.DEPRECATED,
    "latency",
    "@queues",
    "2024-02-29",
    CaseRule.EXACT,
    established=True,
    source="Handbook, p. 3",
    license="MIT",
    url="https://example.org/a_b?c=d&e",
    scope=("docs/**",),
)
LATENCY = Term("latency", definition="How long an answer takes.")

HEAD = Head(
    "Queues & co", "Words about *queues*.", Guide("Start", "Read this.", ("One.", "Two.")), ("QX",), "CC0-1.0"
)

EXPORT = Export(HEAD, (Item(QWB, "/w/glossary.yaml", 3), Item(LATENCY, "/w/glossary.yaml", 9)))


def writer(name: str) -> Writer:
    """Return the writer with an id."""
    return next(each for each in WRITERS if each.id == name)


def export(*terms: Term, head: Head | None = None) -> Export:
    """Return terms to be written."""
    return Export(
        head or Head(), tuple(Item(term, "/w/glossary.yaml", at) for at, term in enumerate(terms, 1))
    )


def write(name: str, *terms: Term, head: Head | None = None) -> Written:
    """Return what a writer writes."""
    return written(writer(name), export(*terms, head=head))


def only(term: Term, keys: Collection[str]) -> Term:
    """Return a term that has a name and some keys."""
    return replace(
        Term(term.name),
        **{field.name: getattr(term, field.name) for field in fields(Term) if field.name in keys},
    )


# --- any terms --------------------------------------------------------------------------------------------

_LETTERS = "abcdeghiklmnorstuABCDEFGHIKLMNORSTUäéßøж日本"
WORD = st.text(_LETTERS, min_size=2, max_size=8)
#: Readers of tables take some words for an empty cell.
NAME = (
    st.lists(WORD, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda name: name.lower() not in {"null", "nil", "none"})
)

#: Sentences with everything that some format reads as something else.
SENTENCE = st.lists(
    st.one_of(
        WORD,
        st.sampled_from(
            [
                '"',
                "'",
                "a;b",
                "a, b",
                "x|y",
                "5 % off",
                "a & b",
                "#1",
                "<b>",
                "{x}",
                "$5",
                "C:\\x",
                "a_b_c",
                "key: value",
                "2 * 3",
                "~",
                "^",
            ]
        ),
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: f"Is {' '.join(parts)}.")
PARAGRAPHS = st.lists(SENTENCE, min_size=1, max_size=3).map("\n\n".join)


#: Names with what means something in some format, or to who interprets a name.
ODD_NAME = st.lists(
    st.one_of(
        WORD,
        st.sampled_from(
            [
                "(x y)", "y,", '"q"', "a/b", "C#", "R&D", "<t>", "[z]", "*b*", "_u_", "`c`", "a|b", "50 %",
                "$1", "{n}", "\\n", "~", "don't", "#", "#1", "\u2014", "-", "a: b", "see", "vs", "O(n)", "1.",
            ]
        ),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip


@cache
def _values(names: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    """Return the values of a term without its name; a strategy is expensive to build for each example."""
    some_names = st.lists(names, max_size=2, unique_by=key).map(tuple)
    texts = st.lists(SENTENCE, max_size=2).map(tuple)

    def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(st.just(""), strategy)

    aliases = st.builds(Alias, names, st.sampled_from(AliasKind))
    return st.builds(
        Term,
        st.just(""),
        expansion=maybe(names),
        aliases=st.lists(aliases, max_size=2, unique_by=lambda each: key(each.name)).map(tuple),
        definition=maybe(PARAGRAPHS),
        summary=maybe(names),
        facts=texts,
        examples=texts,
        topics=some_names,
        related=some_names,
        contrasts=st.lists(st.builds(Contrast, names, maybe(SENTENCE)), max_size=2).map(tuple),
        questions=st.lists(st.builds(Question, SENTENCE, SENTENCE, some_names), max_size=2).map(tuple),
        status=st.sampled_from(Status),
        replaced_by=maybe(names),
        owner=maybe(names),
        reviewed=st.sampled_from(["", "2024-02-29"]),
        case=st.sampled_from([None, *CaseRule]),
        established=st.booleans(),
        source=maybe(names),
        license=maybe(names),
        url=st.sampled_from(["", "https://example.org/a_b?c=d&e=f#g"]),
        scope=st.sampled_from([(), ("docs/**", "*.md")]),
    )


@cache
def terms(names: st.SearchStrategy[str] = NAME) -> st.SearchStrategy[tuple[Term, ...]]:
    """Return a strategy for terms with distinct names."""
    named = st.tuples(names, _values(names)).map(lambda pair: replace(pair[1], name=pair[0]))
    return st.lists(named, min_size=1, max_size=3, unique_by=lambda term: key(term.name)).map(tuple)
