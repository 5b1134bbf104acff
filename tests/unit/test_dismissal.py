"""What is dismissed by a look at a few characters has no definition and no candidate by the whole search."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms import bounds, brackets, candidates, phrases, proper_nouns, sentences, tables
from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.definitions import find_definitions
from glossary_ls.acronyms.tokens import token_spans
from glossary_ls.base.model import RegionKind
from glossary_ls.markup import parse
from glossary_ls.markup.prose import Piece, Prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.base.model import Candidate, Definition

CASES = Path(__file__).parents[1] / "cases"
LINES = Path(__file__).with_name("definitions.txt")

#: The tests by which places are dismissed.
DISMISSALS = (
    (bounds, "cannot_end"),
    (brackets, "cannot_start"),
    (brackets, "cannot_shuffle"),
    (brackets, "_are_plain"),
    (brackets, "_is_plain"),
    (sentences, "cannot_start"),
    (sentences, "_goes_on"),
    (sentences, "_comma_before"),
    (tables, "cannot_start"),
)

PARTS = (
    *(
        "SLO",
        "SLOs",
        "CI/CD",
        "default",
        "slo",
        "Node",
        "S3",
        "xQ",
        "XL",
        "ABC",
        "IPAM",
        "K8s",
        "abC",
        "HTTPd",
    ),
    *("service", "level", "objective", "Service", "Level", "Objective", "objectives", "serviceLevel", "lo"),
    *("cross", "the", "of", "address", "manager", "ip", "IP", "simple", "storage", "a", "b", "c", "2", "ex"),
    *(
        "stands for",
        "means",
        "is",
        "or",
        "also",
        "known as",
        "for short",
        "hereafter",
        "short for",
        "steht für",
    ),
    *(
        "(",
        ")",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        ":",
        "-",
        "\u2014",
        "\u201c",
        "\u201d",
        "=",
        "/",
        ".",
        "\n",
        "\x1f",
    ),
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(PARTS), st.sampled_from((" ", " ", " ", "", "."))), min_size=2, max_size=24
).map(lambda parts: "".join(map("".join, parts)))
SHOUTS = st.lists(
    st.sampled_from(
        ("THE", "DO", "NOT", "US", "FR", "GB", "AND", "or", ", ", " ", "/", "-", "x", "PRODUCTION", "É")
    ),
    max_size=12,
).map(" ".join)


class _Everything(frozenset[str]):
    """A set of all strings."""

    def __contains__(self, item: object) -> bool:
        return True


def flat(text: str) -> Prose:
    return Prose(text, (Piece(0, 0, len(text), RegionKind.PROSE),))


def found(prose: Prose) -> tuple[Sequence[Candidate], Sequence[Definition]]:
    return find_candidates(prose), find_definitions(prose)


def found_without_dismissals(prose: Prose) -> tuple[Sequence[Candidate], Sequence[Definition]]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name in DISMISSALS:
            patch.setattr(module, name, lambda *_: None)
        patch.setattr(candidates, "_SUSPECT_BEFORE", _Everything())
        return found(prose)


@given(TEXTS)
def test_nothing_is_dismissed_that_has_a_definition(text: str) -> None:
    assert found(flat(text)) == found_without_dismissals(flat(text))


@given(TEXTS)
def test_the_last_word_before_a_bracket_tells_the_shape_of_the_short_form(text: str) -> None:
    words = text[-48:].rstrip(brackets._QUOTED_END).rsplit(" ", 3)[1:]
    is_small = bool(words) and brackets._is_small(words[-1])
    if is_small:
        assert brackets._short_at_end(brackets._TOKEN, text, len(text), 24) is None
    if (
        (len(words) == 3 and all(map(brackets._is_small, words)))
        if is_small
        else words and words[-1].isprintable()
    ):
        assert brackets._short_at_end(brackets._HEAD_NOUN, text, len(text), 48) is None


@given(SHOUTS)
def test_shouts_and_lists_of_countries_have_the_tokens_that_tell(text: str) -> None:
    tokens = [text[start:end] for start, end in token_spans(text)]
    assert [*candidates._shouted(text, tokens)] == [*candidates._shouted(text, ["THE"])]
    assert [*proper_nouns.country_lists(text, tokens)] == [*proper_nouns.country_lists(text, ["US"] * 3)]


def test_nothing_is_dismissed_in_the_documents_of_the_tests() -> None:
    definitions = 0
    for file in (*CASES.glob("definitions/*.txt"), LINES):
        for _, block in parse(file.read_text("utf-8"), "markdown"):
            assert found(block.prose) == found_without_dismissals(block.prose)
            definitions += len(find_definitions(block.prose))
    assert definitions > 100


def test_connectives_begin_with_whole_words() -> None:
    for kind in ("expands", "means", "is"):
        for phrase in phrases._phrases(kind, glued=False):
            word = re.match(r"[^\W_]+(?=$|\s|\(\?:\s)", phrase)
            assert word, phrase
            assert word[0] in sentences._FIRST_WORDS


def test_first_words_of_introductions_are_known() -> None:
    for pattern in (brackets._INTRODUCTION.pattern, brackets._GLOSS.pattern):
        words = set(re.findall(r"(?<![\\\w.])[^\W\d_]{2,}", pattern))
        assert {word for word in words if word < "\u2e80"} <= brackets._INTRODUCING | {"form", "is", "of"}
