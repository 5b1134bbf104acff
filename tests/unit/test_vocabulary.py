"""Word lists: what is in them, and what begins as a word in them does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms.vocabulary import Words, parse
from glossary_ls.vfs.files import data_text

WORD = st.text("abc", min_size=2, max_size=4)
TEXT = st.text("abc\n#", max_size=5)


@given(st.lists(WORD, max_size=12), TEXT, TEXT)
def test_words_are_what_a_set_of_them_is(listed: list[str], word: str, beginning: str) -> None:
    words = Words("\n".join(["# aa bb", "", *listed]))
    assert (word in words) == (word in {*listed})
    assert words.have_beginning(beginning) == any(each.startswith(beginning) for each in listed)


def test_the_built_in_list_has_all_of_its_words() -> None:
    source = data_text("words/english.txt")
    words, expected = Words(source), parse(source)
    assert all(word in words for word in expected)
    assert not [word for word in ("GPU", "zzz", "", "a", "# Common", "aback\nabacus") if word in words]
