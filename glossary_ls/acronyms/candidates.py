"""Candidates: the tokens of a block that may be acronyms.

Tokens that are something else by their shape or their immediate context are excluded here: identifiers, file
names, ids, versions, quantities, hashes, numerals, placeholders, text in all capitals. What only makes it
likely is recorded as a sign, to be weighed by `evidence`. Decisions that need a word list, a glossary or the
rest of the document are left to `classify`. This module must see only one block.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from glossary_ls.acronyms.proper_nouns import are_initials, country_lists, is_proper_noun
from glossary_ls.acronyms.tokens import AFTER_NUMBER, CAPITAL, UNITS, is_quantity, latinized, token_spans
from glossary_ls.base import memo
from glossary_ls.base.model import READABLE, Candidate, RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from glossary_ls.markup.prose import Piece, Prose

#: The shapes of acronyms. Lower-case letters inside are initials of function words, as in RoCE.
_SHAPE = lazily(
    rf"""(?P<base>
      [{CAPITAL}]{{2,10}}                                    # SLO
    | [a-z][{CAPITAL}]{{2,6}}                              # vSCSI, gRPC
    | [{CAPITAL}]{{1,4}}(?:(?:[aeioufnrtdhbm]|aa|of|to|nd)[{CAPITAL}]{{1,4}}){{1,2}}(?:v[0-9])?  # RoCEv2
    | [{CAPITAL}]{{2,5}}(?:[a-rt-z]|v[0-9]|sec)              # PCIe, IPv6
    | [{CAPITAL}]{{1,6}}[0-9]{{1,4}}[{CAPITAL}]{{0,3}}      # S3, FP8, E2E
    | [0-9][{CAPITAL}]{{2,4}}                                # 2FA
    | [A-Za-z][0-9]{{1,2}}[A-Za-z]                            # K8s, i18n
    )(?P<plural>(?<=[A-Z])e?s)?""",
    re.VERBOSE,
)

_NUMERAL = lazily(r"X{0,3}(?:IX|IV|V?I{0,3})[a-z]?")
_REPEATED = lazily(r"([DHMNSXYZ])\1+|(.)\2{2,}|[0-9][Xx]{2}")
_DATE_PATTERN = lazily(r"Y{2,4}|M{1,2}|D{1,2}|H{1,2}|S{1,2}|[YMDHS]{5,14}")
_HEX = lazily(r"(?=.*[0-9])[0-9A-Fa-f]{4,}")

_NO_SIGNS: frozenset[str] = frozenset()
#: The end of a text before a link that goes on with its sentence.
_IN_SENTENCE = lazily(r"(?<![^\W_])[^\W\d_][^\W\d_A-Z]*,? [(\"'\u2018\u201c]?$")

_LEGIBLE = READABLE | {RegionKind.LINK, RegionKind.CODE_INLINE}

#: Characters that make an adjacent token part of an identifier, a variable or a placeholder.
_CODE_BEFORE = frozenset("_\\$@#=%&~^`<{\ufffc")
_CODE_AFTER = frozenset("_\\$@=&~^`>}\ufffc")

#: Characters next to a token without which it is not in code.
_SUSPECT_BEFORE = _CODE_BEFORE | frozenset("-/+.:;(")
_SUSPECT_AFTER = _CODE_AFTER | frozenset("-/+.:;(")

#: A file extension, the value of a key, a call, an increment after a token; and similar code before it.
_CODE_PATTERN_AFTER = lazily(r"\.[^\W_]|:[\w:/]|;\w|\(\)|\+\+")
_CODE_PATTERN_BEFORE = lazily(r"(?:^|[^.])\.$|[\w:]:$|\w;$|U\+$|(?:^|\s)\+$")

#: An option of a command; and a word with a bracket that follows without a space: a call or a mark.
_BEFORE_OPTION = frozenset("-`'\"([\u2018\u201c")
_OPTION = lazily(r"[`'\"(\[\u2018\u201c]?--?[A-Za-z][\w-]*")
_LONGEST_OPTION = 32
_CALLED = lazily(r"[A-Za-z0-9_]\(")
_ONE_LETTER = lazily(r"[A-Z]")
#: The most characters of the words beside a token that count.
_MOST_BESIDE = 32

#: A number that is an id by its form; and a number of three digits or more after the name of a series.
_NUMBER_AFTER = lazily(r" (?:#\d|[A-Z]{0,2}-?0\d{2,}\b|[A-Z]{1,2}-?\d{3,}\b|\d{3,}-\d|\d{5,}\b(?![.,]\d))")
_SERIES_NUMBER = lazily(r" \d{3,}\b(?!\s?%|[.,]\d)")
_SERIES = word_set(
    "RFC PEP KEP JSR JEP ISO IEC EN DIN ANSI BS IEEE ITU FIPS NIST SP ECMA CVE CWE BCP STD HTTP HTTPS "
    "SMTP  FTP SIP ADR PR MR CL GH KB ISBN ISSN DOI PMID SR TR USC CFR SOX SAS SOC ETSI TS UTF SHA RSA "
    "AES CP AS LU  VLAN UID GID PID"
)

#: The rest of an id: a number of two digits or more, or one that goes on.
_ID = lazily(r"-\d(?:[\w/+-]|\.\w)")

_SHOUT = lazily(
    rf"\b[{CAPITAL}][{CAPITAL}0-9'\u2019]*(?:[ ,;:!-]{{1,2}}[{CAPITAL}][{CAPITAL}0-9'\u2019]*){{2,}}\b"
)
_SMALL_WORDS = word_set(
    "THE AND OR NOT TO OF IN ON IS ARE FOR THIS THAT WITH YOU YOUR DO BE NO IF WE AN ANY ALL FROM BY AS AT "
    "IT MUST MAY CAN WILL SHALL HAS HAVE WHEN ONLY BUT USE NEVER HERE"
)


def find_candidates(prose: Prose) -> tuple[Candidate, ...]:
    """Return the candidates of a block in ascending order, with spans relative to the block."""
    text = prose.text
    tokens = token_spans(text)
    if not tokens or are_initials(text):
        return ()
    found: list[Candidate] = []
    shouts: Sequence[tuple[int, int]] | None = None
    pieces = prose.pieces
    latin = text if text.isascii() else latinized(text)
    for start, end in tokens:
        token = text[start:end]
        base = _base(token, latin[start:end])
        if not base or _is_in_code(text, start, end) or _is_numbered(text, start, end, base):
            continue
        piece = pieces[0] if len(pieces) == 1 else prose.piece_at(start)
        if piece.kind not in _LEGIBLE:
            continue
        if shouts is None:
            words = [text[first:last] for first, last in tokens]
            shouts = (*_shouted(text, words), *country_lists(text, words))
        if shouts and any(first <= start < last for first, last in shouts):
            continue
        joined = _touches(text, start, end, "-/")
        before, after = _word_before(text, start), _word_after(text, end)
        found_signs = _signs(text, start, end, piece)
        signs = frozenset(found_signs) if found_signs else _NO_SIGNS
        span = _span(prose, piece, start, end)
        found.append(Candidate(span, token, base, piece.kind, joined, before, after, signs))
    return tuple(found)


@memo.recent(2048)
def _base(token: str, latin: str) -> str:
    """Return a token without a plural ending if it alone may be an acronym, or an empty string.

    `latin` is the token in a `latinized` text. Memoized, because nearly all tokens of a document recur.
    """
    shape = _SHAPE.fullmatch(latin)
    if shape is None:
        return ""
    base = token[: shape.end("base")]
    if (not base.isascii() and _has_mixed_scripts(base)) or _is_other_token(base):
        return ""
    is_in_series = base[-1].isdigit() and base.rstrip("0123456789") in _SERIES
    return "" if is_in_series else base


def _span(prose: Prose, piece: Piece, start: int, end: int) -> Span:
    """Return the same as `prose.span`, for a token that starts in a piece."""
    if not piece.flat <= start < end <= piece.flat + piece.length:
        return prose.span(start, end)
    shift = piece.start - piece.flat
    return Span(start + shift, end + shift)


def _has_mixed_scripts(base: str) -> bool:
    """Return whether letters of several scripts are mixed, as in a formula with a Greek letter."""
    return len({unicodedata.name(char, "").partition(" ")[0] for char in base if char.isalpha()}) > 1


def _signs(text: str, start: int, end: int, piece: Piece) -> list[str]:
    """Return the names of the evidence that the characters around a token, and its link, give."""
    found: list[str] = []
    left, right = text[start - 1 : start], text[end : end + 1]
    if is_proper_noun(text, start, end):
        found.append("named")
    if left == "[" and right == "]":
        found.append("tag")
    elif left == "-" or right == "-":
        if right == "-" and text[end + 1 : end + 2].isdigit():
            found.append("numbered")
        elif any(map(_is_model, _compound(text, start, end).split("-"))):
            found.append("model")
    if piece.kind is RegionKind.LINK and not _IN_SENTENCE.search(
        text, max(0, piece.flat - _MOST_BESIDE), piece.flat
    ):
        found.append("link")
    return found


def _is_other_token(base: str) -> bool:
    """Return whether the token alone shows that it is a numeral, quantity, hexadecimal number or pattern."""
    if _REPEATED.fullmatch(base):
        return True
    if base.isalpha():
        return (
            _NUMERAL.fullmatch(base) is not None or _DATE_PATTERN.fullmatch(base) is not None or base in UNITS
        )
    if base[0].isdigit():
        return is_quantity(base) or _HEX.fullmatch(base) is not None
    return len(base) > 3 and _HEX.fullmatch(base) is not None


def _is_in_code(text: str, start: int, end: int) -> bool:
    """Return whether the adjacent characters show that the token is part of code, a path or an id."""
    left = text[start - 1] if start else " "
    right = text[end] if end < len(text) else " "
    if left == " " and _is_argument(text, start):
        return True
    if left not in _SUSPECT_BEFORE and right not in _SUSPECT_AFTER:
        return False
    if left == "(" and right == ")" and _CALLED.match(text, max(0, start - 2)):
        return True
    if left in _CODE_BEFORE or right in _CODE_AFTER:
        return True
    if _CODE_PATTERN_AFTER.match(text, end) or _CODE_PATTERN_BEFORE.search(text, max(0, start - 2), start):
        return True
    return (left in "-/+" or right in "-/") and not _is_compound(text, start, end)


def _is_argument(text: str, start: int) -> bool:
    """Return whether the word before the token is an option of a command, as in `--align COL`."""
    dash = text.rfind(" ", max(0, start - _LONGEST_OPTION), start - 1) + 1
    return text[dash] in _BEFORE_OPTION and _OPTION.fullmatch(text, dash, start - 1) is not None


def _is_compound(text: str, start: int, end: int) -> bool:
    """Return whether words are joined by hyphens and slashes (`CI/CD`), not a path, flag, id or hash."""
    chunk = _compound(text, start, end)
    if chunk[0] in "-/.~" or chunk.endswith("/") or any(mark in chunk for mark in ("_", ".", "//", "@")):
        return False
    parts = re.split("[-/+]", chunk)
    if len(parts) == 2 and _ONE_LETTER.fullmatch(parts[0]) and parts[1] == text[start:end]:
        return False  # one name, such as X/QZDIF
    most = 4 if "/" in chunk and "-" in chunk else 5
    if len(parts) > most or all(_DATE_PATTERN.fullmatch(part) for part in parts):
        return False
    if len(parts) > 2 and "-" in chunk and sum(part.istitle() for part in parts) == len(parts) - 1:
        return False  # a header's name, such as ABC-Forwarded-For
    if _ID.match(text, end):
        return False
    return not any(_looks_random(part) or _is_serial(part) for part in parts)


def _compound(text: str, start: int, end: int) -> str:
    """Return the token with everything that signs of compounds, paths and ids join to it."""
    first, last = start, end
    floor, ceiling = max(0, start - 60), min(len(text), end + 60)
    while first > floor and (text[first - 1].isalnum() or text[first - 1] in "-/_.+~@"):
        first -= 1
    while last < ceiling and (text[last].isalnum() or text[last] in "-/_.+~"):
        last += 1
    return text[first:last].rstrip(".-")


def _is_model(part: str) -> bool:
    """Return whether a part of a compound has letters and digits, as in names of models (`70B`)."""
    return not part.isalpha() and not part.isdigit() and part.isalnum()


def _is_serial(part: str) -> bool:
    return len(part) > 2 and part.isdigit()


def _looks_random(part: str) -> bool:
    return len(part) > 5 and not part.isalpha() and not part.isdigit() and not part[:-1].isalpha()


def _is_numbered(text: str, start: int, end: int, base: str) -> bool:
    """Return whether it is a unit after a number, or a series with one (`RFC 2119`, `HTTP 404`)."""
    if base in AFTER_NUMBER and start > 1 and text[start - 1] == " " and text[start - 2].isdigit():
        return True
    if text[end : end + 1] != " " or text[end + 1 : end + 2].islower():
        return False
    if base in _SERIES and _SERIES_NUMBER.match(text, end):
        return True
    return _NUMBER_AFTER.match(text, end) is not None


def _shouted(text: str, tokens: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges that are sentences in all capitals, not lists of acronyms."""
    # The words that tell are tokens, too: most texts need not be searched.
    if _SMALL_WORDS.isdisjoint(tokens) and sum(len(token) > 6 for token in tokens) < 2:
        return
    for match in _SHOUT.finditer(text):
        words = re.findall(r"[^\W_]+", match[0])
        if (
            any(word in _SMALL_WORDS for word in words)
            or sum(len(word) > 6 and word.isalpha() for word in words) > 1
        ):
            yield match.span()


def _touches(text: str, start: int, end: int, marks: str) -> bool:
    left = start > 0 and text[start - 1] in marks
    right = text[end] in marks if end < len(text) else False
    return left or right


def _word_before(text: str, start: int) -> str:
    """Return the word before the token, or the part of its compound before it."""
    gap = text[start - 1 : start]
    if start < 2 or gap not in {" ", "-"}:
        return ""
    first = max(0, start - _MOST_BESIDE)
    word = text[
        max(text.rfind(" ", first, start - 1), text.rfind("\n", first, start - 1), first - 1) + 1 : start - 1
    ]
    if gap == "-":
        word = word.replace("/", "-").rpartition("-")[2]
    return word if word[-1:].isalnum() else ""


def _word_after(text: str, end: int) -> str:
    """Return the word after the token, or the part of its compound after it."""
    gap = text[end : end + 1]
    if gap not in {" ", "-"}:
        return ""
    word = text[end + 1 : end + _MOST_BESIDE + 1].partition(" ")[0].partition("\n")[0]
    if gap == "-":
        word = word.replace("/", "-").partition("-")[0]
    return word.rstrip(".,;:!?)]\"'\u201d\u2019") if word[:1].isalnum() else ""
