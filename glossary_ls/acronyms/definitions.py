"""The definitions of acronyms in a document.

They are found by patterns in `brackets`, `sentences`, `tables`, and in a heading with the text below it.
`alignment` (which cites the literature) decides whether the two forms match, with a tolerance that depends on
the pattern. Where the markup says that a text is a definition, the letters need not match; see `declared`.
This module must see only the readable text of a block, or of two successive ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import EXPLICIT, fit_within
from glossary_ls.acronyms.bounds import ARTICLE, Range, split
from glossary_ls.acronyms.brackets import bracketed
from glossary_ls.acronyms.declared import listed_definitions, marked_definitions, marked_terms, quoted_terms
from glossary_ls.acronyms.forms import words_of
from glossary_ls.acronyms.sections import definition, definition_across, headed_short
from glossary_ls.acronyms.sentences import enumerated, in_sentence, legend, long_below
from glossary_ls.acronyms.shared_words import two_in_brackets
from glossary_ls.acronyms.tables import table_definitions
from glossary_ls.acronyms.tokens import token_spans
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.prose import BREAK, CELL, DEFINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Definition
    from glossary_ls.markup.prose import PlacedProse, Prose

#: The brackets that open, beside those of ASCII: without any in a text, no pattern of `brackets` can match.
_WIDE_OPENING = frozenset("\uff08\uff3b\u3010")
#: What joins the parts of a compound short form.
_PARTS = lazily(r"[-/&+ \u2010\u2011]")
#: Further parts of a compound short form, such as `CI/CD`.
_JOINTS = frozenset("-/&+")
_COMPOUND = lazily(r"(?:[-/&+][^\W_]+){0,3}")
_MAX_SHORT = 14

_BELOW = lazily(rf"(?i:{ARTICLE})")


def find_definitions(prose: Prose) -> tuple[Definition, ...]:
    """Return the definitions of a block, ascending by short form, with spans relative to the block."""
    text = prose.text
    found: dict[Range, Definition] = {}
    for short, long, wording in two_in_brackets(text):
        found[short] = definition(prose, short, long, wording)
    for short, long in _pairs(prose):
        for part, whole in _parts(text, short, long):
            if part not in found and not _is_pointer(prose, part, whole):
                found[part] = definition(prose, part, whole)
    return tuple(found[place] for place in sorted(found))


def explained_by(short: str) -> Iterator[str]:
    """Yield the acronyms that the definition of `short` explains: itself, and the parts of a compound."""
    yield short
    yield from (part for part in _PARTS.split(short) if 1 < len(part) < len(short))


def _is_pointer(prose: Prose, short: Range, long: Range) -> bool:
    """Return whether a short form is the text of a link, whose likeness to one word is a coincidence."""
    is_word = prose.text.find(" ", *long) < 0
    kinds = prose.kind_at(short[0]), prose.kind_at(long[0])
    return is_word and kinds[0] is RegionKind.LINK and kinds[1] is not RegionKind.LINK


def definition_below(heading: PlacedProse, below: PlacedProse, source: str) -> Definition | None:
    """Return the definition whose short form is a heading and whose long form begins the next block."""
    head = headed_short(heading.prose)
    if head is None:
        return None
    name = heading.prose.text[slice(*head)]
    text = below.prose.text
    article = _BELOW.match(text)
    found = long_below(text, article.end() if article else 0, name)
    if found is None:
        return None
    return definition_across(heading, head, below, found, source)


def _pairs(prose: Prose) -> Iterator[tuple[Range, Range]]:
    text = prose.text
    if "(" in text or "[" in text or not (text.isascii() or _WIDE_OPENING.isdisjoint(text)):
        yield from bracketed(text)
    is_marked = DEFINES in text
    if is_marked:
        yield from marked_definitions(prose)
    yield from _in_sentences(text)
    if CELL in text:
        yield from table_definitions(text)
    if is_marked:
        yield from marked_terms(text)
    if BREAK in text:
        yield from listed_definitions(prose)


def _in_sentences(text: str) -> Iterator[tuple[Range, Range]]:
    if " for " in text:
        yield from enumerated(text)
    if text.count("=") > 1:
        yield from legend(text)
    for start, end in token_spans(text):
        if text[end : end + 1] in _JOINTS and (compound := _COMPOUND.match(text, end)):
            end = compound.end() if compound.end() - start <= _MAX_SHORT else end  # noqa: PLW2901
        pair = in_sentence(text, start, end)
        if pair is not None:
            yield pair
    if " mean" in text:
        yield from quoted_terms(text)


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
