"""Texts, spans and positions: the only module that knows lines, columns and encodings.

It converts between three coordinate systems:

- an *offset* counts Unicode code points from the start of a document; the core uses only offsets;
- a *position* is the pair (line, character) of the protocol, both zero-based, the character in code units of
  the encoding that client and server negotiated (LSP 3.17, "Position");
- *line* and *column* are what an editor shows: both one-based, in code points.

A line ends at LF, CRLF or a lone CR and at nothing else (LSP 3.17, "Text Documents"). `str.splitlines` also
splits at form feeds and Unicode separators, which shifts every later line, so it must not be used here.
This module must not know what a glossary, a region or a protocol message is.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from io import StringIO
from itertools import accumulate, chain, islice, repeat
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


#: How much of a text is split into lines at once, in characters.
_PART = 100_000
_LINES = 20_000


class Encoding(StrEnum):
    """The encoding whose code units the character of a position counts."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


class Span(NamedTuple):
    """A half-open range of code-point offsets. It is a tuple because most of what runs often makes spans."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, offset: int) -> bool:
        """Return whether the character at `offset` is in the span."""
        return self.start <= offset < self.end

    def touches(self, offset: int) -> bool:
        """Return whether a caret at `offset` is in the span or at either end of it."""
        return self.start <= offset <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved by `by` code points."""
        return Span(self.start + by, self.end + by)

    def of(self, source: str) -> str:
        """Return the characters of `source` that the span covers."""
        return source[self.start : self.end]


def split_lines(source: str) -> list[str]:
    """Split at LF, CRLF and CR; lines keep their terminator, and the last, possibly empty, one has none."""
    lines: list[str] = []
    start = 0
    while len(source) - start > _PART:
        # In parts, because no other thread runs while a text is split.
        end = source.find("\n", start + _PART) + 1 or len(source)
        lines += StringIO(source[start:end], newline="")
        start = end
    lines += StringIO(source[start:] if start else source, newline="")
    if not lines or lines[-1].endswith(("\n", "\r")):
        lines.append("")
    return lines


def _starts(lines: Sequence[str]) -> list[int]:
    """Return the offset of the start of each line; in parts, as in `split_lines`."""
    starts = [0]
    for at in range(0, len(lines), _LINES):
        starts += islice(accumulate(map(len, lines[at : at + _LINES]), initial=starts[-1]), 1, None)
    starts.pop()
    return starts


def units(string: str, encoding: Encoding) -> int:
    """Count the code units of `string` in `encoding`."""
    if encoding is Encoding.UTF32 or string.isascii():
        return len(string)
    if encoding is Encoding.UTF16:
        return len(string.encode("utf-16-le", "surrogatepass")) // 2
    return len(string.encode("utf-8", "surrogatepass"))


def code_points(string: str, count: int, encoding: Encoding) -> int:
    """Return the number of code points in the first `count` code units of `string`.

    A count inside a character is rounded down to its start; one past the end means the end.
    """
    if encoding is Encoding.UTF32 or string.isascii():
        return min(count, len(string))
    if encoding is Encoding.UTF16:
        data = string.encode("utf-16-le", "surrogatepass")
        if 2 * count >= len(data):
            return len(string)
        if _is_low_surrogate(data, count) and count > 0 and _is_high_surrogate(data, count - 1):
            count -= 1
        return len(data[: 2 * count].decode("utf-16-le", "surrogatepass"))
    data = string.encode("utf-8", "surrogatepass")
    if count >= len(data):
        return len(string)
    while count > 0 and data[count] & 0xC0 == 0x80:
        count -= 1
    return len(data[:count].decode("utf-8", "surrogatepass"))


def _is_high_surrogate(data: bytes, unit: int) -> bool:
    return data[2 * unit + 1] & 0xFC == 0xD8


def _is_low_surrogate(data: bytes, unit: int) -> bool:
    return data[2 * unit + 1] & 0xFC == 0xDC


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string, which are separated by white space."""
    return frozenset(words.split())


def in_order(letters: Iterable[str], among: Iterable[str]) -> bool:
    """Return whether some letters are in a text, in their order, with others between."""
    rest = iter(among)
    return all(letter in rest for letter in letters)


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range `text[start:end]` without leading and trailing white space."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def shortened(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, with an ellipsis, cut between words if possible."""
    if len(text) <= limit:
        return text
    words = text[:limit].rpartition(" ")[0].rstrip(" ,;:-\u2013\u2014(")
    return (words if 2 * len(words) >= limit else text[: limit - 1].rstrip()) + "\u2026"


def content_length(line: str) -> int:
    """Return the length of a line without its terminator."""
    if line.endswith("\r\n"):
        return len(line) - 2
    return len(line) - line.endswith(("\n", "\r"))


class Text:
    """An immutable document text with lazily computed lines."""

    __slots__ = ("__weakref__", "_line_starts", "_lines", "source")

    def __init__(self, source: str, lines: Sequence[str] | None = None) -> None:
        """Wrap `source`; `lines`, if given, must be its `split_lines`."""
        self.source = source
        self._lines = lines
        self._line_starts: list[int] | None = None

    def __len__(self) -> int:
        return len(self.source)

    @property
    def lines(self) -> Sequence[str]:
        """The lines with their terminators."""
        if self._lines is None:
            self._lines = split_lines(self.source)
        return self._lines

    @property
    def line_starts(self) -> list[int]:
        """The offset of the start of each line."""
        if self._line_starts is None:
            self._line_starts = _starts(self.lines)
        return self._line_starts

    def line_start(self, line: int) -> int:
        """Return the offset at which a zero-based line starts."""
        return self.line_starts[line]

    def line_index(self, offset: int) -> int:
        """Return the zero-based line that contains `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def line_indexes(self, offsets: Iterable[int]) -> list[int]:
        """Return the zero-based line that contains each offset."""
        return list(map(bisect_right, repeat(self.line_starts[1:]), offsets))

    def line_span(self, line: int) -> Span:
        """Return the span of a zero-based line without its terminator."""
        start = self.line_start(line)
        return Span(start, start + content_length(self.lines[line]))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return the one-based line and column of an offset."""
        line = self.line_index(offset)
        return line + 1, offset - self.line_start(line) + 1

    def offset_at_line_column(self, line: int, column: int) -> int:
        """Return the offset of a one-based line and column, clamped to the text."""
        return self.offset_at(max(line, 1) - 1, max(column, 1) - 1, Encoding.UTF32)

    def offset_at(self, line: int, character: int, encoding: Encoding) -> int:
        """Return the offset of a position.

        A character past the end of its line means the end of the line, before the terminator (LSP 3.17,
        "Position"); a line past the last one means the end of the text.
        """
        if line >= len(self.lines):
            return len(self.source)
        content = self.lines[line][: content_length(self.lines[line])]
        return self.line_start(line) + code_points(content, max(character, 0), encoding)

    def position_at(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Return the position of an offset, which is clamped to the text."""
        offset = min(max(offset, 0), len(self.source))
        line = self.line_index(offset)
        column = offset - self.line_start(line)
        return line, units(self.lines[line][:column], encoding)

    def ranges(
        self, spans: Iterable[tuple[int, int]], encoding: Encoding
    ) -> Iterator[tuple[int, int, int, int]]:
        """Return the positions of both ends of each span in one tuple; all spans must be in the text."""
        starts, source_lines = self.line_starts, self.lines
        offsets = list(chain.from_iterable(spans))
        lines = self.line_indexes(offsets)
        columns = [offset - starts[line] for offset, line in zip(offsets, lines, strict=True)]
        if encoding is not Encoding.UTF32 and not self.source.isascii():
            places = zip(lines, columns, strict=True)
            columns = [units(source_lines[line][:column], encoding) for line, column in places]
        numbers = chain.from_iterable(zip(lines, columns, strict=True))
        return zip(numbers, numbers, numbers, numbers, strict=True)


def common_ends(left: Sequence[object], right: Sequence[object]) -> tuple[int, int]:
    """Return the length of the longest common prefix, and of the longest common suffix behind it."""
    prefix = common_prefix(left, right)
    return prefix, min(common_suffix(left, right), len(left) - prefix, len(right) - prefix)


def common_prefix(left: Sequence[object], right: Sequence[object]) -> int:
    """Return the length of the longest common prefix, by binary search over slice comparisons."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(left: Sequence[object], right: Sequence[object]) -> int:
    """Return the length of the longest common suffix."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[len(left) - middle : len(left) - low] == right[len(right) - middle : len(right) - low]:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True, slots=True)
class Place:
    """A range of one line that can be converted to positions without its text.

    `line` is zero-based. `start` and `end` are characters in the code units of each `Encoding`, in its order.
    """

    line: int
    start: tuple[int, int, int]
    end: tuple[int, int, int]

    @classmethod
    def of(cls, text: Text, span: Span) -> Place:
        """Return the place of a span, which is cut at the end of its first line."""
        line = text.line_index(span.start)
        whole = text.line_span(line)
        ends = (span.start, max(span.start, min(span.end, whole.end)))
        to_start, to_end = (text.source[whole.start : end] for end in ends)
        return cls(line, _in_each_unit(to_start), _in_each_unit(to_end))

    def characters(self, encoding: Encoding) -> tuple[int, int]:
        """Return the characters at which the range starts and ends."""
        unit = _UNITS.index(encoding)
        return self.start[unit], self.end[unit]


_UNITS = tuple(Encoding)


def _in_each_unit(string: str) -> tuple[int, int, int]:
    return units(string, Encoding.UTF8), units(string, Encoding.UTF16), units(string, Encoding.UTF32)
