"""Expansions: the long forms of acronyms, and whether two wordings have the same meaning.

The comparison is lenient, because users switch off a rule that reports a hyphen. This module must not know
any rule.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from glossary_ls.acronyms.alignment import fit_within
from glossary_ls.acronyms.forms import STOP_WORDS, words_of
from glossary_ls.base import memo
from glossary_ls.base.model import AliasKind
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.index import key
from glossary_ls.matching.inflection import plural_of_phrase, singular_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.index import Glossary

_WORD = lazily(r"[^\W_]+")

#: Two wordings that are this much alike differ by spelling, such as `authorisation` and `authorization`.
_ALIKE = 0.84


def spelled_out(term: Term) -> str:
    """Return the long form of a term: its expansion, or else its name."""
    return term.expansion or term.name


def short_forms(term: Term) -> tuple[str, ...]:
    """Return the names of a term that are short for its long form.

    In `aliases: [SLO]` of `service level objective`, the alias is an abbreviation without the key for it.
    """
    long = spelled_out(term)
    abbreviations = tuple(
        alias.name
        for alias in term.aliases
        if (alias.kind is AliasKind.ABBREVIATION and not _is_another(alias.name, long))
        or (alias.kind is AliasKind.SYNONYM and _are_initials(alias.name, long))
    )
    return (term.name, *abbreviations) if term.expansion else abbreviations


def spelled_out_as(written: str, term: Term) -> str:
    """Return the long form of a term in the number in which a text writes the short one."""
    long = spelled_out(term)
    return long if written in short_forms(term) else plural_of_phrase(long)


def short_forms_in(written: str, term: Term) -> Iterator[str]:
    """Yield the short forms of a term of which a text is one, with or without the ending of a plural."""
    for name in short_forms(term):
        if written.startswith(name) and written[len(name) :] in {"", "s", "es"}:
            yield name


@memo.recent(2048)
def agree(left: str, right: str) -> bool:
    """Return whether two expansions have the same meaning, or one is more specific than the other."""
    first, second = _essence(left), _essence(right)
    if not first or not second:
        return True
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    joined = "".join(first), "".join(second)
    return (
        joined[0] in joined[1] or joined[1] in joined[0] or SequenceMatcher(None, *joined).ratio() >= _ALIKE
    )


def long_forms(term: Term) -> Iterator[str]:
    """Yield the long forms of a term: its expansion, and its names of several words."""
    if term.expansion:
        yield term.expansion
    yield from (name for name in term.names if " " in name.strip() or "-" in name)


def any_agrees(among: Iterable[Term], wording: str) -> bool:
    """Return whether a wording agrees with a long form of one of some terms."""
    return any(agree(wording, form) for term in among for form in long_forms(term))


def senses(glossary: Glossary, short: str) -> tuple[Term, ...]:
    """Return the terms that have exactly this acronym as a name, ignoring case."""
    wanted = short.upper()
    found = glossary.senses(short)
    return tuple(term for term in found if any(name.upper() == wanted for name in term.names))


def meant(among: Sequence[Term], wording: str) -> Term | None:
    """Return the term that a wording is the long form of, or None if none or several are alike."""
    wanted = key(wording)
    for term in among:
        if wanted and any(key(form) == wanted for form in long_forms(term)):
            return term
    alike = [term for term in among if any_agrees((term,), wording)]
    return alike[0] if wanted and len(alike) == 1 else None


@memo.recent(2048)
def fits(short: str, long: str) -> bool:
    """Return whether `short` is made of letters of `long`; else `long` is another kind of definition."""
    return fit_within(short, words_of(long, 0, len(long))) is not None


def _is_another(name: str, long: str) -> bool:
    """Return whether a name is an acronym of other words, as RPS is for "queries per second"."""
    return name.isalpha() and name.isupper() and not fits(name, long)


def _are_initials(name: str, long: str) -> bool:
    """Return whether a name consists of the first letters of some words, in capitals."""
    initials = "".join(word[0] for word in _WORD.findall(long) if word.lower() not in STOP_WORDS)
    return len(name) > 1 and name.isupper() and name == initials.upper()


def _essence(expansion: str) -> list[str]:
    """Return the words that carry the meaning, in the singular."""
    found = _WORD.findall(expansion.lower())
    words = [singular_of(word) if len(word) > 3 else word for word in found]
    return [word for word in words if word not in STOP_WORDS] or words
