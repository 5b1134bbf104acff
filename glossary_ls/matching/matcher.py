"""The matcher: finds the mentions of a set of names in a text.

It decides when an occurrence of a name is a mention: whole words, any of the name's `spellings`, the case
rule, punctuation that belongs to a name (`C++`, `R&D`), not inside an identifier. Of overlapping mentions it
takes the leftmost, and of those the longest. It must not know terms or documents: it returns the indexes of
names.
"""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from glossary_ls.base import leftovers
from glossary_ls.matching.engines import NATIVE, NativeEngine, PythonEngine, WideEngine
from glossary_ls.matching.fold import FOLDED, between_blanks, is_narrow
from glossary_ls.matching.spellings import Form, Name, fits, patterns_of, spellings_of
from glossary_ls.matching.words import is_boundary, is_mark, is_plain, plain, straight, unusual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: The number of names that are compiled in addition to a reused set before all are compiled anew.
_MAX_ADDED = 64

#: The number of spellings as written that a matcher remembers the names of.
_MAX_READ = 50_000

#: Characters that join the words on both sides to an identifier (`a.b`, `user@host`), which is not prose.
_IDENTIFIER_CHARS = frozenset("._\\@:=$#")
_JOINERS = frozenset("".join(_IDENTIFIER_CHARS).encode())

#: The pairs of characters, in Latin-1, of which one is such a character and the other may be a word's.
_JOINED = frozenset(
    bytes(pair)
    for joiner in map(ord, _IDENTIFIER_CHARS)
    for other in range(256)
    if joiner == ord("_") or FOLDED[other] != ord(" ") or other == ord("?")
    for pair in ((joiner, other), (other, joiner))
)

#: No patterns are known beforehand.
_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


#: A mention: its start and its end in the searched text and, ascending, the indexes of the names that match
#: there. A plain tuple: a named one makes finding many a third slower.
Hit: TypeAlias = tuple[int, int, tuple[int, ...]]

#: Forms, each with the index of its name.
_Forms: TypeAlias = list[tuple[int, Form]]


class Compiled:
    """A compiled set of names, which matchers can share; forms refer to `names` by index."""

    __slots__ = ("_forms", "_narrow", "_owners", "_wide", "engine", "names", "native", "wide_engine")

    def __init__(
        self, names: tuple[Name, ...], *, native: bool, known: Mapping[str, Sequence[str]] = _NONE
    ) -> None:
        self.names = names
        self.native = native
        owners: dict[str, int | tuple[int, ...]] = {}
        for number, name in enumerate(names):
            for pattern in known.get(name.text) or patterns_of(name.text):
                others = owners.setdefault(pattern, number)
                if others != number:
                    owners[pattern] = (*_as_tuple(others), number)
        narrow = [pattern for pattern in owners if pattern.isascii() or is_narrow(pattern)]
        patterns = [pattern.encode("latin-1") for pattern in narrow]
        self._narrow = len(narrow)
        self._wide = [pattern for pattern in owners if not (pattern.isascii() or is_narrow(pattern))]
        #: The names of each pattern. The patterns themselves are not kept: there are several for each name.
        self._owners = [owners[pattern] for pattern in (*narrow, *self._wide)]
        #: The forms of the patterns that occurred, which are few.
        self._forms: dict[int, _Forms] = {}
        # The native engine rejects an empty set.
        self.engine = NativeEngine(patterns) if native and NATIVE and patterns else PythonEngine(patterns)
        self.wide_engine = WideEngine(zip(self._wide, count(self._narrow), strict=False))
        leftovers.keep(known, owners, patterns)

    def forms_of(self, number: int, folded: bytes = b"") -> _Forms:
        """Return the forms of a pattern, each with its name; `folded` is the pattern if it is no wide one."""
        found = self._forms.get(number)
        if found is None:
            is_wide = number >= self._narrow
            pattern = self._wide[number - self._narrow] if is_wide else folded.decode("latin-1")
            found = self._forms[number] = [
                (owner, form)
                for owner in _as_tuple(self._owners[number])
                for each, form in spellings_of(self.names[owner])
                if each == pattern
            ]
        return found


def _as_tuple(names: int | tuple[int, ...]) -> tuple[int, ...]:
    return names if isinstance(names, tuple) else (names,)


class _Part:
    """Compiled names as a part of those of a matcher."""

    __slots__ = ("_numbers", "_read", "compiled")

    def __init__(self, compiled: Compiled, numbers: Sequence[int]) -> None:
        """`numbers` are the indexes of the compiled names in the matcher, -1 if it does not have the name."""
        self.compiled = compiled
        self._numbers = numbers
        #: The names of what is written, unless that depends on what is around it. Texts repeat their words,
        #: so that a look-up here decides nearly all occurrences.
        self._read: dict[bytes, tuple[int, ...]] = {}

    def find(self, text: str, latin: bytes, folded: bytes, *, narrow: bool) -> list[Hit]:
        """Return the mentions in `text`, overlapping ones too; the other forms of it have blanks around."""
        occurrences = self.compiled.engine.find(folded)
        if not narrow:
            # Letters beyond Latin-1 are blanks to the engine.
            occurrences = [
                each for each in occurrences if is_boundary(text, each[0]) and is_boundary(text, each[1] - 2)
            ]
        found: list[Hit] = []
        read = self._read.get
        for start, end, number in occurrences:
            written = latin[start + 1 : end - 1]
            names = read(written)
            if names is None:
                forms = self.compiled.forms_of(number, folded[start + 1 : end - 1])
                found += self._fitting(text, start, end - 2, forms)
                if b"?" not in written:
                    self._remember(written, forms)
            elif names and not (
                # One byte first: it decides most, in a quarter of the time.
                (latin[start] in _JOINERS or latin[end - 1] in _JOINERS)
                and (latin[start - 1 : start + 1] in _JOINED or latin[end - 1 : end + 1] in _JOINED)
                and _in_identifier(text, start, end - 2)
            ):
                found.append((start, end - 2, names))
        if not narrow:
            for start, end, number in self.compiled.wide_engine.find(text):
                found += self._fitting(text, start, end - 2, self.compiled.forms_of(number))
        return found

    def _fitting(self, text: str, start: int, end: int, forms: _Forms) -> Iterator[Hit]:
        """Yield the mentions by those of `forms` that fit; text[start:end] has their pattern."""
        for number, form in forms:
            name = self._numbers[number]
            if name >= 0 and fits(text, start, end, form):
                first, last = start - len(form.before), end + len(form.after)
                if not _in_identifier(text, first, last):
                    yield first, last, (name,)

    def _remember(self, written: bytes, forms: _Forms) -> None:
        """Remember the names of what is written, if none of its forms depends on what is around it."""
        if all(form.is_local for _, form in forms):
            if len(self._read) >= _MAX_READ:
                self._read.clear()
            text = written.decode("latin-1")
            names = {self._numbers[number] for number, form in forms if fits(text, 0, len(text), form)}
            self._read[written] = tuple(sorted(names - {-1}))


class Matcher:
    """Finds the mentions of a set of names; immutable."""

    __slots__ = ("_parts", "names")

    def __init__(
        self,
        names: Iterable[Name],
        *,
        native: bool = True,
        like: Matcher | None = None,
        known: Mapping[str, Sequence[str]] = _NONE,
    ) -> None:
        """Compile `names`, with the Python engine if `native` is false.

        The compiled names of `like` are reused when nearly all names are the same. `known` has the patterns
        of some names by their texts, as `patterns_of` returns them.
        """
        self.names = tuple(names)
        self._parts: list[_Part] = []
        if like is not None and like.compiled.native == native:
            self._reuse(like.compiled)
        if not self._parts:
            self._parts.append(
                _Part(Compiled(self.names, native=native, known=known), range(len(self.names)))
            )

    @property
    def compiled(self) -> Compiled:
        """The compiled names, all or nearly all, for another matcher."""
        return self._parts[0].compiled

    def _reuse(self, compiled: Compiled) -> None:
        """Reuse `compiled` and compile only the missing names, unless too many of either are others."""
        if len(compiled.names) > 2 * len(self.names) + _MAX_ADDED:
            return
        if self.names == compiled.names:
            self._parts.append(_Part(compiled, range(len(self.names))))
            return
        # Comprehensions, because no other thread runs while `set` goes through many names.
        own = {name: number for number, name in enumerate(self.names)}
        numbers = [own.get(name, -1) for name in compiled.names]
        known = set(numbers)
        added = tuple([name for name, number in own.items() if number not in known])
        if len(own) == len(self.names) and len(added) <= _MAX_ADDED:
            self._parts.append(_Part(compiled, numbers))
            if added:
                missing = Compiled(added, native=compiled.native)
                self._parts.append(_Part(missing, [own[name] for name in added]))

    def find(self, text: str) -> list[Hit]:
        """Return the mentions in `text`, ascending and without overlap: the leftmost-longest ones."""
        chars = unusual(text)
        if not chars or is_plain(text, chars):
            return self._find_plain(text, chars)
        read = plain(text)
        # A few letters are never composed, so that asking for a plain text again would not end.
        hits = self._find_plain(read.text, unusual(read.text))
        return [(read.starts[start], read.ends[end - 1], names) for start, end, names in hits]

    def _find_plain(self, text: str, chars: frozenset[str]) -> list[Hit]:
        """Return the mentions in a text that is read as it is; `chars` are its unusual characters."""
        narrow = True
        if chars:
            text, narrow = straight(text, chars), is_narrow(text, chars)
        latin = between_blanks(text)
        folded = latin.translate(FOLDED)
        found: list[Hit] = []
        for part in self._parts:
            found += part.find(text, latin, folded, narrow=narrow)
        return _leftmost_longest(found) if found else found


def _in_identifier(text: str, start: int, end: int) -> bool:
    """Return whether text[start:end] is part of an identifier such as `a.b`, `user@host` or `cold_start`."""
    return _is_joined(text, start - 1, start - 2) or _is_joined(text, end, end + 1)


def _is_joined(text: str, at: int, beyond: int) -> bool:
    """Return whether the character at `at` joins a word to what is at `beyond`."""
    if not 0 <= at < len(text) or text[at] not in _IDENTIFIER_CHARS:
        return False
    return text[at] == "_" or _is_word_at(text, beyond)


def _is_word_at(text: str, index: int) -> bool:
    return 0 <= index < len(text) and (text[index].isalnum() or is_mark(text[index]))


def _leftmost_longest(found: list[Hit]) -> list[Hit]:
    """Return the leftmost-longest of some mentions, each with all names that it has."""
    found.sort()
    kept: list[Hit] = []
    first, last = -1, 0
    for each in found:
        start, end, names = each
        if start >= last:
            kept.append(each)
            first, last = start, end
        elif start == first:
            # It is as long as the one before it, or longer.
            kept[-1] = each if end > last else (start, end, tuple(sorted({*kept[-1][2], *names})))
            last = end
    return kept
