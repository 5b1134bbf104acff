"""The store: glossary files as they are now, or as they last were when something is wrong with them.

An open editor's text wins over the disk. Entries of the last good version that a broken file no longer has
are kept. The layer that a file makes stays the same object for as long as its terms do. The store must not
know which document uses which file.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import leftovers, memo, paths
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.text import Span, Text, common_ends
from glossary_ls.glossary import formats, saved
from glossary_ls.glossary.discovery import may_be_glossary, scope_of
from glossary_ls.glossary.layer import names_of
from glossary_ls.glossary.model import GlossaryFile, Placed, Source, locate, source_of
from glossary_ls.vfs.files import data_names, data_path, data_text, program_stamp, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.base.background import Background
    from glossary_ls.base.model import Term
    from glossary_ls.glossary.model import Entry, Located
    from glossary_ls.vfs.files import Files, Signature


@dataclass(frozen=True, slots=True)
class Stored:
    """A glossary file in its current version, the layer that it makes, and its problems."""

    file: GlossaryFile
    source: Source
    problems: tuple[Problem, ...]
    signature: Signature | None = None

    @property
    def broken(self) -> int:
        """How many parts of the file cannot be read."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


#: The limits of a glossary file; an entry takes some 4 KB, and 8 KB while names are compiled.
_LONGEST = 32_000_000
_MOST_LINES = 500_000
_MOST_ENTRIES = 250_000

#: Longer texts are read in the background, where there is one, in characters.
AT_ONCE = 250_000


class Store:
    """Glossary files by path. `opened` returns the text of a file that is open in the editor.

    Where there is a `background`, long files are read there: until then, a file is as it was, or has no
    entries, and `on_read` is called when it is there.
    """

    def __init__(self, files: Files, opened: Callable[[str], Text | None]) -> None:
        self.background: Background | None = None
        self.on_read: Callable[[], None] = lambda: None
        #: Called with the path of a file that was read in the background, if what it defines has changed.
        self.on_replaced: Callable[[str], None] = lambda _: None
        #: Called in the background with a file that was read there, to work out and remember more about it.
        self.prepare: Callable[[GlossaryFile], object] = lambda _: None
        self._being_read: set[str] = set()
        self._files = files
        self._opened = opened
        self._stored: dict[str, Stored] = {}
        #: The paths of files that may be glossaries, as keys, by the folder to whose documents they apply.
        self._by_scope: dict[str, dict[str, None]] = {}
        self._stale: set[str] = set()
        #: The formats of files that settings give one, by path.
        self._formats: dict[str, str] = {}
        self._missed: set[str] = set()

    def get(self, path: str, format_id: str | None = None) -> Stored | None:
        """Return a glossary file, or None when there never was one at `path`.

        `format_id` is the format that settings give it, empty if it is to be detected; None changes nothing.
        """
        if format_id is not None and self._formats.get(path, "") != format_id:
            self._formats[path] = format_id
            self.forget(path)
        last = self._stored.get(path)
        text = self._opened(path)
        if last is not None and (last.file.text is text if text is not None else path not in self._stale):
            return last
        self._stale.discard(path)
        stored = self._read(path, last) if text is None else self._parsed(path, text, last)
        if stored is not None:
            if path not in self._stored and may_be_glossary(path):
                self._by_scope.setdefault(scope_of(path), {})[path] = None
            self._stored[path] = stored
        return stored

    def locate(self, term: Term) -> Located | None:
        """Return where a term is defined, in the built-in glossaries as well."""
        return locate((*(each.file for each in self._stored.values()), *map(pack, pack_names())), term)

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files in the store."""
        return tuple(self._stored)

    def paths_for(self, folder: str, root: str) -> Iterator[str]:
        """Yield the files that may be glossaries for the documents of a folder below `root`."""
        yield from self._by_scope.get(folder, ())
        if folder == root:
            # No file applies to more than the root folder that it is in.
            for scope, known in self._by_scope.items():
                if not paths.is_within(scope, root):
                    yield from (path for path in known if paths.is_within(path, root))

    def __contains__(self, path: str) -> bool:
        return path in self._stored

    def mark(self, path: str) -> None:
        """Read a file again before its next use."""
        self._stale.add(path)

    def forget(self, path: str) -> bool:
        """Remove a file; return whether it was there."""
        self._missed.discard(path)
        self._by_scope.get(scope_of(path), {}).pop(path, None)
        return self._stored.pop(path, None) is not None

    def poll(self) -> Iterator[tuple[str, bool]]:
        """Yield each file that has changed on the disk, and whether it still exists.

        A file must be missing twice in a row: programs save by deleting and renaming.
        """
        for path, stored in tuple(self._stored.items()):
            if self._opened(path) is not None or path in self._stale:
                continue
            signature = self._files.signature(path)
            if signature is not None:
                self._missed.discard(path)
                if signature != stored.signature:
                    yield path, True
            elif path in self._missed:
                yield path, False
            else:
                self._missed.add(path)

    def _read(self, path: str, last: Stored | None) -> Stored | None:
        signature = self._files.signature(path)
        if signature is None:
            return last
        found = read_text(self._files, path, is_legacy=formats.is_legacy(path))
        if not found.readable:
            if last is not None:
                return replace(last, problems=found.problems, signature=signature)
            file = GlossaryFile(path, Text(""))
            return Stored(file, source_of(file), found.problems, signature)
        stored = self._parsed(path, Text(found.text), last, found.problems, is_kept=True)
        return replace(stored, signature=signature)

    def _parsed(
        self,
        path: str,
        text: Text,
        last: Stored | None,
        problems: tuple[Problem, ...] = (),
        *,
        is_kept: bool = False,
    ) -> Stored:
        """Return a file with a text; if that `is_kept` on the disk, the form of a large one is saved."""
        format_id = self._formats.get(path, "")
        nothing = GlossaryFile(path, text)

        def refused(complaint: Problem) -> Stored:
            return replace(last or Stored(nothing, source_of(nothing), ()), problems=(complaint,))

        if complaint := _excess(path, text):
            return refused(complaint)

        def read() -> Stored:
            file = self._file(path, text, format_id, is_kept=is_kept)
            if complaint := _excess_of(file):
                return refused(complaint)
            return _updated(file, last, problems)

        def prepared() -> Stored:
            with leftovers.freed_slowly():
                return self._prepared(read())

        if self.background is None or len(text) <= AT_ONCE:
            return read()
        if path not in self._being_read:
            self._being_read.add(path)
            self.background(prepared, partial(self._arrived, path, is_kept=is_kept))
        return last or Stored(nothing, source_of(nothing), problems)

    def _file(self, path: str, text: Text, format_id: str, *, is_kept: bool) -> GlossaryFile:
        """Read a file; a large one from what was saved of it if the text and the program are the same."""
        if len(text) < saved.WORTH:
            return formats.parse(path, text, format_id)
        name, stamp = saved.name_of(path, format_id), program_stamp()
        known = saved.load(path, text, stamp, self._files.read_cache(name))
        if known is not None:
            return known
        file = formats.parse(path, text, format_id)
        return self._saved(file, format_id) if is_kept and self.background is None else file

    def _saved(self, file: GlossaryFile, format_id: str) -> GlossaryFile:
        """Save what was read of a file, and return the file with what was worked out for that."""
        lines = [] if _excess_of(file) else saved.dump(file, program_stamp())
        if lines:
            self._files.write_cache(saved.name_of(file.path, format_id), *lines)
        return replace(file, patterns=saved.patterns_in(lines))

    def _prepared(self, stored: Stored) -> Stored:
        """Work out in advance what is asked about a file, which takes long for many entries."""
        for each in (stored.file, *stored.source.files, names_of(stored.source)):
            memo.work_out(each)
        _ = stored.file.text.line_starts
        self.prepare(stored.file)
        return stored

    def _arrived(self, path: str, stored: Stored, *, is_kept: bool) -> None:
        """Use a file that was read in the background, unless it was forgotten meanwhile; then save it."""
        self._being_read.discard(path)
        if path in self._stored:
            signature = self._stored[path].signature
            if self._stored[path].source is not stored.source:
                self.on_replaced(path)
            self._stored[path] = replace(stored, signature=signature)
            self.on_read()
            file = stored.file
            # A broken file may have something of its last version, and one with patterns was saved before.
            is_new = is_kept and not stored.broken and not file.patterns
            if is_new and len(file.text) >= saved.WORTH and self.background is not None:
                self.background(partial(self._saved, file, self._formats.get(path, "")), lambda _: None)


def _excess(path: str, text: Text) -> Problem | None:
    """Return a problem if a file is too large to be read: its entries would need all memory."""
    lines = text.source.count("\n")
    if len(text) > _LONGEST:
        return _too_many(path, len(text), _LONGEST, "characters")
    return _too_many(path, lines, _MOST_LINES, "lines") if lines > _MOST_LINES else None


def _excess_of(file: GlossaryFile) -> Problem | None:
    """Return a problem if a file has too many entries: searching for their names would need all memory."""
    count = len(file.items)
    return _too_many(file.path, count, _MOST_ENTRIES, "entries") if count > _MOST_ENTRIES else None


def _too_many(path: str, count: int, limit: int, of: str) -> Problem:
    message = (
        f"{paths.name(path)} has {count:,} {of}, more than the limit of {limit:,}, and is not read; "
        "split it into several glossaries"
    )
    return Problem("unreadable-file", message, severity=Severity.ERROR)


def _updated(file: GlossaryFile, last: Stored | None, problems: tuple[Problem, ...]) -> Stored:
    """Return a file as it was read now, with what is kept of its last version."""
    problems = (*problems, *file.problems)
    if last is None:
        return Stored(file, source_of(file), problems)
    broken = sum(problem.severity is Severity.ERROR for problem in problems)
    if broken:
        file = _completed(file, last, is_worse=broken > last.broken)
    if _is_same(file, last.file):
        # Equal terms that were read anew give way to those that the index knows.
        known = iter(last.source.files[0].entries)
        items = tuple(map(_with_term, file.items, known))
        kept = tuple(each._replace(entry=_with_term(each.entry, next(known))) for each in file.kept)
        file = replace(file, items=items, kept=kept)
        return Stored(file, last.source, problems)
    return Stored(file, source_of(file), problems)


def _is_same(new: GlossaryFile, old: GlossaryFile) -> bool:
    """Return whether two versions of a file define the same, wherever the entries are."""
    return new.head == old.head and new.terms == old.terms


def _with_term(entry: Entry, known: Entry) -> Entry:
    return entry if entry.term is known.term else entry.with_term(known.term)


def _completed(broken: GlossaryFile, last: Stored, *, is_worse: bool) -> GlossaryFile:
    """Return a broken file with the entries of its last version that it no longer has.

    When no more is broken than before, an entry that is gone was renamed or deleted.
    """
    names = {term.name for term in broken.terms}
    edit = _Edit.between(last.file.text, broken.text)
    lost = (*last.file.entries, *last.file.kept) if is_worse else last.file.kept
    kept = tuple(edit.moved(placed) for placed in lost if placed.term.name not in names)
    kept = tuple(placed for placed in kept if placed.span.of(broken.text.source).strip())
    head = broken.head
    head = replace(head, guide=head.guide or last.file.head.guide, name=head.name or last.file.head.name)
    return replace(broken, kept=kept, head=head)


class _Edit(NamedTuple):
    """How a text became `text`: up to `start`, and from `end` on, offsets of the old one, both are alike."""

    text: Text
    start: int
    end: int
    by: int

    @classmethod
    def between(cls, left: Text, right: Text) -> _Edit:
        same, behind = common_ends(left.source, right.source)
        longer = max(left, right, key=len)
        if same + behind == min(len(left), len(right)):
            # Entries begin alike: what was put in or taken out are whole lines, if they can be.
            same = _line_before(longer.source, same, len(longer) - behind)
            behind = min(len(left), len(right)) - same
        return cls(right, same, len(left) - behind, len(right) - len(left))

    def moved(self, placed: Placed) -> Placed:
        """Return where an entry of the old text is in the new one, as far as that is known."""
        span = placed.span
        start = span.start + self.by if span.start >= self.end else min(span.start, self.start)
        end = max(span.end, self.end) + self.by if span.end > self.start else span.end
        entry = placed.entry
        if end - start != len(span) or entry.span.start:
            # Its values are no longer where they were.
            name = entry.name._replace(span=Span(0, 0))
            entry = replace(entry, span=Span(0, end - start), name=name, values=(), keys=())
        return Placed(entry, start)


def _line_before(source: str, start: int, end: int) -> int:
    """Return where a line starts from which on as many characters may be missing, or `start` if none does.

    Without them, the rest is the same as without those from `start` to `end`.
    """
    line = source.rfind("\n", 0, start) + 1
    return line if source[line:start] == source[end - (start - line) : end] else start


# --- the built-in glossaries ------------------------------------------------------------------------------


@memo.recent(1)
def pack_names() -> tuple[str, ...]:
    """Return the ids of the built-in glossaries."""
    return tuple(name.removesuffix(".yaml") for name in data_names("packs") if name.endswith(".yaml"))


@memo.recent(16)
def pack(name: str) -> GlossaryFile:
    """Return a built-in glossary."""
    relative = f"packs/{name}.yaml"
    text = Text(data_text(relative))
    return formats.built_in(data_path(relative), text, data_text(f"packs/compiled/{name}.json"))


@memo.recent(16)
def pack_source(name: str) -> Source:
    """Return a built-in glossary as a layer."""
    return source_of(pack(name))
