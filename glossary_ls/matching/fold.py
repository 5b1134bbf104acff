"""Case folding that keeps offsets: the folded text has the same length, and only words and blanks.

Upper case becomes lower case where that keeps the length, and everything that is not part of a word becomes a
blank, so that an offset in the folded text is one in the text. `fold` is one table look-up per byte; it turns
characters beyond Latin-1 into blanks, so `Matcher` checks the characters next to an occurrence for letters
that were lost. `fold_wide` loses none. This module must not know terms.
"""

from __future__ import annotations

import re

#: The characters that may separate the words of a term, in a glossary and in the readable text of a document.
JOINERS = frozenset(" -_/\u00a0\u2010\u2011\u2012\u2013")

_WORD = re.compile(r"[^\W_]+")
_NOT_WORD = re.compile(r"[\W_]")
_BEYOND_LATIN_1 = re.compile(r"[^\W\x00-\xff]")


def _fold_table() -> bytes:
    table = bytearray(b" " * 256)
    for code in range(256):
        character = chr(code)
        if character.isalnum():
            lower = character.lower()
            table[code] = ord(lower) if len(lower) == 1 and ord(lower) < 256 else code
    return bytes(table)


_TABLE = _fold_table()


def fold(text: str) -> bytes:
    """Return `text` folded to one Latin-1 byte per character."""
    return text.encode("latin-1", "replace").translate(_TABLE)


def is_narrow(text: str) -> bool:
    """Return whether `fold` keeps every letter of `text`."""
    return text.isascii() or _BEYOND_LATIN_1.search(text) is None


def fold_wide(text: str) -> str:
    """Return `text` folded without loss of letters beyond Latin-1."""
    if text.isascii():
        return fold(text).decode("ascii")
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _NOT_WORD.sub(" ", lower)


def words(name: str) -> list[str]:
    """Return the words of a name, folded."""
    return _WORD.findall(fold_wide(name))
