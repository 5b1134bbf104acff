"""Regular expressions about words that blanks separate, which come in a quick variant for most texts.

To compile a set with the thousands of letters of Han, Hangul and Kana takes milliseconds, and there are
dozens of such sets. Texts without these letters are searched with a pattern that leaves them out. This module
must not know what is searched for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

#: The letters of scripts without blanks between words, for a set.
UNSPACED = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d"
#: A letter or digit of a script that separates words by blanks.
ALNUM = rf"[^\W_{UNSPACED}]"

_MAY_HAVE = lazily("[^\\0-\u2e7f]")


class Spaced:
    """A regular expression with `UNSPACED` in its sets, each variant compiled at its first use."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._whole = lazily(pattern, flags)
        # A set without characters would be an error.
        quick = pattern.replace(f"[{UNSPACED}]", r"[^\s\S]").replace(UNSPACED, "")
        self._quick = lazily(quick, flags)

    def _for(self, text: str) -> re.Pattern[str]:
        return self._quick if text.isascii() or not _may_have(text) else self._whole

    def search(self, text: str, *limits: int) -> re.Match[str] | None:
        """Search as a compiled pattern does."""
        return self._for(text).search(text, *limits)

    def match(self, text: str, *limits: int) -> re.Match[str] | None:
        """Match as a compiled pattern does."""
        return self._for(text).match(text, *limits)

    def fullmatch(self, text: str, *limits: int) -> re.Match[str] | None:
        """Match a whole text as a compiled pattern does."""
        return self._for(text).fullmatch(text, *limits)

    def sub(self, written: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace all as a compiled pattern does."""
        return self._for(text).sub(written, text)

    def finditer(self, text: str, *limits: int) -> Iterator[re.Match[str]]:
        """Find all as a compiled pattern does."""
        return self._for(text).finditer(text, *limits)


@memo.recent(64)
def _may_have(text: str) -> bool:
    return _MAY_HAVE.search(text) is not None
