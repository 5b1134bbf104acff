"""Splitting the identifiers of code into words.

`coldStartMs`, `cold_start_ms`, `cold-start-ms` and `ColdStartMS` all consist of cold, start, ms. This module
must not know terms.
"""

from __future__ import annotations

import re

from glossary_ls.base.text import Span

#: Letters and digits, with the characters that join the words of an identifier or of a compound.
_TOKEN = re.compile(r"[^\W_]+(?:(?:_+|[-'\u2019](?=[^\W_]))[^\W_]+)*")

#: A part of an identifier: an acronym with a plural s or before a capitalized word, a word, digits.
_PART = re.compile(
    r"[A-Z]+s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\dA-Z_]+|[A-Z]+|\d+|[^\W_]",
)

_POSSESSIVE = re.compile(r"['\u2019]s?$")


def token_at(line: str, column: int) -> Span | None:
    """Return the span of the token that contains or touches the caret at `column`, or None."""
    for found in _TOKEN.finditer(line):
        if found.start() <= column <= found.end():
            return Span(found.start(), found.start() + len(_POSSESSIVE.sub("", found.group())))
        if found.start() > column:
            break
    return None


def parts(token: str) -> list[Span]:
    """Return the spans of the words of `token`, ascending."""
    return [Span(found.start(), found.end()) for found in _PART.finditer(token)]


def runs(token: str, column: int) -> list[tuple[Span, str]]:
    """Return the sequences of adjacent parts that touch the caret at `column`, the longest first.

    Each comes with its words, separated by blanks, and a second time without the blanks if it has no other
    separators, because `p95` may be one name. Of equally long sequences the left one is first.
    """
    found: list[tuple[Span, str]] = []
    spans = parts(token)
    for first, start in enumerate(spans):
        for last in range(first, len(spans)):
            span = Span(start.start, spans[last].end)
            if span.touches(column):
                words = [token[part.start : part.end] for part in spans[first : last + 1]]
                found.append((span, " ".join(words)))
                if span.of(token).isalnum() and len(words) > 1:
                    found.append((span, span.of(token)))
    return sorted(found, key=lambda item: (-len(item[0]), item[0].start))
