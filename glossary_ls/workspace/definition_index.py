"""The acronyms that the documents of each workspace folder define, read in the background in small steps.

A step is one block of a document or one name on the disk, which takes a few milliseconds at most in all but
the oddest files; the caller decides when the steps are done. The limits are those of `file_index`, and
`MOST_TEXT` characters in one go, and `MOST_DEFINITIONS` for a folder: some 60 MB of memory at most. The
module must not know the editor's settings or the protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import folder_definitions
from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.markup import language_of
from glossary_ls.markup.languages import is_document
from glossary_ls.vfs.files import program_stamp, read_text
from glossary_ls.vfs.ignore import Ignore
from glossary_ls.workspace import definition_cache
from glossary_ls.workspace.definition_cache import IndexedFile
from glossary_ls.workspace.definition_search import SearchedDefinitions
from glossary_ls.workspace.file_index import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.folder_definitions import FolderDefinitions, FoundDefinition
    from glossary_ls.vfs.files import Files
    from glossary_ls.workspace.file_index import FileIndex

#: The limits; workspaces are far below them.
MOST_TEXT = 64 * 1024 * 1024
MOST_DEFINITIONS = 50_000


@dataclass(slots=True, eq=False)
class IndexTask:
    """A task that reads all documents of a folder, or those that have `changed`.

    Iterate once to do it step by step; it changes nothing outside until it is given to
    `DefinitionIndex.apply`. `_known` are the files read so far, and `_learned` those that were scanned for
    another reason.
    """

    _index: FileIndex
    _files: Files
    root: str
    _known: dict[str, IndexedFile]
    _learned: Mapping[str, IndexedFile]
    changed: frozenset[str] = frozenset()
    is_done: bool = False
    indexed: dict[str, IndexedFile] = field(default_factory=dict)
    documents: int = 0
    text: int = 0
    _by_digest: dict[str, IndexedFile] = field(default_factory=dict)
    _definitions: int = 0

    def __iter__(self) -> Iterator[None]:
        return self._revisit() if self.changed else self._walk()

    def _revisit(self) -> Iterator[None]:
        self._definitions = sum(len(reading.found) for reading in self._known.values())
        ignore = Ignore(self._files, self.root)
        inside = self._files.resolve(self.root)
        for path in sorted(self.changed):
            is_ours = is_document(path) and not ignore.covers(path)
            if is_ours and paths.is_within(self._files.resolve(path), inside):
                yield from self._look(path)
        self.is_done = True

    def _walk(self) -> Iterator[None]:
        name = definition_cache.name_of(self.root)
        if not self._known:
            kept = self._files.read_cache(name)
            for path, reading in definition_cache.load(kept, self.root, program_stamp()):
                self._known[path] = reading
                yield
        before = dict(self._known)
        self._known.update(self._learned)
        self._by_digest = {reading.digest: reading for reading in self._known.values()}
        listing = yield from self._index.listing(self.root)
        for path in listing.documents:
            yield from self._look(path)
            yield
            if self._is_full():
                break
        if self.indexed != before:
            lines: list[str] = []
            for path, reading in self.indexed.items():
                lines.append(definition_cache.line_of(path, reading))
                yield
            self._files.write_cache(name, definition_cache.whole(self.root, program_stamp(), lines))
        self.is_done = True

    def _is_full(self) -> bool:
        return self._definitions >= MOST_DEFINITIONS or self.text >= MOST_TEXT

    def _look(self, path: str) -> Iterator[None]:
        """Add a document; parse it only if the file and its text are new."""
        signature = self._files.signature(path)
        if signature is None or signature[1] > LARGEST or self._is_full():
            return
        self.documents += 1
        known = self._known.get(path)
        if known is None or known.signature != signature:
            source = read_text(self._files, path)
            text = "" if source.problems else source.text
            digest = definition_cache.digest_of_document(text, language_of(path))
            same = known if known is not None and known.digest == digest else self._by_digest.get(digest)
            if same is not None:
                found = same.of(path)
            else:
                self.text += len(text)
                found = yield from folder_definitions.read(path, text, language_of(path))
            known = IndexedFile(signature, digest, found)
        if self._definitions + len(known.found) <= MOST_DEFINITIONS:
            self._definitions += len(known.found)
            self.indexed[path] = known


@dataclass(slots=True)
class _Folder:
    """The state of one workspace folder; `opened` holds the definitions of open documents."""

    definitions: FolderDefinitions
    ignore: Ignore
    indexed: dict[str, IndexedFile] = field(default_factory=dict)
    opened: dict[str, tuple[Analysis, tuple[FoundDefinition, ...]]] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    is_walked: bool = False


@dataclass(eq=False)
class DefinitionIndex:
    """The definitions of the workspace folders; those of an open document come from the editor's text.

    `revision` grows whenever the definitions of some document change.
    """

    _files: Files
    _index: FileIndex
    _folders: dict[str, _Folder] = field(default_factory=dict)
    _learned: dict[str, IndexedFile] = field(default_factory=dict)
    revision: int = 0

    def set_roots(self, roots: Iterable[str]) -> None:
        """Replace the workspace folders; keep the definitions of those that stay."""
        self._folders = {
            root: self._folders.get(root)
            or _Folder(folder_definitions.build(root, ()), Ignore(self._files, root))
            for root in roots
        }

    def definitions_of(self, root: str) -> FolderDefinitions:
        """Return the definitions of a folder that are known so far."""
        folder = self._folders.get(root)
        return folder.definitions if folder else folder_definitions.EMPTY

    def size(self) -> tuple[int, int]:
        """Return the number of documents that were read, and of their definitions."""
        found = [reading.found for folder in self._folders.values() for reading in folder.indexed.values()]
        return len(found), sum(map(len, found))

    def learn(self, indexed: Mapping[str, IndexedFile]) -> None:
        """Record what is known of files on the disk, so that walking a folder need not parse them."""
        self._learned.update(indexed)

    def adopt(self, root: str, definitions: FolderDefinitions) -> None:
        """Use definitions of a folder that another process has read, instead of reading them."""
        folder = self._folders.get(root)
        if folder is not None:
            folder.definitions = definitions
            folder.is_walked = True
            self.revision += 1

    def search(self, root: str) -> None:
        """Find the definitions of a folder when they are asked for, instead of reading all of them."""

        def cached() -> Iterator[tuple[str, IndexedFile]]:
            return definition_cache.load(
                self._files.read_cache(definition_cache.name_of(root)), root, program_stamp()
            )

        listing = self._index.listing(root)
        self.adopt(root, SearchedDefinitions(root, self._files, listing, cached, MOST_TEXT))

    def keep(self, root: str) -> None:
        """Write what a search has found to the cache."""
        found = self.definitions_of(root)
        if isinstance(found, SearchedDefinitions) and found.is_new:
            lines = (definition_cache.line_of(path, reading) for path, reading in found.indexed.items())
            text = definition_cache.whole(root, program_stamp(), lines)
            self._files.write_cache(definition_cache.name_of(root), text)

    # --- open documents -----------------------------------------------------------------------------------

    def record(self, path: str, analysis: Analysis) -> None:
        """Replace a file's definitions with those of its open document."""
        for root, folder in self._folders_of(path):
            last = folder.opened.get(path)
            if last is not None and last[0] is analysis:
                continue
            if last is None and (path == root or not is_document(path) or folder.ignore.covers(path)):
                continue
            found = folder_definitions.of_document(path, analysis.text, analysis.meanings)
            self._exchange(folder, path, last[1] if last else _found_in(folder.indexed, path), found)
            folder.opened[path] = (analysis, found)

    def release(self, path: str) -> None:
        """Replace the definitions of a document that was closed with those of its file."""
        for _, folder in self._folders_of(path):
            last = folder.opened.pop(path, None)
            if last is not None:
                self._exchange(folder, path, last[1], _found_in(folder.indexed, path))
                folder.pending.add(path)

    def _exchange(
        self, folder: _Folder, path: str, old: tuple[FoundDefinition, ...], new: tuple[FoundDefinition, ...]
    ) -> None:
        if old != new:
            folder.definitions = folder.definitions.with_document(path, new)
            self.revision += _differ(old, new)

    # --- changes on the disk ------------------------------------------------------------------------------

    def mark(self, path: str) -> None:
        """Read a file, or all files of a folder, again: it was changed or deleted."""
        for root, folder in self._folders_of(path):
            if is_document(path):
                folder.pending.add(path)
                if self._is_linked(path, root):
                    # Whether it counts depends on the other paths of the file.
                    folder.is_walked = False
            if path not in folder.indexed:
                folder.pending.update(known for known in folder.indexed if paths.is_within(known, path))

    def _is_linked(self, path: str, root: str) -> bool:
        real, inside = map(self._files.resolve, (path, root))
        return not paths.is_within(real, inside) or paths.relative(real, inside) != paths.relative(path, root)

    def invalidate(self) -> None:
        """Read all folders again: which files count may have changed."""
        self._index.clear()
        for root, folder in self._folders.items():
            folder.is_walked = False
            folder.ignore = Ignore(self._files, root)
            for path in filter(folder.ignore.covers, tuple(folder.opened)):
                _, found = folder.opened.pop(path)
                self._exchange(folder, path, found, _found_in(folder.indexed, path))

    def _folders_of(self, path: str) -> Iterator[tuple[str, _Folder]]:
        return (row for row in self._folders.items() if path and paths.is_within(path, row[0]))

    # --- work ---------------------------------------------------------------------------------------------

    def next_task(self, wanted: Callable[[str], bool]) -> IndexTask | None:
        """Return the next task in a folder that is `wanted`; finish it before asking for another one."""
        for root, folder in self._folders.items():
            if not wanted(root):
                continue
            if not folder.is_walked:
                folder.pending.clear()
                return IndexTask(self._index, self._files, root, dict(folder.indexed), self._learned)
            if folder.pending:
                pending, folder.pending = frozenset(folder.pending), set()
                return IndexTask(self._index, self._files, root, dict(folder.indexed), self._learned, pending)
        return None

    def update(self, wanted: Callable[[str], bool]) -> bool:
        """Do all tasks at once; return whether there were any."""
        was_work = False
        while (work := self.next_task(wanted)) is not None:
            was_work = True
            for _ in work:
                pass
            self.apply(work)
        return was_work

    def apply(self, work: IndexTask) -> None:
        """Use the result of a task; of one that was canceled, as far as it came."""
        folder = self._folders.get(work.root)
        if folder is None:
            return
        folder.is_walked = True
        before = folder.indexed
        gone = (work.changed or before.keys()) - work.indexed.keys() if work.is_done else frozenset()
        kept = {path: reading for path, reading in before.items() if path not in gone}
        folder.indexed = {**kept, **work.indexed}
        if folder.indexed != before:
            self._renew(folder, before)

    def _renew(self, folder: _Folder, before: Mapping[str, IndexedFile]) -> None:
        closed = {path: reading for path, reading in folder.indexed.items() if path not in folder.opened}
        found = [each for reading in closed.values() for each in reading.found]
        found += [each for _, many in folder.opened.values() for each in many]
        folder.definitions = folder_definitions.build(folder.definitions.root, found)
        self.revision += any(
            _differ(_found_in(before, path), _found_in(closed, path))
            for path in (before.keys() | closed.keys()) - folder.opened.keys()
        )


def _found_in(indexed: Mapping[str, IndexedFile], path: str) -> tuple[FoundDefinition, ...]:
    return indexed[path].found if path in indexed else ()


def _differ(old: tuple[FoundDefinition, ...], new: tuple[FoundDefinition, ...]) -> bool:
    """Return whether the other documents may have other findings with `new` than with `old`."""
    return old != new and folder_definitions.wordings(old) != folder_definitions.wordings(new)
