"""The definitions of acronyms in a document.

They are found by patterns in `brackets`, `sentences`, `tables`, and in a heading with the text below it.
`alignment` (which cites the literature) decides whether the two forms match, with a tolerance that depends on
the pattern. This module must see only the readable text of a block, or of two successive ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import fit_within, is_short, words_of
from glossary_ls.acronyms.bounds import ARTICLE, EXPLICIT, SHORT, Range, split
from glossary_ls.acronyms.brackets import bracketed
from glossary_ls.acronyms.sentences import in_sentence, long_below
from glossary_ls.acronyms.tables import table_definitions
from glossary_ls.acronyms.tokens import token_spans
from glossary_ls.base.model import Definition
from glossary_ls.markup.prose import CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.markup.prose import PlacedProse, Prose

#: Further parts of a compound short form, such as `CI/CD`.
_COMPOUND = re.compile(r"(?:[-/&+][^\W_]+){0,3}")
_MAX_SHORT = 14

#: A heading that consists of a short form: `3. ABC`, `What is an ABC?`
_HEADING = re.compile(rf"(?:[\d.]+\)?\s+)?(?:What\s+(?:is|are)\s+)?(?i:{ARTICLE})({SHORT}?)s?\s*[?:.]?")
_BELOW = re.compile(rf"(?i:{ARTICLE})")
_MAX_HEADING = 32


def find_definitions(prose: Prose) -> tuple[Definition, ...]:
    """Return the definitions of a block, ascending by short form, with spans relative to the block."""
    text = prose.text
    found: dict[Range, Definition] = {}
    for short, long in _pairs(text):
        for part, whole in _parts(text, short, long):
            found.setdefault(part, _definition(prose, part, whole))
    return tuple(found[place] for place in sorted(found))


def definition_below(heading: PlacedProse, below: PlacedProse, source: str) -> Definition | None:
    """Return the definition whose short form is a heading and whose long form begins the next block."""
    if len(heading.prose.text) > _MAX_HEADING:
        return None
    head = _HEADING.fullmatch(heading.prose.text)
    if head is None or not is_short(head[1]) or not any(map(str.isupper, head[1][1:])):
        return None
    text = below.prose.text
    article = _BELOW.match(text)
    found = long_below(text, article.end() if article else 0, head[1])
    if found is None:
        return None
    short = heading.prose.span(*head.span(1)).shifted(heading.start)
    long = below.prose.span(*found).shifted(below.start)
    return Definition(short.of(source), " ".join(long.of(source).split()), short, long)


def _definition(prose: Prose, short: Range, long: Range) -> Definition:
    text = prose.text
    return Definition(text[slice(*short)], text[slice(*long)], prose.span(*short), prose.span(*long))


def _pairs(text: str) -> Iterator[tuple[Range, Range]]:
    if "(" in text or "[" in text:
        yield from bracketed(text)
    for start, end in token_spans(text):
        compound = _COMPOUND.match(text, end)
        if compound and compound.end() - start <= _MAX_SHORT:
            pair = in_sentence(text, start, compound.end())
        else:
            pair = in_sentence(text, start, end)
        if pair is not None:
            yield pair
    if CELL in text:
        yield from table_definitions(text)


def _parts(text: str, short: Range, long: Range) -> Iterator[tuple[Range, Range]]:
    """Yield a definition and, if both forms are compounds (`CI/CD`), those of their parts."""
    yield short, long
    mark = "/" if "/" in text[slice(*short)] else "&" if "&" in text[slice(*short)] else ""
    if not mark:
        return
    shorts = split(text, short, re.escape(mark))
    longs = split(text, long, r"\s*/\s*|\s+and\s+|\s*&\s*")
    if len(shorts) != len(longs):
        return
    for part, whole in zip(shorts, longs, strict=True):
        fit = fit_within(text[slice(*part)], words_of(text, *whole))
        if part[1] - part[0] > 1 and fit is not None and fit.cost <= EXPLICIT * (part[1] - part[0]):
            yield part, whole
