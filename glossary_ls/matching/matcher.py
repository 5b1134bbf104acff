"""The matcher: from the names of a glossary to the places where a readable text uses one of them.

It knows what makes an occurrence of a name a mention: whole words, the joiner variants (`fine-tuning`,
`fine tuning`, `finetuning`), plural and possessive, the case rule, signs that belong to a name (`C++`,
`R&D`), no parts of identifiers; and which mention wins: the leftmost, and of those the longest. It must
not know terms or documents: names come in with a number, and the numbers come out.
"""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.matching.engines import Engine, Occurrence, engine
from glossary_ls.matching.fold import JOINERS, fold, fold_wide, is_narrow
from glossary_ls.matching.inflection import plurals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")

#: Shorter phrases are not joined to one word: `a b` must not match every `ab`.
_MIN_JOINED_LENGTH = 6

#: So many names may be looked for beside those that are compiled, before all are compiled anew.
_MOST_ADDED = 64

#: Signs that make one token of the words on both sides (`a.b`, `user@host`), so that neither is prose.
_IDENTIFIER_SIGNS = frozenset("._\\@:=$#")

_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


class Name(NamedTuple):
    """A name to look for; `exact` asks for the same capitals."""

    text: str
    exact: bool


class Hit(NamedTuple):
    """A mention: the span in the searched text and the numbers of the names that it may be."""

    start: int
    end: int
    names: tuple[int, ...]


class _Form(NamedTuple):
    """One way to write a name, and what the text must look like beyond the folded words.

    Offsets count from the first word. `joints` are where a joiner must stand, `literals` what must stand
    there to the letter (signs, and words whose capitals count); `before` and `after` are signs around the
    words.
    """

    name: int
    joints: tuple[int, ...]
    literals: tuple[tuple[int, str], ...]
    before: str
    after: str


class Compiled:
    """What finds a set of names, of use to several matchers; forms carry the place of a name in `names`."""

    __slots__ = ("_engine", "_forms", "_wide", "names", "native")

    def __init__(self, names: tuple[Name, ...], *, native: bool) -> None:
        self.names = names
        self.native = native
        forms: dict[str, list[_Form]] = {}
        for number, name in enumerate(names):
            for pattern, form in _forms(number, name):
                forms.setdefault(pattern, []).append(form)
        narrow = [pattern for pattern in forms if is_narrow(pattern)]
        self._forms = [forms[pattern] for pattern in narrow]
        self._engine: Engine = engine([pattern.encode("latin-1") for pattern in narrow], native=native)
        self._wide = _WideEngine({pattern: forms[pattern] for pattern in forms if not is_narrow(pattern)})

    def find(self, text: str, folded: bytes, *, narrow: bool) -> list[tuple[Occurrence, list[_Form]]]:
        """Return where a folded text has a name, and the forms that it may have there."""
        found = [(occurrence, self._forms[occurrence.pattern]) for occurrence in self._engine.find(folded)]
        if not narrow:
            found = [pair for pair in found if not _cut_from_word(text, pair[0])]
            found += self._wide.find(text)
        return found


class Matcher:
    """Finds the mentions of a set of names; immutable once built."""

    __slots__ = ("_added", "_numbers", "compiled", "names")

    def __init__(self, names: Iterable[Name], *, native: bool = True, like: Matcher | None = None) -> None:
        """Compile `names`; with `native` False the pure-Python engine is used even if the other is there.

        What `like` has compiled is used again when nearly all names are the same.
        """
        self.names = tuple(names)
        self.compiled: Compiled
        #: The numbers of the compiled names among ours, -1 for a name that is not wanted any more.
        self._numbers: Sequence[int] = range(len(self.names))
        self._added: tuple[Compiled, Sequence[int]] | None = None
        if like is None or like.compiled.native != native or not self._take_over(like.compiled):
            self.compiled = Compiled(self.names, native=native)

    def _take_over(self, compiled: Compiled) -> bool:
        """Use what is compiled, beside a little more for the names that it lacks; tell whether that pays."""
        if self.names == compiled.names:
            self.compiled = compiled
            return True
        own = {name: number for number, name in enumerate(self.names)}
        if len(own) < len(self.names):
            return False
        added = tuple(own.keys() - set(compiled.names))
        if len(added) > _MOST_ADDED:
            return False
        self.compiled = compiled
        self._numbers = [own.get(name, -1) for name in compiled.names]
        if added:
            self._added = Compiled(added, native=compiled.native), [own[name] for name in added]
        return True

    def find(self, text: str) -> list[Hit]:
        """Return the mentions in `text`, ascending and without overlap: leftmost first, then longest."""
        folded, narrow = fold(text), is_narrow(text)
        accepted: dict[tuple[int, int], list[int]] = {}
        _accept(text, self.compiled.find(text, folded, narrow=narrow), self._numbers, accepted)
        if self._added is not None:
            compiled, numbers = self._added
            _accept(text, compiled.find(text, folded, narrow=narrow), numbers, accepted)
        return list(_leftmost_longest(accepted))


def spellings(name: str) -> frozenset[str]:
    """Return each way to write a name that `Matcher` looks for, folded: plurals, words that are joined."""
    return frozenset(pattern for pattern, _ in _forms(0, Name(name, exact=False)))


def _forms(number: int, name: Name) -> Iterator[tuple[str, _Form]]:
    """Yield each way to write a name: its folded pattern and the form that goes with it."""
    words = list(_WORD.finditer(name.text))
    if not words:
        return
    before, after = name.text[: words[0].start()].strip(), name.text[words[-1].end() :].strip()
    pieces = [word.group() for word in words]
    gaps = [name.text[left.end() : right.start()] for left, right in pairwise(words)]
    spellings = {(tuple(pieces), tuple(gaps)), *_joined(pieces, gaps)}
    for spelled, between in sorted(spellings):
        *head, last = spelled
        yield _form((number, name), (*head, last), between, (before, after))
        if not after:
            for plural in plurals(fold_wide(last)):
                ending = _common_prefix(fold_wide(last), plural)
                cased = last[:ending] + plural[ending:]
                yield _form((number, name), (*head, cased), between, (before, after))


def _joined(pieces: list[str], gaps: list[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the spellings in which a hyphen, or the blank of a two-word name, is left out."""
    for index, gap in enumerate(gaps):
        pair = pieces[index] + pieces[index + 1]
        wanted = gap == "-" or (gap == " " and len(pieces) == 2)
        if wanted and len(pair) >= _MIN_JOINED_LENGTH and pair.isalpha():
            yield (
                (*pieces[:index], pair, *pieces[index + 2 :]),
                (*gaps[:index], *gaps[index + 1 :]),
            )


def _form(
    numbered: tuple[int, Name], words: tuple[str, ...], gaps: tuple[str, ...], outside: tuple[str, str]
) -> tuple[str, _Form]:
    """Return the folded pattern of one spelling and the form that goes with it."""
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
    form = _Form(number, tuple(joints), tuple(literals), *outside)
    return "".join(pattern), form


def _common_prefix(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length


def _accept(
    text: str,
    found: list[tuple[Occurrence, list[_Form]]],
    numbers: Sequence[int],
    accepted: dict[tuple[int, int], list[int]],
) -> None:
    """Add the spans at which a form fits the text, with the numbers of the names; signs widen a span."""
    for occurrence, forms in found:
        for form in forms:
            start, end = occurrence.start - len(form.before), occurrence.end + len(form.after)
            number = numbers[form.name]
            if number >= 0 and _fits(text, occurrence, form) and not _in_identifier(text, start, end):
                accepted.setdefault((start, end), []).append(number)


def _fits(text: str, found: Occurrence, form: _Form) -> bool:
    start, end = found.start, found.end
    if form.before and not text.startswith(form.before, max(start - len(form.before), 0)):
        return False
    if form.after and not text.startswith(form.after, end):
        return False
    if form.joints and not all(text[start + joint] in JOINERS for joint in form.joints):
        return False
    return all(text.startswith(literal, start + offset) for offset, literal in form.literals)


def _in_identifier(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] is a part of a name such as `a.b`, `user@host` or `cold_start_ms`."""
    if (
        start > 0
        and text[start - 1] in _IDENTIFIER_SIGNS
        and (text[start - 1] == "_" or _word(text, start - 2))
    ):
        return True
    return end < len(text) and text[end] in _IDENTIFIER_SIGNS and (text[end] == "_" or _word(text, end + 1))


def _word(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isalnum()


def _cut_from_word(text: str, found: Occurrence) -> bool:
    """Tell whether a letter beyond Latin-1, a blank to the engine, continues the word at either end."""
    return _word(text, found.start - 1) or _word(text, found.end)


def _leftmost_longest(accepted: dict[tuple[int, int], list[int]]) -> Iterator[Hit]:
    """Yield hits without overlap."""
    reached = 0
    for start, end in sorted(accepted, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield Hit(start, end, tuple(sorted(set(accepted[start, end]))))
            reached = end


class _WideEngine:
    """Finds names with letters beyond Latin-1: a dictionary, and how long those with a first character are.

    Scripts that put no blanks between words (Han, Kana, Hangul) need no boundary next to their characters.
    """

    __slots__ = ("_firsts", "_forms", "_lengths")

    def __init__(self, forms: dict[str, list[_Form]]) -> None:
        self._forms = forms
        self._lengths: dict[str, set[int]] = {}
        for pattern in forms:
            self._lengths.setdefault(pattern[0], set()).add(len(pattern))
        self._firsts = re.compile(f"[{re.escape(''.join(self._lengths))}]") if forms else None

    def find(self, text: str) -> Iterator[tuple[Occurrence, list[_Form]]]:
        if self._firsts is None:
            return
        folded = fold_wide(text)
        for first in self._firsts.finditer(folded):
            start = first.start()
            if _word(folded, start - 1) and not _CJK.match(folded, start):
                continue
            for length in self._lengths[first[0]]:
                end = start + length
                forms = self._forms.get(folded[start:end]) if end <= len(folded) else None
                if forms is not None and (not _word(folded, end) or _CJK.match(folded, end - 1)):
                    yield Occurrence(start, end, -1), forms
