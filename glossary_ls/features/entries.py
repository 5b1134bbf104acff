"""Entries: where glossary files name a term outside of its own names, in references and in texts.

A file of thousands of entries is not read through for each term: the few places at which one of the term's
names may stand are searched for as plain text, and only the values there are asked what they name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from glossary_ls.base.text import Span
from glossary_ls.glossary.index import key
from glossary_ls.glossary.model import REFERENCES, Role, Value
from glossary_ls.matching.fold import fold, fold_wide, is_narrow
from glossary_ls.matching.inflection import plurals
from glossary_ls.matching.matcher import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile, Placed

_LINE = re.compile(r"[^\r\n]+")

Folded = TypeVar("Folded", str, bytes)

#: The places that name a term, each with the value that it stands in.
Named = tuple[tuple[Span, Value], ...]

#: What was found lately.
_FOUND: dict[tuple[Text, int, Glossary], Named] = {}
_MOST_FOUND = 8


def in_glossary(file: GlossaryFile, term: Term, glossary: Glossary) -> Named:
    """Return where a glossary file names a term apart from its names, ascending, each span once."""
    *_, found = finding(file, term, glossary)
    return found or ()


def finding(file: GlossaryFile, term: Term, glossary: Glossary) -> Iterator[Named | None]:
    """Yield None after each entry that is looked at, for a pause, and last of all what `in_glossary` returns.

    It can take long in a file that nobody has asked about before; what was asked lately costs nothing.
    """
    text = file.text
    asked = text, id(term), glossary
    found = _FOUND.pop(asked, None)
    if found is None:
        named: dict[Span, Value] = {}
        for values in _values_at(_places(text, term), file):
            for value in values:
                named.update((span, value) for span in _in_value(value, text, term, glossary))
            yield None
        found = tuple(sorted(named.items(), key=lambda pair: pair[0]))
    _FOUND[asked] = found
    if len(_FOUND) > _MOST_FOUND:
        del _FOUND[next(iter(_FOUND))]
    yield found


def _in_value(value: Value, text: Text, term: Term, glossary: Glossary) -> Iterator[Span]:
    if value.role is Role.TEXT:
        yield from _in_text(value.span, text, term, glossary)
    elif value.role in REFERENCES and glossary.term(value.text) is term:
        yield value.content


def _in_text(span: Span, text: Text, term: Term, glossary: Glossary) -> Iterator[Span]:
    """Yield where a text of an entry names a term, line by line: in between stands indentation."""
    for line in _LINE.finditer(text.source, span.start, span.end):
        for hit in glossary.find(line.group()):
            if glossary.senses_of(hit)[0] is term:
                yield Span(hit.start, hit.end).shifted(line.start())


# --- where a name may stand -------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _places(text: Text, term: Term) -> tuple[int, ...]:
    """Return the offsets at which a name of a term may stand, ascending.

    Those of quotes within quotes and of escapes are among them, because there a reference is not written as
    it is read.
    """
    found = {*_found(text.source, "\\"), *_found(text.source, "''")}
    names = [name for name in (*term.names, term.expansion) if name]
    keys = {fold_wide(key(name)).strip() for name in names}
    for pattern in keys.union(*map(spellings, names)) - {""}:
        if is_narrow(pattern):
            # Words begin behind a blank; only scripts beyond Latin-1 put none between them.
            stem, endings = _stem(pattern)
            folded, ends = _folded(text), tuple(f"{ending} ".encode("latin-1") for ending in endings)
            end = len(stem) + 1
            starts = _found(folded, f" {stem}".encode("latin-1"))
            found.update(at for at in starts if folded.startswith(ends, at + end))
        else:
            found.update(_found(_folded_wide(text), pattern))
    for phrase in keys:
        found.update(_spread(text, phrase.split()))
    return tuple(sorted(found))


def _spread(text: Text, words: list[str]) -> Iterator[int]:
    """Yield where the words of a phrase follow each other, those with several blanks in between among them.

    So they do over two lines. What is looked for as plain text has single blanks.
    """
    if len(words) < 2:
        return
    stem, _ = _stem(words[-1])
    if is_narrow(f"{' '.join(words[:-1])}{stem}"):
        # Other names may begin with the same word, thousands of them in a long glossary.
        rest = "".join(f" +{word}" for word in (*words[1:-1], stem))
        for found in re.finditer(f" {words[0]}(?={rest})".encode("latin-1"), _folded(text)):
            yield found.start()
        return
    for count in range(1, len(words)):
        yield from _found(_folded_wide(text), f"{' '.join(words[:count])}  ")


def _stem(pattern: str) -> tuple[str, tuple[str, ...]]:
    """Return what a folded name has in common with all that may be its plural, and how each of them ends."""
    head, blank, last = pattern.strip().rpartition(" ")
    forms = {last, f"{last}s", f"{last}es", *plurals(last)}
    if len(last) > 1 and last.endswith("y"):
        forms.add(f"{last[:-1]}ies")
    common = last
    while not all(form.startswith(common) for form in forms):
        common = common[:-1]
    return head + blank + common, tuple(form.removeprefix(common) for form in forms)


def _found(folded: Folded, pattern: Folded) -> Iterator[int]:
    at = folded.find(pattern)
    while at >= 0:
        yield at
        at = folded.find(pattern, at + 1)


@lru_cache(maxsize=4)
def _folded(text: Text) -> bytes:
    """Return a folded text between two blanks: what starts at an offset has its own blank there."""
    return b" %b " % fold(text.source)


@lru_cache(maxsize=4)
def _folded_wide(text: Text) -> str:
    return fold_wide(text.source)


# --- the values of a file ---------------------------------------------------------------------------------


def _values_at(places: tuple[int, ...], file: GlossaryFile) -> Iterator[list[Value]]:
    """Yield of each entry the values that places lie in; one that an anchor repeats is there each time."""
    for placed in _entries_at(places, file):
        found: list[Value] = []
        for value in placed.values:
            index = bisect_left(places, value.span.start)
            if index < len(places) and places[index] < value.span.end:
                found.append(value)
        yield found


def _entries_at(places: tuple[int, ...], file: GlossaryFile) -> Iterator[Placed]:
    """Yield the entries that places may lie in."""
    if not places or not file.is_ascending:
        # By an anchor, a value may be a part of several entries.
        yield from file.entries if places else ()
        return
    last = -1
    for place in places:
        if place > last and (placed := file.entry_at(place)) is not None:
            last = placed.span.end
            yield placed
