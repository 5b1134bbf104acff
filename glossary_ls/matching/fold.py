"""Case folding that keeps offsets: the folded text has the same length, and only words and blanks.

Upper case becomes lower case where that keeps the length, and everything that is not part of a word becomes a
blank, so that an offset in the folded text is one in the text. `fold` is one table look-up per byte; it turns
characters beyond Latin-1 into blanks, so `Matcher` checks the characters next to an occurrence for letters
that were lost. `fold_wide` loses none. This module must not know terms.
"""

from __future__ import annotations

import re

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.matching.words import is_word_char, marks_in, unusual, word_pattern

_NOT_WORD = lazily(r"[\W_]")


def _fold_table() -> bytes:
    table = bytearray(b" " * 256)
    for code in range(256):
        character = chr(code)
        if character.isalnum():
            lower = character.lower()
            table[code] = ord(lower) if len(lower) == 1 and ord(lower) < 256 else code
    return bytes(table)


#: The table for `bytes.translate` that folds Latin-1.
FOLDED = _fold_table()


def fold(text: str) -> bytes:
    """Return `text` folded to one Latin-1 byte per character."""
    return text.encode("latin-1", "replace").translate(FOLDED)


def between_blanks(text: str) -> bytes:
    """Return `text` as Latin-1, one byte per character, with a blank before and after it."""
    return b" %b " % text.encode("latin-1", "replace")


def is_narrow(text: str, chars: frozenset[str] | None = None) -> bool:
    """Return whether `fold` keeps every letter and mark of `text`; `chars` are its unusual characters."""
    return not _has_word_char(unusual(text) if chars is None else chars)


@memo.recent(256)
def _has_word_char(chars: frozenset[str]) -> bool:
    return any(map(is_word_char, chars))


def fold_wide(text: str) -> str:
    """Return `text` folded without loss of letters and marks beyond Latin-1."""
    if text.isascii():
        return fold(text).decode("ascii")
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    marks = marks_in(lower)
    return (re.compile(rf"(?![{marks}])[\W_]") if marks else _NOT_WORD).sub(" ", lower)


def words(name: str) -> list[str]:
    """Return the words of a name, folded."""
    folded = fold_wide(name)
    return word_pattern(folded).findall(folded)
