"""The evidence for and against a token being an acronym, and the table of its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.acronyms import evidence
from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.classify import evidence_for, is_unknown, plain_words
from glossary_ls.acronyms.tokens import latinized, token_spans
from glossary_ls.acronyms.vocabulary import Vocabulary, Words
from glossary_ls.markup import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = Vocabulary(
    not_acronyms=frozenset({"NOTE", "NICHT"}),
    names=frozenset({"Widgeto"}),
    english=Words("tap\nlever\nbutton\nhuge\nkind"),
)


def evidence_in(source: str, base: str) -> Mapping[str, float]:
    blocks = [block.prose for _, block in parse(source, "markdown")]
    uses = [use for prose in blocks for use in find_candidates(prose) if use.base == base]
    counts = plain_words(blocks)
    found = evidence_for(base, uses, counts.__getitem__, WORDS)
    assert is_unknown(base, uses, counts.__getitem__, WORDS) is (bool(found) and evidence.score(found) >= 0.6)
    return found


#: A text, a token in it, and the evidence on it besides that of every token.
ROWS: list[tuple[str, str, dict[str, float]]] = [
    ("QXZ works", "QXZ", {}),
    ("the QXZ and QXZ", "QXZ", {"determiner": 0.5}),
    ("QXZ, QXZ and QXZ", "QXZ", {"many-uses": 1}),
    ("two QXZs", "QXZ", {"plural": 1}),
    ("use TAP now", "TAP", {"english": 1, "bare-english": 1}),
    ("a cable by TAP", "TAP", {"english": 1}),
    ("By TAP it came", "TAP", {"english": 1}),
    ("a TAP-like device", "TAP", {"english": 1, "determiner": 1}),
    ("a TAP, not a tap", "TAP", {"english": 1, "determiner": 1, "lower-case-english": 1}),
    ("a TAP is a `TAP`", "TAP", {"english": 1, "determiner": 1, "code-english": 1}),
    ("a QXZ is a `QXZ`", "QXZ", {"determiner": 1}),
    ("a TAP, not a `tap`", "TAP", {"english": 1, "determiner": 1}),
    ("the LEVER", "LEVER", {"long-english": 1, "determiner": 1}),
    ("lEVER works", "lEVER", {"long-english": 1}),
    ("ZORBLE works", "ZORBLE", {"long": 1}),
    ("many ZORBLEs", "ZORBLE", {"plural": 1}),
    ("ZQRBLX works", "ZQRBLX", {}),
    ("Qxzt and qxzt, QXZT", "QXZT", {"lower-case": 1}),
    ("run `qxzt` and qxzt, QXZT", "QXZT", {}),
    ("QXZ5 works", "QXZ5", {"series": 1}),
    ("QX5 works", "QX5", {"short-series": 1}),
    ("on Foo QX", "QX", {"two-in-name": 1}),
    ("a Foo QX driver and the QX", "QX", {"two-in-name": 0.5, "determiner": 0.5}),
    ("QX 12", "QX", {"two-in-name": 1}),
    ("QXZ VWQ works", "QXZ", {"capitals-beside": 1}),
    ("QXZ BUTTON works", "QXZ", {"shout-beside": 1}),
    ("[QXZ] started", "QXZ", {"tag": 1}),
    ("served by QXZ-4", "QXZ", {"numbered": 1}),
    ("served by QXZ-x3b", "QXZ", {"model": 1}),
    ("on Foo's QX", "QX", {"determiner": 1}),
    ("- [QXZ guide](http://x)", "QXZ", {"link": 1}),
    ("See: [the QXZ](http://x)", "QXZ", {"link": 1, "determiner": 1}),
    ("[Guide](http://y) | [QXZ](http://x)", "QXZ", {"link": 1}),
    ("is a [QXZ](http://x)", "QXZ", {"determiner": 1}),
    ("like [the foo](http://y), [QXZ](http://x) and", "QXZ", {}),
    ("Add [QXZ parts](http://x)", "QXZ", {}),
    ("see (the [QXZ guide](http://x))", "QXZ", {}),
    ("see [the QXZ](http://x), for QXZ is new", "QXZ", {}),
]


@pytest.mark.parametrize(("source", "base", "expected"), ROWS)
def test_evidence(source: str, base: str, expected: dict[str, float]) -> None:
    assert evidence_in(source, base) == {"any": 1, **expected}


@pytest.mark.parametrize(
    ("source", "base"),
    [
        ("a NOTE", "NOTE"),
        ("NICHT so", "NICHT"),
        ("WIDGETO and WIDGETO2", "WIDGETO2"),
        ("NOTE5 is one", "NOTE5"),
        ("made by QXZ", "QXZ"),
        ("QXZ 101 and QXZ 213", "QXZ"),
        ("an X5 and a P99", "X5"),
        ("`QXZ`", "QXZ"),
        ("QXZ-41 and QXZ-4b", "QXZ"),
        ("PEP8", "PEP8"),
        ("QX;YZ", "QX"),
    ],
)
def test_what_is_no_acronym_beyond_doubt_has_no_evidence(source: str, base: str) -> None:
    assert evidence_in(source, base) == {}


def test_every_kind_of_evidence_has_a_weight() -> None:
    known = {name for _, _, names in ROWS for name in names}
    assert {*known, "any"} == set(evidence.weights())


def test_the_score_is_the_weighted_sum() -> None:
    weights = evidence.weights()
    assert evidence.score({"any": 1.0, "determiner": 0.5}) == weights["any"] + weights["determiner"] / 2


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the БЗК is", ["БЗК"]),
        ("сервер ŁZK", ["ŁZK"]),
        ("η ΓΔΕ", ["ΓΔΕ"]),
        ("使用QZX协议", ["QZX"]),
        ("通过xDS协议", ["xDS"]),
        ("カQZXの", ["QZX"]),
        ("Система и Сервер", []),
        ("使用协议", []),
    ],
)
def test_tokens_of_any_script(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in token_spans(text)] == tokens
    assert len(latinized(text)) == len(text)


@pytest.mark.parametrize("text", ["ΔT and ΣX", "10 MΩ", "5 МВт"])
def test_formulas_and_units_are_no_candidates(text: str) -> None:
    assert not [use for _, block in parse(text, "markdown") for use in find_candidates(block.prose)]
