"""Documents as text: the only module that knows lines, columns and encodings.

Three coordinate systems meet here and nowhere else:

- an *offset* counts Unicode code points from the start of a document; everything in the core is an offset;
- a *position* is the protocol's pair (line, character), both from 0, the character counted in the units of
  the encoding that client and server agreed on (LSP 3.17, "Position Encodings");
- *line* and *column* are what a human counts in an editor: both from 1, in code points.

A line ends at LF, CRLF or a lone CR and at nothing else (LSP 3.17, "Text Documents"). `str.splitlines` also
splits at form feeds and Unicode separators, which shifts every later line, so it must not be used here.
This module must not know what a glossary, a region or a protocol message is.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from weakref import ref


class Encoding(StrEnum):
    """The unit in which a client counts the character of a position."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code-point offsets."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, offset: int) -> bool:
        """Tell whether a character at `offset` lies in the span."""
        return self.start <= offset < self.end

    def touches(self, offset: int) -> bool:
        """Tell whether a caret at `offset` stands in the span or at either of its ends."""
        return self.start <= offset <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans have a character in common."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the same span, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def of(self, source: str) -> str:
        """Return the characters of `source` that the span covers."""
        return source[self.start : self.end]


def split_lines(source: str) -> list[str]:
    """Split at LF, CRLF and CR; lines keep their terminator, and the last one (maybe empty) has none."""
    lines = list(StringIO(source, newline=""))
    if not lines or lines[-1].endswith(("\n", "\r")):
        lines.append("")
    return lines


def units(string: str, encoding: Encoding) -> int:
    """Count the code units of `string` in `encoding`."""
    if encoding is Encoding.UTF32 or string.isascii():
        return len(string)
    if encoding is Encoding.UTF16:
        return len(string.encode("utf-16-le", "surrogatepass")) // 2
    return len(string.encode("utf-8", "surrogatepass"))


def code_points(string: str, count: int, encoding: Encoding) -> int:
    """Return how many code points of `string` its first `count` code units hold.

    A count inside a character snaps back to the character's start; a count past the end means the end.
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


def content_length(line: str) -> int:
    """Return the length of a line without its terminator."""
    if line.endswith("\r\n"):
        return len(line) - 2
    return len(line) - line.endswith(("\n", "\r"))


@dataclass(frozen=True, slots=True)
class Starts:
    """The offset at which each line starts: as `known` tells, and behind line `last` by `moved` further on.

    So a key moves all lines behind its own at no cost, and is followed by more keys in the same line.
    """

    known: list[int]
    last: int = 0
    moved: int = 0

    def of(self, line: int) -> int:
        """Return where a line starts."""
        return self.known[line] + (self.moved if line > self.last else 0)

    def line_at(self, offset: int) -> int:
        """Return the line that holds an offset."""
        behind = self.last + 1
        if behind < len(self.known) and offset >= self.known[behind] + self.moved:
            return bisect_right(self.known, offset - self.moved, behind) - 1
        return bisect_right(self.known, offset, 0, behind) - 1

    def longer(self, line: int, by: int) -> Starts | None:
        """Return the starts once a line is longer, or None when they are to be counted anew."""
        if self.moved and line != self.last:
            return None
        return Starts(self.known, line, self.moved + by)

    def all(self) -> list[int]:
        """Return where every line starts."""
        behind = self.last + 1
        return [*self.known[:behind], *(start + self.moved for start in self.known[behind:])]


class Edited(NamedTuple):
    """The text that another one was made of, and how many characters both share at each end.

    The reference is a weak one, or every version of a document would hold all earlier ones.
    """

    text: ref[Text]
    before: int
    behind: int


class Text:
    """An immutable document text with lazily computed line starts."""

    __slots__ = ("__weakref__", "_edit", "_lines", "_starts", "source")

    def __init__(
        self,
        source: str,
        lines: Sequence[str] | None = None,
        starts: Starts | None = None,
        edit: Edited | None = None,
    ) -> None:
        """Wrap `source`; `lines`, when given, must be its `split_lines`, and `starts` where those start.

        `edit` tells of which text this one was made.
        """
        self.source = source
        self._lines = lines
        self._starts = starts
        self._edit = edit

    def __len__(self) -> int:
        return len(self.source)

    @property
    def has_lines(self) -> bool:
        """Whether the lines are known without looking for them."""
        return self._lines is not None

    @property
    def lines(self) -> Sequence[str]:
        """The lines with their terminators."""
        if self._lines is None:
            self._lines = split_lines(self.source)
        return self._lines

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts."""
        starts = self._counted()
        if starts.moved:
            starts = self._starts = Starts(starts.all())
        return starts.known

    def line_start(self, line: int) -> int:
        """Return the offset at which a line, counted from 0, starts."""
        return self._counted().of(line)

    def line_index(self, offset: int) -> int:
        """Return the line, counted from 0, that holds `offset`."""
        return self._counted().line_at(offset)

    @property
    def starts(self) -> Starts | None:
        """Where the lines start, if that was counted already."""
        return self._starts

    def made_of(self, other: Text) -> tuple[int, int] | None:
        """Return what `common_ends` would, if this text was made of `other` by one edit."""
        edit = self._edit
        return (edit.before, edit.behind) if edit and edit.text() is other else None

    def _counted(self) -> Starts:
        if self._starts is None:
            self._starts = Starts([0, *accumulate(map(len, self.lines[:-1]))])
        return self._starts

    def line_span(self, line: int) -> Span:
        """Return the span of a line, counted from 0, without its terminator."""
        start = self.line_start(line)
        return Span(start, start + content_length(self.lines[line]))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return line and column as a human counts them, both from 1."""
        line = self.line_index(offset)
        return line + 1, offset - self.line_start(line) + 1

    def offset_at_line_column(self, line: int, column: int) -> int:
        """Return the offset of a human's line and column, clamped into the text."""
        return self.offset_at(max(line, 1) - 1, max(column, 1) - 1, Encoding.UTF32)

    def offset_at(self, line: int, character: int, encoding: Encoding) -> int:
        """Return the offset of a position.

        A character past the end of its line means the line's end before the terminator; a line past the last
        one means the end of the text (LSP 3.17, "Position").
        """
        if line >= len(self.lines):
            return len(self.source)
        content = self.lines[line][: content_length(self.lines[line])]
        return self.line_start(line) + code_points(content, max(character, 0), encoding)

    def position_at(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Return the position of an offset, which is clamped into the text."""
        offset = min(max(offset, 0), len(self.source))
        line = self.line_index(offset)
        column = offset - self.line_start(line)
        return line, units(self.lines[line][:column], encoding)

    def positions(self, offsets: Iterable[int], encoding: Encoding) -> Iterator[tuple[int, int]]:
        """Yield the positions of many offsets, which must lie in the text: `position_at`, but quicker."""
        counted, lines = self._counted(), self.lines
        starts, behind, moved = counted.known, counted.last + 1, counted.moved
        limit = starts[behind] + moved if behind < len(starts) else len(self.source) + 1
        plain = encoding is Encoding.UTF32 or self.source.isascii()
        for offset in offsets:
            # As `Starts` does, without two calls for each of thousands.
            if offset >= limit:
                line = bisect_right(starts, offset - moved, behind) - 1
                column = offset - moved - starts[line]
            else:
                line = bisect_right(starts, offset, 0, behind) - 1
                column = offset - starts[line]
            yield line, column if plain else units(lines[line][:column], encoding)


def common_ends(left: Text, right: Text) -> tuple[int, int]:
    """Return how many characters two texts have in common at their start, and how many at their end.

    Two texts of one `Buffer` share the lines that were not edited, which are compared by identity first. If
    one edit lies between them it tells, of a few less where it repeats what stands beside it.
    """
    if left.source == right.source:
        return len(left), len(left)
    if (known := right.made_of(left)) is not None:
        return known
    if not left.has_lines or not right.has_lines:
        return common_prefix(left.source, right.source), common_suffix(left.source, right.source)
    ours, others = left.lines, right.lines
    first, last = common_prefix(ours, others), common_suffix(ours, others)
    before = left.line_start(first) + common_prefix(ours[first], others[first])
    behind = len(left) - left.line_start(len(ours) - last) if last else 0
    if last < min(len(ours), len(others)):
        behind += common_suffix(ours[len(ours) - 1 - last], others[len(others) - 1 - last])
    return before, behind


def common_prefix(left: Sequence[object], right: Sequence[object]) -> int:
    """Return the length of the longest common prefix, by bisection over comparisons that run in C."""
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
    """A stretch of one line that a client can be told of when the text is no longer at hand.

    `line` counts from 0. `start` and `end` are characters in each unit, in the order of `Encoding`.
    """

    line: int
    start: tuple[int, int, int]
    end: tuple[int, int, int]

    @classmethod
    def of(cls, text: Text, span: Span) -> Place:
        """Return the place of a span; what reaches over the end of its first line is left out."""
        line = text.line_index(span.start)
        whole = text.line_span(line)
        ends = (span.start, max(span.start, min(span.end, whole.end)))
        before, upto = (text.source[whole.start : end] for end in ends)
        return cls(line, _in_each_unit(before), _in_each_unit(upto))

    def characters(self, encoding: Encoding) -> tuple[int, int]:
        """Return the characters at which the stretch starts and ends."""
        unit = _UNITS.index(encoding)
        return self.start[unit], self.end[unit]


_UNITS = tuple(Encoding)


def _in_each_unit(string: str) -> tuple[int, int, int]:
    return units(string, Encoding.UTF8), units(string, Encoding.UTF16), units(string, Encoding.UTF32)
