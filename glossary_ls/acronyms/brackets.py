"""Definitions in brackets: `long form (SHORT)` and `SHORT (long form)`, with introductory phrases.

It must not know definitions of other shapes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.acronyms import phrases
from glossary_ls.acronyms.alignment import (
    BRACKETS,
    EXPLICIT,
    SUGGESTED,
    WEAK,
    fit_shuffled,
    good_after,
    good_within,
)
from glossary_ls.acronyms.bounds import (
    ALONE,
    ARTICLE,
    ARTICLES,
    CLOSING,
    OPENING,
    QUOTE,
    QUOTES,
    SHORT,
    Range,
    long_before,
    trimmed,
)
from glossary_ls.acronyms.dismissal import cannot_shuffle, cannot_start
from glossary_ls.acronyms.forms import GREEK_NAMES, base_of, is_short, words_of
from glossary_ls.acronyms.spaced import ALNUM, Spaced
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A bracket, with its content up to a nested bracket as group 1.
_BRACKET = lazily(
    rf"[{OPENING}]([^{OPENING}{CLOSING}\n\x1e\x1f]{{1,200}})(?=[{CLOSING}]|(?<=[,;] )[{OPENING}])"
)

#: A bracket with a nested one.
_NESTED = lazily(rf"[{OPENING}][^{OPENING}{CLOSING}]*+[{OPENING}]")
#: A short form in a bracket with a nested one, `(ABC [stage 2])`; and one with a bracket in it, `(AB(1))`.
_NESTING = Spaced(rf"[{OPENING}]\s*({SHORT})\s*[,;\s]\s*[{OPENING}]")
_WITH_BRACKET = Spaced(rf"[{OPENING}](\.?{SHORT}(?:\([\w.+-]{{1,5}}\)[\w+-]{{0,4}})+)[{CLOSING}]")

#: A short form of several words in brackets: `(Pol II)`, `(Example WCP)`.
_WORDS = Spaced(rf"\s*((?:{SHORT}\s)+)({SHORT})\s*")
_MAX_WORDS = 3
_PART = Spaced(rf"{ALONE}{SHORT}")
#: The end of a name that an apposition follows: a word in title case before a comma, a word or a number.
_NAME = lazily(r"\b[A-Z][\w&.-]*(?=,\s|\s(?:[a-z(\d]|[A-Z]\w+\.?,\s))")
_QUOTED = lazily(rf"{QUOTE}[ \u00a0]?([^{QUOTES}]+?)[ \u00a0]?{QUOTE}")
_MAX_APPOSITION = 200
#: A short form before a noun that ends the long form, too: `example control planes (EC planes)`.
_HEADED = Spaced(rf"\s*({SHORT})(\s[a-z]{{3,}})\s*")
_QUOTES = frozenset("\"'\u2018\u201c")
#: What may be between a short form and a bracket.
_QUOTED_END = " \"'\u2019\u201d`*"
#: What follows a sign or a number in brackets, not a short form: `Copyright (C) 2024`, `(C) Acme`.
_NAMED = lazily(r"[)\]\uff09]\s*[\dA-Z]")
#: A word, before a bracket with its first letter.
_LAST_WORD = lazily(r"(?<![^\W_])[^\W\d_]{4,}(?=\s$)")

#: An introduction of a short form in brackets: `(also known as the "SEC")`.
_INTRODUCTION = lazily(
    rf"\s*(?:(?:{phrases.GLUED_SHORTENS})\s*|(?:also|commonly|often|usually|sometimes|hereinafter|hereafter|henceforth"
    r"|collectively|or|aka|a\.k\.a\.|abbreviated|abbreviation|abbrev\.?|abbr\.?|acronym|known|referred|called|call|we|it|from|now|on|to|as|i\.e\.|in|"
    r"short|for|short form|together|individually|each|this|such|the|an?"
    rf"|{phrases.SHORTENS}|{phrases.ARTICLES})[\s,:]+)*",
    re.IGNORECASE,
)
#: What may follow a short form in a bracket after a blank; see `_BRACKETED_SHORT`.
_BEHIND_SHORT = ("for", "in", "from", "hence", "here", "there", "genannt", "or", "and")
#: The first words of `_INTRODUCTION` and `_GLOSS`.
_INTRODUCING = (
    word_set(
        "also commonly often usually sometimes hereinafter hereafter henceforth collectively or aka "
        "abbreviated abbreviation abbrev abbr acronym known referred called call we it from now on to as in "
        "short for together individually each this such the a an which stands standing that meaning "
        "originally formerly"
    )
    | phrases.SHORTENING_WORDS
    | ARTICLES
)
_BRACKETED_SHORT = Spaced(
    rf"(?P<open>(?:{QUOTE}[ \u00a0]?)?)(?P<short>{SHORT})(?:['\u2019]?s|[-/.]?\*|\+)?(?:[ \u00a0]?{QUOTE})?"
    r"(?=\s*(?:$|[,;:.\uff0c\u3001\uff1b]|\s(?:for|in) short|\s(?:from|hence|here|there|genannt)"
    r"|\s[-\u2013\u2014]|\s(?:or|and)\s))"
)

#: An introduction of a long form in brackets: `(short for ...)`.
_GLOSS = lazily(
    r"\s*(?:(?:which\s+)?(?:stands|standing|short|acronym|abbreviation|abbreviated)\s+(?:for|of|from)\s+|i\.e\.,?\s+|"
    r"that is,?\s+|meaning\s+|aka\s+|or\s+|originally\s+|formerly\s+|from\s+)?"
    rf"{ARTICLE}{QUOTE}?",
    re.IGNORECASE,
)
_DELIMITER = lazily(
    r"[,;:]\s|[\uff0c\u3001\uff1b\uff1a]|\s[-\u2013\u2014]\s|\.\s|[\u2014]|$|\s(?:which|that|see)\s"
)

#: A short form, in the possessive case, or before a wildcard that was removed.
_TOKEN = Spaced(rf"{ALONE}({SHORT})(?:['\u2019]s|[-/])?$")

#: The last one of the names between slashes: `First Name/ABC (...)`.
_LAST_TOKEN = Spaced(rf"/({ALNUM}+)$")

#: A short form that qualifies one or two nouns: `the ABC problem (...)`.
_HEAD_NOUN = Spaced(rf"{ALONE}({SHORT})\s[a-z]{{3,}}(?:\s[a-z]{{3,}})?$")

#: The maximum cost of a fit per letter when a noun separates the two forms.
_QUALIFYING = 0.18


def bracketed(text: str) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of short and long forms of which one is in brackets."""
    for match in _BRACKET.finditer(text):
        pair = (
            _short_in_brackets(text, match.start(), match.span(1))
            or _long_in_brackets(text, match)
            or _after_code(text, match.start(), match.span(1))
        )
        if pair is not None:
            yield pair
    if not _NESTED.search(text):
        return
    for match in _NESTING.finditer(text):
        pair = _short_in_brackets(text, match.start(), match.span(1))
        if pair is not None:
            yield pair
    for match in _WITH_BRACKET.finditer(text):
        short = match[1]
        # In V(T), the subscript is the first word of the long form.
        turned = short[short.find("(") :] + short[: short.find("(")]
        long = long_before(text, match.start(), turned, WEAK)
        long = long or long_before(text, match.start(), short, BRACKETS)
        if long is not None:
            yield match.span(1), long


def _short_in_brackets(text: str, opened: int, content: Range) -> tuple[Range, Range] | None:
    """Match `long form (SHORT)`."""
    inside, closed = content
    words = text[inside:closed].split(" ", _MAX_WORDS)
    if len(words) > 1 and _are_plain(*words[:2]):
        return _several_words(text, opened, content) if len(words) <= _MAX_WORDS else None
    introduction = _INTRODUCTION.match(text, inside, closed)
    first = introduction.end() if introduction else inside
    match = _BRACKETED_SHORT.match(text, first, closed)
    if match is None and first > inside:
        match = _BRACKETED_SHORT.match(text, inside, closed)
    if match is None or not is_short(match["short"]):
        quoted = _QUOTED.fullmatch(text, first, closed)
        return _initial(text, opened, content) or _several_words(
            text, opened, quoted.span(1) if quoted else content
        )
    place = match.start("short"), match.start("short") + len(base_of(match["short"]))
    long = long_before(text, opened, text[slice(*place)], BRACKETS) or _shuffled_before(
        text, opened, text[slice(*place)]
    )
    if long is not None:
        return place, long
    for quoted in _QUOTED.finditer(text, inside, closed):
        term = _TOKEN.match(text, *quoted.span(1))
        if term is not None and term.end() == quoted.end(1) and is_short(term[1]):
            place = quoted.start(1), quoted.start(1) + len(base_of(term[1]))
            if long := _named_before(text, opened, text[slice(*place)]):
                return place, long
    return None


def _after_code(text: str, opened: int, content: Range) -> tuple[Range, Range] | None:
    """Match a short form after something else in its bracket: `(No. 4.2; WCP)`."""
    semicolon = text.rfind("; ", *content)
    match = _BRACKETED_SHORT.match(text, semicolon + 2, content[1]) if semicolon >= 0 else None
    if match is None or match.end() < content[1] or not is_short(match["short"]):
        return None
    place = match.start("short"), match.start("short") + len(base_of(match["short"]))
    long = long_before(text, opened, text[slice(*place)], EXPLICIT)
    return (place, long) if long else None


def _are_plain(first: str, second: str) -> bool:
    """Return whether the first two words in a bracket are no short form, and no introduction of one."""
    return (
        _is_plain(first)
        and second[:1].isascii()
        and second[:1].isalpha()
        and not second.startswith(_BEHIND_SHORT)
    )


def _is_plain(word: str) -> bool:
    """Return whether a text between blanks is a word that introduces neither a short form nor a long one."""
    return word.isascii() and word.isalpha() and word.lower() not in _INTRODUCING


def _initial(text: str, opened: int, content: Range) -> tuple[Range, Range] | None:
    """Match `Long (L)`: a capital that is the first letter of the word before."""
    inside, closed = content
    if closed - inside == 3 and text[inside] in _QUOTES:
        inside, closed = inside + 1, closed - 1
    elif _NAMED.match(text, closed):
        return None
    if closed - inside > 1 or not text[inside].isupper():
        return None
    floor = max(0, opened - 32)
    word = _LAST_WORD.search(text[floor:opened])
    if word is None or word[0][0].upper() != text[inside] or not word[0][1:].islower():
        return None
    return (inside, closed), (floor + word.start(), floor + word.end())


def _several_words(text: str, opened: int, content: Range) -> tuple[Range, Range] | None:
    """Match a short form of several words, or one after words that precede the long form, too."""
    if text[slice(*content)].strip().count(" ") >= _MAX_WORDS:
        return None
    headed = _HEADED.fullmatch(text, *content)
    if headed and text[:opened].rstrip().endswith(headed[2]):
        return _with_noun(text, opened, headed)
    match = _WORDS.fullmatch(text, *content)
    if match is None or match[1].count(" ") >= _MAX_WORDS:
        return None
    if is_short(match[2]):
        place = match.start(2), match.start(2) + len(base_of(match[2]))
        long = long_before(text, opened, text[slice(*place)], BRACKETS)
        if long is not None and text.endswith(match[1], max(0, long[0] - len(match[1])), long[0]):
            return place, long
    short = text[match.start(1) : match.end(2)]
    # Words in title case are a name, but for a word that is cut before a letter: `Hepatitis B (Hep B)`.
    if len(short) <= 10 and not (short.islower() or (short.istitle() and len(match[2]) > 1)):
        long = long_before(text, opened, short, EXPLICIT)
        # A single letter is the initial of the last word: `apolipoprotein E (apo E)`.
        if long is not None and (len(match[2]) > 1 or f" {match[2]}" in text[slice(*long)]):
            return (match.start(1), match.end(2)), long
    return _one_of_words(text, opened, match)


def _with_noun(text: str, opened: int, headed: re.Match[str]) -> tuple[Range, Range] | None:
    """Match a short form before a noun that precedes the bracket, too: `control planes (EC planes)`."""
    place = headed.start(1), headed.start(1) + len(base_of(headed[1]))
    end = len(text[:opened].rstrip())
    long = long_before(text, end - len(headed[2]), text[slice(*place)], EXPLICIT)
    if long and headed[2].strip() in GREEK_NAMES:
        # The letter is a part of the name: `widget factor beta (WF beta)`.
        return (headed.start(1), headed.end(2)), (long[0], end)
    return (place, long) if long else None


def _one_of_words(text: str, opened: int, words: re.Match[str]) -> tuple[Range, Range] | None:
    """Match a short form with a word that the long form lacks: `(ABC files)`, `(UK ABC)`."""
    for token in _PART.finditer(text, words.start(1), words.end(2)):
        short = base_of(token[0])
        if len(short) > 2 and short[1:].upper() == short[1:] and is_short(short):
            place = token.start(), token.start() + len(short)
            long = long_before(text, opened, short, SUGGESTED)
            if long is None and text[words.start() - 1] in QUOTES:
                long = _named_before(text, opened, short)
            if long is not None:
                return place, long
            if token.end() < words.end(2) and (noun := _LAST_WORD.search(text, max(0, opened - 32), opened)):
                long = long_before(text, noun.start(), short, SUGGESTED)
                if long is not None:
                    return place, long
    return None


def _named_before(text: str, opened: int, short: str) -> Range | None:
    """Return the name in front of an apposition before a bracket: `Acme Ltd, a company of ... ("ABC")`."""
    floor = max(0, opened - _MAX_APPOSITION)
    for name in reversed(list(_NAME.finditer(text, floor, opened))):
        long = long_before(text, name.end(), short, SUGGESTED)
        if long is not None and text[long[0]].isupper():
            return long
    return None


def _shuffled_before(text: str, end: int, short: str) -> Range | None:
    """Return the words before `end` if their initials are the letters of `short` in another order."""
    if not 3 <= len(short) <= 6:
        return None
    if short[-1].islower() and (turned := long_before(text, end, short[-1] + short[:-1], WEAK)):
        return turned
    if cannot_shuffle(text, end, short):
        return None
    fit = fit_shuffled(short, words_of(text, max(0, end - 18 * len(short)), end))
    return (fit.start, fit.end) if fit is not None and "\n" not in text[fit.start : end] else None


def _long_in_brackets(text: str, bracket: re.Match[str]) -> tuple[Range, Range] | None:
    """Match `SHORT (long form)`."""
    inside, closed = bracket.span(1)
    words = text[max(0, bracket.start() - 48) : bracket.start()].rstrip(_QUOTED_END).rsplit(" ", 3)[1:]
    if not words or not _is_small(words[-1]):
        if words and _has_other_initial(text, bracket.span(1), words[-1]):
            return None
        for pattern in (_TOKEN, _LAST_TOKEN):
            place = _short_at_end(pattern, text, bracket.start(), 24)
            if place is not None:
                gloss = _GLOSS.match(text, inside, closed)
                pair = _first_fitting(text, place, {gloss.end() if gloss else inside, inside}, closed)
                if pair is not None:
                    return pair
        if words and words[-1].isprintable():
            return None
    elif len(words) == 3 and all(map(_is_small, words)):
        return None
    place = _short_at_end(_HEAD_NOUN, text, bracket.start(), 48)
    return _qualifying(text, place, bracket.span(1)) if place is not None else None


def _has_other_initial(text: str, content: Range, word: str) -> bool:
    """Return whether a bracket starts with a plain word that has another initial than the word before it."""
    inside, closed = content
    first = text[inside : min(inside + 24, closed)].partition(" ")[0]
    return word.isascii() and word.isalpha() and cannot_start(text, inside, word) and _is_plain(first)


def _is_small(word: str) -> bool:
    """Return whether a text between blanks is a word in lower case, which is no short form of a bracket."""
    return word.islower() and word.isalpha() and word.isascii()


def _first_fitting(text: str, place: Range, starts: set[int], closed: int) -> tuple[Range, Range] | None:
    short = text[slice(*place)]
    for start in sorted(starts, reverse=True):
        if cannot_start(text, start, short):
            continue
        for delimiter in _DELIMITER.finditer(text, start, closed):
            fit = good_within(text, short, words_of(text, start, delimiter.start()), BRACKETS)
            if fit is not None:
                return place, (fit.start, trimmed(text, fit.end, delimiter.start()))
    return None


def _qualifying(text: str, place: Range, content: Range) -> tuple[Range, Range] | None:
    """Match `the SHORT noun (long form)`, with a better fit and at most one unused word."""
    short = text[slice(*place)]
    if len(short) < 3 or cannot_start(text, content[0], short):
        return None
    found = words_of(text, *content)
    fit = good_after(text, short, found, _QUALIFYING)
    if fit is None:
        return None
    unused = sum(word.start >= fit.end for word in found)
    return (place, (fit.start, trimmed(text, fit.end, content[1]))) if unused < 2 else None


def _short_at_end(pattern: Spaced, text: str, end: int, window: int) -> Range | None:
    """Return the short form that `pattern` finds before `end`, or before the spaces and quotes there."""
    floor = max(0, end - window)
    match = pattern.search(text[floor:end].rstrip(_QUOTED_END))
    if match is None or not is_short(match[1]) or match[1].islower():
        return None
    start = floor + match.start(1)
    return start, start + len(base_of(match[1]))
