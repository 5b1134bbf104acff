"""The tokens of a text that can be acronyms by their capitals and digits: a fast filter.

It must not know what makes a token an acronym.
"""

from __future__ import annotations

import re

CAPITAL = "A-ZÀ-ÖØ-Þ"

#: Two capitals, or a capital and a digit, with up to two small letters between; or the middle of a numeronym.
#: The pattern starts with a plain character set, which the regular expression engine searches fast.
_HIT = re.compile(
    rf"[{CAPITAL}0-9](?:(?<=[{CAPITAL}])[a-zà-ÿ]{{0,2}}[{CAPITAL}0-9]|(?<=[0-9])(?:[0-9]?[a-z]|[{CAPITAL}]))"
)
_REST = re.compile(r"[^\W_]*")


def token_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each token of letters and digits with a hit, ascending."""
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
