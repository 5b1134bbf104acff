"""English plurals, in both directions, for the last word of a term.

A glossary holds nouns, so a few regular rules and the irregular nouns of technical writing suffice; a wrong
form does no harm unless it is another word. A *word* is in lower case. This module must not know terms.
"""

from __future__ import annotations

import re

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import common_prefix, word_set

#: Nouns in the singular and the plural.
_IRREGULAR_NOUNS = (
    "addendum/addenda alumnus/alumni analysis/analyses antenna/antennae appendix/appendices "
    "automaton/automata axis/axes bacterium/bacteria basis/bases cactus/cacti calf/calves child/children "
    "corpus/corpora "
    "crisis/crises criterion/criteria curriculum/curricula datum/data die/dice focus/foci foot/feet "
    "formula/formulae fungus/fungi genus/genera goose/geese half/halves hypothesis/hypotheses index/indices "
    "knife/knives leaf/leaves life/lives loaf/loaves locus/loci man/men matrix/matrices medium/media "
    "memorandum/memoranda mouse/mice nucleus/nuclei octopus/octopi ox/oxen parenthesis/parentheses "
    "person/people phenomenon/phenomena quantum/quanta quiz/quizzes radius/radii schema/schemata self/selves "
    "shelf/shelves stimulus/stimuli stratum/strata syllabus/syllabi synopsis/synopses thesis/theses "
    "thief/thieves tooth/teeth vertex/vertices wife/wives wolf/wolves woman/women"
)
_IRREGULAR = dict(pair.split("/") for pair in _IRREGULAR_NOUNS.split())
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}

#: The endings of nouns that have no plural, or whose plural would be another word.
_UNCOUNTABLE_ENDINGS = ("ics", "ware")

#: Nouns that end like a plural and are none, and plurals whose singular is another word.
_NO_PLURALS = word_set(
    "alias always atlas basics bias bus business canvas chaos christmas customs dns gas goods headquarters "
    "kubernetes lens logistics means news odds pandas perhaps physics process rails savings series species "
    "statistics status thanks towards virus windows"
)

#: Nouns that end an expansion and have no plural there: `Remote Direct Memory Access`.
_UNCOUNTABLE = word_set(
    "access advice authentication availability bandwidth code compliance connectivity consistency "
    "content data encryption equipment feedback governance information intelligence knowledge "
    "management memory monitoring networking observability privacy progress reliability security "
    "storage traffic virtualization"
)

#: Words between a noun and what describes it: the noun before them has the plural (`points of presence`).
_LINKS = "as|for|in|of|on|per|to"
_LINK = lazily(rf"[ \u00a0](?:{_LINKS})[ \u00a0]", re.IGNORECASE)
#: A phrase that is no noun: `out of memory`.
_ADVERBIAL = lazily(rf"(?:{_LINKS}|at|by|out|over|under|with)[ \u00a0]", re.IGNORECASE)
_LAST_WORD = lazily(r"[^\W_]+\Z")
_NOT_PLURAL_ENDINGS = frozenset({"ss", "us", "is", "as", "os"})
_VOWELS = frozenset("aeiou")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def plurals(word: str) -> tuple[str, ...]:
    """Return the plural forms of a singular noun, irregular first; empty for a word without letters."""
    if not any(map(str.isalpha, word)):
        return ()
    return tuple(form for form in (_IRREGULAR.get(word), _regular_plural(word)) if form)


def singulars(word: str) -> tuple[str, ...]:
    """Return the nouns of which `word` may be the plural, most likely first; empty if it is not a plural."""
    if word in _SINGULAR:
        return (_SINGULAR[word],)
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss"):
        return ()
    forms = []
    if word.endswith("ies") and len(word) > 4:
        forms.append(word[:-3] + "y")
    if word.endswith("es") and word[:-2].endswith(_SIBILANTS):
        forms.append(word[:-2])
    forms.append(word[:-1])
    return tuple(forms)


def acronym_plural(word: str) -> str:
    """Return the plural of an acronym, whatever its last letter: `OSs`, `DMZs`; empty for other words."""
    return word + "s" if len(word) > 1 and word[-1].isupper() else ""


def acronym_singular(written: str) -> str:
    """Return the acronym that a word is the plural of by a small s: `OS` of `OSs`; empty for other words."""
    stem = written[:-1]
    return stem if written[-1:] == "s" and acronym_plural(stem) else ""


def singular_of_name(last: str) -> str:
    """Return the singular of the last word of a name, with its capitals; empty if the word is no plural."""
    word = last.lower()
    if not last[-1:].islower() or len(word) != len(last) or word in _NO_PLURALS:
        return ""
    if acronym := acronym_singular(last):
        return acronym
    forms = singulars(word) if len(word) > 3 and word[-2:] not in _NOT_PLURAL_ENDINGS else ()
    if not forms:
        return ""
    kept = common_prefix(word, forms[0])
    return last[:kept] + forms[0][kept:]


def singular_name(name: str) -> str:
    """Return a name with its last word in the singular."""
    last = _LAST_WORD.search(name)
    return name[: last.start()] + (singular_of_name(last[0]) or last[0]) if last else name


def plural_of(name: str, *, upper: bool = False) -> str:
    """Return a name with its last word in the plural, with an ending in capitals if `upper`."""
    last = _LAST_WORD.search(name)
    if last and not upper and (plural := acronym_plural(last[0])):
        return name[: last.start()] + plural
    forms = plurals(last[0].lower()) if last else ()
    if last is None or not forms:
        return name
    kept = common_prefix(last[0].lower(), forms[0])
    ending = forms[0][kept:]
    return name[: last.start() + kept] + (ending.upper() if upper else ending)


def plural_of_phrase(phrase: str) -> str:
    """Return the plural of an expansion; the expansion itself if it has none or is plural already.

    `point of presence` becomes `points of presence`; `out of memory` and `Web Services` stay.
    """
    if _ADVERBIAL.match(phrase):
        return phrase
    link = _LINK.search(phrase)
    head = phrase[: link.start()] if link else phrase
    last = _LAST_WORD.search(head)
    if last is None or last[0].lower() in _UNCOUNTABLE or singular_of_name(last[0]):
        return phrase
    return plural_of(head) + phrase[len(head) :]


def singular_of(word: str) -> str:
    """Return the likeliest singular of a word, or the word itself if it is not a plural."""
    return next(iter(singulars(word)), word)


def _regular_plural(word: str) -> str:
    if word.endswith(_UNCOUNTABLE_ENDINGS):
        return ""
    if word.endswith("y") and len(word) > 1 and word[-2].isalpha() and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(_SIBILANTS):
        return word + "es"
    return word + "s"
