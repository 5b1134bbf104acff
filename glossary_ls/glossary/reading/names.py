"""Names as people write them in headings, cells and items: `Queue Wait Budget (QWB)`, `Cache / Caching`.

This module must not know formats, or markup: it gets text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.alignment import BRACKETS, fit_within, is_good, max_cost
from glossary_ls.acronyms.forms import base_of, is_short, words_of
from glossary_ls.base import memo
from glossary_ls.base.model import Alias, AliasKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import in_order
from glossary_ls.glossary.reading.bare_names import CALL, cleaned
from glossary_ls.glossary.reading.likeness import is_clipped, is_mixed, is_translation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class WrittenName(NamedTuple):
    """What a written name says: the name, what it stands for, other names, and what tells senses apart."""

    name: str
    expansion: str = ""
    aliases: tuple[Alias, ...] = ()
    qualifier: str = ""


_PAREN = lazily(r"^(?P<outer>.*?\S)\s*[(\uff08](?P<inner>[^()\uff08\uff09]+(?:\([^()]*\)[^()]*)?)[)\uff09]$")
_AKA = lazily(
    r"(?:a\.?k\.?a\.?|also (?:known as|called|written|spelled|referred to as|abbreviated)|"
    r"abbreviated(?: as| to)?|abbr\.?|abbreviation|short(?: for| form)?|acronym|"
    r"formerly(?: known as)?|previously|or(?: just| simply)?|sometimes(?: called)?|synonyms?|in short|"
    r"plural|pl\.?|kurz|auch)\b[:.]?\s+",
    re.IGNORECASE,
)
_SHORT_FOR = lazily(r"(?:short for|abbreviation (?:of|for)|acronym (?:of|for)|stands for)\s+", re.IGNORECASE)
_SEVERAL = lazily(
    r"\s+/\s+|\s*[|;\u00b7]\s+|\s+\|\s*|\s+(?:or|oder|ou|aka|a\.k\.a\.)\s+|,\s+(?:or\s+|aka\s+)?"
    r"|(?<=[^\W\d]{4}),(?=[^\W\d]{4})",
    re.IGNORECASE,
)
#: A parenthesis in front of a further name, as in `Fan Out (FO), Fan In (FI)`.
_TWO_PARENS = lazily(r"\)(?:\s+(?:/|\||or|and)|[,;])\s")
#: What opens a remark in parentheses, which is no name and no topic.
_REMARK = lazily(r"(?:see(?: also)?|cf\.?|siehe|pronounced|rhymes with|e\.g\.|i\.e\.)(?:\s|:)", re.IGNORECASE)
#: What divides several meanings, while a comma also stands inside of a long form.
_EITHER = lazily(r"\s*[;/|]\s+|\s+[;/|]\s*|,?\s+or\s+")
_INNER_SEVERAL = lazily(r"\s*[,;/|]\s*(?:or\s+)?|\s+(?:or|and)\s+")
_DASHED = lazily(r"^(?P<left>\S.*?)(?:\s+(?:[-\u2013\u2014=]+>?|\u2192)\s+|:\s+)(?P<right>\S.*)$")
_OPENERS = lazily(r"^(?:see|siehe|and|but|until|the|when|if|that|which|who|und|et|y)\b", re.IGNORECASE)

_SLASHED = lazily(r"[A-Z](?:/[A-Z]){1,3}")
_INSIDE = lazily(r"(?P<before>\S.*?)\s*\((?P<short>[A-Z][A-Za-z0-9]{1,7})\)\s+(?P<behind>\w.*)")

#: An acronym in small letters: `qb (queue budget)`.
_SMALL = lazily(r"[a-z]{2,5}")

#: A reference behind a name: `Shard -- see Lane`.
_SEE = lazily(r"\s+[-\u2013\u2014]+\s*see(?: also)?:?\s.*$", re.IGNORECASE)

#: Initials with stops, the last of which may be the beginning of a word: `A.B.Hist`.
_DOTTED = lazily(r"[A-Z](?:\.[A-Z][a-z]{0,4})+\.?")

#: What divides the long forms of several acronyms.
_EACH = lazily(r"\s+(?:/|and|&)\s+")

#: A word that can only describe another one, as in an index: `Lock, optimistic`.
_ADJECTIVE = lazily(r"[a-z]{3}(ic|al|ive|able|ible|ous|less|ful|ary|ing|ed)$")

#: So much may the letters of an acronym differ from the first words of a long form in parentheses.
_LOOSE = 0.3

#: Three words in title case, or more.
_TITLED = lazily(r"[A-Z]\w+(?:[ -](?:[A-Z]\w+|of|and|for|the|in|to)){1,7}[ -][A-Z]\w+")


#: Forms of one word share so many letters at their beginning.
_STEM = 4

#: From so many initials on, their order does not matter.
_FEWEST_INITIALS = 3

#: A name of more words is a sentence.
_MOST_WORDS = 12

#: An acronym has no more letters and signs.
_MOST_LETTERS = 12


def stands_for(short: str, long: str, tolerance: float = BRACKETS) -> bool:
    """Return whether a short form is made of letters of a long form, from its first word to its last."""
    words = words_of(long, 0, len(long))
    if not words or len(long) <= len(short):
        return False
    fit = fit_within(short, words)
    if fit is None or fit.end < words[-1].end:
        return False
    return is_good(fit, long, short, tolerance) or (
        short.isupper() and fit.cost <= max_cost(short, tolerance)
    )


def is_acronym(name: str) -> bool:
    """Return whether a name looks like an acronym: one short token with capitals of its own."""
    if " " in name or len(name) > _MOST_LETTERS:
        # Most names: they are told at once.
        return False
    if ("/" in name and _SLASHED.fullmatch(name)) or ("." in name and _DOTTED.fullmatch(name)):
        return True
    signs = sum(char.isupper() or char.isdigit() for char in name)
    return signs > 1 and not name.isdigit() and is_short(base_of(name))


def first_of(names: Sequence[str], expansion: str) -> str:
    """Return the long form of the first of several acronyms, if a text has one for each."""
    parts = _EACH.split(expansion)
    is_each = 1 < len(parts) == len(names) and all(map(is_acronym, names))
    return parts[0] if is_each and stands_for(base_of(names[0]), parts[0]) else ""


@memo.recent(4096)
def read_name(written: str, *, is_acronyms: bool = False) -> WrittenName:
    """Return what a written name says.

    `is_acronyms` means that the file is a list of acronyms: what stands beside an acronym is its long form,
    whatever the initials.
    """
    text = cleaned(_SEE.sub("", written) if " see " in written else written)
    if (found := _PAREN.match(text)) and not _TWO_PARENS.search(text) and not CALL.fullmatch(text):
        if _REMARK.match(found["inner"]):
            return _without_parenthesis(found["outer"].strip(), is_acronyms=is_acronyms)
        return _with_parenthesis(found["outer"].strip(), found["inner"].strip(), is_acronyms=is_acronyms)
    if (found := _INSIDE.fullmatch(text)) and stands_for(found["short"], found["before"]):
        # `Representational State Transfer (REST) API`.
        alias = Alias(f"{found['short']} {found['behind']}", AliasKind.ABBREVIATION)
        return WrittenName(f"{found['before']} {found['behind']}", aliases=(alias,))
    return _without_parenthesis(text, is_acronyms=is_acronyms)


def _without_parenthesis(text: str, *, is_acronyms: bool) -> WrittenName:
    if (found := _DASHED.match(text)) and (
        pair := pair_of(found["left"], found["right"], is_acronyms=is_acronyms)
    ):
        return pair
    if found and is_acronym(found["left"]) and _TITLED.fullmatch(found["right"]):
        # `AES-128 - Advanced Encryption Standard`.
        return WrittenName(found["left"], found["right"])
    return _several(text, is_acronyms=is_acronyms)


def pair_of(
    left: str, right: str, *, is_acronyms: bool = False, is_exact: bool = False
) -> WrittenName | None:
    """Return the acronym and its long form that two texts are, in whichever order, or None.

    `is_exact` leaves out a long form that is only the last words of a text.
    """
    left, right = left.strip(), right.strip()
    for short, long in ((left, right), (right, left)):
        base = base_of(short)
        if is_mixed(short, long) or (_SMALL.fullmatch(short) and _initials(long) == short):
            return WrittenName(short, long)
        if is_acronym(short):
            letters = short.replace("/", "") if _SLASHED.fullmatch(short) else base
            if stands_for(letters, long.replace("/", " ")) or _has_initials(letters, long):
                return WrittenName(base, long)
            if not is_exact and len(long) > len(short) and (inner := _ending(base, long)):
                return WrittenName(base, inner, (Alias(long, AliasKind.VARIANT),))
    is_longer = " " in right or (right.isalpha() and len(right) > len(left) + 1)
    if is_acronyms and is_acronym(left) and is_longer and not is_acronym(right):
        return WrittenName(left, right)
    return None if is_exact else _with_shared_word(left, right)


def _with_shared_word(left: str, right: str) -> WrittenName | None:
    """Read a pair around a word that both have: `Acme S3 (Acme Simple Storage Service)`."""
    opening, _, rest = left.partition(" ")
    if rest and right.startswith(f"{opening} "):
        pair = pair_of(rest, right[len(opening) + 1 :], is_exact=True)
        return pair and WrittenName(f"{opening} {pair.name}", f"{opening} {pair.expansion}")
    rest, _, ending = left.rpartition(" ")
    if rest and right.lower().endswith(f" {ending.lower()}"):
        pair = pair_of(rest, right[: -len(ending) - 1], is_exact=True)
        return WrittenName(left, right) if pair and pair.name == rest else None
    return None


def _has_initials(short: str, long: str) -> bool:
    """Return whether an acronym is made of the initials of a long form in another order, as `UTC` is."""
    words = long.split()
    initials = sorted(word[0] for word in words)
    return len(words) >= _FEWEST_INITIALS and initials == sorted(short) and short.isupper()


def _ending(short: str, long: str) -> str:
    """Return the last words of a text that an acronym stands for, or an empty string."""
    words = long.split(" ")
    for start in range(1, len(words) - 1):
        tail = " ".join(words[start:])
        if stands_for(short, tail, 0.3):
            return tail
    return ""


def _with_parenthesis(outer: str, inner: str, *, is_acronyms: bool) -> WrittenName:
    also = _AKA.match(inner)
    if found := _SHORT_FOR.match(inner):
        return WrittenName(cleaned(outer), inner[found.end() :].strip())
    said = inner[also.end() :] if also else inner
    pair = (
        _meanings(outer, said) or _of_one_side(outer, said) or pair_of(outer, said, is_acronyms=is_acronyms)
    )
    if pair:
        return pair
    head = _without_parenthesis(outer, is_acronyms=is_acronyms)
    parts = [part for part in _INNER_SEVERAL.split(said) if part]
    # `Queue Wait Budget (QWB, QB)`: one of them is the acronym.
    for part in parts:
        if len(parts) > 1 and (pair := pair_of(outer, part)):
            others = tuple(Alias(each) for each in parts if each != part)
            return pair._replace(aliases=(*pair.aliases, *others))
    others = tuple(Alias(part) for part in parts if len(part.split()) <= 5) if also else ()
    if not also and is_clipped(said, outer):
        others = (Alias(said, AliasKind.ABBREVIATION),)
    elif not also and is_translation(said, outer):
        others = (Alias(said),)
    if others or also:
        return head._replace(aliases=(*head.aliases, *others))
    if head.expansion == "" and head.aliases and (pair := pair_of(head.name, said)):
        return pair._replace(aliases=(*pair.aliases, *head.aliases))
    return head._replace(qualifier=said)


def _of_one_side(outer: str, inner: str) -> WrittenName | None:
    """Read a parenthesis behind several names, one of which it belongs to: `Budget / Wait Budget (WB)`."""
    sides = [side for side in _EITHER.split(outer) if side]
    is_whole = len(sides) > 1 and pair_of(outer, inner, is_exact=True)
    for side in sides if len(sides) > 1 else ():
        is_spelled = _initials(side).upper() == inner
        if (is_spelled or not is_whole) and (pair := pair_of(side, inner, is_exact=True)):
            return pair._replace(aliases=tuple(Alias(cleaned(each)) for each in sides if each != side))
    return None


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split())


def _is_contracted(short: str, long: str) -> bool:
    """Return whether capitals are letters of words in title case in their order: `KPAC (Kids' OPAC)`."""
    words = long.split()
    if not short.isupper() or len(short) < _FEWEST_INITIALS or len(words) < 2 or long[0] != short[0]:
        return False
    if not all(word[:1].isupper() for word in words):
        return False
    return in_order(short, long.upper()) and not in_order(short, " ".join(words[:-1]).upper())


def _has_noun_behind(short: str, long: str) -> bool:
    """Return whether an acronym is made of all words but the last one: `QWB (queue wait budget plan)`."""
    words = re.findall(r"[^\W_]+", long)
    initials = "".join(word[0] for word in words[:-1]).upper()
    head = long.rpartition(" ")[0]
    return len(short) >= _FEWEST_INITIALS and (initials == short or stands_for(short, head, _LOOSE))


def _meanings(outer: str, inner: str) -> WrittenName | None:
    """Read a parenthesis that has more than one long form fits: several of them, or a remark behind it.

    `Fan Out / Fan In (FO / FI)`, `FO (Fan Out / Fast Order)`, `FO (Fan Out, Second Edition)`.
    """
    insides = [part for part in _EITHER.split(inner) if part]
    outsides = [part for part in _EITHER.split(outer) if part]
    if len(insides) == len(outsides) > 1:
        pairs = [pair_of(left, right) for left, right in zip(outsides, insides, strict=True)]
        if all(pairs):
            first, *others = (pair for pair in pairs if pair)
            return first._replace(aliases=tuple(_further([first, *others])))
    if not is_acronym(outer) or pair_of(outer, inner, is_exact=True):
        return None
    read = [pair_of(outer, part, is_exact=True) for part in insides]
    if len(insides) > 1 and read[0]:
        return read[0]._replace(aliases=tuple(map(Alias, insides[1:])))
    heads = (inner[: found.start()] for found in re.finditer(r",\s|\sand\s", inner))
    is_followed = any(pair_of(outer, head, is_exact=True) for head in heads) or _has_noun_behind(outer, inner)
    if len(insides) == 1 and (is_followed or _is_contracted(outer, inner)):
        return WrittenName(base_of(outer), inner)
    return None


def _several(text: str, *, is_acronyms: bool) -> WrittenName:
    """Read a text that may hold several names of one thing."""
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    if len(parts) < 2 or len(text.split()) > _MOST_WORDS or not _are_names(parts, text):
        if found := re.fullmatch(r"(\S[^/]*\S)/(\S[^/]*\S)", text):
            pair = pair_of(found[1], found[2])
            if pair is not None and (" " in found[1] or " " in found[2]):
                return pair
            if _is_continued(found[1], found[2]):
                return WrittenName(text, aliases=(Alias(found[1]), Alias(found[2])))
            if _is_variant(found[1], found[2]) or _open_alike(found[1], found[2]):
                return WrittenName(found[1], aliases=(Alias(found[2]),))
        return WrittenName(text)
    read = [cleaned(part) for part in parts]
    first, rest = read[0], read[1:]
    for at, other in enumerate(rest):
        if pair := pair_of(first, other, is_acronyms=is_acronyms):
            others = (Alias(each) for number, each in enumerate(rest) if number != at)
            return pair._replace(aliases=(*pair.aliases, *others))
    inner = [read_name(part) for part in parts] if "(" in text else [WrittenName(each) for each in read]
    aliases = tuple(_further(inner))
    return inner[0]._replace(aliases=(*inner[0].aliases, *aliases))


def _is_variant(one: str, other: str) -> bool:
    """Return whether two acronyms differ in a letter: `WS/WSS`, `URI/URL`, `YAML/YML`; not `TCP/IP`."""
    if not (is_acronym(one) and is_acronym(other) and one.isalpha() and other.isalpha()):
        return False
    if other[:-1] in {one, one[:-1]} and len(other) >= _FEWEST_INITIALS:
        return True
    is_clipping = len(one) == len(other) + 1 and one[0] == other[0] and len(other) >= _FEWEST_INITIALS
    return is_clipping and in_order(other, one)


def _open_alike(one: str, other: str) -> bool:
    """Return whether two names of several words begin with the same one: `Cold proof/Cold rise`."""
    (first, blank, _), (second, second_blank, _) = one.partition(" "), other.partition(" ")
    return bool(blank and second_blank) and first.casefold() == second.casefold()


def _is_continued(one: str, other: str) -> bool:
    """Return whether a name opens with another one: `Submit/Submit form`, `Retire/Retired shard`."""
    return " " in other and " " not in one and other.lower().startswith(one.lower().removesuffix("e"))


def _is_phrase(parts: list[str]) -> bool:
    """Return whether what a comma divides is one phrase: `Human meaning, agent speed`, `Card, digital`.

    Forms of one word are names: `Query, queries`.
    """
    first, *rest = parts
    if is_acronym(first) or any(_is_related(first, part) for part in rest):
        return False
    is_uneven = first[:1].isupper() and all(part[:1].islower() for part in rest) and " " in "".join(parts)
    found = _ADJECTIVE.search(rest[0]) if len(rest) == 1 else None
    return is_uneven or (found is not None and not first.endswith(found[1]))


def _is_related(one: str, other: str) -> bool:
    """Return whether two names are forms of one, or a clipped form and the long one."""
    one, other = one.lower(), other.lower()
    shared = min(len(one), len(other), _STEM)
    return one[:shared] == other[:shared] or is_clipped(*sorted((one, other), key=len))


def _describe_both(one: str, other: str) -> bool:
    """Return whether two adjectives share the noun behind them: `automatic or manual failover`."""
    second, _, noun = other.partition(" ")
    return bool(noun) and all(_ADJECTIVE.search(word) or word.endswith("ly") for word in (one, second))


def _further(names: list[WrittenName]) -> Iterator[Alias]:
    for each in names[1:]:
        yield Alias(each.name)
        yield from each.aliases
        if each.expansion:
            yield Alias(each.expansion)


def _are_names(parts: list[str], text: str) -> bool:
    """Return whether the parts of a text are names, and not the parts of one: `Ready, steady, go`."""
    if any(len(part.split()) > 5 or _OPENERS.match(part) for part in parts):
        return False
    if any(pair_of(parts[0], part) for part in parts[1:]):
        return True
    if len(parts) == 2 and " or " in text and _describe_both(*parts):
        return False
    is_list = "," in text and " / " not in text
    if is_list and (any(len(part.split()) > 3 for part in parts) or _is_phrase(parts)):
        return False
    are_longer = all(part.startswith(f"{parts[0]} ") for part in parts[1:])
    return not is_list or len(parts) == 2 or are_longer or all(map(is_acronym, parts))
