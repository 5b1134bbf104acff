"""How the letters of two names are alike: clipped forms, names in mixed case, translations.

This module must not know what a name means.
"""

from __future__ import annotations

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import in_order

#: The parts of a name in mixed case.
_PARTS = lazily(r"[a-z]+(?=[A-Z])|[A-Z][a-z]*")
#: An abbreviation in small letters has no more letters and signs.
_MOST_SHORT = 8
_NUMERONYM = lazily(r"[^\W\d](\d{1,2})[^\W\d]")


def is_mixed(short: str, long: str) -> bool:
    """Return whether the parts of a name in mixed case begin the words of a long form: `dApp`, `FluxBot`."""
    parts = _PARTS.findall(short)
    words = long.split()
    return (
        1 < len(parts) == len(words)
        and "".join(parts) == short
        and short.casefold() != "".join(words).casefold()
        and all(word.casefold().startswith(part.casefold()) for part, word in zip(parts, words, strict=True))
    )


def is_translation(text: str, other: str) -> bool:
    """Return whether one of two texts is in Latin letters, and the other one is not."""
    has_letters = all(any(map(str.isalpha, each)) for each in (text, other))
    return has_letters and len(text) > 1 and _is_latin(text) != _is_latin(other)


def _is_latin(text: str) -> bool:
    return any(char.isalpha() and char < "\u0250" for char in text)


def is_clipped(short: str, long: str) -> bool:
    """Return whether a text is a clipped form of another one, as `pubkey` of `public key`."""
    last = long.lower().rpartition(" ")[2]
    if " " in short and short.lower().rpartition(" ")[2] == last and len(short) < len(long):
        return True
    if " " in short or len(short) >= len(long) or short[:1].lower() != long[:1].lower():
        return False
    if found := _NUMERONYM.fullmatch(short):
        return int(found[1]) == len(long) - 2 and short[-1].lower() == long[-1:].lower()
    if not short.isalpha() or len(short) < 2:
        return False
    return in_order(short.lower(), long.lower()) and short[1:2].lower() in long[1:].lower()


def is_abbreviated(short: str, long: str) -> bool:
    """Return whether a text has all letters of a short name in their order: `abl` of `ablative case`."""
    name, text = short.lower(), long.lower()
    is_shorter = 1 < len(name) <= _MOST_SHORT and len(name) < len(text)
    if not is_shorter or name[0] != text[0] or text.startswith(f"{name} "):
        return False
    return in_order(filter(str.isalnum, name), text)
