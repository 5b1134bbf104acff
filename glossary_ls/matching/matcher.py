"""The matcher: finds the mentions of a set of names in a text.

It decides when an occurrence of a name is a mention: whole words, the joiner variants (`fine-tuning`,
`fine tuning`, `finetuning`), plural and possessive, the case rule, punctuation that belongs to a name (`C++`,
`R&D`), not inside an identifier. Of overlapping mentions it takes the leftmost, and of those the longest. It
must not know terms or documents: it returns the indexes of names.
"""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import common_prefix
from glossary_ls.matching.engines import NATIVE, NativeEngine, Occurrence, PythonEngine
from glossary_ls.matching.fold import fold, fold_wide, is_narrow
from glossary_ls.matching.inflection import acronym_plural, plurals, singular_of_name
from glossary_ls.matching.words import (
    JOINERS,
    is_boundary,
    is_mark,
    is_plain,
    plain,
    spelled,
    straight,
    unusual,
    version_after,
    word_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: The least length of words that are also matched as one: `a b` must not match every `ab`.
_MIN_JOINED_LENGTH = 6

#: Names of more words are not found. As many names as this may contain each other, and all are compared.
_MOST_WORDS = 32

#: The number of names that are compiled in addition to a reused set before all are compiled anew.
_MAX_ADDED = 64

#: Characters that join the words on both sides to an identifier (`a.b`, `user@host`), which is not prose.
_IDENTIFIER_CHARS = frozenset("._\\@:=$#")


#: No patterns are known beforehand.
_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


class Name(NamedTuple):
    """A name to find; case-sensitively if `exact`.

    If what it names has a `version` that the name leaves out, it is not found before another version.
    """

    text: str
    exact: bool
    version: str = ""


class Hit(NamedTuple):
    """A mention: its span in the searched text and the indexes of the names that match there."""

    start: int
    end: int
    names: tuple[int, ...]


class _Form(NamedTuple):
    """One spelling of a name, and the conditions on the text that its folded pattern does not express.

    Offsets are relative to the first word. `joints` are the offsets that need a joiner, `literals` the exact
    strings at an offset (punctuation, and words of case-sensitive names); `before` and `after` are the
    punctuation around the words. `version` is that of the name.
    """

    name: int
    joints: tuple[int, ...]
    literals: tuple[tuple[int, str], ...]
    before: str
    after: str
    version: str


class Compiled:
    """A compiled set of names, which matchers can share; forms refer to `names` by index."""

    __slots__ = ("_engine", "_forms", "_narrow", "_numbers", "_wide", "names", "native")

    def __init__(
        self, names: tuple[Name, ...], *, native: bool, known: Mapping[str, Sequence[str]] = _NONE
    ) -> None:
        self.names = names
        self.native = native
        #: The names that have a spelling with a pattern, and the forms of the patterns that occurred.
        self._numbers: dict[str, list[int]] = {}
        self._forms: dict[str, list[_Form]] = {}
        for number, name in enumerate(names):
            for pattern in known.get(name.text) or patterns_of(name.text):
                self._numbers.setdefault(pattern, []).append(number)
        self._narrow = [pattern for pattern in self._numbers if is_narrow(pattern)]
        patterns = [pattern.encode("latin-1") for pattern in self._narrow]
        # The native engine rejects an empty set.
        self._engine = NativeEngine(patterns) if native and NATIVE and patterns else PythonEngine(patterns)
        self._wide = _WideEngine([pattern for pattern in self._numbers if not is_narrow(pattern)])

    def find(self, text: str, folded: bytes, *, narrow: bool) -> list[tuple[Occurrence, list[_Form]]]:
        """Return the occurrences of patterns, each with the forms that share the pattern."""
        found = [
            (occurrence, self._forms_of(self._narrow[occurrence.pattern]))
            for occurrence in self._engine.find(folded)
        ]
        if not narrow:
            # Letters beyond Latin-1 are blanks to the engine.
            found = [
                pair for pair in found if is_boundary(text, pair[0].start) and is_boundary(text, pair[0].end)
            ]
            found += [(occurrence, self._forms_of(pattern)) for occurrence, pattern in self._wide.find(text)]
        return found

    def _forms_of(self, pattern: str) -> list[_Form]:
        """Return the forms of a pattern, few of which occur in a document."""
        forms = self._forms.get(pattern)
        if forms is None:
            forms = self._forms[pattern] = [
                form
                for number in dict.fromkeys(self._numbers[pattern])
                for each, form in _forms(number, self.names[number])
                if each == pattern
            ]
        return forms


def patterns_of(name: str) -> list[str]:
    """Return the folded patterns of the spellings of a name."""
    return list(dict.fromkeys(pattern for pattern, _ in _forms(0, Name(name, exact=False))))


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
        #: Compiled names, with the index in `names` of each, -1 for a name that is not in `names`.
        self._parts: list[tuple[Compiled, Sequence[int]]] = []
        if like is not None and like.compiled.native == native:
            self._reuse(like.compiled)
        if not self._parts:
            self._parts.append((Compiled(self.names, native=native, known=known), range(len(self.names))))

    @property
    def compiled(self) -> Compiled:
        """The compiled names, all or nearly all, for another matcher."""
        return self._parts[0][0]

    def _reuse(self, compiled: Compiled) -> None:
        """Reuse `compiled` and compile only the missing names, unless too many of either are others."""
        if len(compiled.names) > 2 * len(self.names) + _MAX_ADDED:
            return
        if self.names == compiled.names:
            self._parts.append((compiled, range(len(self.names))))
            return
        # Comprehensions, because no other thread runs while `set` goes through many names.
        own = {name: number for number, name in enumerate(self.names)}
        numbers = [own.get(name, -1) for name in compiled.names]
        known = set(numbers)
        added = tuple([name for name, number in own.items() if number not in known])
        if len(own) == len(self.names) and len(added) <= _MAX_ADDED:
            self._parts.append((compiled, numbers))
            if added:
                self._parts.append((Compiled(added, native=compiled.native), [own[name] for name in added]))

    def find(self, text: str) -> list[Hit]:
        """Return the mentions in `text`, ascending and without overlap: the leftmost-longest ones."""
        chars = unusual(text)
        if chars and not is_plain(text, chars):
            read = plain(text)
            return [
                Hit(read.starts[hit.start], read.ends[hit.end - 1], hit.names) for hit in self.find(read.text)
            ]
        text = straight(text, chars)
        folded, narrow = fold(text), is_narrow(text, chars)
        possible = [
            (occurrence.start - len(form.before), -occurrence.end - len(form.after), occurrence, form, number)
            for compiled, numbers in self._parts
            for occurrence, forms in compiled.find(text, folded, narrow=narrow)
            for form in forms
            if (number := numbers[form.name]) >= 0
        ]
        return list(_leftmost_longest(text, possible)) if possible else []


def _forms(number: int, name: Name) -> Iterator[tuple[str, _Form]]:
    """Yield each spelling of a name: its folded pattern and its form."""
    written = spelled(name.text)
    words = list(word_pattern(written).finditer(written))
    if not 0 < len(words) <= _MOST_WORDS:
        return
    outside = written[: words[0].start()].strip(), written[words[-1].end() :].strip()
    pieces = [word.group() for word in words]
    gaps = [written[left.end() : right.start()] for left, right in pairwise(words)]
    spellings = {(tuple(pieces), tuple(gaps)), *_joined(pieces, gaps)}
    for spelled_words, between in sorted(spellings):
        *head, last = spelled_words
        for form, literal in {last: "", **({} if outside[1] else _inflected(last))}.items():
            yield _form((number, name), (*head, form), between, outside, literal)


def _inflected(last: str) -> dict[str, str]:
    """Return the plurals of the last word of a name and, if it is a plural, its singular.

    Each comes with an ending that it must be written with: `OSs` is not `OSS`.
    """
    folded = fold_wide(last)
    forms: dict[str, str] = {}
    if singular := singular_of_name(last):
        forms[singular] = ""
    for plural in plurals(folded):
        ending = common_prefix(folded, plural)
        forms[last[:ending] + plural[ending:]] = ""
    if plural := acronym_plural(last):
        forms.setdefault(plural, plural[-2:])
    return forms


def _joined(pieces: list[str], gaps: list[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the spellings without a hyphen, and the one with all words run together."""
    whole = "".join(pieces)
    if gaps and set(gaps) <= {" ", "-"} and len(whole) >= _MIN_JOINED_LENGTH and whole.isalpha():
        yield (whole,), ()
    for index, gap in enumerate(gaps):
        pair = pieces[index] + pieces[index + 1]
        if gap == "-" and len(pair) >= _MIN_JOINED_LENGTH and pair.isalpha():
            yield (
                (*pieces[:index], pair, *pieces[index + 2 :]),
                (*gaps[:index], *gaps[index + 1 :]),
            )


def _form(
    numbered: tuple[int, Name],
    words: tuple[str, ...],
    gaps: tuple[str, ...],
    outside: tuple[str, str],
    ending: str,
) -> tuple[str, _Form]:
    """Return the folded pattern of a spelling and its form; `ending` is how it must end."""
    number, name = numbered
    pattern: list[str] = []
    joints: list[int] = []
    literals: list[tuple[int, str]] = []
    single_letters = all(len(word) == 1 for word in words)
    offset = 0
    for word, gap in zip_longest(words, gaps):
        if name.exact:
            literals.append((offset, word))
        pattern.append(fold_wide(word))
        offset += len(word)
        if gap is None:
            break
        if gap.strip() == "" or (len(gap) == 1 and gap in JOINERS and not single_letters):
            joints.append(offset)
            pattern.append(" ")
            offset += 1
        else:
            literals.append((offset, gap))
            pattern.append(" " * len(gap))
            offset += len(gap)
    if ending:
        literals.append((offset - len(ending), ending))
    form = _Form(number, tuple(joints), tuple(literals), *outside, name.version)
    return "".join(pattern), form


def _fits(text: str, found: Occurrence, form: _Form) -> bool:
    start, end = found.start, found.end
    if form.version and version_after(text, end) not in {"", form.version}:
        return False
    if form.before and not text.startswith(form.before, max(start - len(form.before), 0)):
        return False
    if form.after and not text.startswith(form.after, end):
        return False
    if form.joints and not all(text[start + joint] in JOINERS for joint in form.joints):
        return False
    return all(text.startswith(literal, start + offset) for offset, literal in form.literals)


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


#: A place that may be a mention: its start, its end as a negative number, what was found, the form and name.
_Possible = tuple[int, int, Occurrence, _Form, int]


def _leftmost_longest(text: str, possible: list[_Possible]) -> Iterator[Hit]:
    """Yield the leftmost-longest hits among those that fit, which do not overlap."""
    possible.sort(key=itemgetter(0, 1))
    span = (0, 0)
    names: set[int] = set()
    for start, minus_end, occurrence, form, number in possible:
        is_same = (start, -minus_end) == span
        if (
            (is_same or start >= span[1])
            and _fits(text, occurrence, form)
            and not _in_identifier(text, start, -minus_end)
        ):
            if not is_same:
                if names:
                    yield Hit(*span, tuple(sorted(names)))
                span, names = (start, -minus_end), set()
            names.add(number)
    if names:
        yield Hit(*span, tuple(sorted(names)))


class _WideEngine:
    """Finds names with letters beyond Latin-1: a set of patterns, and the lengths by first letter."""

    __slots__ = ("_firsts", "_lengths", "_patterns")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = frozenset(patterns)
        self._lengths: dict[str, set[int]] = {}
        for pattern in self._patterns:
            self._lengths.setdefault(pattern[0], set()).add(len(pattern))
        self._firsts = re.compile(f"[{re.escape(''.join(self._lengths))}]") if self._patterns else None

    def find(self, text: str) -> Iterator[tuple[Occurrence, str]]:
        if self._firsts is None:
            return
        folded = fold_wide(text)
        for first in self._firsts.finditer(folded):
            start = first.start()
            if not is_boundary(folded, start):
                continue
            for length in self._lengths[first[0]]:
                end = start + length
                pattern = folded[start:end]
                if end <= len(folded) and pattern in self._patterns and is_boundary(folded, end):
                    yield Occurrence(start, end, -1), pattern
