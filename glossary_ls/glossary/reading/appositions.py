"""Long forms beside the first mention of an acronym: `An API (Application Programming Interface) is ...`.

This module must not know formats, or markup beyond emphasis and quotes.
"""

from __future__ import annotations

import re

from glossary_ls.acronyms.forms import base_of
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.reading.names import is_acronym, stands_for

_EMPHASIS = lazily(r"[*_`\"\u201c\u201d]+")

#: What joins an acronym and its long form, and what ends that.
_JOINED = lazily(
    r"(?P<brackets>\s*[(\uff08]|\s\[)|"
    r"\s+(?:stands for|is short for|is an (?:acronym|abbreviation) (?:for|of))\s+|"
    r",\s+(?:or|short for)\s+|\s+(?:\u2013|\u2014|--?)\s+"
)
_END = lazily(
    r"[,.;:()\[\]\uff08\uff09\u2013\u2014\n]|\s--?\s|"
    r"\s(?:and\s)?(?:is|are|was|refers|means|describes|which|that)\s|$"
)

_ARTICLE = lazily(r"^(?:an?|the)\s+")

_CLOSING = lazily(r"[)\uff09\]\n]")

_IS_A = lazily(r"\s+(?:is|are)\s+(?:(?:an?|the)\s+)?")

#: A name in quotes behind a few words: `The set of 'Basic Queue Routines'`.
_QUOTED = lazily(
    r"(?:[\w-]+ ){1,4}[\"'\u201c\u2018]([A-Z][^\"'\u201c\u201d\u2018\u2019\n]{3,80})[\"'\u201d\u2019]"
)

#: Initials of fewer words may be those of a description by chance.
_FEWEST = 3

#: An acronym is mentioned first behind so few characters, and its long form is not longer.
_FARTHEST = 40
_LONGEST = 120


def apposition(name: str, definition: str) -> str:
    """Return the long form beside the first mention of an acronym in its definition, or an empty string."""
    if not is_acronym(name):
        return ""
    quoted = _QUOTED.match(definition)
    if quoted and "".join(filter(str.isupper, quoted[1])) == name:
        return quoted[1]
    text = _EMPHASIS.sub("", definition[: _FARTHEST + 2 * _LONGEST])
    end = _end_of(name, text[: _FARTHEST + len(name)])
    joined = _JOINED.match(text, end) if end >= 0 else None
    if joined is None:
        return _described(name, text[end:]) if end >= 0 else ""
    closing = _CLOSING.search(text, joined.end()) if joined["brackets"] else None
    if closing and stands_for(base_of(name), text[joined.end() : closing.start()]):
        # `An AAA (Authentication, Authorization, Accounting) is ...`.
        return text[joined.end() : closing.start()]
    stop = _END.search(text, joined.end())
    long = _ARTICLE.sub("", text[joined.end() : stop.start() if stop else len(text)].strip())
    return long if len(long) <= _LONGEST and stands_for(base_of(name), long) else ""


def _described(short: str, text: str) -> str:
    """Return the words behind a verb of which an acronym has the initials: `An API is an application ...`."""
    words = _IS_A.match(text)
    found = re.match(rf"(?:\w+[ -]){{{len(short) - 1}}}\w+(?=\W|$)", text[words.end() :]) if words else None
    initials = "".join(word[0] for word in re.split(r"[ -]", found[0])) if found else ""
    return found[0] if found and len(short) >= _FEWEST and initials.upper() == short else ""


def _end_of(name: str, text: str) -> int:
    """Return where the first mention of a name as a whole word ends, or -1."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (start and _is_word(text[start - 1])) and not _is_word(text[end : end + 1]):
            return end
        start = text.find(name, start + 1)
    return -1


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
