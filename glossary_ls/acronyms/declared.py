"""Definitions that the markup or the layout declares, whatever the letters of the two forms.

A term is declared by `DEFINES` in the readable text, by its place in a list of definitions, or by an entry of
a glossary section (see `sections`). If the long form fits the short form, only that much is the long form;
else it is the first sentence of the definition. This module must not know markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms import phrases
from glossary_ls.acronyms.alignment import WEAK, good_after
from glossary_ls.acronyms.bounds import ARTICLE, QUOTE, QUOTES, SHORT, Range, trimmed
from glossary_ls.acronyms.forms import base_of, is_short, words_of
from glossary_ls.acronyms.spaced import Spaced
from glossary_ls.acronyms.tables import fitting, short_in
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.markup.prose import BREAK, CELL, DEFINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.markup.prose import Prose

#: The end of the text of a definition, which may contain another one in brackets.
_END = lazily(f"[{BREAK}{CELL}]|{DEFINES}(?!\\()")
_SENTENCE_END = lazily(r"[.!?;](?=\s)|$")
_MAX_LONG = 160
_MAX_TERM = 40
_REFERENCE = lazily(r"\W{0,3}(?:see|cf\.?|siehe|s\.|voir|v\u00e9ase)\s", re.IGNORECASE)
_WORD = lazily(r"[^\W\d_]{2,}")
#: What a definition says of a short form before the long form, which may be in quotes.
_SHORT_FOR = lazily(
    r"\W{0,3}(?:(?:is|an?|the)\s)*(?:short(?:hand)?|abbreviat(?:ion|ed)|acronym|initialism|stands|standing)\s(?:for|of)\s"
    rf"{ARTICLE}(?:(?P<quote>{QUOTE})[^{QUOTES}]+(?={QUOTE}))?",
    re.IGNORECASE,
)

#: The title of a glossary.
_KIND = (
    r"(?:acronyms?|abbreviations?|initialisms|glossary|glossaries|terminology|vocabulary|nomenclature|lexicon"
    rf"|{phrases.GLOSSARIES})"
)
_TERMS = r"(?:(?:terms?|definitions?|concepts)(?:\s+of\s+terms)?)"
GLOSSARY = lazily(
    rf"[\W\d]*(?:(?:[\w'\u2019]+\s+){{0,3}}{_KIND}|(?:(?:key|common|important|basic|list\s+of|the)\s+)*{_TERMS})"
    rf"(?:(?:\s*[,/&]\s*|,?\s+(?:and|und|et|y|of)\s+)(?:\w+\s+)?(?:{_KIND}|{_TERMS}|symbols))*"
    r"(?:\s+(?:used|in|for)\b.*)?\W*",
    re.IGNORECASE,
)

_TOKEN_BEFORE = Spaced(rf"(?<![^\W_])({SHORT})[\"'`\u2019\u201d]?\s?$")
_TOKEN = Spaced(rf"{QUOTE}?({SHORT}){QUOTE}?")
_CONNECTIVE = lazily(
    rf"(?:\s*[:=]\s|\s*[-\u2013\u2014]+\s|,?\s(?:is|are|means?|denotes?|refers?\sto|stands?\sfor|describes?)\s|\s\(|\s)"
    rf"{ARTICLE}",
    re.IGNORECASE,
)

#: A term in quotes that a contract defines.
_QUOTED_TERM = Spaced(
    rf"{QUOTE}(?P<short>{SHORT})(?P<more>(?:\s[^\W\d_]+){{0,2}}){QUOTE}\s(?:shall\s)?means?\s{ARTICLE}"
)

_CLAUSE = lazily(r"(?:[^.!?;\n\x1e\x1f]|[.](?=\S))*$")
_INTRODUCTION = lazily(
    r"(?:,?\s*\b(?:is|are|was|be|being|called|known|referred|to|as|termed|we|call|it|this|that|the|an?|or))+\s*$"
)

#: An item of a list of definitions on a line of its own, or a row of a table: `ABC: text`, `ABC - text`. The
#: pattern starts with a plain character, which the regular expression engine searches fast.
_ITEM = Spaced(
    rf"\n[^\w\n]{{0,6}}(?P<term>(?>{SHORT})){QUOTE}?(?:\s*(?:::?|=)[^\S\n]+|\s*\uff1a\s*|\s+[-\u2013\u2014]{{1,2}}\s+|\s*[\u2013\u2014]\s*"
    rf"|\s*(?:->|\u2192|=>)\s*|{CELL})(?=\S)"
)
#: What editors write before a remark, in a glossary as elsewhere.
_MARKS = word_set(
    "NOTE NOTES NB PS TODO FIXME XXX HACK TBD TIP HINT WARNING CAUTION IMPORTANT EXAMPLE EXAMPLES"
)
#: The least number of items of a list whose letters fit, as evidence for the others.
_LEAST_FITTING = 2


def marked_definitions(prose: Prose) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of both forms where the markup has the definition of a term."""
    text = prose.text
    mark = text.find(DEFINES)
    while mark >= 0:
        pair = _gloss(text, mark) if text.startswith("(", mark + 1) else _after_term(text, mark)
        if pair is not None and prose.kind_at(pair[0][0]) is not RegionKind.CODE_INLINE:
            yield pair
        mark = text.find(DEFINES, mark + 1)


def marked_terms(text: str) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of terms that the markup says are defined, and of the rest of their sentences."""
    for match in re.finditer(f"(?:^|(?<=[ \n(])){DEFINES}(?!\\()", text):
        term = _TOKEN.match(text, match.end())
        if term is None or not is_short(term[1]):
            continue
        connective = _CONNECTIVE.match(text, term.end())
        if connective is not None and connective[0].isspace() and short_in(text, term.span()) is None:
            continue
        place = term.start(1), term.start(1) + len(base_of(term[1]))
        long = sentence(text, connective.end(), _end(text, connective.end())) if connective else None
        long = long or _clause_before(text, match.start())
        if long is not None:
            yield place, long


def listed_definitions(prose: Prose) -> Iterator[tuple[Range, Range]]:
    """Yield the items of a list of definitions: one with a title, or whose items mostly fit."""
    text = prose.text
    items = list(_items(prose)) if f":{BREAK}" in text or text.count(BREAK) >= _LEAST_FITTING else []
    titled = _below_title(text, items)
    if len(items) > _LEAST_FITTING > len(titled):
        longs = [fitting(text, short, (start, _end(text, start))) for short, start in items]
        fits = len(longs) - longs.count(None)
        titled = items if _LEAST_FITTING <= fits < len(items) < 2 * fits else []
    yield from _placed(text, titled)


def _below_title(text: str, items: list[tuple[Range, int]]) -> list[tuple[Range, int]]:
    """Return the items on the lines that follow a line such as `Abbreviations:`."""
    found: list[tuple[Range, int]] = []
    last = -1
    for item in items:
        line = text.rfind(BREAK, 0, item[0][0])
        title = text[text.rfind(BREAK, 0, max(line, 0)) + 1 : max(line, 0)]
        if (title.endswith(":") and GLOSSARY.fullmatch(title)) or (found and line == last):
            found.append(item)
            last = _end(text, item[1])
    return found


def quoted_terms(text: str) -> Iterator[tuple[Range, Range]]:
    """Yield the definitions of a contract, `"ABC" means ...`: what has the letters, or the sentence."""
    for match in _QUOTED_TERM.finditer(text):
        short = base_of(match["short"])
        if not is_short(short) or short.islower():
            continue
        end = _end(text, match.end())
        long = sentence(text, match.end(), end)
        if long is not None:
            fit = _fit_inside(text, short, long)
            if fit is not None or not match["more"]:
                yield (match.start("short"), match.start("short") + len(short)), fit or long


def _fit_inside(text: str, short: str, place: Range) -> Range | None:
    """Return the first words in a range that fit a short form of three letters or more."""
    words = words_of(text, *place)
    for index in range(len(words) if len(short) > 2 else 0):
        fit = good_after(text, short, words[index : index + 2 * len(short)], WEAK)
        if fit is not None:
            return fit.start, fit.end
    return None


def entries(prose: Prose) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of both forms of what looks like the entries of a glossary."""
    return _placed(prose.text, _items(prose))


def _placed(text: str, items: Iterable[tuple[Range, int]]) -> Iterator[tuple[Range, Range]]:
    for short, start in items:
        long = definition_text(text, short, start)
        if long is not None:
            yield short, long


def _items(prose: Prose) -> Iterator[tuple[Range, int]]:
    """Yield the short form of each item, and the start of the text after it."""
    text = prose.text
    for match in _ITEM.finditer(BREAK + text):
        start, end = match.span("term")
        place = short_in(text, (start - 1, end - 1))
        if place is None or text[slice(*place)] in _MARKS:
            continue
        if prose.kind_at(place[0]) is not RegionKind.CODE_INLINE:
            yield place, match.end() - 1


def definition_text(text: str, short: Range, start: int) -> Range | None:
    """Return the range of the long form of `short` in a definition that begins at `start`."""
    end = _end(text, start)
    if _REFERENCE.match(text, start):
        return None
    if introduction := _SHORT_FOR.match(text, start, end):
        start = introduction.end()
        if introduction["quote"]:
            start, end = introduction.end("quote"), start
    return fitting(text, short, (start, end)) or sentence(text, start, end)


def sentence(text: str, start: int, end: int) -> Range | None:
    """Return the range of the first sentence of `text[start:end]`, or None if it has no words."""
    while start < end and not text[start].isalnum():
        start += 1
    if end - start > _MAX_LONG:
        end = max(text.rfind(" ", start, start + _MAX_LONG), start)
    stop = _SENTENCE_END.search(text, start, end)
    last = trimmed(text, start, stop.start() if stop else end)
    return (start, last) if _WORD.search(text, start, last) else None


def _clause_before(text: str, end: int) -> Range | None:
    """Return the range of what a sentence says before it names a term."""
    floor = max(0, end - _MAX_LONG)
    clause = _CLAUSE.search(text[floor:end])
    start = floor + (clause.start() if clause else 0)
    introduction = _INTRODUCTION.search(text[start:end])
    last = start + introduction.start() if introduction else end
    return sentence(text, start, last) if text[start:last].count(" ") > 1 else None


def _end(text: str, start: int) -> int:
    stop = _END.search(text, start)
    return stop.start() if stop else len(text)


def _gloss(text: str, mark: int) -> tuple[Range, Range] | None:
    """Match a term with its definition in brackets."""
    floor = max(0, mark - _MAX_TERM)
    term = _TOKEN_BEFORE.search(text[floor:mark])
    if term is None or (term[1].islower() and len(term[1]) > 5):
        return None
    depth = 0
    for bracket in re.compile("[()\n]").finditer(text, mark + 1):
        depth += {"(": 1, ")": -1}.get(bracket[0], -depth)
        if depth == 0:
            start = floor + term.start(1)
            place = start, start + len(base_of(term[1]))
            inside = mark + 2, trimmed(text, mark + 2, bracket.start())
            if inside[0] == inside[1] or (term[1].islower() and short_in(text, inside)):
                return None
            return place, fitting(text, place, inside) or inside
    return None


def _after_term(text: str, mark: int) -> tuple[Range, Range] | None:
    """Match a term that is followed by its definition."""
    floor = max(0, mark - _MAX_TERM)
    start = floor + max(text[floor:mark].rfind(sign) for sign in (BREAK, CELL, DEFINES)) + 1
    if start == floor > 0:
        return None
    if text.endswith("/", start, mark):
        return None  # a folder
    place = short_in(text, (start, mark))
    long = definition_text(text, place, mark + 1) if place is not None else None
    return (place, long) if place is not None and long is not None else None
