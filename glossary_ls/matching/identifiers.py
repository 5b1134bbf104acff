"""Splitting the identifiers of code into words.

`coldStartMs`, `cold_start_ms`, `cold-start-ms` and `ColdStartMS` all consist of cold, start, ms. Letters of
scripts without capitals are a word of their own. This module must not know terms.
"""

from __future__ import annotations

import re

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.matching.words import APOSTROPHES, POSSESSIVE, is_mark, is_word_char, marks_in

_APOSTROPHES = "".join(sorted(APOSTROPHES))

#: The shape of a part (see `_shape`): an acronym with a plural s or before a capitalized word, a word,
#: digits, or letters of a script without capitals.
_PART = lazily(r"A+s(?![as])|A+(?=A[as])|A?[as]+|A+|0+|c+")

#: What makes a number, or a name that ends in one, another version: `4o`, `4.1`; a plural does not.
_MORE_VERSION = lazily(r"\.\d|(?!s(?![^\W_]))[^\W\d_]{1,2}(?![^\W_])")

#: How many parts of a token are combined: the sequences of all parts are as many as their square.
_MOST_NEAR = 24


def token_at(line: str, column: int) -> Span | None:
    """Return the span of the token that contains or touches the caret at `column`, or None.

    A token is letters, marks and digits, with the characters that join the words of an identifier or of a
    compound.
    """
    marks = marks_in(line)
    char = rf"(?:[^\W_]|[{marks}])" if marks else r"[^\W_]"
    token = re.compile(rf"{char}+(?:(?:_+|[-{_APOSTROPHES}](?={char})){char}+)*")
    for found in token.finditer(line):
        if found.start() <= column <= found.end():
            return Span(found.start(), found.start() + len(POSSESSIVE.sub("", found.group())))
        if found.start() > column:
            break
    return None


def parts(token: str) -> list[Span]:
    """Return the spans of the words of `token`, ascending."""
    return [Span(*found.span()) for found in _PART.finditer(_shape(token))]


def has_humps(token: str) -> bool:
    """Return whether a capital follows a small letter or a digit, as in `coldStart`."""
    return re.search("[as0]A", _shape(token)) is not None


def _shape(token: str) -> str:
    """Return what each character is: A a capital, a or s a small letter, 0 a digit, c another letter."""
    shape = ""
    for char in token:
        if is_mark(char):
            shape += shape[-1:] or "c"
        elif not char.isalnum():
            shape += " "
        elif char.isupper() or char.istitle():
            shape += "A"
        elif char.islower():
            shape += "s" if char == "s" else "a"
        else:
            shape += "0" if char.isdigit() else "c"
    return shape


def runs(token: str, column: int | None = None) -> list[tuple[Span, str]]:
    """Return the sequences of adjacent parts that touch `column`, those with the character there first.

    Without a column, all of them. Each comes with its words, separated by blanks, and a second time without
    the blanks if it has no other separators, because `p95` may be one name. Longer ones are before shorter
    ones, then the left one first. Of a token of very many parts, which is data and no identifier, only those
    near the column count, or the first ones.
    """
    found: list[tuple[Span, str]] = []
    spans = parts(token)
    if len(spans) > _MOST_NEAR:
        at = sum(span.end < column for span in spans) if column else 0
        spans = spans[max(at - _MOST_NEAR // 2, 0) : at + _MOST_NEAR // 2]
    for first, start in enumerate(spans):
        for last in range(first, len(spans)):
            span = Span(start.start, spans[last].end)
            if column is None or span.touches(column):
                words = [token[part.start : part.end] for part in spans[first : last + 1]]
                found.append((span, " ".join(words)))
                if len(words) > 1 and all(map(is_word_char, span.of(token))):
                    found.append((span, span.of(token)))

    def order(item: tuple[Span, str]) -> tuple[bool, int, int]:
        is_near = column is None or item[0].contains(column)
        return not is_near, -len(item[0]), item[0].start

    return sorted(found, key=order)


def is_other_version(line: str, end: int) -> bool:
    """Return whether a name that ends at `end` in a number goes on there as another version."""
    return line[end - 1].isdigit() and _MORE_VERSION.match(line, end) is not None
