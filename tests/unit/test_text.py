"""Text and Buffer against a naive oracle, in all three encodings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.buffer import Buffer
from glossary_ls.base.text import Encoding, Span, Text, code_points, common_ends, split_lines, units

from .examples import FEW_EXAMPLES

PIECES = ["a", "b", " ", "\n", "\r", "\r\n", "é", "漢", "😀", "\u2028", "\x0c", "\x85", "\ud800"]
SOURCES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
ENCODINGS = st.sampled_from(list(Encoding))


def encoded_length(string: str, encoding: Encoding) -> int:
    """Count code units one character at a time."""
    if encoding is Encoding.UTF32:
        return len(string)
    if encoding is Encoding.UTF16:
        return sum(2 if ord(character) > 0xFFFF else 1 for character in string)
    return sum(len(character.encode("utf-8", "surrogatepass")) for character in string)


def naive_offset(source: str, line: int, character: int, encoding: Encoding) -> int:
    """Find the offset of a position by walking through the text."""
    starts = [0] + [found.end() for found in re.finditer(r"\r\n|\n|\r", source)]
    if line >= len(starts):
        return len(source)
    offset = starts[line]
    while offset < len(source) and source[offset] not in "\r\n":
        character -= encoded_length(source[offset], encoding)
        if character < 0:
            break
        offset += 1
    return offset


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a\n", ""]),
        ("a\r\nb\rc\n\n", ["a\r\n", "b\r", "c\n", "\n", ""]),
        ("a\u2028b\x0cc\x85d", ["a\u2028b\x0cc\x85d"]),
    ],
)
def test_lines_end_at_the_terminators_of_the_protocol(source: str, lines: list[str]) -> None:
    assert split_lines(source) == lines


@FEW_EXAMPLES
@given(SOURCES, ENCODINGS)
def test_offset_to_position_and_back(source: str, encoding: Encoding) -> None:
    text = Text(source)
    for offset in range(len(source) + 1):
        line, character = text.position_at(offset, encoding)
        inside_crlf = source[offset - 1 : offset + 1] == "\r\n"
        expected = offset - 1 if inside_crlf else offset
        assert text.offset_at(line, character, encoding) == expected


@FEW_EXAMPLES
@given(SOURCES, st.integers(0, 8), st.integers(0, 30), ENCODINGS)
def test_offset_of_any_position(source: str, line: int, character: int, encoding: Encoding) -> None:
    assert Text(source).offset_at(line, character, encoding) == naive_offset(
        source, line, character, encoding
    )


@FEW_EXAMPLES
@given(SOURCES, ENCODINGS)
def test_units_agree_with_counting(source: str, encoding: Encoding) -> None:
    assert units(source, encoding) == encoded_length(source, encoding)


def test_a_count_inside_a_surrogate_pair_is_rounded_down() -> None:
    assert code_points("😀a", 1, Encoding.UTF16) == 0
    assert code_points("😀a", 2, Encoding.UTF16) == 1
    assert code_points("é", 1, Encoding.UTF8) == 0


EDITS = st.lists(
    st.tuples(
        st.tuples(st.integers(0, 8), st.integers(0, 12)),
        st.tuples(st.integers(0, 8), st.integers(0, 12)),
        st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
    ),
    max_size=6,
)


@FEW_EXAMPLES
@given(SOURCES, EDITS, ENCODINGS)
def test_edits_agree_with_splicing_a_string(
    source: str, edits: list[tuple[tuple[int, int], tuple[int, int], str]], encoding: Encoding
) -> None:
    buffer = Buffer(source, encoding)
    for start, end, new in edits:
        first = naive_offset(source, *start, encoding)
        last = max(first, naive_offset(source, *end, encoding))
        source = source[:first] + new + source[last:]
        buffer.replace(start, end, new)
        assert buffer.text.source == source
        assert list(buffer.text.lines) == split_lines(source)


@FEW_EXAMPLES
@given(SOURCES, EDITS, st.lists(st.sampled_from(["index", "starts", "nothing"]), min_size=6, max_size=6))
def test_line_starts_after_edits(
    source: str, edits: list[tuple[tuple[int, int], tuple[int, int], str]], asked: list[str]
) -> None:
    buffer = Buffer(source)
    for (start, end, new), what in zip(edits, asked, strict=False):
        buffer.replace(start, end, new)
        text, fresh = buffer.text, Text(buffer.text.source)
        if what == "index":
            assert [text.line_index(at) for at in range(len(text) + 1)] == [
                fresh.line_index(at) for at in range(len(text) + 1)
            ]
            lines = range(len(text.lines))
            assert [text.line_span(line) for line in lines] == [fresh.line_span(line) for line in lines]
        elif what == "starts":
            assert text.line_starts == fresh.line_starts


@FEW_EXAMPLES
@given(SOURCES, EDITS)
def test_common_ends(source: str, edits: list[tuple[tuple[int, int], tuple[int, int], str]]) -> None:
    buffer = Buffer(source)
    before = buffer.text
    for start, end, new in edits:
        buffer.replace(start, end, new)
    after = buffer.text
    pairs = list(zip(before.source, after.source, strict=False))
    behind = list(zip(before.source[::-1], after.source[::-1], strict=False))
    prefix, suffix = (
        next((at for at, (one, other) in enumerate(found) if one != other), len(found))
        for found in (pairs, behind)
    )
    assert common_ends(before.source, after.source) == (prefix, min(suffix, len(pairs) - prefix))


def test_a_snapshot_does_not_change_with_the_buffer() -> None:
    buffer = Buffer("one\ntwo\n")
    before = buffer.text
    buffer.replace((1, 0), (1, 3), "zwei")
    assert (before.source, buffer.text.source) == ("one\ntwo\n", "one\nzwei\n")
    assert list(before.lines) == ["one\n", "two\n", ""]


def test_line_and_column_count_from_one() -> None:
    text = Text("ab\ncd")
    assert text.line_column(4) == (2, 2)
    assert text.offset_at_line_column(2, 2) == 4
    assert text.offset_at_line_column(0, 0) == 0
    assert text.line_span(1) == Span(3, 5)
