"""Which language of a glossary in several languages is read.

This module must not know formats.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENGLISH = "en"

_SUBTAG = re.compile(r"[-_]")


def primary(tag: str) -> str:
    """Return the language of a tag without its region and script (BCP 47): `en` for `en-US`."""
    return _SUBTAG.split(tag.strip().lower(), maxsplit=1)[0]


def chosen(entries: Iterable[Iterable[str]], own: str = "") -> str:
    """Return the language to read, going by the tags of the languages of each entry.

    That is the glossary's `own` language, else English, else the most frequent one; a language that less than
    half as many entries have as the most frequent one is not taken.
    """
    counts = Counter(language for tags in entries for language in {primary(tag) for tag in tags})
    if not counts:
        return ""
    most, count = counts.most_common(1)[0]
    wanted = (each for each in (primary(own), _ENGLISH) if each and counts[each] * 2 >= count)
    return next(wanted, most)
