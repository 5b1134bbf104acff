"""The tokens of a text that can be acronyms by their capitals and digits: a fast filter.

It must not know what makes a token an acronym.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    import re

#: The capitals of Latin-1, which `latinized` has other capitals look like.
CAPITAL = "A-ZÀ-ÖØ-Þ"

#: Two capitals, or a capital and a digit, with up to two small letters between, or the middle of a numeronym;
#: and the rest of the token. The pattern starts with a plain character set, which is searched fast.
_HIT = lazily(
    rf"[{CAPITAL}0-9](?:(?<=[{CAPITAL}])[a-zà-ÿ]{{0,2}}[{CAPITAL}0-9]|(?<=[0-9])(?:[0-9]?[a-z]|[{CAPITAL}]))"
    r"[^\W_]*+"
)

UNITS = word_set(
    "GB MB KB TB PB EB GiB MiB KiB TiB PiB Gb Mb Kb Gbps Mbps Kbps GBps MBps GHz MHz KHz kHz KW MW GW kWh "
    "MWh GeV MeV keV TFLOPS GFLOPS PFLOPS TFLOPs GFLOPs TOPS mA mAh dBm"
)
#: Units that are acronyms unless a number precedes them.
AFTER_NUMBER = word_set("AM PM BC AD CE BCE USD EUR GBP") | UNITS

_BEYOND = lazily(r"[^\x00-\xff]+")
_UPPER, _LOWER = "\u00de", "\u00e0"


def is_quantity(token: str) -> bool:
    """Return whether a token is a number with a unit, as in `10GB` or `9AM`."""
    return token[:1].isdigit() and token.lstrip("0123456789") in AFTER_NUMBER


@memo.recent(1)
def latinized(text: str) -> str:
    """Return a text of the same length in which letters beyond Latin-1 are replaced by letters of Latin-1.

    A capital becomes a capital and a small letter a small one. A character without case becomes a space:
    scripts without case, such as Chinese, need no spaces, so `QZX` between two such characters is a token.
    """
    return _BEYOND.sub(_latin, text)


def _latin(match: re.Match[str]) -> str:
    run = match[0]
    if run.lower() == run.upper():
        return " " * len(run)
    if run.islower() and run.isalpha():
        return _LOWER * len(run)
    return "".join(
        _LOWER if char.islower() else _UPPER if char.isupper() or char.istitle() else " " for char in run
    )


@memo.recent(1)
def token_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each token of letters and digits with a hit, ascending.

    Memoized, because a block is searched for candidates and then for definitions.
    """
    latin = text if text.isascii() else latinized(text)
    found: list[tuple[int, int]] = []
    for hit in _HIT.finditer(latin):
        start, end = hit.span()
        while start > 0 and latin[start - 1].isalnum():
            start -= 1
        found.append((start, end))
    return tuple(found)
