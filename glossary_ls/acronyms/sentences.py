"""Definitions in the run of a sentence: a short form that dashes, commas or words tie to its long form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from glossary_ls.acronyms.alignment import (
    STOP_WORDS,
    Fit,
    base_of,
    fit_after,
    is_good,
    is_short,
    most_for,
    words_of,
)
from glossary_ls.acronyms.bounds import (
    ARTICLE,
    ARTICLES,
    BRACKETS,
    HINTED,
    PLAIN,
    QUOTE,
    STRICT,
    Range,
    long_before,
    stretch_after,
    trimmed,
)
from glossary_ls.acronyms.vocabulary import words

_AFTER = re.compile(
    rf"""{QUOTE}?(?:
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
    | (?P<below>\.?\n)
    ){ARTICLE}{QUOTE}?""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"""{QUOTE}?(?:
      (?P<or>,?\s+(?:[-\u2013\u2014]\s*)?(?:hereafter|hereinafter|henceforth|from\s+now\s+on|from\s+here\s+on),?\s+
          (?:(?:called|referred\s+to\s+as|abbreviated|abbreviated\s+as|just|only)\s+)?
        | ,\s+(?:or|i\.e\.,?|aka|a\.k\.a\.|hence|short|in\s+short:?|for\s+short)\s+)
    | (?P<known>,?\s+(?:(?:is|are|was|be|being|and|or|also|often|commonly|usually|sometimes|frequently
          |hereafter|hereinafter|better|generally|which|that|can|may|will|shall|we|i|they|people|everybody|everyone)\s+
          ){{0,4}}
          (?:abbreviated|shortened|abbreviation|known|referred|called|call|termed|dubbed|denoted|abbreviate|shorten
          |abbr\.?|written)(?:\s+(?:as|to|by|with|it))*:?\s+)
    | (?P<dash>\s+[-\u2013\u2014]{{1,3}}\s+|\s*[\u2013\u2014]\s*)
    | (?P<line>\s*[:=]\s+|\s*(?:->|\u2192|=>)\s*)
    | (?P<slash>\s?/\s?)
    | (?P<bare>\s+or\s+)
    | (?P<comma>,\s+)
    ){ARTICLE}{QUOTE}?$""",
    re.VERBOSE | re.IGNORECASE,
)
_FOR_SHORT = re.compile(rf"{QUOTE}?,?\s+(?:for|in)\s+short\b", re.IGNORECASE)

_CLAUSE_END = re.compile(r"[,:]\s|\s(?:and|which|that|is|are)\s|[\"\u201d]|$")

#: What a fit may cost for each letter of the short form, by how plainly the place ties it.
_TOLERANCE = {
    "told": BRACKETS,
    "known": PLAIN,
    "or": HINTED,
    "line": HINTED,
    "dash": HINTED,
    "below": STRICT,
    "slash": STRICT,
    "said": STRICT,
    "comma": STRICT,
    "bare": STRICT,
}
_LINE_BONUS = 0.2
#: What it costs that a sentence goes on behind the long form.
_OPEN_END = 0.5

_QUOTES = "\"'`\u2018\u2019\u201c\u201d"
_LEADS = words(
    "or aka a.k.a. i.e. hence short abbreviated shortened abbreviation known referred called call termed "
    "dubbed denoted abbreviate shorten abbr abbr. written as to by with it hereafter hereinafter henceforth "
    "on just only"
)
_FOLLOWS = frozenset(" ,:=\"'\u2019\u201d\u2013\u2014-`\n.")


def in_sentence(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """Return the places of the short form at `start` and of the long form that is tied to it, if one is."""
    short = base_of(text[start:end])
    if not is_short(short):
        return None
    place = start, start + len(short)
    long = _after(text, start, end, short) or _before(text, start, end, short)
    return (place, long) if long else None


def _after(text: str, start: int, end: int, short: str) -> Range | None:
    if end >= len(text) or text[end] not in _FOLLOWS:
        return None
    after = _AFTER.match(text, end)
    if after is None:
        return None
    how = after.lastgroup or "comma"
    if how in {"line", "below"} and not begins_line(text, start):
        return None
    if how == "below":
        return long_below(text, after.end(), short)
    return _long_after(text, after.end(), short, how)


def _before(text: str, start: int, end: int, short: str) -> Range | None:
    if not _is_led_in(text, start):
        return None
    lead = _lead(text[max(0, start - 64) : start])
    if lead is None or (lead.how == "line" and not _ends_line(text, end)):
        return None
    how = lead.how
    if how in {"comma", "bare", "dash"} and _FOR_SHORT.match(text, end):
        how = "or"
    if how in {"comma", "bare", "slash"} and len(short) < 3:
        return None
    return long_before(text, start - lead.length, short, _TOLERANCE[how])


class _Lead(NamedTuple):
    """What ties a short form to the long one before it: of which kind, and how many characters it takes."""

    how: str
    length: int


@lru_cache(maxsize=256)
def _lead(before: str) -> _Lead | None:
    """Return what leads in a short form behind `before`; tables and logs say the same again and again."""
    found = _BEFORE.search(before)
    return _Lead(found.lastgroup or "comma", len(before) - found.start()) if found else None


def _is_led_in(text: str, start: int) -> bool:
    """Tell at little cost whether what stands before a short form can tie it to a long form."""
    before = text[max(0, start - 24) : start].split()
    while before and before[-1] in ARTICLES and len(before) > 1:
        before.pop()
    if not before:
        return False
    last = before[-1].rstrip(_QUOTES)
    return not last or last[-1] in ",-\u2013\u2014:=/>" or last in _LEADS


def begins_line(text: str, start: int) -> bool:
    """Tell whether nothing but quotes and bullets stands between `start` and a sentence's beginning."""
    head = text[max(0, start - 8) : start].rstrip(" \"'`\u2018\u201c*-\u2022")
    return (not head and start <= 8) or head[-1:] in set("\n\x1f.;:")


def _ends_line(text: str, end: int) -> bool:
    tail = text[end : end + 4].lstrip("s\"'`\u2019\u201d. )")
    return not tail or tail[0] in "\n\x1f"


def _long_after(text: str, start: int, short: str, how: str) -> Range | None:
    end = stretch_after(text, start, short)
    found = words_of(text, start, end)[: 2 * len(short) + 6]
    if not found or text[start : found[0].start].strip():
        return None
    tolerance = _TOLERANCE[how] + (_LINE_BONUS if how == "line" else 0.0)
    fit = fit_after(short, found, most_for(short, tolerance))
    if fit is not None and is_good(fit, text, short, tolerance):
        if how in {"comma", "bare", "said"} and (len(short) < 3 or not _is_settled(text, fit, how)):
            return None
        return fit.start, fit.end
    if how == "told" and short[0].isupper():
        clause = _CLAUSE_END.search(text, start, end)
        last = clause.start() if clause else end
        if 2 <= len(words_of(text, start, last)) <= 10:
            return found[0].start, trimmed(text, start, last)
    return None


def long_below(text: str, start: int, short: str) -> Range | None:
    """Return the long form with which a text begins at `start`, under a line that is the short form alone."""
    found = words_of(text, start, stretch_after(text, start, short))[: 2 * len(short) + 6]
    if len(short) < 2 or not found or text[start : found[0].start].strip():
        return None
    tolerance = STRICT + _OPEN_END / len(short)
    fit = fit_after(short, found, most_for(short, tolerance))
    if fit is None or not is_good(fit, text, short, tolerance):
        return None
    inside = [word.text for word in found if fit.start <= word.start < fit.end]
    return (fit.start, fit.end) if len(inside) > 1 and not {inside[0], inside[-1]} & STOP_WORDS else None


def _is_settled(text: str, fit: Fit, how: str) -> bool:
    """Tell whether an apposition ends where its last word does, unless "is" or "or" leads in."""
    return how != "comma" or fit.end >= len(text) or text[fit.end] in ",.;:)\n\x1f"
