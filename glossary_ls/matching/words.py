"""Words: what belongs to one, what joins and ends words, and what in a text is read as something else.

The properties are those of Unicode, as `unicodedata` has them. A mark continues the word of its letter, and a
word may begin and end at any character of a script that is written without blanks, as in UAX 29. Invisible
characters are not read, and a letter with a mark is the same whether composed or not (NFC). This module must
not know names, terms or markup.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, is_normalized, name, normalize

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The characters that may separate the words of a term, in a glossary and in the readable text of a document.
JOINERS = frozenset(" -_/\u00a0\u2010\u2011\u2012\u2013\u202f")

#: The apostrophes that keyboards, editors and typographers write for each other.
APOSTROPHES = frozenset("'\u2019\u02bc\u2018\u00b4\u2032\uff07")

#: The ending of a possessive.
POSSESSIVE = lazily(f"[{''.join(sorted(APOSTROPHES))}]s?$")

_CURLY = APOSTROPHES - {"'"}

#: Characters that nothing shows: default-ignorable ones (UAX 44), such as soft hyphens and zero-width spaces.
#: In Arabic and the scripts of India, (non-)joiners are a part of the spelling.
_INVISIBLE = lazily(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
    "|(?<![\u0590-\u1fff])[\u200c\u200d]+"
)

#: Scripts without blanks between words (Han, Kana, Thai, Lao, Burmese, Khmer), and Hangul, whose particles
#: follow a word without one.
_UNSPACED = lazily(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)

_WORD = lazily(r"[^\W_]+")

_NONE = frozenset[str]()

#: Latin-1, but for what of it is read as something else, and the punctuation and symbols beyond it.
_USUAL = frozenset(
    char
    for char in map(chr, (*range(0x100), *range(0x2010, 0x2060), *range(0x2190, 0x2C00)))
    if char < "\u0100" or not char.isalnum()
) - {*_CURLY, "\u00ad", *map(chr, range(0x2028, 0x2030))}
_ASCII = bytes(range(0x80))
_PART = 4000

#: What follows a name as its version: `Llama 3.3`, `GPT-4o`.
_VERSION = lazily(r"[ \-_/\u00a0\u2011]?v?(\d+\w*(?:\.\d\w*)*)", re.IGNORECASE)


def is_mark(char: str) -> bool:
    """Return whether a character belongs to the one before it: a combining mark or a (non-)joiner."""
    return char > "\u02ff" and (category(char)[0] == "M" or char in "\u200c\u200d")


def is_word_char(char: str) -> bool:
    """Return whether a character is a part of a word: a letter, a digit or a mark of one."""
    return char.isalnum() or is_mark(char)


def is_unspaced(char: str) -> bool:
    """Return whether a character is of a script that has no blanks between words."""
    return char >= "\u0e00" and _UNSPACED.match(char) is not None


def is_boundary(text: str, at: int) -> bool:
    """Return whether a word may begin or end at an offset: no word goes on there."""
    if not 0 < at < len(text):
        return True
    left, right = text[at - 1], text[at]
    if not right.isalnum():
        return not is_mark(right)
    return not is_word_char(left) or is_unspaced(left) or is_unspaced(right)


def marks_in(text: str) -> str:
    """Return the distinct marks in a text, as a part of a character class."""
    return "".join(sorted(filter(is_mark, unusual(text))))


def word_pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for the words of a text."""
    marks = marks_in(text)
    return re.compile(rf"[^\W_][{marks}]*(?:[^\W_][{marks}]*)*") if marks else _WORD


# --- what is read as something else -----------------------------------------------------------------------


def unusual(text: str) -> frozenset[str]:
    """Return the distinct characters of a text but for Latin-1, punctuation and symbols, which need no care.

    Few texts have any, so that what depends on them costs one look at each character.
    """
    if text.isascii():
        return _NONE
    if len(text) > 2 * _PART:
        # Most parts of a long text are ASCII, which takes a third of the time, and copies are narrower.
        parts = (text[start : start + _PART] for start in range(0, len(text), _PART))
        return _NONE.union(*map(unusual, parts))
    # Half the time of a regular expression, or less.
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return frozenset(beyond.decode("utf-8", "surrogatepass")) - _USUAL


def is_plain(text: str, chars: frozenset[str] | None = None) -> bool:
    """Return whether a text is read as it is: all is composed, and nothing is invisible.

    `chars` are its unusual characters, if they are known.
    """
    if not _may_change(unusual(text) if chars is None else chars):
        return True
    return is_normalized("NFC", text) and _INVISIBLE.search(text) is None


@memo.recent(256)
def _may_change(chars: frozenset[str]) -> bool:
    return any(map(_is_changed, chars))


def _is_changed(char: str) -> bool:
    """Return whether a character may be read as another one, or as none, or change the one before it."""
    return (
        is_mark(char)
        or "\u1160" <= char <= "\u11ff"
        or not is_normalized("NFC", char)
        or _INVISIBLE.match(char) is not None
    )


def changes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the ranges of a text that are read as something else, ascending, each with how it is read.

    An invisible character is read as nothing, a letter with marks as the composed letter.
    """
    position = start
    for found in _INVISIBLE.finditer(text, start, end):
        yield from _composed(text, position, found.start())
        yield found.start(), found.end(), ""
        position = found.end()
    yield from _composed(text, position, end)


def _composed(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the letters with marks, and the syllables of Hangul, that are written composed."""
    if is_normalized("NFC", text[start:end]):
        return
    position = start
    while position < end:
        after = position + 1
        while after < end and (is_mark(text[after]) or "\u1160" <= text[after] <= "\u11ff"):
            after += 1
        written = normalize("NFC", text[position:after])
        # The few composed letters that NFC takes apart are left alone.
        if len(written) <= after - position and written != text[position:after]:
            yield position, after, written
        position = after


class Plain(NamedTuple):
    """A text as it is read, and where each of its characters starts and ends in the text as written."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return the place, in the text as written, of the non-empty `text[start:end]`."""
        return Span(self.starts[start], self.ends[end - 1])


def plain(text: str) -> Plain:
    """Return a text as it is read."""
    if is_plain(text):
        return Plain(text, range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for start, end, written in (*changes(text, 0, len(text)), (len(text), len(text), "")):
        parts += (text[position:start], written)
        starts += (*range(position, start), *[start] * len(written))
        ends += (*range(position + 1, start + 1), *[end] * len(written))
        position = end
    return Plain("".join(parts), starts, ends)


def straight(text: str, chars: frozenset[str] | None = None) -> str:
    """Return a text with each apostrophe as the straight one; the length stays.

    `chars` are its unusual characters, if they are known.
    """
    chars = unusual(text) if chars is None else chars
    for curly in _CURLY & chars:
        text = text.replace(curly, "'")
    return text


def spelled(term: str) -> str:
    """Return a name as it is compared: composed, with straight apostrophes and nothing invisible."""
    return term if term.isascii() else _spelled(term)


@memo.recent(65_536)
def _spelled(term: str) -> str:
    return straight(plain(term).text)


def as_read(source: str) -> str:
    """Return a name in the source of a document as it is compared, with character references resolved."""
    return spelled(readable(source))


def readable(source: str) -> str:
    """Return a source with character references resolved, letters composed, and nothing invisible."""
    if "&" in source:
        source = _REFERENCE.sub(lambda found: unescape(found[0]), source)
    return plain(_BREAK.sub("", source) if "<" in source else source).text


#: An element that shows nothing within a word.
_BREAK = lazily(r"<wbr\s*/?>", re.IGNORECASE)

#: A character reference (CommonMark 0.31, section 2.5).
_REFERENCE = lazily(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


# --- how people type --------------------------------------------------------------------------------------


def respelled(word: str) -> str:
    """Return a text in lower case as it is typed without its special letters: `ausloeser`, `strasse`."""
    if word.isascii():
        return word
    return "".join(_DIGRAPHS.get(normalize("NFD", char), char) for char in normalize("NFKC", word).casefold())


def unmarked(word: str) -> str:
    """Return a text in lower case as it is typed without accents: `pere`, `ausloser`; only in alphabets."""
    if word.isascii():
        return word
    return "".join(map(_without_marks, normalize("NFKC", word).casefold()))


#: What a letter with a mark is replaced by where keyboards lack it, by the decomposed letter.
_DIGRAPHS = {
    "a\u0308": "ae",
    "o\u0308": "oe",
    "u\u0308": "ue",
    "a\u030a": "aa",
    "\u00f8": "oe",
    "\u00e6": "ae",
    "\u0153": "oe",
}


def _without_marks(char: str) -> str:
    """Return a letter of the Latin, Greek or Cyrillic alphabet without its marks and strokes."""
    if not ("\u0080" < char < "\u0530" or "\u1e00" <= char < "\u2000"):
        return char
    base = normalize("NFD", char)[0]
    latin = _LATIN.fullmatch(name(base, ""))
    return latin[1].lower() if latin else base


#: The name of a letter that does not decompose: LATIN SMALL LETTER O WITH STROKE, LATIN SMALL LIGATURE OE.
_LATIN = lazily(r"LATIN SMALL (?:LETTER|LIGATURE) (?:DOTLESS )?([A-Z]{1,2})(?: WITH .+)?")


# --- versions ---------------------------------------------------------------------------------------------


def version_after(text: str, at: int) -> str:
    """Return the version that follows a name which ends at an offset, in lower case, or an empty text."""
    found = _VERSION.match(text, at)
    return _version(found[1]) if found else ""


def version_of(long: str, short: str) -> str:
    """Return the version behind another name, `short`, that a name begins with, or an empty text."""
    found = _VERSION.match(long, len(short)) if long.lower().startswith(short.lower()) else None
    return _version(found[1]) if found else ""


def _version(written: str) -> str:
    return written.lower().removesuffix(".0")
