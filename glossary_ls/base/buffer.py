"""A mutable document that is edited by positions, for documents that are open in an editor.

It uses the coordinates of `text` and must not know what a protocol message is.
"""

from __future__ import annotations

from glossary_ls.base.text import Encoding, Text, code_points, content_length, split_lines


class Buffer:
    """A document that is edited by positions and read as immutable `Text` snapshots.

    It holds a list of lines, so that the cost of an edit depends on the lines that it touches, not on the
    size of the document.
    """

    __slots__ = ("_encoding", "_lines", "_text")

    def __init__(self, source: str, encoding: Encoding = Encoding.UTF16) -> None:
        self._encoding = encoding
        self._lines = split_lines(source)
        self._text: Text | None = Text(source, tuple(self._lines))

    @property
    def text(self) -> Text:
        """The current text; the same object until the next edit."""
        if self._text is None:
            # Joining all lines is faster than copying the text before and after the edit.
            self._text = Text("".join(self._lines), tuple(self._lines))
        return self._text

    def replace_all(self, source: str) -> None:
        """Replace the whole text."""
        self._lines = split_lines(source)
        self._text = None

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
        self._lines[first : last + 1] = lines
        self._text = None

    def _clamped(self, position: tuple[int, int]) -> tuple[int, int]:
        line, character = position
        if line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        line = max(line, 0)
        content = self._lines[line][: content_length(self._lines[line])]
        return line, code_points(content, max(character, 0), self._encoding)
