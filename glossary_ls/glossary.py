"""The glossary: an immutable index over the terms of several glossary files, nearest file first.

It knows which names mean which terms, in what order, and how terms refer to each other. It must not know
where the files came from, which document is being read, or how a term is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from glossary_ls.matching import Matcher
from glossary_ls.matching.fold import JOINERS
from glossary_ls.matching.inflection import singulars
from glossary_ls.matching.matcher import Name
from glossary_ls.model import CaseRule, Contrast, Question, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.matching import Hit
    from glossary_ls.model import GlossaryFile

_JOINER = re.compile(f"[{re.escape(''.join(sorted(JOINERS)))}\\s]+")
_POSSESSIVE = re.compile(r"['\u2019]s?$")

#: A name with at least this share of capitals among its letters is told from a word by them (`REST`, `rest`).
_EXACT_SHARE = 0.75

#: Longer names in capitals have no word that they could be taken for.
_EXACT_LETTERS = 6

#: A name has no more entries than this, far more than a reader would go through.
_MOST_SENSES = 100


def key(name: str) -> str:
    """Return the form under which a name is indexed: lower case, any joiner one blank."""
    return _JOINER.sub(" ", name.strip()).lower()


def is_exact(name: str, rule: CaseRule | None) -> bool:
    """Tell whether a name is only itself with the capitals that it is written with.

    Without a rule of the term's own, that holds for short names that are mostly capitals.
    """
    if rule is not None:
        return rule is CaseRule.EXACT and name != name.lower()
    letters = [character for character in name if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return 1 < len(letters) <= _EXACT_LETTERS and capitals >= _EXACT_SHARE * len(letters)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name of a term in the index; `own` when it is the term's own name and not an alias."""

    name: str
    term: Term
    own: bool
    exact: bool
    layer: int


class Glossary:
    """Terms by name. Compare glossaries by identity: `build` makes a new one for each set of files."""

    def __init__(self, files: Sequence[GlossaryFile]) -> None:
        """Index the terms of `files`, the nearest file first."""
        self.files = tuple(files)
        self._index: dict[str, list[_Entry]] = {}
        for layer, file in enumerate(files):
            for term in file.terms:
                self._add(term, layer)
        for entries in self._index.values():
            entries.sort(key=lambda entry: (entry.layer, not entry.own))
        self.terms: tuple[Term, ...] = tuple(self._visible_terms())
        #: Acronyms that the files accept without an entry.
        self.accepted = frozenset(word for file in files for word in file.accept)

    # --- look-ups -----------------------------------------------------------------------------------------

    def senses(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean, best first, whatever its case, joiners, plural or possessive."""
        for candidate in _readings(name):
            entries = self._index.get(candidate)
            if entries:
                return _terms(entries)
        return ()

    def exact(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean when it is written just so: the case rule of each term is respected."""
        for candidate in _readings(name):
            entries = [
                entry
                for entry in self._index.get(candidate, ())
                if not entry.exact or name.startswith(entry.name)
            ]
            if entries:
                return _terms(entries)
        return ()

    def term(self, name: str) -> Term | None:
        """Return the best term of a name, or None."""
        senses = self.senses(name)
        return senses[0] if senses else None

    def starting_with(self, prefix: str) -> Iterator[tuple[str, Term]]:
        """Yield (name, term) for each name with a word that starts like `prefix`, whole names first.

        `prefix` is a key (see `key`). A name is yielded once.
        """
        seen: set[tuple[str, int]] = set()
        for words in (self._sorted_names, self._sorted_words):
            for at in range(bisect_left(words, (prefix,)), len(words)):
                word, name, term = words[at]
                if not word.startswith(prefix):
                    break
                if (name, id(term)) not in seen:
                    seen.add((name, id(term)))
                    yield name, term

    @property
    def names(self) -> Sequence[tuple[str, str, Term]]:
        """Every name of every term: its key, the name as written and the term, by key."""
        return self._sorted_names

    def entry(self, path: str, start: int) -> Term | None:
        """Return the term whose entry starts at an offset of a glossary file."""
        return self._entries.get((path, start))

    # --- relations ----------------------------------------------------------------------------------------

    def contrasts(self, term: Term) -> tuple[Contrast, ...]:
        """Return the terms that `term` is confused with, whichever of the two entries says so."""
        return self._contrasts.get(id(term), ())

    def questions(self, term: Term) -> tuple[Question, ...]:
        """Return the common questions about `term`, whichever entry asks them."""
        return self._questions.get(id(term), ())

    # --- matching -----------------------------------------------------------------------------------------

    def find(self, text: str) -> list[Hit]:
        """Return the mentions in a readable text; the numbers of a hit are for `senses_of`."""
        return self._matcher.find(text)

    def senses_of(self, hit: Hit) -> tuple[Term, ...]:
        """Return the senses of a hit, best first."""
        names = [entry for number in hit.names for entry in self._names[number]]
        return _terms(sorted(names, key=lambda entry: (entry.layer, not entry.exact, not entry.own)))

    # --- building -----------------------------------------------------------------------------------------

    def _add(self, term: Term, layer: int) -> None:
        names = {name: is_exact(name, term.case) for name in term.names}
        if term.expansion:
            # Spelt out, a term is recognised whatever its capitals.
            names.setdefault(term.expansion, False)
        for name, exact in names.items():
            entries = self._index.setdefault(key(name), [])
            if len(entries) < _MOST_SENSES and not any(_hides(entry, term, layer) for entry in entries):
                entries.append(_Entry(name, term, name == term.name, exact, layer))

    def _visible_terms(self) -> Iterator[Term]:
        """Yield the terms that their own name leads to; a nearer file may have taken it away."""
        for file in self.files:
            for term in file.terms:
                if any(entry.term is term for entry in self._index[key(term.name)]):
                    yield term

    @cached_property
    def _names(self) -> list[list[_Entry]]:
        """The distinct written names; the matcher's numbers are indexes into this list."""
        grouped: dict[tuple[str, bool], list[_Entry]] = {}
        for entries in self._index.values():
            for entry in entries:
                grouped.setdefault((entry.name, entry.exact), []).append(entry)
        return list(grouped.values())

    @cached_property
    def _entries(self) -> dict[tuple[str, int], Term]:
        terms = (term for file in self.files for term in file.terms)
        return {(term.origin.path, term.origin.span.start): term for term in terms if term.origin}

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher([Name(entries[0].name, entries[0].exact) for entries in self._names])

    @cached_property
    def _sorted_names(self) -> list[tuple[str, str, Term]]:
        rows = ((name, entry.name, entry.term) for name, entries in self._index.items() for entry in entries)
        return sorted(rows, key=lambda row: row[:2])

    @cached_property
    def _sorted_words(self) -> list[tuple[str, str, Term]]:
        rows = (
            (name[at + 1 :], written, term)
            for name, written, term in self._sorted_names
            for at, character in enumerate(name)
            if character == " "
        )
        return sorted(rows, key=lambda row: row[:2])

    @cached_property
    def _contrasts(self) -> dict[int, tuple[Contrast, ...]]:
        rows: dict[int, dict[str, Contrast]] = {}
        for term in self.terms:
            for contrast in term.contrasts:
                rows.setdefault(id(term), {})[key(contrast.term)] = contrast
                for other in self.senses(contrast.term):
                    mirrored = Contrast(term.name, contrast.difference)
                    rows.setdefault(id(other), {}).setdefault(key(term.name), mirrored)
        return {term: tuple(contrasts.values()) for term, contrasts in rows.items()}

    @cached_property
    def _questions(self) -> dict[int, tuple[Question, ...]]:
        rows: dict[int, list[Question]] = {}
        for term in self.terms:
            for question in term.questions:
                others = (other for name in question.about for other in self.senses(name))
                for subject in (term, *others):
                    asked = rows.setdefault(id(subject), [])
                    if question not in asked:
                        asked.append(question)
        return {term: tuple(questions) for term, questions in rows.items()}


def build(files: Sequence[GlossaryFile]) -> Glossary:
    """Merge glossary files, the nearest first.

    For each name the nearest file wins; an entry further away stays as another sense when its expansion is
    another one.
    """
    return Glossary(files)


EMPTY = Glossary(())


def _readings(name: str) -> Iterator[str]:
    """Yield the keys that a written name may stand for: as it is, then without possessive and plural.

    A capital S at the end belongs to the name: GCS is not several GC.
    """
    yield key(name)
    written = _POSSESSIVE.sub("", name.strip())
    bare = key(written)
    if bare != key(name):
        yield bare
    if written[-1:].islower():
        head, blank, last = bare.rpartition(" ")
        for singular in singulars(last):
            yield head + blank + singular


def _hides(entry: _Entry, term: Term, layer: int) -> bool:
    """Tell whether an entry of a nearer file leaves no room for `term` under the same name."""
    if entry.layer == layer:
        return entry.term is term
    if not term.expansion or not entry.term.expansion:
        return True
    return key(entry.term.expansion) == key(term.expansion)


def _terms(entries: Iterable[_Entry]) -> tuple[Term, ...]:
    return tuple({id(entry.term): entry.term for entry in entries}.values())
