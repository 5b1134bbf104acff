"""The glossary: an immutable index over the terms of several glossary files, nearest file first.

It knows which names mean which terms, in what order, and how terms refer to each other. It must not know
where the files came from, which document is being read, or how a term is shown.
"""

from __future__ import annotations

import re
from functools import cached_property
from heapq import merge
from itertools import chain, groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glossary_ls.base.model import Contrast, Question
from glossary_ls.glossary.names import is_exact, key, names_of
from glossary_ls.glossary.terms import starting
from glossary_ls.matching import Matcher
from glossary_ls.matching.inflection import singulars
from glossary_ls.matching.matcher import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.model import GlossaryFile, Term
    from glossary_ls.glossary.names import Named, Names
    from glossary_ls.matching import Hit

_Item = TypeVar("_Item")

__all__ = ["EMPTY", "Glossary", "build", "is_exact", "key"]

_POSSESSIVE = re.compile(r"['\u2019]s?$")

#: A name has no more entries than this, far more than a reader would go through.
_MOST_SENSES = 100


#: So many names that no term has are remembered: whatever is typed may be one.
_MOST_LACKING = 20_000


class _Entry(NamedTuple):
    """A name of a term in the index; `own` when it is the term's own name and not an alias."""

    name: str
    term: Term
    own: bool
    exact: bool
    layer: int


class Glossary:
    """Terms by name. Compare glossaries by identity: `build` makes a new one for each set of files.

    Each file has an index of its own, and of a name they are merged when it is first asked for: who types in
    a glossary file has a new glossary with every key and asks for few names of it.
    """

    def __init__(self, files: Sequence[GlossaryFile], like: Glossary | None = None) -> None:
        """Take `files`, the nearest file first. What `like` has found out is used again where it fits."""
        self.files = tuple(files)
        #: Acronyms that the files accept without an entry.
        self.accepted = frozenset(word for file in files for word in file.accept)
        self._merged: dict[str, list[_Entry]] = {}
        self._senses: dict[tuple[int, ...], tuple[Term, ...]] = {}
        #: Names that were asked for in vain.
        self._lacking: set[str] = set()
        self._entries: dict[str, Callable[[int], Term | None]] = {}
        self._like = like.compiled if like else None
        self._like_layers = like.known_names if like else ()

    # --- look-ups -----------------------------------------------------------------------------------------

    def senses(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean, best first, whatever its case, joiners, plural or possessive."""
        for candidate in _readings(name):
            entries = self._at(candidate)
            if entries:
                return _terms(entries)
        return ()

    def exact(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean when it is written just so: the case rule of each term is respected."""
        for candidate in _readings(name):
            entries = [
                entry for entry in self._at(candidate) if not entry.exact or name.startswith(entry.name)
            ]
            if entries:
                return _terms(entries)
        return ()

    def term(self, name: str) -> Term | None:
        """Return the best term of a name, or None."""
        senses = self.senses(name)
        return senses[0] if senses else None

    def starting_with(self, prefix: str, most: int, *, inside: bool = True) -> list[tuple[str, Term]]:
        """Return up to `most` pairs of name and term where a word starts like `prefix`, whole names first.

        `prefix` is a key (see `key`). Each pair is there once. Those of which a later word starts so are the
        first by that word, unless there are far more than `most`; `inside` tells whether they are wanted.
        """
        return list(self.each_starting_with(prefix, most, inside=inside))

    def each_starting_with(
        self, prefix: str, most: int, *, inside: bool = True
    ) -> Iterator[tuple[str, Term]]:
        """Yield what `starting_with` returns, for who may not want all of it."""
        found: set[tuple[str, int]] = set()
        # A name may be found by its first word and by later ones.
        inner = self._inner(prefix, 2 * most) if inside else ()
        for name, term in chain(self._whole(prefix), inner):
            if len(found) == most:
                break
            if (name, id(term)) not in found:
                found.add((name, id(term)))
                yield name, term

    def _whole(self, prefix: str) -> Iterator[tuple[str, Term]]:
        for name in _once(merge(*(names.starting_with(prefix) for names in self._layers))):
            for entry in sorted(self._at(name), key=_written):
                yield entry.name, entry.term

    def _inner(self, prefix: str, most: int) -> Iterator[tuple[str, Term]]:
        """Yield names of which a word behind the first one starts like `prefix`, by that word."""
        rows: list[tuple[str, _Entry]] = []
        for name, at in _once(merge(*(names.holding(f" {prefix}") for names in self._layers))):
            rows += ((name[at + 1 :], entry) for entry in self._at(name))
            if len(rows) >= most:
                break
        for _, entry in sorted(rows, key=lambda row: (row[0], row[1].name)):
            yield entry.name, entry.term

    @cached_property
    def names(self) -> Sequence[tuple[str, str, Term]]:
        """Every name of every term: its key, the name as written and the term, by key."""
        return [
            (key, entry.name, entry.term)
            for key in sorted(self._keys)
            for entry in sorted(self._at(key), key=_written)
        ]

    def entry(self, path: str, start: int) -> Term | None:
        """Return the term whose entry starts at an offset of a glossary file."""
        if path not in self._entries:
            file = next((file for file in self.files if file.path == path), None)
            self._entries[path] = starting(file.terms if file else ())
        return self._entries[path](start)

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
        senses = self._senses.get(hit.names)
        if senses is None:
            # A document names the same terms again and again.
            names = [entry for number in hit.names for entry in self._names[number]]
            senses = self._senses[hit.names] = _terms(sorted(names, key=_rank))
        return senses

    @property
    def compiled(self) -> Matcher | None:
        """What is compiled of these names so far, or of those of an earlier glossary."""
        return self.__dict__.get("_matcher", self._like)

    @property
    def known_names(self) -> Sequence[Names]:
        """The names of each file as far as they are known, or those of an earlier glossary."""
        found: Sequence[Names] = self.__dict__.get("_layers", self._like_layers)
        return found

    @property
    def titles(self) -> tuple[object, ...]:
        """Something that is equal for as long as the terms of the files have the same names of their own."""
        return tuple(names.titles for names in self._layers)

    def ask(self) -> None:
        """Have the names of all files found out, which `names_of` then returns at no cost."""
        _ = self._layers

    # --- building -----------------------------------------------------------------------------------------

    @cached_property
    def _layers(self) -> tuple[Names, ...]:
        """The names of each file."""
        files = zip_longest(self.files, self._like_layers[: len(self.files)])
        found = tuple(names_of(file.terms, like) for file, like in files if file is not None)
        self._like_layers = ()
        return found

    @property
    def _keys(self) -> Iterable[str]:
        """Every key, in the order of the files."""
        return dict.fromkeys(chain.from_iterable(names.keys for names in self._layers))

    def _at(self, name: str) -> list[_Entry]:
        """Return what a key may mean, best first."""
        entries = self._merged.get(name)
        if entries is None:
            if name in self._lacking:
                return []
            found: list[_Entry] = []
            for layer, names in enumerate(self._layers):
                for row in names.of(name):
                    if len(found) < _MOST_SENSES and not any(_hides(entry, row, layer) for entry in found):
                        found.append(_Entry(row.name, row.term, row.own, row.exact, layer))
            if not found:
                if len(self._lacking) == _MOST_LACKING:
                    self._lacking.clear()
                self._lacking.add(name)
                return found
            if len(found) > 1:
                found.sort(key=lambda entry: (entry.layer, not entry.own))
            entries = self._merged[name] = [
                _Entry(each, self._layers[layer].placed(term), own, exact, layer)
                for each, term, own, exact, layer in found
            ]
        return entries

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms that their own name leads to; a nearer file may have taken it away."""
        return tuple(term for file in self.files for term in file.terms if self._has(term))

    def _has(self, term: Term) -> bool:
        return any(entry.term is term for entry in self._at(key(term.name)))

    @cached_property
    def _telling(self) -> tuple[Term, ...]:
        """Those of the terms that say something about others."""
        placed = (names.placed(term) for names in self._layers for term in names.telling)
        return tuple(term for term in placed if self._has(term))

    @cached_property
    def _names(self) -> list[list[_Entry]]:
        """The distinct written names; the matcher's numbers are indexes into this list."""
        grouped: dict[tuple[str, bool], list[_Entry]] = {}
        for name in self._keys:
            for entry in self._at(name):
                grouped.setdefault((entry.name, entry.exact), []).append(entry)
        return list(grouped.values())

    @cached_property
    def _matcher(self) -> Matcher:
        names = (Name(entries[0].name, entries[0].exact) for entries in self._names)
        matcher = Matcher(names, like=self._like)
        self._like = None
        return matcher

    @cached_property
    def _contrasts(self) -> dict[int, tuple[Contrast, ...]]:
        rows: dict[int, dict[str, Contrast]] = {}
        for term in self._telling:
            for contrast in term.contrasts:
                rows.setdefault(id(term), {})[key(contrast.term)] = contrast
                for other in self.senses(contrast.term):
                    mirrored = Contrast(term.name, contrast.difference)
                    rows.setdefault(id(other), {}).setdefault(key(term.name), mirrored)
        return {term: tuple(contrasts.values()) for term, contrasts in rows.items()}

    @cached_property
    def _questions(self) -> dict[int, tuple[Question, ...]]:
        rows: dict[int, list[Question]] = {}
        for term in self._telling:
            for question in term.questions:
                others = (other for name in question.about for other in self.senses(name))
                for subject in (term, *others):
                    asked = rows.setdefault(id(subject), [])
                    if question not in asked:
                        asked.append(question)
        return {term: tuple(questions) for term, questions in rows.items()}


def build(files: Sequence[GlossaryFile], earlier: Iterable[Glossary] = ()) -> Glossary:
    """Merge glossary files, the nearest first.

    Of `earlier` glossaries, the first that is made of older versions of the same files saves work.

    For each name the nearest file wins; an entry further away stays as another sense when its expansion is
    another one.
    """
    wanted = [file.path for file in files]
    like = next((each for each in earlier if [file.path for file in each.files] == wanted), None)
    return Glossary(files, like)


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


def _hides(entry: _Entry, row: Named, layer: int) -> bool:
    """Tell whether an entry of a nearer file leaves no room for a term under the same name."""
    term = row.term
    if entry.layer == layer:
        return entry.term is term
    if not term.expansion or not entry.term.expansion:
        return True
    return key(entry.term.expansion) == key(term.expansion)


def _once(ascending: Iterable[_Item]) -> Iterator[_Item]:
    """Yield each of some items in order once."""
    return (item for item, _ in groupby(ascending))


def _rank(entry: _Entry) -> tuple[int, bool, bool, int]:
    start = entry.term.origin.span.start if entry.term.origin else 0
    return entry.layer, not entry.exact, not entry.own, start


def _written(entry: _Entry) -> str:
    return entry.name


def _terms(entries: Iterable[_Entry]) -> tuple[Term, ...]:
    return tuple({id(entry.term): entry.term for entry in entries}.values())
