"""Wording: writing another name in the form in which a text writes a term.

A text inflects a name: plural, possessive, capitals at the start of a sentence or in a title, a hyphen for a
space, a line break. `reworded` determines the form of the old name and gives the new one the same.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.text import common_prefix
from glossary_ls.matching.inflection import acronym_singular, plural_of, singular_name, singular_of, singulars
from glossary_ls.matching.words import APOSTROPHES, JOINERS, POSSESSIVE, as_read, spelled

if TYPE_CHECKING:
    from glossary_ls.acronyms.vocabulary import Words

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]+")


@memo.recent(1024)
def reworded(written: str, old: str, new: str) -> str | None:
    """Return `new` in the form that `written` is of `old`; None if it is none, or if markup would be torn."""
    apostrophe = next(filter(APOSTROPHES.__contains__, written), "'")
    changed = _reworded(as_read(written), spelled(old), new)
    return changed and changed.replace("'", apostrophe)


def _reworded(written: str, old: str, new: str) -> str | None:
    match = POSSESSIVE.search(written)
    possessive = match.group() if match and not old.endswith(match.group()) else ""
    base = written[: len(written) - len(possessive)]
    number = _number(base, old)
    if number is None:
        # A name that is a plural may be used in the singular.
        one = singular_name(old)
        return _reworded(written, one, singular_name(new)) if one != old else None
    singular, is_plural = number
    gapped = _gapped(base, old, _cased(singular, old, new))
    if gapped is None:
        return None
    if _has_humps(singular, old):
        gapped = _humped(gapped, upper=singular[:1].isupper())
    if not is_plural:
        return gapped + possessive
    shouted = base.isupper() and not old.isupper()
    return plural_of(gapped, upper=shouted) + possessive


def matches(written: str, name: str) -> bool:
    """Return whether a text is a form of a name."""
    return reworded(written, name, name) is not None


def _squash(name: str) -> str:
    return "".join(_WORD.findall(name)).lower()


def _number(base: str, old: str) -> tuple[str, bool] | None:
    """Return the singular as written, and whether the text has the plural; None if it is another name."""
    found = _squash(base)
    wanted = _squash(old)
    if found == wanted:
        return base, False
    words = list(_WORD.finditer(base))
    if not words or not wanted:
        return None
    last = words[-1]
    if (stem := acronym_singular(last.group())) and _squash(base[: last.start()] + stem) == wanted:
        return base[: last.start()] + stem, True
    for singular in singulars(last.group().lower()):
        kept = common_prefix(last.group().lower(), singular)
        ending = (
            singular[kept:].upper() if last.group().isupper() and len(last.group()) > 2 else singular[kept:]
        )
        whole = base[: last.start()] + last.group()[:kept] + ending + base[last.end() :]
        if _squash(whole) == wanted:
            return whole, True
    return None


def _cased(singular: str, old: str, new: str) -> str:
    """Return the new name with the capitals that the text gave to the old one."""
    if _GAP.sub(" ", singular) == _GAP.sub(" ", old) or new != new.lower() or old != old.lower():
        # Names with capitals of their own keep them everywhere.
        return new
    letters = [character for character in singular if character.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return new.upper()
    parts = _WORD.findall(singular)
    if len(parts) > 1 and all(part[:1].isupper() for part in parts):
        return _WORD.sub(lambda word: word.group()[:1].upper() + word.group()[1:], new)
    if letters and letters[0].isupper():
        return new[:1].upper() + new[1:]
    return new


def _has_humps(written: str, old: str) -> bool:
    """Return whether a text writes a name of several words in camel case: `batchQuery`."""
    parts = _WORD.findall(old)
    starts = list(accumulate(map(len, parts)))[:-1]
    if not starts or not written.isalnum() or len(written) != len("".join(parts)):
        return False
    return all(written[start].isupper() and not written[start - 1].isupper() for start in starts)


def _humped(name: str, *, upper: bool) -> str:
    """Return a name of several words in camel case."""
    parts: list[str] = _WORD.findall(name) or [name]
    humps = "".join(part[:1].upper() + part[1:] for part in parts)
    return humps if upper else parts[0].lower() + humps[len(parts[0]) :]


def _gapped(base: str, old: str, new: str) -> str | None:
    """Return the new name with the gaps between words that the text has in the old one.

    None if markup between the words of the text would be torn apart.
    """
    written, original = _GAP.findall(base.strip()), _GAP.findall(old)
    pieces = list(_WORD.finditer(new))
    if len(written) != len(original) or not pieces:
        return new
    changed = [have for have, had in zip(written, original, strict=True) if have != had]
    if len(pieces) - 1 < len(written) and any(set(have) - JOINERS - set("\r\n\t") for have in changed):
        return None
    parts = [new[: pieces[0].start()], pieces[0].group()]
    for index, (left, right) in enumerate(pairwise(pieces)):
        gap = new[left.end() : right.start()]
        bent = index < len(written) and written[index] != original[index]
        parts += (written[index] if bent and gap in {" ", "-"} else gap, right.group())
    parts.append(new[pieces[-1].end() :])
    return "".join(parts)


def untitled(name: str, english: Words) -> str:
    """Return a name in lower case if it is a title of English words; other words make a proper name."""
    words = name.split(" ")
    for word in words:
        lower = word.lower()
        if word not in {lower, lower.capitalize()} or not (lower in english or singular_of(lower) in english):
            return name
    return name.lower()
