"""Suspects: the entries of a glossary file that a rule may have something to say about.

In a file of thousands of entries the rules look at these only. What an entry says alone is remembered from
one version of the file to the next. This module must not know what is reported.
"""

from __future__ import annotations

from enum import Enum, auto
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import Status
from glossary_ls.glossary.dates import read_date
from glossary_ls.glossary.formats.yaml.memory import Rows
from glossary_ls.glossary.formats.yaml.outline import Role
from glossary_ls.glossary.names import key
from glossary_ls.glossary.terms import as_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from glossary_ls.base.model import Term


class Special(Enum):
    """What may be true of an entry alone: it explains nothing, has a date or none that can be read ..."""

    EMPTY = auto()
    DATED = auto()
    MISDATED = auto()
    UNREPLACED = auto()
    SCOPED = auto()


class Suspects(NamedTuple):
    """The numbers of special entries, ascending, and of each entry the keys of what it refers to."""

    special: Mapping[Special, Sequence[int]]
    referring: Sequence[tuple[str, ...]]


#: What entries say.
_SAID: Rows[tuple[tuple[Special, ...], tuple[str, ...]]] = Rows()


def suspects(terms: Sequence[Term]) -> Suspects:
    """Return the entries of a file to look at."""
    told = tuple(as_read(terms))
    said = _SAID.of("", told, lambda number: (tuple(_special(told[number])), _named(told[number])))
    each: tuple[tuple[Special, ...], ...] = tuple(map(itemgetter(0), said))
    special: dict[Special, list[int]] = {}
    for number in compress(range(len(each)), each):
        for what in each[number]:
            special.setdefault(what, []).append(number)
    return Suspects(special, tuple(map(itemgetter(1), said)))


def references(term: Term) -> Iterator[tuple[Role, str]]:
    """Yield the terms that an entry refers to, by what they are to it."""
    for name in term.related:
        yield Role.RELATED, name
    for contrast in term.contrasts:
        yield Role.CONTRAST, contrast.term
    for question in term.questions:
        for name in question.about:
            yield Role.ABOUT, name
    if term.replaced_by:
        yield Role.REPLACED_BY, term.replaced_by


def _named(term: Term) -> tuple[str, ...]:
    return tuple(key(name) for _, name in references(term))


def _special(term: Term) -> Iterator[Special]:
    texts = (term.expansion, term.definition, term.summary, term.facts, term.examples, term.questions)
    if not any(texts) and not term.replaced_by:
        yield Special.EMPTY
    if term.reviewed:
        yield Special.MISDATED if read_date(term.reviewed) is None else Special.DATED
    if term.status is Status.DEPRECATED and not term.replaced_by:
        yield Special.UNREPLACED
    if term.scope:
        yield Special.SCOPED
