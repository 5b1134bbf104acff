"""Cheap tests that dismiss a place before words are aligned: hardly any bracket or token has a long form.

A place is dismissed only if `alignment` would find no fit that is good enough; one that needs more than a
look at a few words is not. A property test compares both. This module must not know the patterns of
definitions.
"""

from __future__ import annotations

from glossary_ls.acronyms.alignment import STEP
from glossary_ls.acronyms.forms import ASCII_WORD, STOP_WORDS, letters_of
from glossary_ls.base import memo

#: How many characters before a place are searched for its last words.
_WINDOW = 32


def cannot_start(text: str, start: int, short: str) -> bool:
    """Return whether the first word from `start` on has another initial than a short form."""
    first = text[start : start + 1]
    return first.isascii() and first.isalpha() and _letters(short)[:1] not in {"", "x", first.lower()}


def cannot_end(text: str, end: int, short: str, most: float) -> bool:
    """Return whether no fit of a cost up to `most` ends with the last word before `end`.

    If a step costs more, each of the last words has a letter as its initial, or is a part of the short
    form.
    """
    left = _letters(short)
    if most >= STEP or not left:
        return False
    is_last = True
    for word in _last_words(text, end):
        if not left or word in STOP_WORDS or left[-1] == "x":
            return False
        if word.isdigit():
            return is_last
        is_part = len(word) > 1 and left.endswith(word)
        if word[0] != left[-1]:
            if not is_part:
                return True
            left = left[: -len(word)]
        elif is_part:
            return False
        else:
            left = left[:-1]
        is_last = False
    return False


def cannot_shuffle(text: str, end: int, short: str) -> bool:
    """Return whether one of the last words before `end` has an initial that is no letter of a short form."""
    letters = letters_of(short)
    left = len(letters)
    for word in _last_words(text, end):
        if word not in STOP_WORDS:
            if word[0] not in letters:
                return True
            left -= 1
            if not left:
                return False
    return False


def _last_words(text: str, end: int) -> list[str]:
    """Return some words before `end` in lower case, the last one first; nothing if not all is ASCII."""
    start = max(0, end - _WINDOW)
    near = text[start:end]
    if not near.isascii():
        return []
    words = ASCII_WORD.findall(near)
    if start:
        del words[:1]  # which may be cut off
    words.reverse()
    return [*map(str.lower, words)]


@memo.recent(1024)
def _letters(short: str) -> str:
    """Return the letters of a short form, or an empty string if a digit may stand for something else."""
    letters = letters_of(short)
    return letters if letters.isalpha() and letters.isascii() else ""
