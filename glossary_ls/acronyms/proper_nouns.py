"""Proper nouns that look like acronyms: companies, people and countries, by their immediate context.

This module must see only one block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms import vocabulary
from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_PAIRS = lazily(r"\b[A-Z]{2}(?:(?:,? (?:and|or) |, |/)[A-Z]{2}\b(?![-&])){2,}")

#: A text of nothing but pairs of capitals, on lines or between commas.
_INITIALS = lazily(r"[A-Z]{2}(?:(?:, |\n)[A-Z]{2}){2,}")

#: A legal form or kind of business after the name of a company.
_COMPANY = lazily(
    r",? (?:Inc|Ltd|LLC|GmbH|AG|SE|Corp|Corporation|Limited|Incorporated|PLC|plc|Pty|BV|B\.V\.|N\.V\.|S\.A\.|"
    r"Industrial|Industries|Technologies|Holdings?|Laboratories|Electronics|Semiconductors?|Pharma|Motors|"
    r"Foundation|Institute|Consulting|Networks|Telecom|Airlines|Bank|University|Press|Ventures|Partners|"
    r"Labs|Association|Society|Alliance|Consortium|College)\b"
    r"(?! of\b)"
)
_MAKER = lazily(
    r"\b(?:made|built|sold|manufactured|sponsored|funded|published|founded|acquired|bought|produced|supplied|"
    r"distributed|marketed|purchased|machines?|servers?|laptops?|switch(?:es)?|routers?|devices?|chips?|phones?|"
    r"printers?|appliances?|machinery|equipment|hardware|"
    r"patch(?:es)?|contributed|donated|ported) (?:is |are |was |were )?(?:by|from) $"
)

#: A person in a list of people.
_PERSON = r"[A-Z][a-z\u00df-\u00ff]+(?:-[a-z]+)?"
_PEOPLE_BEFORE = lazily(rf"(?:: |, ){_PERSON}, $")
_PEOPLE_AFTER = lazily(rf", {_PERSON}(?: \([a-z ]+\))?[,.;]")
_EMAIL = lazily(r" [(<][\w.+-]+@\w")
_COPYRIGHT = lazily(r"(?:[Cc]opyright|\u00a9)[^.\n]*$")
_WINDOW = 48


def is_proper_noun(text: str, start: int, end: int) -> bool:
    """Return whether the context of `text[start:end]` shows that it is a company or a person."""
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    if before[-1:] in {"'", "\u2019"} and before[-2:-1].isupper():
        return True
    follows = after[1:2] if after[:1] == " " else after[2:3] if after[:2] == ", " else ""
    if ((follows.isupper() or follows == "p") and _COMPANY.match(text, end)) or (
        follows in {"(", "<"} and _EMAIL.match(text, end)
    ):
        return True
    if before[:2] in {"by", "om"} and _ends_with(_MAKER, text, start):
        return True
    near = text[max(0, start - _WINDOW) : start]
    if ("opyright" in near or "\u00a9" in near) and _COPYRIGHT.search(near):
        return True
    if end - start > 2 or before[-2:-1] != ",":
        return False
    return _PEOPLE_AFTER.match(text, end) is not None and _ends_with(_PEOPLE_BEFORE, text, start)


def country_lists(text: str, tokens: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lists of three or more country codes; `tokens` are all tokens of the text."""
    if sum(len(token) == 2 for token in tokens) < 3:
        return
    for match in _PAIRS.finditer(text):
        if _countries().issuperset(re.findall("[A-Z]{2}", match[0])):
            yield match.span()


@memo.recent(1)
def _countries() -> frozenset[str]:
    return vocabulary.parse(data_text("words/countries.txt"))


def are_initials(text: str) -> bool:
    """Return whether a whole text is a list of the initials of three or more people."""
    return _INITIALS.fullmatch(text) is not None


def _ends_with(pattern: re.Pattern[str], text: str, end: int) -> bool:
    return pattern.search(text[max(0, end - _WINDOW) : end]) is not None
