"""A document that is open in an editor and edited by positions.

It is the other half of `text`, with the same coordinates, and must not know what a protocol message is.
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
    """An open document that is edited by positions and read as immutable `Text` snapshots.

    It holds a list of lines, so that an edit costs what it touches and not what the document weighs.
    """

    __slots__ = ("_edit", "_encoding", "_lines", "_starts", "_text")

    def __init__(self, source: str, encoding: Encoding = Encoding.UTF16) -> None:
        self._encoding = encoding
        self._lines = split_lines(source)
        self._text: Text | None = Text(source, tuple(self._lines))
        self._starts: Starts | None = None
        #: How the last text becomes the next one, if that takes one edit.
        self._edit: Edited | None = None

    @property
    def text(self) -> Text:
        """The document as it is now; the same object until the next edit."""
        if self._text is None:
            # To join all lines is quicker than to copy what lies before and behind an edit.
            self._text = Text("".join(self._lines), tuple(self._lines), self._starts, self._edit)
            self._edit = None
        return self._text

    def replace_all(self, source: str) -> None:
        """Exchange the whole text."""
        self._lines = split_lines(source)
        self._text = self._starts = self._edit = None

    def replace(self, start: tuple[int, int], end: tuple[int, int], new: str) -> None:
        """Put `new` in place of what lies between two positions; positions clamp as in `Text.offset_at`.

        An end before its start counts as equal to the start, so that a confused client loses nothing.
        """
        first, first_column = self._clamped(start)
        last, last_column = self._clamped(end)
        last, last_column = max((last, last_column), (first, first_column))
        middle = self._lines[first][:first_column] + new + self._lines[last][last_column:]
        if middle.startswith("\n") and first > 0 and self._lines[first - 1].endswith("\r"):
            # A lone CR in front of the edit and the LF at its start become one terminator.
            first -= 1
            middle = self._lines[first] + middle
        lines = split_lines(middle)
        if last < len(self._lines) - 1:
            # `middle` ends with the terminator of line `last`; the line after it is already in the list.
            lines.pop()
        self._edit = self._edited(first, last, middle)
        starts = self._text.starts if self._text else self._starts
        moved = len(lines[0]) - len(self._lines[first])
        self._starts = starts.longer(first, moved) if starts and first == last and len(lines) == 1 else None
        self._lines[first : last + 1] = lines
        self._text = None

    def _edited(self, first: int, last: int, new: str) -> Edited | None:
        """Return how the text becomes another one when `new` replaces its lines from `first` to `last`."""
        text = self._text
        if text is None or text.starts is None:
            return None
        start = text.line_start(first)
        end = text.line_start(last + 1) if last + 1 < len(self._lines) else len(text)
        old = text.source[start:end]
        before, behind = common_prefix(old, new), common_suffix(old, new)
        return Edited(ref(text), start + before, len(text) - end + behind)

    def _clamped(self, position: tuple[int, int]) -> tuple[int, int]:
        line, character = position
        if line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        line = max(line, 0)
        content = self._lines[line][: content_length(self._lines[line])]
        return line, code_points(content, max(character, 0), self._encoding)
