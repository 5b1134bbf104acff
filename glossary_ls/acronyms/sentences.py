"""Definitions in running text: a short form and its long form with a connective (words, dash, comma) between.

It must not know definitions of other shapes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms import phrases
from glossary_ls.acronyms.alignment import BRACKETS, EXPLICIT, SUGGESTED, WEAK, good_after
from glossary_ls.acronyms.bounds import (
    ALONE,
    ARTICLE,
    ARTICLES,
    QUOTE,
    QUOTES,
    SHORT,
    Range,
    latest_end,
    long_before,
    split,
    trimmed,
)
from glossary_ls.acronyms.dismissal import cannot_start
from glossary_ls.acronyms.forms import STOP_WORDS, base_of, is_short, words_of
from glossary_ls.acronyms.phrases import COMMA
from glossary_ls.acronyms.spaced import Spaced
from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_AFTER = lazily(
    rf"""{QUOTE}?(?:
      (?P<stands_for>,?\s+(?:(?:also|simply|just|itself|actually|here|which|that|usually|commonly|\(|,)\s+)?(?:
          (?:stands?|standing|stood)\s+for | (?:is\s+|are\s+|being\s+)?short\s+for
        | (?:is|are|being)\s+(?:an?|the)\s+(?:\w+\s+)?(?:acronym|abbreviation|initialism|contraction|shorthand
            |short\s+form|abbreviated\s+form)(?:\s+(?:for|of))? | abbreviates
        | {phrases.EXPANDS}
        )\s*:?\s+)
    | (?P<means>,?\s+(?:which\s+|that\s+)?(?:(?:shall\s+)?means?|refers?\s+to|denotes?|{phrases.MEANS})\s+)
    | (?P<is>,?\s+(?:which\s+|that\s+)?(?:is|are|being|{phrases.IS})\s+|(?<={QUOTE})\s+(?=(?:the|an?)\s))
    | (?P<or>,\s+(?:or|i\.e\.,?|that\s+is,?|meaning|short\s+for|aka|a\.k\.a\.|namely|from(?=\s+{QUOTE}))\s+
        |{COMMA}?(?:{phrases.GLUED_MEANS})\s*)
    | (?P<line>\s*(?:::?|=)\s+|\s*(?:->|\u2192|=>|\uff1a)\s*)
    | (?P<dash>\s+[-\u2013\u2014]{{1,3}}\s+|\s*[\u2013\u2014]\s*)
    | (?P<comma>{COMMA})
    | (?P<bare>\s+or\s+)
    | (?P<below>\.?\n)
    ){ARTICLE}{QUOTE}?""",
    re.VERBOSE | re.IGNORECASE,
)
#: What a connective before a short form begins with: rejects most places at little cost.
_OPENS = rf"(?=[\s,:=/{QUOTES}\u2010-\u2192\uff0c\u3001\uff1a-])"
_BEFORE = lazily(
    rf"""{_OPENS}{QUOTE}?(?:
      (?P<or>,?\s+(?:[-\u2013\u2014]\s*)?(?:hereafter|hereinafter|henceforth|from\s+now\s+on|from\s+here\s+on),?\s+
          (?:(?:called|referred\s+to\s+as|abbreviated|abbreviated\s+as|just|only)\s+)?
        | ,\s+(?:or|i\.e\.,?|aka|a\.k\.a\.|hence|short|in\s+short:?|for\s+short)\s+)
    | (?P<known>,?\s+(?:(?:is|are|was|be|being|and|or|also|often|commonly|usually|sometimes|frequently
          |hereafter|hereinafter|better|generally|which|that|can|may|will|shall|we|i|they|people|everybody|everyone)\s+
          ){{0,4}}
          (?:abbreviated|shortened|abbreviation|known|referred|called|call|termed|dubbed|denoted|abbreviate|shorten
          |abbr\.?|written)(?:\s+(?:as|to|by|with|it))*:?\s+
        |{COMMA}(?:(?:\w+\s+){{0,2}}(?:{phrases.SHORTENS}):?\s+|(?:{phrases.GLUED_SHORTENS})\s*))
    | (?P<dash>\s+[-\u2013\u2014]{{1,3}}\s+|\s*[\u2013\u2014]\s*)
    | (?P<line>\s*[:=]\s+|\s*(?:->|\u2192|=>|\uff1a)\s*)
    | (?P<slash>\s?/\s?)
    | (?P<bare>\s+or\s+)
    | (?P<comma>{COMMA})
    ){ARTICLE}{QUOTE}?$""",
    re.VERBOSE | re.IGNORECASE,
)
_VERBS = ("stand for", "are short for")
#: Several short forms before a verb, and what separates their long forms.
_ENUMERATION = Spaced(
    rf"{ALONE}(?P<shorts>{SHORT}(?:,\s{SHORT})*,?\s(?:and|&)\s{SHORT})\s"
    rf"(?:{'|'.join(_VERBS)})\s"
)
_SERIES = r",?\s+(?:and|&)\s+|,\s+"
_RESPECTIVELY = lazily(r",?\srespectively\b")

_FOR_SHORT = lazily(rf"{QUOTE}?,?\s+(?:for|in)\s+short\b", re.IGNORECASE)

#: The beginning of a list of abbreviations: `AB, long form; CD, long form`.
_LIST = Spaced(rf"{SHORT}, [^,;.\n]{{4,80}}; {SHORT}[,;]")

#: An item of a legend; the next one comes after a comma or semicolon and a blank.
_LEGEND_ITEM = Spaced(
    rf"(?<![^\s(])(?P<short>{SHORT})=(?P<long>[^\W\d_](?:[^\W_]|[ -](?! )){{3,80}}+)(?=[,;.)\n]|$)"
)

_CONJUNCTION = lazily(r"(?:,|\band|\bor|&)\s$")
_CLAUSE_END = lazily(r"[,:]\s|\s(?:and|which|that|is|are)\s|[\"\u201d]|$")

#: The maximum cost of a fit per letter of the short form, by connective.
_TOLERANCE = {
    "stands_for": BRACKETS,
    "known": EXPLICIT,
    "listed": EXPLICIT,
    "means": SUGGESTED,
    "or": SUGGESTED,
    "line": SUGGESTED,
    "dash": SUGGESTED,
    "below": WEAK,
    "slash": WEAK,
    "is": WEAK,
    "comma": WEAK,
    "bare": WEAK,
}
_LINE_BONUS = 0.2
#: The additional cost that is accepted because the sentence continues after the long form.
_OPEN_END = 0.5

#: The first words of connectives after a short form, and of long forms.
_FIRST_WORDS = (
    word_set(
        "also simply just itself actually here which that usually commonly stand stands standing stood is "
        "are being short abbreviates shall mean means meaning refer refers denote denotes or aka namely from"
    )
    | phrases.OPENING_WORDS
    | ARTICLES
)
#: How many characters after a short form are looked at: more than any of these words has.
_LONGEST_OPENING = 24
#: The last words of connectives before a short form.
_LAST_WORDS = (
    word_set(
        "or aka a.k.a. i.e. hence short abbreviated shortened abbreviation known referred called call termed "
        "dubbed denoted abbreviate shorten abbr abbr. written as to by with it hereafter hereinafter "
        "henceforth on just only"
    )
    | phrases.SHORTENING_WORDS
)
#: The end of the scripts that separate words by spaces.
_LATIN = "\u2e7f"
_SPACES_AND_QUOTES = f" {QUOTES}"
_SIGNS = frozenset(",-\u2013\u2014:=/>")
_ENDS = frozenset(",.;:)\n\x1e\x1f\uff0c\u3001\u3002\uff1b\uff09")
_FOLLOWS = frozenset(f" ,:=\u2013\u2014-`\n.\uff0c\u3001\uff1a{QUOTES}")


def enumerated(text: str) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of both forms where several short forms share a verb: `A and B stand for X and Y`."""
    for match in _ENUMERATION.finditer(text) if any(verb in text for verb in _VERBS) else ():
        end = latest_end(text, match.end(), match["shorts"])
        if clause := _RESPECTIVELY.search(text, match.end(), end):
            end = clause.start()
        shorts = split(text, match.span("shorts"), _SERIES)
        longs = split(text, (match.end(), end), _SERIES)
        if len(shorts) == len(longs) and all(is_short(text[slice(*short)]) for short in shorts):
            for short, (first, last) in zip(shorts, longs, strict=True):
                yield (
                    (short[0], short[0] + len(base_of(text[slice(*short)]))),
                    (first, trimmed(text, first, last)),
                )


def legend(text: str) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of both forms in a list without blanks: `WCP=widget control plane, TS=trace store`.

    A single one may be an assignment of a program.
    """
    items = list(_LEGEND_ITEM.finditer(text))
    if len(items) < 2:
        return
    follows = [False, *(next_.start() - item.end() == 2 for item, next_ in pairwise(items)), False]
    for item, in_list in zip(items, pairwise(follows), strict=True):
        short, start = item["short"], item.start("long")
        if any(in_list) and is_short(short) and not cannot_start(text, start, short):
            fit = good_after(text, short, words_of(text, *item.span("long")), EXPLICIT)
            if fit is not None:
                yield item.span("short"), (fit.start, fit.end)


def in_sentence(text: str, start: int, end: int) -> tuple[Range, Range] | None:
    """Return the ranges of the short form at `start` and of its long form, or None without a definition."""
    short = _short(text[start:end])
    if not short:
        return None
    place = start, start + len(short)
    long = _after(text, start, end, short) or _before(text, start, end, short)
    return (place, long) if long else None


@memo.recent(2048)
def _short(token: str) -> str:
    """Return a token without a plural ending if it can be a short form, or an empty string."""
    short = base_of(token)
    return short if is_short(short) else ""


def _after(text: str, start: int, end: int, short: str) -> Range | None:
    if end >= len(text) or (text[end] not in _FOLLOWS and text[end] < _LATIN):
        return None
    if _goes_on(text, end, short):
        return None
    after = _AFTER.match(text, end)
    if after is None:
        return None
    connective = after.lastgroup or "comma"
    if connective == "comma" and _is_listed(text, start):
        connective = "listed"
    if connective == "stands_for" and _CONJUNCTION.search(text, max(0, start - 8), start):
        connective = "or"
    if connective in {"line", "below"} and not _begins_line(
        text, start, ",(" if connective == "line" else ""
    ):
        return None
    if connective == "below":
        return long_below(text, after.end(), short)
    return _long_after(text, after.end(), short, connective)


def _goes_on(text: str, end: int, short: str) -> bool:
    """Return, at little cost, whether no connective follows a short form, or one without a long form behind.

    Then the next word is no word of a connective, and comes after a blank, or after a comma with an initial
    that does not fit.
    """
    at = end + 1
    if text[end] == ",":
        if text[at : at + 1] != " " or not cannot_start(text, at + 1, short):
            return False
        at += 1
    elif text[end] != " ":
        return False
    word = text[at : at + _LONGEST_OPENING].partition(" ")[0]
    return word.isascii() and word.isalpha() and word.lower() not in _FIRST_WORDS


def _before(text: str, start: int, end: int, short: str) -> Range | None:
    if not _may_have_connective(text, start):
        return None
    found = _comma_before(text, start) or _connective_at_end(text[max(0, start - 64) : start])
    if found is None or (found.kind == "line" and not _ends_line(text, end)):
        return None
    connective = found.kind
    if connective in {"comma", "bare", "dash"} and _FOR_SHORT.match(text, end):
        connective = "or"
    if connective in {"comma", "bare", "slash"} and len(short) < 3:
        return None
    return long_before(text, start - found.length, short, _TOLERANCE[connective])


class _Connective(NamedTuple):
    """A connective before a short form: its kind and its length in characters."""

    kind: str
    length: int


_COMMA_ALONE = _Connective("comma", 2)
#: The words of connectives before a short form that a comma may follow.
_BEFORE_COMMA = ("hereafter", "hereinafter", "henceforth", "on")


def _comma_before(text: str, start: int) -> _Connective | None:
    """Return, at little cost, the connective before a short form that follows a word and a comma."""
    if text[start - 2 : start] != ", " or not text[start - 3 : start - 2].isalnum():
        return None
    return None if text[max(0, start - 16) : start - 2].lower().endswith(_BEFORE_COMMA) else _COMMA_ALONE


@memo.recent(256)
def _connective_at_end(before: str) -> _Connective | None:
    """Return the connective that `before` ends with. Memoized, because tables and logs repeat themselves."""
    found = _BEFORE.search(before)
    return _Connective(found.lastgroup or "comma", len(before) - found.start()) if found else None


def _may_have_connective(text: str, start: int) -> bool:
    """Return, at little cost, whether a connective may precede a short form."""
    if text[start - 1 : start] == " ":
        last = text[text.rfind(" ", max(0, start - 24), start - 1) + 1 : start - 1].lower()
        if last.isalpha() and last.isascii() and last not in ARTICLES:
            return last in _LAST_WORDS
    before = text[max(0, start - 24) : start].rstrip(_SPACES_AND_QUOTES)
    while (last := before.rpartition(" ")[2].lower()) in ARTICLES:
        before = before[: -len(last)].rstrip(_SPACES_AND_QUOTES)
    return bool(last) and (last[-1] in _SIGNS or last in _LAST_WORDS or last[-1] > _LATIN)


def _is_listed(text: str, start: int) -> bool:
    """Return whether a comma separates both forms in a list of definitions: `AB, long form; CD, x`."""
    if text[max(0, start - 4) : start].rstrip().endswith(";"):
        return True
    return _begins_line(text, start, "") and _LIST.match(text, start) is not None


def _begins_line(text: str, start: int, marks: str) -> bool:
    """Return whether only quotes and bullets precede `start` in its sentence, or after one of `marks`."""
    head = text[max(0, start - 8) : start].rstrip(" \"'`\u2018\u201c*-\u2022")
    return (not head and start <= 8) or head[-1:] in set("\n\x1e\x1f.;:" + marks)


def _ends_line(text: str, end: int) -> bool:
    tail = text[end : end + 4].lstrip("s\"'`\u2019\u201d. )")
    return not tail or tail[0] in "\n\x1e\x1f"


def _long_after(text: str, start: int, short: str, connective: str) -> Range | None:
    if connective != "stands_for" and cannot_start(text, start, short):
        return None
    end = latest_end(text, start, short)
    found = words_of(text, start, end)[: 2 * len(short) + 6]
    if not found or text[start : found[0].start].strip():
        return None
    tolerance = _TOLERANCE[connective]
    if connective == "line":
        tolerance += _LINE_BONUS
    elif connective in {"is", "means"}:
        tolerance += _OPEN_END / len(short)
    fit = good_after(text, short, found, tolerance)
    if fit is not None:
        # An apposition ends where its last word does, unless "is" or "or" introduces it.
        is_complete = fit.end >= len(text) or text[fit.end] in _ENDS
        if connective in {"comma", "listed"} and not is_complete:
            return None
        return None if connective in {"comma", "bare", "is"} and len(short) < 3 else (fit.start, fit.end)
    if connective == "stands_for" and short[0].isupper():
        clause = _CLAUSE_END.search(text, start, end)
        last = clause.start() if clause else end
        if 2 <= len(words_of(text, start, last)) <= 10:
            return found[0].start, trimmed(text, start, last)
    return None


def long_below(text: str, start: int, short: str) -> Range | None:
    """Return the long form that begins at `start`, below a line that consists of the short form."""
    if len(short) < 2 or cannot_start(text, start, short):
        return None
    found = words_of(text, start, latest_end(text, start, short))[: 2 * len(short) + 6]
    if not found or text[start : found[0].start].strip():
        return None
    tolerance = WEAK + _OPEN_END / len(short)
    fit = good_after(text, short, found, tolerance)
    if fit is None:
        return None
    inside = [word.text for word in found if fit.start <= word.start < fit.end]
    return (fit.start, fit.end) if len(inside) > 1 and not {inside[0], inside[-1]} & STOP_WORDS else None
