"""The acronyms of a single text: `glossary_ls.acronyms.find`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms import find
from glossary_ls.acronyms.vocabulary import Vocabulary, Words


def seen(text: str, language: str = "plaintext") -> dict[str, tuple[list[str], list[str]]]:
    """Return the uses of each acronym and its long forms, as written."""
    vocabulary = Vocabulary(english=Words("sift\nnever"), not_acronyms=frozenset({"NOTE"}))
    return {
        found.base: (
            [use.of(text) for use in found.uses],
            [definition.long for definition in found.definitions],
        )
        for found in find(text, language, vocabulary)
    }


def test_defined_and_undefined_acronyms_with_all_uses() -> None:
    text = "NOTE: recurrent widget nets ( RWNs ) and an XQZ ; one RWN . No XQZs ."
    assert seen(text) == {
        "RWN": (["RWNs", "RWN"], ["recurrent widget nets"]),
        "XQZ": (["XQZ", "XQZs"], []),
    }


def test_a_defined_short_form_of_any_shape_is_found_again() -> None:
    text = "levels of 5-HT (5-hydroxytryptamine); two amino acids (aa), 12 aa of 5-HT"
    assert seen(text) == {
        "5-HT": (["5-HT", "5-HT"], ["5-hydroxytryptamine"]),
        "aa": (["aa", "aa"], ["amino acids"]),
    }


def test_one_use_of_an_english_word_in_capitals_is_enough() -> None:
    assert list(seen("we compare with SIFT features")) == ["SIFT"]
    assert seen("you must NEVER DO THAT") == {}


def test_a_heading_is_defined_by_the_text_below() -> None:
    text = "## 3. WRB\n\nThe Widget Review Board meets. Ask the WRB.\n\n```\nXQZ\n```\n"
    assert seen(text, "markdown") == {"WRB": (["WRB", "WRB"], ["Widget Review Board"])}


def test_a_heading_above_other_text_is_not_defined() -> None:
    assert seen("## XQZ\n\nIt is a box.\n", "markdown")["XQZ"][1] == []
    assert seen("## Xylophones\n\nXylophone years.\n", "markdown") == {}


@given(st.text(alphabet="ABab1 ()-:,\n#/."))
def test_spans_match_the_text_for_any_input(text: str) -> None:
    for acronym in find(text, "markdown"):
        assert acronym.uses
        assert list(acronym.uses) == sorted(set(acronym.uses))
        for definition in acronym.definitions:
            assert definition.short_span.of(text) == definition.short == acronym.base
