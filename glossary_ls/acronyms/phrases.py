"""The words by which definitions are recognized in languages other than English, from a data file.

It must not know where they are looked for. Most constants are sources of regular expressions in lower case,
to be compiled with `re.IGNORECASE`.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from glossary_ls.base.text import word_set
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMA = r"(?:,\s+|[\uff0c\u3001]\s*)"

_LANGUAGES: Final = tuple(tomllib.loads(data_text("definition-words.toml")).values())


def _phrases(kind: str, *, glued: bool) -> Iterator[str]:
    for language in _LANGUAGES:
        if language.get("glued", False) is glued:
            yield from (phrase.strip() for phrase in language.get(kind, "").split(",") if phrase.strip())


def _any(kind: str, *, glued: bool = False) -> str:
    found = sorted(set(_phrases(kind, glued=glued)), key=len, reverse=True)
    return "|".join(found).replace(" ", r"\s+")


#: Between a short form and its long form.
EXPANDS = _any("expands")
MEANS = _any("means")
IS = _any("is")
#: Between a long form and its short form.
SHORTENS = _any("shortens")
#: The same in languages without spaces between words.
GLUED_MEANS = _any("means", glued=True)
GLUED_SHORTENS = _any("shortens", glued=True)
ARTICLES = _any("articles")
SHORT_HEADS = f"{_any('short_heads')}|{_any('short_heads', glued=True)}"
LONG_HEADS = f"{_any('long_heads')}|{_any('long_heads', glued=True)}"
GLOSSARIES = f"{_any('glossaries')}|{_any('glossaries', glued=True)}"
#: Small words that have no letter in a short form.
SKIPPED = word_set(" ".join(language.get("skipped", "") for language in _LANGUAGES))
#: The words of `SHORTENS`.
SHORTENING_WORDS = frozenset(re.findall(r"[^\W_]+", SHORTENS))
#: The first words of `EXPANDS`, `MEANS` and `IS`.
OPENING_WORDS = frozenset(
    match[0]
    for kind in ("expands", "means", "is")
    for phrase in _phrases(kind, glued=False)
    if (match := re.match(r"[^\W_]+", phrase))
)
ARTICLE_WORDS = frozenset(ARTICLES.split("|"))
