"""Bare addresses in running text: URLs, host names with `www.`, e-mail addresses.

The functions start at a mark inside the address and look back at most 64 characters, so that a text that
consists of marks takes linear time. This module must not know any markup language.
"""

from __future__ import annotations

import re

from glossary_ls.base.patterns import lazily

#: The marks of addresses, for `address_at`.
MARK = lazily(r"://|www\.|@")

_LOOK_BACK = 64
_SCHEME = lazily(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,31}\Z")
_LOCAL_PART = lazily(r"(?<![\w.%+-])[A-Za-z0-9_%+-][\w.%+-]*\Z", re.ASCII)
_DOMAIN = lazily(r"@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,24}(?![\w@])")

#: An address ends at white space, quotes, brackets and the punctuation of scripts without spaces.
_REST = lazily(r"(?:\[[0-9A-Fa-f:.]+\])?[^\s<>\[\]`\"|\u2018-\u201f\u3000-\u303f\uff01-\uff0f]*+")
_TRAILING = "?!.,:;*_~'"


def has_address(text: str, start: int, end: int) -> bool:
    """Return, at little cost, whether `text[start:end]` may contain an address."""
    return (
        text.find("://", start, end) >= 0
        or text.find("www.", start, end) >= 0
        or text.find("@", start, end) >= 0
    )


def address_at(text: str, mark: int, low: int, end: int) -> tuple[int, int] | None:
    """Return the range of the address whose `://`, `www.` or `@` is at `mark`, within `text[low:end]`."""
    if text[mark] == "@":
        return _email(text, mark, low, end)
    if text[mark] == ":":
        window = max(low, mark - _LOOK_BACK)
        scheme = _SCHEME.search(text, window, mark)
        if scheme is None:
            return None
        start, body = scheme.start(), mark + 3
    else:
        if mark > low and text[mark - 1].isalnum():
            return None
        start, body = mark, mark + 4
    rest = _REST.match(text, body, end)
    stop = _without_trailing(text, start, rest.end() if rest else body)
    return (start, stop) if stop > body else None


def _email(text: str, mark: int, low: int, end: int) -> tuple[int, int] | None:
    domain = _DOMAIN.match(text, mark, min(end, mark + 254))
    if domain is None:
        return None
    window = max(low, mark - _LOOK_BACK)
    local = _LOCAL_PART.search(text, window, mark)
    if local is None:
        return None
    return local.start(), domain.end()


def _without_trailing(text: str, start: int, stop: int) -> int:
    """Return `stop` without trailing punctuation, and without a bracket that was opened before the address.

    This follows the "extended autolink path validation" of GFM, section 6.9.
    """
    surplus = text.count(")", start, stop) - text.count("(", start, stop)
    while stop > start:
        last = text[stop - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in _TRAILING:
            break
        stop -= 1
    return stop
