"""A mutable document that is edited by positions, for documents that are open in an editor.

It uses the coordinates of `text` and must not know what a protocol message is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from glossary_ls.base.text import (
    Edited,
    Encoding,
    Text,
    code_points,
    common_prefix,
    common_suffix,
    content_length,
    split_lines,
)

if TYPE_CHECKING:
    from glossary_ls.base.text import Starts


class Buffer:
    """A document that is edited by positions and read as immutable `Text` snapshots.

    It holds a list of lines, so that the cost of an edit depends on the lines that it touches, not on the
    size of the document.
    """

    __slots__ = ("_edit", "_encoding", "_lines", "_starts", "_text")

    def __init__(self, source: str, encoding: Encoding = Encoding.UTF16) -> None:
        self._encoding = encoding
        self._lines = split_lines(source)
        self._text: Text | None = Text(source, tuple(self._lines))
        self._starts: Starts | None = None
        #: How the next text differs from the last one, if by a single edit.
        self._edit: Edited | None = None

    @property
    def text(self) -> Text:
        """The current text; the same object until the next edit."""
        if self._text is None:
            # Joining all lines is faster than copying the text before and after the edit.
            self._text = Text("".join(self._lines), tuple(self._lines), self._starts, self._edit)
            self._edit = None
        return self._text

    def replace_all(self, source: str) -> None:
        """Replace the whole text."""
        self._lines = split_lines(source)
        self._text = self._starts = self._edit = None

    def replace(self, start: tuple[int, int], end: tuple[int, int], new: str) -> None:
        """Replace the text between two positions, which are clamped as in `Text.offset_at`.

        An end before the start is treated as the start, so that an invalid range deletes nothing.
        """
        first, first_column = self._clamped(start)
        last, last_column = self._clamped(end)
        last, last_column = max((last, last_column), (first, first_column))
        middle = self._lines[first][:first_column] + new + self._lines[last][last_column:]
        if middle.startswith("\n") and first > 0 and self._lines[first - 1].endswith("\r"):
            # A lone CR before the edit and the LF at its start merge into one terminator.
            first -= 1
            middle = self._lines[first] + middle
        lines = split_lines(middle)
        if last < len(self._lines) - 1:
            # `middle` ends with the terminator of line `last`; the line after it is already in the list.
            lines.pop()
        self._edit = self._edited(first, last, middle)
        starts = self._text.starts if self._text else self._starts
        growth = len(lines[0]) - len(self._lines[first])
        within_line = first == last and len(lines) == 1
        self._starts = starts.grown(first, growth) if starts and within_line else None
        self._lines[first : last + 1] = lines
        self._text = None

    def _edited(self, first: int, last: int, new: str) -> Edited | None:
        """Return what the text shares with the one in which `new` replaces the lines `first` to `last`."""
        text = self._text
        if text is None or text.starts is None:
            return None
        start = text.line_start(first)
        end = text.line_start(last + 1) if last + 1 < len(self._lines) else len(text)
        old = text.source[start:end]
        prefix, suffix = common_prefix(old, new), common_suffix(old, new)
        return Edited(ref(text), start + prefix, len(text) - end + suffix)

    def _clamped(self, position: tuple[int, int]) -> tuple[int, int]:
        line, character = position
        if line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        line = max(line, 0)
        content = self._lines[line][: content_length(self._lines[line])]
        return line, code_points(content, max(character, 0), self._encoding)
