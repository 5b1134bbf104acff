"""What edits do to the blocks of a text, compared with parsing the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.analysis.editing.reading import differences, read_text
from glossary_ls.base.edits import apart, applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span, Text

from .fragments import FRAGMENTS, sources

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block

LANGUAGES = [language for language in FRAGMENTS if language != "code"]
#: Where an edit starts, in hundredths of the text, how much it replaces, and by what.
PLACES = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 9)), min_size=1, max_size=4)


@pytest.mark.parametrize("language", [*LANGUAGES, "python"])
@given(data=st.data())
def test_differences_are_those_of_parsing_everything(language: str, data: st.DataObject) -> None:
    text = sources(FRAGMENTS.get(language, FRAGMENTS["code"]))
    paragraphs = st.lists(text, min_size=1, max_size=5).map("\n\n".join).filter(bool)
    source = data.draw(paragraphs)
    starts = [(len(source) * place // 100, length) for place, length in data.draw(PLACES)]
    spans = [Span(start, min(start + length, len(source))) for start, length in starts]
    edits = apart(TextEdit(span, data.draw(text)) for span in spans)
    reading = read_text(Text(source), language)
    expected = read_text(Text(applied(source, edits)), language).blocks
    found: list[Block] = []
    behind = 0
    for numbers, blocks in differences(reading, edits):
        found += [*reading.blocks[behind : numbers.start], *blocks]
        behind = numbers.stop
    assert [*found, *reading.blocks[behind:]] == list(expected)


def test_only_what_an_edit_can_reach_is_parsed() -> None:
    text = Text("Some words.\n\n" * 100)
    edits = [TextEdit(Span(13 * line + 5, 13 * line + 10), "others") for line in (20, 21, 80)]
    found = list(differences(read_text(text, "markdown"), edits))
    assert [numbers for numbers, _ in found] == [range(20, 22), range(80, 81)]
    assert [len(blocks) for _, blocks in found] == [2, 1]
