"""Large glossaries in a form that is read some ten times faster, for the next start of the program.

The first line is a JSON object that says what the form was made of, and has a checksum of the rest; the
second has what a file has beside its entries. Some successive entries are a chunk of four lines: their terms,
the keys of their names, the patterns of these, and the places of their values. A chunk is decoded when it is
asked for. A form of something else, or a damaged one, is not used. This module must not know any format, or
where the form is kept.
"""

from __future__ import annotations

import json
import sys
from functools import reduce
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import crc32

from glossary_ls.base import memo
from glossary_ls.base.memo import lazy
from glossary_ls.base.model import Correction, Problem, Severity
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.as_json import head_of, term_of, value_of, written
from glossary_ls.glossary.model import Entry, GlossaryFile, Key
from glossary_ls.glossary.names import NameRow
from glossary_ls.matching.spellings import patterns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.model import Value

_FORM = 1

#: The number of entries of a chunk, which are decoded while no other thread runs.
_EACH = 200

#: The number of lines of a chunk.
_LINES = 4

#: How much of a text is encoded at once, in characters.
_PART = 1_000_000

#: The form of a text with fewer characters is not worth a file.
WORTH = 1_000_000

#: What is wrong with a form that was written by something else.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


# --- chunks and their entries -----------------------------------------------------------------------------


class _Chunk:
    """Some successive entries, of which everything is decoded late; `text` is that of the whole file."""

    def __init__(self, text: Text, starts: Sequence[int], terms: str, names: str, places: str) -> None:
        self.text = text
        self.starts = starts
        self.names = names
        self.places = places
        self._line = terms

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms, which are always the same objects, also if two threads ask for them at the same time."""
        if line := self._line:
            vars(self).setdefault("decoded", tuple(map(term_of, json.loads(line))))
            self._line = ""
        found: tuple[Term, ...] = vars(self)["decoded"]
        return found


class _Entry(Entry):
    """An entry of a chunk, by its number in it."""

    chunk: _Chunk
    number: int

    if not TYPE_CHECKING:
        # In place of fields of the same names.
        term = lazy(lambda self: self.chunk.terms[self.number])
        span = lazy(lambda self: Span(*self._places[0]))
        name = lazy(lambda self: _value(self._places[1], self.term))
        values = lazy(lambda self: tuple([_value(row, self.term) for row in self._places[2]]))
        keys = lazy(lambda self: tuple(map(_key, self._places[3])))
        problems = lazy(lambda self: tuple(map(_problem, self._places[4])))
        source = lazy(
            lambda self: self.span.shifted(self.chunk.starts[self.number]).of(self.chunk.text.source)
        )
        names = lazy(lambda self: tuple(_names(self.term, _decoded(self.chunk.names)[self.number])))
        _places = property(lambda self: _decoded(self.chunk.places)[self.number])

    def with_term(self, term: Term) -> _Entry:
        """Return the same entry with an equal term."""
        entry = _entry(self.chunk, self.number)
        vars(entry)["term"] = term
        return entry


def _entry(chunk: _Chunk, number: int) -> _Entry:
    entry = _Entry.__new__(_Entry)
    entry.chunk = chunk
    entry.number = number
    return entry


@memo.recent(8)
def _decoded(line: str) -> Any:  # noqa: ANN401  because it is JSON
    return json.loads(line)


def _names(term: Term, rows: Iterable[Any]) -> Iterator[NameRow]:
    own = term.name
    is_lone = not (term.aliases or term.expansion)
    for name, row in zip((own,) if is_lone else _written_names(term), rows, strict=True):
        key, exact, version = (row, False, "") if isinstance(row, str) else row
        yield NameRow(key, name, term, name == own, exact, version)


def _written_names(term: Term) -> Iterable[str]:
    return dict.fromkeys((*term.names, term.expansion) if term.expansion else term.names)


def _texts(term: Term) -> tuple[str, ...]:
    """Return the texts of a term that values repeat."""
    return term.definition, term.expansion, *term.names


def _value(row: Any, term: Term) -> Value:  # noqa: ANN401  because it is JSON
    role, start, end, text, is_plain = row
    return value_of(role, (start, end), text if isinstance(text, str) else _texts(term)[text], is_plain)


def _key(row: Any) -> Key:  # noqa: ANN401  as above
    span, name, below, value = row
    return Key(Span(*span), name, tuple(below), Span(*value))


def _problem(row: Any) -> Problem:  # noqa: ANN401  as above
    code, message, span, severity, new = row
    return Problem(code, message, Span(*span), Severity(severity), None if new is None else Correction(new))


# --- reading ----------------------------------------------------------------------------------------------


def name_of(path: str, format_id: str) -> str:
    """Return the name of the file with the form of a glossary; settings may give that a format."""
    return f"glossary-{_digest(f'{format_id} {path}')}.json"


def load(path: str, text: Text, stamp: str, form: str | None) -> GlossaryFile | None:
    """Return a file from its form; None if that is damaged, or of another text or program."""
    form = form or ""
    try:
        header = json.loads(form[: form.find("\n")])
        if header["of"] != _origin(path, text, stamp):
            return None
        lines = [*_lines(form)]
        return _file(path, text, lines) if header["checksum"] == _checksum(lines[1:]) else None
    except _BROKEN:
        return None


def _lines(form: str) -> Iterator[str]:
    """Yield the lines of a form; other threads may run in between, as they may not while `split` runs."""
    start = 0
    while (end := form.find("\n", start)) >= 0:
        yield form[start:end]
        start = end + 1
    yield form[start:]


def _file(path: str, text: Text, lines: Sequence[str]) -> GlossaryFile:
    format_id, head, keys, problems, evidence, starts = json.loads(lines[1])
    chunks = [
        _Chunk(text, starts[at : at + _EACH], lines[first], lines[first + 1], lines[first + 3])
        for at, first in zip(range(0, len(starts), _EACH), range(2, len(lines), _LINES), strict=True)
    ]
    return GlossaryFile(
        path,
        text,
        format_id,
        head_of(head),
        tuple([_entry(chunk, number) for chunk in chunks for number in range(len(chunk.starts))]),
        tuple(starts),
        tuple(map(_key, keys)),
        tuple(map(_problem, problems)),
        evidence=evidence,
        patterns=patterns_in(lines),
    )


def patterns_in(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a form that have patterns."""
    return lines[4::_LINES]


def patterns(lines: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield names with their patterns from those lines of a form that have them."""
    for line in lines:
        yield from json.loads(line).items()


# --- writing ----------------------------------------------------------------------------------------------


def dump(file: GlossaryFile, stamp: str) -> list[str]:
    """Return the lines of the form of a file that was read; none if something in it has no place there."""
    placed = zip(file.items, file.starts, strict=True)
    problems = chain(file.problems, chain.from_iterable(entry.problems for entry in file.items))
    has_place = (
        not file.kept
        and all(isinstance(each.data, Correction | None) and not each.related for each in problems)
        and all(entry.source == entry.span.shifted(start).of(file.text.source) for entry, start in placed)
    )
    if not has_place:
        return []
    beside = [
        file.format,
        written(file.head),
        file.keys,
        [*map(_problem_row, file.problems)],
        file.evidence,
        file.starts,
    ]
    lines = [_json(beside)]
    for at in range(0, len(file.items), _EACH):
        lines += map(_json, _chunk_rows(file.items[at : at + _EACH]))
    return [_json({"of": _origin(file.path, file.text, stamp), "checksum": _checksum(lines)}), *lines]


def _origin(path: str, text: Text, stamp: str) -> list[object]:
    """Return what a form is made of, and by what."""
    return [_FORM, stamp, sys.version, path, _digest(text.source)]


def _checksum(lines: Sequence[str]) -> list[int]:
    return [len(lines), reduce(lambda before, line: crc32(line.encode(), before), lines, 0)]


def _chunk_rows(entries: Sequence[Entry]) -> Iterator[object]:
    yield [written(entry.term) for entry in entries]
    yield [[*map(_name_row, entry.names)] for entry in entries]
    yield {row.name: patterns_of(row.name) for entry in entries for row in entry.names}
    yield [[*_place_rows(entry)] for entry in entries]


def _name_row(row: NameRow) -> object:
    return [row.key, row.exact, row.version] if row.exact or row.version else row.key


def _place_rows(entry: Entry) -> Iterator[object]:
    texts = {text: number for number, text in enumerate(_texts(entry.term))}
    yield entry.span
    yield _value_row(entry.name, texts)
    yield [_value_row(value, texts) for value in entry.values]
    yield entry.keys
    yield [*map(_problem_row, entry.problems)]


def _value_row(value: Value, texts: Mapping[str, int]) -> list[object]:
    return [value.role.value, *value.span, texts.get(value.text, value.text), value.plain]


def _problem_row(problem: Problem) -> list[object]:
    new = problem.data.new if isinstance(problem.data, Correction) else None
    return [problem.code, problem.message, problem.span, problem.severity, new]


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _digest(text: str) -> str:
    digest = blake2b(digest_size=16)
    for at in range(0, len(text), _PART):
        digest.update(text[at : at + _PART].encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
