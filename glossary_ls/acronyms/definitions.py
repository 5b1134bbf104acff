"""The explanations of acronyms that a document itself gives.

Looked for are the places where writers put a short form beside a long one: brackets, dashes, colons, table
cells, "stands for" and the like, either form first. Whether the two belong together is decided by `alignment`
(which names the literature), with less tolerance the less a place says. The module sees one block's readable
text, from which markup and line breaks are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import (
    Fit,
    base_of,
    fit_after,
    fit_before,
    fit_within,
    is_good,
    is_short,
    words_of,
)
from glossary_ls.acronyms.runs import runs
from glossary_ls.acronyms.tables import table_definitions
from glossary_ls.acronyms.vocabulary import words
from glossary_ls.model import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.regions.prose import Prose

#: How far back or ahead of a short form its long form may reach.
_REACH = 60
_REACH_PER_LETTER = 18

_SHORT = r"[^\W_](?:[^\W_]|[-/&.+\u2010\u2011](?=[^\W_])){0,13}"
_QUOTE = "[\"'`\u2018\u2019\u201c\u201d]"
_ARTICLE = r"(?:(?:the|an?|simply|just)\s+)?"

#: A bracket, with what opens it as group 1 and its content as group 2.
_BRACKET = re.compile(r"([(\[])([^()\[\]\n\x1f]{2,200})[)\]]")

#: What may come before a short form in brackets: `(also known as the "SEC")`.
_INTRODUCTION = re.compile(
    r"\s*(?:(?:also|commonly|often|usually|sometimes|hereinafter|hereafter|henceforth|collectively|or|aka|a\.k\.a\.|"
    r"abbreviated|abbreviation|abbrev\.?|abbr\.?|acronym|known|referred|called|to|as|i\.e\.|in|short|for|"
    r"short form|the|an?)[\s,:]+)*",
    re.IGNORECASE,
)
_BRACKETED_SHORT = re.compile(
    rf"(?P<open>{_QUOTE}?)(?P<short>{_SHORT})(?P<plural>['\u2019]?s)?{_QUOTE}?"
    r"(?=\s*(?:$|[,;:.]|\s(?:for|in) short|\s(?:from|hence|here|there)|\s[-\u2013\u2014]|\s(?:or|and)\s))"
)
#: What may come before a long form in brackets: `(short for ...)`.
_GLOSS = re.compile(
    r"\s*(?:(?:which\s+)?(?:stands|standing|short|acronym|abbreviation|abbreviated)\s+(?:for|of|from)\s+|i\.e\.,?\s+|"
    r"that is,?\s+|meaning\s+|aka\s+|or\s+|originally\s+|formerly\s+|from\s+)?"
    rf"{_ARTICLE}{_QUOTE}?",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"[,;:]\s|\s[-\u2013\u2014]\s|\.\s|[\u2014]|$|\s(?:which|that|see)\s")

#: What may be tied to a run of letters and still belong to the short form.
_TIED = re.compile(r"(?:[-/&+][^\W_]+){0,3}")

_AFTER = re.compile(
    rf"""{_QUOTE}?(?:
      (?P<told>,?\s+(?:(?:also|simply|just|itself|actually|here|which|that|usually|commonly|\(|,)\s+)?(?:
          (?:stands?|standing|stood)\s+for | (?:is\s+|are\s+|being\s+)?short\s+for
        | (?:is|are|being)\s+(?:an?|the)\s+(?:\w+\s+)?(?:acronym|abbreviation|initialism|contraction|shorthand
            |short\s+form|abbreviated\s+form)(?:\s+(?:for|of))? | abbreviates
        )\s*:?\s+)
    | (?P<said>,?\s+(?:means|refers\s+to|denotes|is|are|being)\s+)
    | (?P<or>,\s+(?:or|i\.e\.,?|that\s+is,?|meaning|short\s+for|aka|a\.k\.a\.|namely)\s+)
    | (?P<line>\s*[:=]\s+|\s*(?:->|\u2192|=>)\s*)
    | (?P<dash>\s+[-\u2013\u2014]{{1,3}}\s+|\s*[\u2013\u2014]\s*)
    | (?P<comma>,\s+)
    | (?P<bare>\s+or\s+)
    ){_ARTICLE}{_QUOTE}?""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"""{_QUOTE}?(?:
      (?P<or>,\s+(?:or|i\.e\.,?|aka|a\.k\.a\.|hence|short|in\s+short:?|for\s+short)\s+)
    | (?P<known>,?\s+(?:(?:is|are|was|be|being|and|or|also|often|commonly|usually|sometimes|frequently
          |hereafter|hereinafter|better|generally|which|can|may|will)\s+){{0,4}}
          (?:abbreviated|shortened|abbreviation|known|referred|called|abbr\.?|written)(?:\s+(?:as|to|by|with))*:?\s+)
    | (?P<dash>\s+[-\u2013\u2014]{{1,3}}\s+|\s*[\u2013\u2014]\s*)
    | (?P<line>\s*[:=]\s+|\s*(?:->|\u2192|=>)\s*)
    | (?P<slash>\s?/\s?)
    | (?P<bare>\s+or\s+)
    | (?P<comma>,\s+)
    ){_ARTICLE}{_QUOTE}?$""",
    re.VERBOSE | re.IGNORECASE,
)

#: What a long form does not reach across, looking back and looking ahead.
_START = re.compile(r"[\n\x1f\ufffc()\[\]]|[.!?;:]\s")
_END = re.compile(r"[\n\x1f\ufffc()\[\]]|[.!?;]\s")
_CLAUSE_END = re.compile(r"[,:]\s|\s(?:and|which|that|is|are)\s|[\"\u201d]|$")

#: What a fit may cost for each letter of the short form, by how plainly the place ties it.
_BRACKETS = 0.75
_PLAIN = 0.5
_HINTED = 0.34
_STRICT = 0.08

_TOLERANCE = {
    "told": _BRACKETS,
    "known": _PLAIN,
    "or": _HINTED,
    "line": _HINTED,
    "dash": _HINTED,
    "slash": _STRICT,
    "said": _STRICT,
    "comma": _STRICT,
    "bare": _STRICT,
}


def find_definitions(prose: Prose) -> tuple[Definition, ...]:
    """Return the definitions of a block, ascending by short form, with spans relative to the block."""
    text = prose.text
    found: dict[tuple[int, int], Definition] = {}
    for short, long in _pairs(text):
        for part, whole in _parts(text, short, long):
            found.setdefault(part, _definition(prose, part, whole))
    return tuple(found[place] for place in sorted(found))


def _definition(prose: Prose, short: tuple[int, int], long: tuple[int, int]) -> Definition:
    text = prose.text
    return Definition(text[slice(*short)], text[slice(*long)], prose.span(*short), prose.span(*long))


_Range = tuple[int, int]


def _pairs(text: str) -> Iterator[tuple[_Range, _Range]]:
    for match in _BRACKET.finditer(text):
        pair = _short_in_brackets(text, match) or _long_in_brackets(text, match)
        if pair is not None:
            yield pair
    for start, end in runs(text):
        tied = _TIED.match(text, end)
        pair = _in_sentence(text, start, tied.end() if tied and tied.end() - start < 15 else end)
        if pair is not None:
            yield pair
    if "\x1f" in text:
        yield from table_definitions(text)


def _short_in_brackets(text: str, bracket: re.Match[str]) -> tuple[_Range, _Range] | None:
    """Read `long form (SHORT)`."""
    opened, (inside, closed) = bracket.start(), bracket.span(2)
    introduction = _INTRODUCTION.match(text, inside, closed)
    first = introduction.end() if introduction else inside
    match = _BRACKETED_SHORT.match(text, first, closed) or _BRACKETED_SHORT.match(text, inside, closed)
    if match is None or not is_short(match["short"]):
        return None
    place = match.start("short"), match.start("short") + len(base_of(match["short"]))
    long = long_before(text, opened, text[slice(*place)], _BRACKETS)
    return (place, long) if long else None


def _long_in_brackets(text: str, bracket: re.Match[str]) -> tuple[_Range, _Range] | None:
    """Read `SHORT (long form)`."""
    place = _token_before(text, bracket.start())
    if place is None:
        return None
    inside, closed = bracket.span(2)
    gloss = _GLOSS.match(text, inside, closed)
    return _first_fitting(text, place, {gloss.end() if gloss else inside, inside}, closed)


def _first_fitting(text: str, place: _Range, starts: set[int], closed: int) -> tuple[_Range, _Range] | None:
    short = text[slice(*place)]
    for start in sorted(starts, reverse=True):
        for delimiter in _DELIMITER.finditer(text, start, closed):
            fit = fit_within(short, words_of(text, start, delimiter.start()))
            if fit is not None and is_good(fit, text, short, _BRACKETS):
                return place, (fit.start, _trimmed(text, fit.end, delimiter.start()))
    return None


def _trimmed(text: str, fitted: int, end: int) -> int:
    """Return the end of a bracketed long form: trailing words belong to it, trailing punctuation does not."""
    while end > fitted and not text[end - 1].isalnum():
        end -= 1
    return end


def _token_before(text: str, end: int) -> _Range | None:
    """Return the short form that ends at `end`, but for spaces and quotes."""
    floor = max(0, end - 24)
    head = text[floor:end].rstrip(" \"'\u2019\u201d`*")
    match = re.search(rf"(?<![^\W_])({_SHORT})(?:['\u2019]s)?$", head)
    if match is None or not is_short(match[1]) or match[1].islower():
        return None
    start = floor + match.start(1)
    return start, start + len(base_of(match[1]))


def _in_sentence(text: str, start: int, end: int) -> tuple[_Range, _Range] | None:
    """Read a short form that dashes, commas or words tie to its long form."""
    short = base_of(text[start:end])
    place = start, start + len(short)
    if not is_short(short):
        return None
    if end < len(text) and text[end] in " ,:=\"'\u2019\u201d\u2013\u2014-`":
        after = _AFTER.match(text, end)
        if after is not None and (after.lastgroup != "line" or _begins_line(text, start)):
            long = _long_after(text, after.end(), short, after.lastgroup or "comma")
            if long is not None:
                return place, long
    before = _BEFORE.search(text, max(0, start - 48), start) if _is_led_in(text, start) else None
    if before is None or (before.lastgroup == "line" and not _ends_line(text, end)):
        return None
    how = before.lastgroup or "comma"
    if how in {"comma", "bare", "slash"} and len(short) < 3:
        return None
    long = long_before(text, before.start(), short, _TOLERANCE[how])
    return (place, long) if long else None


def _is_led_in(text: str, start: int) -> bool:
    """Tell at little cost whether what stands before a short form can tie it to a long form."""
    before = text[max(0, start - 24) : start].split()
    while before and before[-1] in _ARTICLES:
        before.pop()
    if not before:
        return False
    last = before[-1].rstrip(_QUOTES)
    return not last or last[-1] in ",-\u2013\u2014:=/>" or last in _LEADS


_QUOTES = "\"'`\u2018\u2019\u201c\u201d"
_ARTICLES = words("the a an simply just")
_LEADS = words(
    "or aka a.k.a. i.e. hence short abbreviated shortened abbreviation known referred called abbr abbr. "
    "written as to by with"
)


def _begins_line(text: str, start: int) -> bool:
    head = text[:start].rstrip(" \"'`\u2018\u201c*-\u2022")
    return not head or head[-1] in "\n\x1f.;"


def _ends_line(text: str, end: int) -> bool:
    tail = text[end : end + 4].lstrip("s\"'`\u2019\u201d. )")
    return not tail or tail[0] in "\n\x1f"


def _long_after(text: str, start: int, short: str, how: str) -> _Range | None:
    limit = min(len(text), start + _REACH + _REACH_PER_LETTER * len(short))
    stop = _END.search(text, start, limit)
    end = stop.start() if stop else limit
    found = words_of(text, start, end)[: 2 * len(short) + 6]
    if not found or text[start : found[0].start].strip():
        return None
    fit = fit_after(short, found)
    if fit is not None and is_good(fit, text, short, _TOLERANCE[how] + (0.2 if how == "line" else 0.0)):
        if how in {"comma", "bare", "said"} and (len(short) < 3 or not _is_settled(text, fit, how)):
            return None
        return fit.start, fit.end
    if how == "told" and short[0].isupper():
        clause = _CLAUSE_END.search(text, start, end)
        last = clause.start() if clause else end
        if 2 <= len(words_of(text, start, last)) <= 10:
            return found[0].start, _trimmed(text, start, last)
    return None


def _is_settled(text: str, fit: Fit, how: str) -> bool:
    """Tell whether an apposition ends where its last word does, unless "is" or "or" leads in."""
    return how != "comma" or fit.end >= len(text) or text[fit.end] in ",.;:)\n\x1f"


def long_before(text: str, end: int, short: str, tolerance: float) -> _Range | None:
    """Return the long form of `short` that ends at `end`, but for spaces and quotes."""
    floor = max(0, end - _REACH - _REACH_PER_LETTER * len(short))
    for stop in _START.finditer(text, floor, end):
        if stop.end() < end:
            floor = stop.end()
    found = words_of(text, floor, end)[-(2 * len(short) + 8) :]
    if not found or re.search(r"[.!?;:,)]\s*$", text[found[-1].end : end]):
        return None
    fit = fit_before(short, found)
    if fit is None or not is_good(fit, text, short, tolerance):
        return None
    behind = [word for word in found if word.start >= fit.end]
    return fit.start, found[-1].end if behind and behind[0].gap != "/" else fit.end


def _parts(text: str, short: _Range, long: _Range) -> Iterator[tuple[_Range, _Range]]:
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
        if part[1] - part[0] > 1 and fit is not None and fit.cost <= _PLAIN * (part[1] - part[0]):
            yield part, whole


def _split(text: str, place: _Range, mark: str) -> list[_Range]:
    ranges: list[_Range] = []
    start = place[0]
    for match in re.compile(mark).finditer(text, *place):
        ranges.append((start, match.start()))
        start = match.end()
    ranges.append((start, place[1]))
    return ranges
