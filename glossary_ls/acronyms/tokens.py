"""Where a text has words with capitals or digits in unusual places: the only words worth a closer look."""

from __future__ import annotations

import re
from functools import lru_cache

CAPITAL = "A-ZÀ-ÖØ-Þ"

#: Two capitals, or a capital and a digit, with at most two small letters between; or a numeronym's middle.
#: The pattern starts with one plain set of characters, for which the engine skips ahead quickly.
_HIT = re.compile(
    rf"[{CAPITAL}0-9](?:(?<=[{CAPITAL}])[a-zà-ÿ]{{0,2}}[{CAPITAL}0-9]|(?<=[0-9])(?:[0-9]?[a-z]|[{CAPITAL}]))"
)
_REST = re.compile(r"[^\W_]*")


@lru_cache(maxsize=4)
def runs(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each run of letters and digits with a hit in it, ascending.

    Candidates and definitions are looked for in the same text one after the other.
    """
    found: list[tuple[int, int]] = []
    position = 0
    while (hit := _HIT.search(text, position)) is not None:
        start = hit.start()
        while start > position and text[start - 1].isalnum():
            start -= 1
        rest = _REST.match(text, hit.end())
        position = rest.end() if rest else hit.end()
        found.append((start, position))
    return tuple(found)
