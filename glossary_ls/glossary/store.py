"""The shelf: glossary files as they are now, or as they last were when something is wrong with them.

An open editor's text wins over the disk. What a broken version of a file no longer tells is kept from the
last good one. The shelf must not know which document uses which file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import GlossaryFile, Problem, Severity
from glossary_ls.base.text import Span, Text, common_ends
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.terms import as_read, with_kept
from glossary_ls.vfs.files import data_names, data_path, data_text, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.base.model import Origin, Term
    from glossary_ls.vfs.files import Files, Signature


@dataclass(frozen=True, slots=True)
class Shelved:
    """A glossary file in force, with the text that its problems are about."""

    text: Text
    file: GlossaryFile
    problems: tuple[Problem, ...]
    signature: Signature | None = None

    @property
    def broken(self) -> int:
        """How much of it cannot be read."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


class Shelf:
    """Glossary files by path. `opened` returns the text of a file that is open in the editor."""

    def __init__(self, files: Files, opened: Callable[[str], Text | None]) -> None:
        self._files = files
        self._opened = opened
        self._shelved: dict[str, Shelved] = {}
        self._stale: set[str] = set()
        self._missed: set[str] = set()

    def get(self, path: str) -> Shelved | None:
        """Return a glossary file, or None when there never was one at `path`."""
        last = self._shelved.get(path)
        text = self._opened(path)
        if last is not None and (last.text is text if text is not None else path not in self._stale):
            return last
        self._stale.discard(path)
        shelved = self._read(path, last) if text is None else _understood(path, text, last, ())
        if shelved is not None:
            self._shelved[path] = shelved
        return shelved

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files on the shelf."""
        return tuple(self._shelved)

    def __contains__(self, path: str) -> bool:
        return path in self._shelved

    def mark(self, path: str) -> None:
        """Have a file read again before its next use."""
        self._stale.add(path)

    def forget(self, path: str) -> bool:
        """Take a file off the shelf; tell whether it was there."""
        self._missed.discard(path)
        return self._shelved.pop(path, None) is not None

    def poll(self) -> Iterator[tuple[str, bool]]:
        """Yield each file that has changed on the disk, and whether it still exists.

        A file must be missing twice in a row: programs save by deleting and renaming.
        """
        for path, shelved in tuple(self._shelved.items()):
            if self._opened(path) is not None or path in self._stale:
                continue
            signature = self._files.signature(path)
            if signature is not None:
                self._missed.discard(path)
                if signature != shelved.signature:
                    yield path, True
            elif path in self._missed:
                yield path, False
            else:
                self._missed.add(path)

    def _read(self, path: str, last: Shelved | None) -> Shelved | None:
        signature = self._files.signature(path)
        if signature is None:
            return last
        source = read_text(self._files, path)
        if not source.readable:
            if last is not None:
                return replace(last, problems=source.problems, signature=signature)
            return Shelved(Text(""), GlossaryFile(path), source.problems, signature)
        shelved = _understood(path, Text(source.text), last, source.problems)
        return replace(shelved, signature=signature)


def _understood(path: str, text: Text, last: Shelved | None, problems: tuple[Problem, ...]) -> Shelved:
    file = native.read(path, text)
    shelved = Shelved(text, file, problems + file.problems)
    if last is not None and shelved.broken:
        return replace(shelved, file=_completed(shelved, last))
    return shelved


def _completed(broken: Shelved, last: Shelved) -> GlossaryFile:
    """Return a broken file with the terms of its last version that it no longer tells.

    When no more is broken than before, what is not there any more was renamed or deleted.
    """
    file, old = broken.file, last.file
    told, names = as_read(old.terms), {term.name for term in as_read(file.terms)}
    first = 0 if broken.broken > last.broken else len(told) - old.kept
    edit = _Edit.between(last.text, broken.text)
    kept: list[Term] = []
    places: list[Origin | None] = []
    for number in range(first, len(told)):
        if told[number].name not in names:
            origin = old.terms[number].origin
            place = edit.moved(origin) if origin else None
            if place is None or place.span.of(broken.text.source).strip():
                kept.append(told[number])
                places.append(place)
    terms = with_kept(file.terms, kept, places)
    guide, name = file.guide or old.guide, file.name or old.name
    return replace(file, terms=terms, guide=guide, name=name, kept=len(kept))


class _Edit(NamedTuple):
    """How a text became `text`: up to `start`, and from `end` on, offsets of the old one, both are alike."""

    text: Text
    start: int
    end: int
    by: int

    @classmethod
    def between(cls, left: Text, right: Text) -> _Edit:
        same, behind = common_ends(left, right)
        behind = min(behind, len(left) - same, len(right) - same)
        longer = max(left, right, key=len)
        if same + behind == min(len(left), len(right)):
            # Entries begin alike: what was put in or taken out are whole lines, if they can be.
            same = _line_before(longer.source, same, len(longer) - behind)
            behind = min(len(left), len(right)) - same
        return cls(right, same, len(left) - behind, len(right) - len(left))

    def moved(self, origin: Origin) -> Origin:
        """Return where an entry of the old text stands in the new one, as far as that can be told."""
        start, end = origin.span.start, origin.span.end
        if start >= self.end:
            start += self.by
        else:
            start = min(start, self.start)
        if end > self.start:
            end = max(end, self.end) + self.by
        line, column = self.text.line_column(start)
        is_plain = self.text.source[start - column + 1 : start].isascii()
        return replace(origin, span=Span(start, end), line=line, column=column if is_plain else 1)


def _line_before(source: str, start: int, end: int) -> int:
    """Return where a line starts from which on as many characters may be missing, or `start` if none does.

    Without them, the rest is the same as without those from `start` to `end`.
    """
    line = source.rfind("\n", 0, start) + 1
    return line if source[line:start] == source[end - (start - line) : end] else start


# --- the built-in glossaries ------------------------------------------------------------------------------


def pack_names() -> tuple[str, ...]:
    """Return the ids of the built-in glossaries."""
    return tuple(name.removesuffix(".yaml") for name in data_names("packs") if name.endswith(".yaml"))


@lru_cache
def pack(name: str) -> GlossaryFile:
    """Return a built-in glossary."""
    relative = f"packs/{name}.yaml"
    return native.read(data_path(relative), data_text(relative))
