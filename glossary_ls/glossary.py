"""The glossary: an immutable index over the terms of several glossary files, nearest file first.

It knows which names mean which terms, in what order, and how terms refer to each other. It must not know
where the files came from, which document is being read, or how a term is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.matching import Matcher
from glossary_ls.matching.fold import JOINERS
from glossary_ls.matching.inflection import singulars
from glossary_ls.matching.matcher import Name
from glossary_ls.model import CaseRule, Contrast, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.matching import Hit
    from glossary_ls.model import GlossaryFile, Term

_JOINER = re.compile(f"[{re.escape(''.join(sorted(JOINERS)))}\\s]+")
_POSSESSIVE = re.compile(r"['\u2019]s?$")

#: A name with at least this share of capitals among its letters is told from a word by them (`REST`, `rest`).
_EXACT_SHARE = 0.75

#: Longer names in capitals have no word that they could be taken for.
_EXACT_LETTERS = 6

#: A name has no more entries than this, far more than a reader would go through.
_MOST_SENSES = 100


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """Return the form under which a name is indexed: lower case, any joiner one blank."""
    return _JOINER.sub(" ", name.strip()).lower()


@lru_cache(maxsize=65_536)
def is_exact(name: str, rule: CaseRule | None) -> bool:
    """Tell whether a name is only itself with the capitals that it is written with.

    Without a rule of the term's own, that holds for short names that are mostly capitals.
    """
    if rule is not None:
        return rule is CaseRule.EXACT and name != name.lower()
    letters = [character for character in name if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return 1 < len(letters) <= _EXACT_LETTERS and capitals >= _EXACT_SHARE * len(letters)


class _Entry(NamedTuple):
    """A name of a term in the index; `own` when it is the term's own name and not an alias."""

    name: str
    term: Term
    own: bool
    exact: bool
    layer: int


class Glossary:
    """Terms by name. Compare glossaries by identity: `build` makes a new one for each set of files.

    The index is made when it is first asked for: who types in a glossary file seldom asks.
    """

    def __init__(self, files: Sequence[GlossaryFile], like: Glossary | None = None) -> None:
        """Take `files`, the nearest file first. What `like` has compiled is used again where it fits."""
        self.files = tuple(files)
        #: Acronyms that the files accept without an entry.
        self.accepted = frozenset(word for file in files for word in file.accept)
        self._entries: dict[str, dict[int, Term]] = {}
        self._like = like.compiled if like else None

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

    def starting_with(self, prefix: str, most: int) -> list[tuple[str, Term]]:
        """Return up to `most` pairs of name and term where a word starts like `prefix`, whole names first.

        `prefix` is a key (see `key`). Each pair is there once. Those of which a later word starts so are the
        first by that word, unless there are far more than `most`.
        """
        found: dict[tuple[str, int], tuple[str, Term]] = {}
        # A name may be found by its first word and by later ones.
        for name, term in chain(self._whole(prefix), self._inner(prefix, 2 * most)):
            found.setdefault((name, id(term)), (name, term))
            if len(found) == most:
                break
        return list(found.values())

    def _whole(self, prefix: str) -> Iterator[tuple[str, Term]]:
        keys = self._sorted_keys
        for at in range(bisect_left(keys, prefix), len(keys)):
            if not keys[at].startswith(prefix):
                break
            for entry in sorted(self._index[keys[at]], key=_written):
                yield entry.name, entry.term

    def _inner(self, prefix: str, most: int) -> Iterator[tuple[str, Term]]:
        """Yield names of which a word behind the first one starts like `prefix`, by that word."""
        keys, (lines, starts) = self._sorted_keys, self._lines
        wanted = f" {prefix}"
        rows: list[tuple[str, _Entry]] = []
        at = lines.find(wanted)
        while at >= 0 and len(rows) < most:
            index = bisect_right(starts, at) - 1
            rest = keys[index][at + 1 - starts[index] :]
            rows += ((rest, entry) for entry in self._index[keys[index]])
            at = lines.find(wanted, at + 1)
        for _, entry in sorted(rows, key=lambda row: (row[0], row[1].name)):
            yield entry.name, entry.term

    @cached_property
    def names(self) -> Sequence[tuple[str, str, Term]]:
        """Every name of every term: its key, the name as written and the term, by key."""
        return [
            (key, entry.name, entry.term)
            for key in self._sorted_keys
            for entry in sorted(self._index[key], key=_written)
        ]

    def entry(self, path: str, start: int) -> Term | None:
        """Return the term whose entry starts at an offset of a glossary file."""
        return self._entries_of(path).get(start)

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

    @property
    def compiled(self) -> Matcher | None:
        """What is compiled of these names so far, or of those of an earlier glossary."""
        return self.__dict__.get("_matcher", self._like)

    # --- building -----------------------------------------------------------------------------------------

    @cached_property
    def _index(self) -> dict[str, list[_Entry]]:
        index: dict[str, list[_Entry]] = {}
        for layer, file in enumerate(self.files):
            for term in file.terms:
                _add(index, term, layer)
        for entries in index.values():
            if len(entries) > 1:
                entries.sort(key=lambda entry: (entry.layer, not entry.own))
        return index

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms that their own name leads to; a nearer file may have taken it away."""
        return tuple(
            term
            for file in self.files
            for term in file.terms
            if any(entry.term is term for entry in self._index[key(term.name)])
        )

    @cached_property
    def _names(self) -> list[list[_Entry]]:
        """The distinct written names; the matcher's numbers are indexes into this list."""
        grouped: dict[tuple[str, bool], list[_Entry]] = {}
        for entries in self._index.values():
            for entry in entries:
                grouped.setdefault((entry.name, entry.exact), []).append(entry)
        return list(grouped.values())

    def _entries_of(self, path: str) -> dict[int, Term]:
        """Return the terms of a file by where their entries start."""
        if path not in self._entries:
            terms = (term for file in self.files if file.path == path for term in file.terms)
            self._entries[path] = {term.origin.span.start: term for term in terms if term.origin}
        return self._entries[path]

    @cached_property
    def _matcher(self) -> Matcher:
        names = (Name(entries[0].name, entries[0].exact) for entries in self._names)
        matcher = Matcher(names, like=self._like)
        self._like = None
        return matcher

    @cached_property
    def _sorted_keys(self) -> list[str]:
        return sorted(self._index)

    @cached_property
    def _lines(self) -> tuple[str, list[int]]:
        """The keys as the lines of one text, which is searched faster than they are, and their starts."""
        keys = self._sorted_keys
        return "\n".join(keys), [0, *accumulate(len(key) + 1 for key in keys[:-1])]

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


def _add(index: dict[str, list[_Entry]], term: Term, layer: int) -> None:
    names = {name: is_exact(name, term.case) for name in term.names}
    if term.expansion:
        # Spelt out, a term is recognised whatever its capitals.
        names.setdefault(term.expansion, False)
    for name, exact in names.items():
        entries = index.setdefault(key(name), [])
        if len(entries) < _MOST_SENSES and not any(_hides(entry, term, layer) for entry in entries):
            entries.append(_Entry(name, term, name == term.name, exact, layer))


def _hides(entry: _Entry, term: Term, layer: int) -> bool:
    """Tell whether an entry of a nearer file leaves no room for `term` under the same name."""
    if entry.layer == layer:
        return entry.term is term
    if not term.expansion or not entry.term.expansion:
        return True
    return key(entry.term.expansion) == key(term.expansion)


def _written(entry: _Entry) -> str:
    return entry.name


def _terms(entries: Iterable[_Entry]) -> tuple[Term, ...]:
    return tuple({id(entry.term): entry.term for entry in entries}.values())
