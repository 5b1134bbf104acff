"""Emphasis in Markdown: which of the `*`, `_`, `~~` and `==` in a text are markup.

This is the delimiter algorithm of CommonMark 0.31 ("An algorithm for parsing nested emphasis and links"),
with the strikethrough of GFM and the common highlight extension as further delimiters. It works on the
delimiter runs of the inline parser. This module must not know links, code or blocks.
"""

from __future__ import annotations

import unicodedata

from glossary_ls.base.dataclass import dataclass


@dataclass(slots=True, eq=False)
class Delimiter:
    """A delimiter run; `left` and `right` are the numbers of characters that are markup at its two ends."""

    char: str
    start: int
    length: int
    opens: bool
    closes: bool
    left: int = 0
    right: int = 0

    @property
    def rest(self) -> int:
        """The number of unused characters."""
        return self.length - self.left - self.right


def delimiter_at(text: str, start: int, length: int) -> Delimiter | None:
    """Return the delimiter run at `start`, or None if it can neither open nor close emphasis.

    CommonMark 0.31, section 6.2: left-flanking and right-flanking delimiter runs.
    """
    before = text[start - 1] if start > 0 else " "
    after = text[start + length] if start + length < len(text) else " "
    before_space, after_space = before.isspace(), after.isspace()
    before_mark, after_mark = _is_punctuation(before), _is_punctuation(after)
    left = not after_space and (not after_mark or before_space or before_mark)
    right = not before_space and (not before_mark or after_space or after_mark)
    char = text[start]
    if char == "_":
        left, right = left and (not right or before_mark), right and (not left or after_mark)
    if not left and not right:
        return None
    return Delimiter(char, start, length, left, right)


def pair(delimiters: list[Delimiter]) -> None:
    """Match closers with openers, and record the number of characters of each run that are markup."""
    openers: list[Delimiter] = []
    # By kind of closer, the offset before which there is no opener (`openers_bottom` in CommonMark).
    bottoms: dict[tuple[str, bool, int], int] = {}
    for closer in delimiters:
        if closer.closes:
            key = (closer.char, closer.opens, closer.length % 3)
            while closer.rest:
                index = _opener(openers, closer, bottoms.get(key, -1))
                if index is None:
                    bottoms[key] = closer.start
                    break
                opener = openers[index]
                used = 2 if opener.rest >= 2 and closer.rest >= 2 else 1
                opener.right += used
                closer.left += used
                del openers[index + 1 :]
                if not opener.rest:
                    openers.pop()
        if closer.opens and closer.rest:
            openers.append(closer)


def _opener(openers: list[Delimiter], closer: Delimiter, bottom: int) -> int | None:
    for index in range(len(openers) - 1, -1, -1):
        opener = openers[index]
        if opener.start < bottom:
            return None
        if opener.char == closer.char and not _clash(opener, closer):
            return index
    return None


def _clash(opener: Delimiter, closer: Delimiter) -> bool:
    """Return whether the "multiple of 3" rule (CommonMark 0.31, section 6.2, rule 9) forbids a match."""
    clashing = (opener.length + closer.length) % 3 == 0 and opener.length % 3 != 0
    return clashing and (opener.closes or closer.opens)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
