"""The glossary: an immutable index over the terms of several glossary files, nearest file first.

It knows which names mean which terms, in what order, and how terms refer to each other. It must not know
where the files came from, which document is being read, or how a term is shown.
"""

from __future__ import annotations

from heapq import merge
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glossary_ls.base.memo import lazy, work_out
from glossary_ls.base.model import CaseRule, Contrast, Question
from glossary_ls.glossary import saved
from glossary_ls.glossary.layer import ascending, names_of
from glossary_ls.glossary.model import source_of
from glossary_ls.glossary.names import is_exact, key
from glossary_ls.glossary.patterns import built_in_patterns
from glossary_ls.matching import Matcher
from glossary_ls.matching.inflection import acronym_singular, plurals, singular_name, singulars
from glossary_ls.matching.spellings import Name
from glossary_ls.matching.words import POSSESSIVE, respelled

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.layer import Names
    from glossary_ls.glossary.model import Contents, Entry, GlossaryFile, Source
    from glossary_ls.glossary.names import NameRow
    from glossary_ls.matching import Hit

_Item = TypeVar("_Item")

__all__ = ["EMPTY", "Glossary", "build", "is_exact", "key", "merged"]

#: A name has no more entries than this, far more than a reader would go through.
_MOST_SENSES = 100


class _Entry(NamedTuple):
    """A name of a term in the index; `own` when it is the term's own name and not an alias."""

    name: str
    term: Term
    own: bool
    exact: bool
    version: str
    layer: int


class Glossary:
    """Terms by name, without the places of their entries. Compare glossaries by identity.

    Each layer has an index of its own, which is remembered, and a name is merged when it is first asked for:
    a key typed in a glossary file makes a new glossary with many names, few of which are looked up.
    """

    def __init__(self, sources: Iterable[Source], like: Glossary | None = None) -> None:
        """Take the layers, the nearest first; the matcher of an earlier glossary is used again."""
        self.sources = tuple(sources)
        #: The files of all layers, the nearest first.
        self.files = tuple(file for source in self.sources for file in source.files)
        self._merged: dict[str, list[_Entry]] = {}
        self._senses: dict[tuple[int, ...], tuple[Term, ...]] = {}
        self._like = like.compiled if like else None

    @lazy
    def accepted(self) -> frozenset[str]:
        """The acronyms that the files accept without an entry."""
        return frozenset().union(*(file.head.accept for file in self.files))

    # --- look-ups -----------------------------------------------------------------------------------------

    def senses(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean, best first, whatever its case, joiners, plural or possessive."""
        return _terms(next(filter(None, self._read(name)), ()))

    def loosely(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean when it may lack accents and blanks, or have blanks for capitals."""
        return self.senses(name) or _terms(self._typed(name))

    def exact(self, name: str) -> tuple[Term, ...]:
        """Return what a name may mean when it is written just so: the case rule of each term is respected."""
        for entries in self._read(name):
            exact = [
                entry for entry in entries if not entry.exact or name.startswith(singular_name(entry.name))
            ]
            if exact:
                return _terms(exact)
        return ()

    def _read(self, name: str) -> Iterator[list[_Entry]]:
        """Yield what a written name may mean, by one reading after the other, the likeliest first."""
        whole = self._at(key(name))
        acronym = acronym_singular(name.strip())
        if acronym and not any(entry.name == name for entry in whole):
            # One that ends in S: `OSs` is not `OSS`.
            yield self._at(key(acronym))
        yield whole
        for reading in _readings(name):
            yield self._at(reading)
        for plural in _plurals(name):
            yield [entry for entry in self._at(plural) if singular_name(entry.name) != entry.name]

    def _typed(self, name: str) -> list[_Entry]:
        """Return what is meant by a name that is typed as people do (see `loose_keys`)."""
        for reading in (key(name), *_readings(name)):
            typed = respelled(reading)
            names = dict.fromkeys(each for layer in self._layers for each in layer.typed(typed))
            if entries := [entry for each in (typed, *names) for entry in self._at(each)]:
                return entries
        return []

    def term(self, name: str) -> Term | None:
        """Return the best term of a name, or None."""
        senses = self.senses(name)
        return senses[0] if senses else None

    def starting_with(self, prefix: str, most: int, *, inside: bool = True) -> Iterator[tuple[str, Term]]:
        """Yield up to `most` pairs of name and term where a word starts like `prefix`, whole names first.

        `prefix` is a key (see `key`). Each pair is there once. Those of which a later word starts so are the
        first by that word, unless there are far more than `most`; `inside` decides whether they are included.
        """
        found: set[tuple[str, int]] = set()
        # A name may be found by its first word and by later ones.
        inner = self._inner(prefix, 2 * most) if inside else ()
        for name, term in chain(self._whole(prefix), self._as_typed(prefix, inside=inside), inner):
            if len(found) == most:
                break
            if (name, id(term)) not in found:
                found.add((name, id(term)))
                yield name, term

    def _whole(self, prefix: str) -> Iterator[tuple[str, Term]]:
        for name in _once(merge(*(names.starting_with(prefix) for names in self._layers))):
            for entry in sorted(self._at(name), key=_written):
                yield entry.name, entry.term

    def _as_typed(self, prefix: str, *, inside: bool) -> Iterator[tuple[str, Term]]:
        """Yield names that start like `prefix` as people type them."""
        typed = respelled(prefix)
        names = (name for layer in self._layers for name in layer.typed_as(typed, inside=inside))
        for name in dict.fromkeys(names) if prefix else ():
            for entry in self._at(name):
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

    @lazy
    def names(self) -> Sequence[tuple[str, str, Term]]:
        """Every name of every term: its key, the name as written and the term, by key."""
        return [
            (key, entry.name, entry.term)
            for key in ascending(self._keys)
            for entry in sorted(self._at(key), key=_written)
        ]

    def file_of(self, term: Term) -> Contents | None:
        """Return the file that defines a term; None for a term of another glossary."""
        return next((file for file in self.files if id(term) in file.ids), None)

    def distinction(self, term: Term) -> str:
        """Return what tells a term from the others with its name: its gist or, without one, its context."""
        file = None if term.gist else self.file_of(term)
        context = file.head.context_of(term) if file else None
        return context.topic if context else term.gist

    def _is_one(self, entry: _Entry, term: Term) -> bool:
        """Return whether a term is not in another context than that of an entry."""
        if entry.term is term:
            return True
        contexts = [file.head.context_of(each) for each in (entry.term, term) if (file := self.file_of(each))]
        return None in contexts or len({each.topic for each in contexts if each}) < len(contexts)

    def repeats(self, term: Term) -> tuple[Term, ...]:
        """Return the entries in files further away with the name and the expansion of a term."""
        wanted = key(term.expansion)
        rows = (row for names in self._layers for row in names.of(key(term.name)) if row.own)
        same = [row.term for row in rows if wanted and key(row.term.expansion) == wanted]
        place = next((place for place, each in enumerate(same) if each is term), len(same))
        return tuple(same[place + 1 :])

    # --- relations ----------------------------------------------------------------------------------------

    def contrasts(self, term: Term) -> tuple[Contrast, ...]:
        """Return the terms that `term` is confused with, whichever of the two entries has the comparison."""
        return self._contrasts.get(id(term), ())

    def questions(self, term: Term) -> tuple[Question, ...]:
        """Return the common questions about `term`, whichever entry asks them."""
        return self._questions.get(id(term), ())

    # --- matching -----------------------------------------------------------------------------------------

    def find(self, text: str) -> list[Hit]:
        """Return the mentions in a readable text; the numbers of a hit are for `senses_of`."""
        return self._matcher.find(text)

    def senses_of(self, numbers: tuple[int, ...]) -> tuple[Term, ...]:
        """Return the senses of the names of a hit, best first."""
        senses = self._senses.get(numbers)
        if senses is None:
            # A document names the same terms again and again.
            names = [entry for number in numbers for entry in self._names[number]]
            written = {entry.name for entry in names if entry.exact}
            if written:
                names = [entry for entry in names if entry.exact or not _is_other_word(entry, written)]
            senses = self._senses[numbers] = _terms(sorted(names, key=self._rank))
        return senses

    def _rank(self, entry: _Entry) -> tuple[int, bool, bool, int]:
        number = self._layers[entry.layer].number(entry.term)
        return entry.layer, not entry.exact, not entry.own, number

    @property
    def compiled(self) -> Matcher | None:
        """What is compiled of these names so far, or of those of an earlier glossary."""
        return self.__dict__.get("_matcher", self._like)

    def prepare(self) -> None:
        """Work out what searching a text and looking for names need, which takes long for many names."""
        for each in (*self._layers, *self.files, self):
            work_out(each)
        self.find("x")

    @property
    def written(self) -> Iterator[Name]:
        """The distinct written names, as they are searched for."""
        return (Name(first.name, first.exact, first.version) for first, *_ in self._names)

    # --- building -----------------------------------------------------------------------------------------

    @lazy
    def _layers(self) -> tuple[Names, ...]:
        """The names of each layer."""
        return tuple(map(names_of, self.sources))

    @property
    def _keys(self) -> Iterable[str]:
        """Every key, in the order of the files."""
        return dict.fromkeys(chain.from_iterable(names.keys for names in self._layers))

    def _at(self, name: str) -> list[_Entry]:
        """Return what a key may mean, best first."""
        entries = self._merged.get(name)
        if entries is None:
            rows = [(layer, row) for layer, names in enumerate(self._layers) for row in names.of(name)]
            if not rows:
                # Whatever is typed may be looked up; only names are remembered.
                return []
            if len(rows) == 1:
                [(layer, row)] = rows
                entries = [_Entry(*row[1:], layer)]
            else:
                entries = self._told_apart(rows)
            self._merged[name] = entries
        return entries

    def _told_apart(self, rows: Iterable[tuple[int, NameRow]]) -> list[_Entry]:
        """Return what several names with one key may mean, each with its layer."""
        found: list[_Entry] = []
        for layer, row in rows:
            hiding = (entry for entry in found if _hides(entry, row, layer))
            if len(found) < _MOST_SENSES and not any(self._is_one(each, row.term) for each in hiding):
                found.append(_Entry(*row[1:], layer))
        return sorted(found, key=lambda entry: (entry.layer, not entry.own))

    @lazy
    def terms(self) -> tuple[Term, ...]:
        """The terms that their own name leads to; a nearer file may have taken it away."""
        return tuple([entry.term for file in self.files for entry in file.entries if self._has(entry)])

    def _has(self, entry: Entry) -> bool:
        first = entry.names[0]
        return any(each.term is first.term for each in self._at(first.key))

    @lazy
    def _telling(self) -> tuple[Term, ...]:
        """Those of the terms that say something about others."""
        telling = (term for file in self.files for term in file.telling)
        return tuple(term for term in telling if any(each.term is term for each in self._at(key(term.name))))

    @lazy
    def _names(self) -> list[list[_Entry]]:
        """The distinct written names; the matcher's numbers are indexes into this list."""
        found: list[list[_Entry]] = []
        for entries in map(self._at, self._keys):
            if len(entries) == 1:
                found.append(entries)
                continue
            # What is written in the same way has the same key.
            grouped: dict[tuple[str, bool, str], list[_Entry]] = {}
            for entry in entries:
                grouped.setdefault((entry.name, entry.exact, entry.version), []).append(entry)
            found += grouped.values()
        return found

    @lazy
    def _matcher(self) -> Matcher:
        known: dict[str, Sequence[str]] = {}
        if self._like is None:
            known.update(built_in_patterns(len(self._names)))
            for file in self.files:
                known.update(saved.patterns(file.patterns))
        matcher = Matcher(self.written, like=self._like, known=known)
        self._like = None
        return matcher

    @lazy
    def _contrasts(self) -> dict[int, tuple[Contrast, ...]]:
        rows: dict[int, dict[str, Contrast]] = {}
        for term in self._telling:
            for contrast in term.contrasts:
                rows.setdefault(id(term), {})[key(contrast.term)] = contrast
                for other in self.senses(contrast.term):
                    mirrored = Contrast(term.name, contrast.difference)
                    rows.setdefault(id(other), {}).setdefault(key(term.name), mirrored)
        return {term: tuple(contrasts.values()) for term, contrasts in rows.items()}

    @lazy
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


def merged(sources: Sequence[Source], earlier: Iterable[Glossary] = ()) -> Glossary:
    """Merge layers, the nearest first.

    Of `earlier` glossaries, the first that is made of older versions of the same files saves work, or else
    the first one. For each name the nearest layer wins; an entry further away stays as another sense when its
    expansion is another one.
    """
    known = tuple(earlier)
    wanted = [file.path for source in sources for file in source.files]
    like = (each for each in known if [file.path for file in each.files] == wanted)
    return Glossary(sources, next(like, next(iter(known), None)))


def build(files: Iterable[GlossaryFile], earlier: Iterable[Glossary] = ()) -> Glossary:
    """Merge glossary files, each a layer of its own, the nearest first."""
    return merged(tuple(map(source_of, files)), earlier)


EMPTY = Glossary(())


def _readings(name: str) -> Iterator[str]:
    """Yield the keys that a written name may stand for without its possessive and plural.

    A capital S at the end belongs to the name: GCS is not several GC.
    """
    written = POSSESSIVE.sub("", name.strip())
    bare = key(written)
    if bare != key(name):
        yield bare
    if written[-1:].islower():
        head, blank, last = bare.rpartition(" ")
        for singular in singulars(last):
            yield head + blank + singular


def _plurals(name: str) -> Iterator[str]:
    """Yield the keys of the plurals of a written name, for terms whose name is a plural."""
    head, blank, last = key(POSSESSIVE.sub("", name.strip())).rpartition(" ")
    for plural in dict.fromkeys((*plurals(last), last + "s")):
        yield head + blank + plural


def _hides(entry: _Entry, row: NameRow, layer: int) -> bool:
    """Return whether an entry of a nearer file leaves no room for a term under the same name."""
    term = row.term
    if entry.layer == layer:
        return entry.term is term
    if term.case is CaseRule.EXACT and row.own and entry.own and _is_other_word(entry, {row.name}):
        return False
    if not term.expansion or not entry.term.expansion:
        return True
    return key(entry.term.expansion) == key(term.expansion)


def _is_other_word(entry: _Entry, written: Container[str]) -> bool:
    """Return whether an entry insists on capitals that a name as it is written does not have."""
    return entry.term.case is CaseRule.EXACT and entry.name not in written


def _once(ascending: Iterable[_Item]) -> Iterator[_Item]:
    """Yield each of some items in order once."""
    return (item for item, _ in groupby(ascending))


def _written(entry: _Entry) -> str:
    return entry.name


def _terms(entries: Iterable[_Entry]) -> tuple[Term, ...]:
    return tuple({id(entry.term): entry.term for entry in entries}.values())
