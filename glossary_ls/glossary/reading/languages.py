"""Languages in labels, such as `definition_en`, and the one that is read where a file has several.

This module must not know formats.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

#: ISO 639 codes of languages that glossaries are written in, without those that are keys as well: `id`, `no`.
_CODES = word_set(
    "af ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy it ja ka kk km kn ko "
    "lt lv mk ml mn mr ms my nb ne nl nn pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh "
    "zu eng deu ger fra fre spa ita por nld jpn kor zho chi rus"
)
_NAMES = word_set(
    "english german french spanish italian portuguese dutch chinese japanese korean russian polish turkish "
    "deutsch englisch français español italiano português nederlands"
)

#: A longer text is no label, in characters.
_LONGEST = 200

#: A label that ends with a language: `term_en`, `term (fr)`, `termEn`.
_LABELED = lazily(
    r"(?P<label>.*\w)(?:[\s_.:/-]+|\s*[(\[]|(?=[A-Z]))(?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)[)\]]?"
)
_TAG = lazily(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def is_language(label: str) -> bool:
    """Return whether a text is the tag or the name of a language."""
    text = label.strip()
    if text.lower() in _NAMES:
        return True
    return _TAG.fullmatch(text) is not None and re.split("[-_]", text)[0].lower() in _CODES


def split_language(label: str) -> tuple[str, str]:
    """Return a label without a language at its start or end, and the tag of that; empty if there is none."""
    first, _, rest = label.strip().partition(" ")
    if rest and first.lower() in _NAMES:
        return rest, first
    found = _LABELED.fullmatch(label.strip()) if len(label) <= _LONGEST else None
    if found is None or not is_language(found["code"]):
        return label, ""
    return found["label"], found["code"]


def chosen(languages: Iterable[str]) -> str:
    """Return the language to read: English, or else the first one; empty if there are none."""
    known = list(languages)
    english = (
        each for each in known if each.lower() == "english" or re.split("[-_]", each)[0].lower() == "en"
    )
    return next(english, known[0] if known else "")


_ENGLISH = "en"

_SUBTAG = lazily(r"[-_]")


def primary(tag: str) -> str:
    """Return the language of a tag without its region and script (BCP 47): `en` for `en-US`."""
    return _SUBTAG.split(tag.strip().lower(), maxsplit=1)[0]


def chosen_for(entries: Iterable[Iterable[str]], own: str = "") -> str:
    """Return the language to read, going by the tags of the languages of each entry.

    That is the glossary's `own` language, else English, else the most frequent one; a language that less than
    half as many entries have as the most frequent one is not taken.
    """
    counts = Counter(language for tags in entries for language in {primary(tag) for tag in tags})
    if not counts:
        return ""
    most, count = counts.most_common(1)[0]
    wanted = (each for each in (primary(own), _ENGLISH) if each and counts[each] * 2 >= count)
    return next(wanted, most)
