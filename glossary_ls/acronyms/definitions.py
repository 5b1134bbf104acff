"""The explanations of acronyms that a document itself gives.

Looked for are the places where writers put a short form beside a long one: `brackets`, `sentences`, `tables`,
and a heading with the text under it. Whether the two belong together is decided by `alignment` (which names
the literature), with less tolerance the less a place says. The module sees the readable text of one block, or
of two that follow each other; markup and line breaks are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import fit_within, is_short, words_of
from glossary_ls.acronyms.bounds import ARTICLE, PLAIN, SHORT, Range
from glossary_ls.acronyms.brackets import bracketed
from glossary_ls.acronyms.sentences import in_sentence, long_below
from glossary_ls.acronyms.tables import CELL, table_definitions
from glossary_ls.acronyms.tokens import runs
from glossary_ls.base.model import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Span
    from glossary_ls.markup.prose import Prose

#: What may be tied to a run of letters and still belong to the short form.
_TIED = re.compile(r"(?:[-/&+][^\W_]+){0,3}")
_LONGEST = 14

#: A heading that is nothing but a short form: `3. ABC`, `What is an ABC?`
_HEADING = re.compile(rf"(?:[\d.]+\)?\s+)?(?:What\s+(?:is|are)\s+)?(?i:{ARTICLE})({SHORT}?)s?\s*[?:.]?")
_BELOW = re.compile(rf"(?i:{ARTICLE})")
_LONGEST_HEADING = 32


def find_definitions(prose: Prose) -> tuple[Definition, ...]:
    """Return the definitions of a block, ascending by short form, with spans relative to the block."""
    text = prose.text
    found: dict[Range, Definition] = {}
    for short, long in _pairs(text):
        for part, whole in _parts(text, short, long):
            found.setdefault(part, _definition(prose, part, whole))
    return tuple(found[place] for place in sorted(found))


def definition_below(heading: Prose, below: Prose) -> tuple[Span, Span] | None:
    """Return where a heading has a short form and the block below it begins with the long form.

    Each span is relative to its own block.
    """
    if len(heading.text) > _LONGEST_HEADING:
        return None
    head = _HEADING.fullmatch(heading.text)
    if head is None or not is_short(head[1]) or not any(map(str.isupper, head[1][1:])):
        return None
    article = _BELOW.match(below.text)
    long = long_below(below.text, article.end() if article else 0, head[1])
    return (heading.span(*head.span(1)), below.span(*long)) if long else None


def _definition(prose: Prose, short: Range, long: Range) -> Definition:
    text = prose.text
    return Definition(text[slice(*short)], text[slice(*long)], prose.span(*short), prose.span(*long))


def _pairs(text: str) -> Iterator[tuple[Range, Range]]:
    if "(" in text or "[" in text:
        yield from bracketed(text)
    for start, end in runs(text):
        tied = _TIED.match(text, end)
        pair = in_sentence(text, start, tied.end() if tied and tied.end() - start <= _LONGEST else end)
        if pair is not None:
            yield pair
    if CELL in text:
        yield from table_definitions(text)


def _parts(text: str, short: Range, long: Range) -> Iterator[tuple[Range, Range]]:
    """Yield a definition and, where both forms are made of parts (`CI/CD`), those of the parts."""
    yield short, long
    mark = "/" if "/" in text[slice(*short)] else "&" if "&" in text[slice(*short)] else ""
    if not mark:
        return
    shorts = _split(text, short, re.escape(mark))
    longs = _split(text, long, r"\s*/\s*|\s+and\s+|\s*&\s*")
    if len(shorts) != len(longs):
        return
    for part, whole in zip(shorts, longs, strict=True):
        fit = fit_within(text[slice(*part)], words_of(text, *whole))
        if part[1] - part[0] > 1 and fit is not None and fit.cost <= PLAIN * (part[1] - part[0]):
            yield part, whole


def _split(text: str, place: Range, mark: str) -> list[Range]:
    ranges: list[Range] = []
    start = place[0]
    for match in re.compile(mark).finditer(text, *place):
        ranges.append((start, match.start()))
        start = match.end()
    ranges.append((start, place[1]))
    return ranges
