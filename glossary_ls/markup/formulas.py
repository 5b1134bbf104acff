r"""Formulas of TeX in other markup, as MathJax and KaTeX find them: `\( \)`, `\[ \]` and `\begin{} \end{}`.

A site that has its Markdown rendered first writes `\\( \\)`. Where a backslash also escapes a bracket,
`Application Programming Interface \(API\)` is text: the content decides. This module must not know any markup
language.
"""

from __future__ import annotations

import re

from glossary_ls.base.patterns import lazily

_OPENER = lazily(r"(\\{1,2})([(\[])|\\begin\{([A-Za-z]{1,30}\*?)\}")
_CLOSERS = {
    r"\(": re.compile(r"(?<!\\)\\\)"),
    r"\[": re.compile(r"(?<!\\)\\\]"),
    r"\\(": re.compile(r"\\\\\)"),
    r"\\[": re.compile(r"\\\\\]"),
}

_COMMAND = lazily(r"\\[A-Za-z]")
_SIGN = lazily(r"[\^_={}<>+]")
_WORD = r"[^\W\d_]{2,}"
_WORDS = lazily(rf"{_WORD}[,;:.]? +{_WORD}")
_LONE_WORD = lazily(_WORD)
#: The rest of a link whose brackets are escaped, or code.
_NO_FORMULA = lazily(r"\]\(|://|`")


def formula_end(text: str, start: int, end: int, missing: set[str]) -> int | None:
    """Return the end of the formula that starts with the backslash at `start`, or None.

    `missing` records the closing delimiters that do not occur in the rest of the text, up to `end`.
    """
    opener = _OPENER.match(text, start, end)
    if opener is None:
        return None
    if opener[3]:
        closer = f"\\end{{{opener[3]}}}"
        close = -1 if closer in missing else text.find(closer, opener.end(), end)
        if close < 0:
            missing.add(closer)
            return None
        return close + len(closer)
    if opener[0] in missing:
        return None
    found = _CLOSERS[opener[0]].search(text, opener.end(), end)
    if found is None:
        missing.add(opener[0])
        return None
    content = text[opener.end() : found.start()]
    is_formula = len(opener[1]) > 1 or _is_formula(content, is_bracket=opener[2] == "[")
    return found.end() if is_formula and content.strip() else None


def _is_formula(content: str, *, is_bracket: bool) -> bool:
    """Return whether the content of escaped brackets is a formula."""
    if _NO_FORMULA.search(content):
        return False
    if _COMMAND.search(content):
        return True
    if _WORDS.search(content):
        return False
    return _SIGN.search(content) is not None or not (is_bracket or _LONE_WORD.search(content))
