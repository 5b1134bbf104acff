"""Which glossary files count for a document, and the glossary that is merged from them.

These are the files in the folders that contain the document, the nearest first, then those that the settings
name, the user's own and the built-in packs. This module must not know which documents are open, or why
something is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.glossary import store
from glossary_ls.glossary.discovery import folder_glossaries, is_glossary, is_page, may_be_glossary, scope_of
from glossary_ls.glossary.recognition import is_recognized, joined, why_not, why_not_folder, without
from glossary_ls.glossary.scope import narrowed
from glossary_ls.glossary.store import Store
from glossary_ls.settings.kinds import SourceName
from glossary_ls.vfs import ignore
from glossary_ls.vfs.files import is_built_in
from glossary_ls.vfs.ignore import Ignore
from glossary_ls.workspace.merging import Merging
from glossary_ls.workspace.missing_glossaries import Context
from glossary_ls.workspace.sources import Sources, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from glossary_ls.base.background import Background
    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile, Source
    from glossary_ls.glossary.store import Stored
    from glossary_ls.settings.schema import Settings
    from glossary_ls.vfs.files import Files, Identity
    from glossary_ls.workspace.sources import Candidates


_Files = dict[str, "GlossaryFile"]


class Active(NamedTuple):
    """The glossary of a document, and the files that it is merged from, the nearest first."""

    glossary: Glossary
    files: tuple[GlossaryFile, ...]


class Layer(NamedTuple):
    """Files among which none is nearer to a document than another, as they are now, and what they define."""

    files: tuple[GlossaryFile, ...]
    source: Source


class Listed(NamedTuple):
    """A file that may be a glossary, whether it is used as one, and why; None if it cannot be read."""

    path: str
    file: GlossaryFile | None
    reason: str
    is_used: bool


class Glossaries:
    """The glossary files of all workspace folders.

    `opened` returns the text of a file that is open in the editor, `open_paths` the paths of all of these.
    """

    def __init__(
        self, files: Files, opened: Callable[[str], Text | None], open_paths: Callable[[], Iterable[str]]
    ) -> None:
        self.store = Store(files, opened)
        self._files = files
        self._open_paths = open_paths
        self._listings: dict[str, tuple[str, ...]] = {}
        self._ignores: dict[str, Ignore] = {}
        #: The problems of the `.gitignore` files in the folders that were searched, by their paths.
        self.ignore_problems: dict[str, Problem] = {}
        #: What there is for the documents of a folder with the same settings: the files by their paths, the
        #: layers, and the settings, so that their id stays.
        self._shared: dict[tuple[str, str, int], tuple[_Files, tuple[Source, ...], Settings]] = {}
        self.merging = Merging()
        self._sources = Sources(files)
        self.elsewhere = self._sources.elsewhere
        self.context = Context(files, opened, self.elsewhere)

    def read_in_background(self, background: Background, on_change: Callable[[], None]) -> None:
        """Read and compile what is large with `background`; `on_change` is called when it is there."""
        self.store.background = self.merging.background = background
        self.store.on_read = self.merging.on_ready = on_change
        self.store.prepare = is_recognized
        self.store.on_replaced = self.merging.outdate

    def start_round(self) -> None:
        """Forget what documents of a folder share, because something may have changed."""
        self._shared.clear()
        self.elsewhere.remote.start_round()

    def active(self, path: str, root: str, settings: Settings) -> Active:
        """Return the glossary for a document below `root`, from files as they were in this round.

        Without a path, and for a glossary file itself, no term is left out.
        """
        folder = paths.parent(path) if path else root
        place = (folder, root, id(settings))
        if place not in self._shared:
            layers = tuple(self._layers(folder, root, settings))
            files = {file.path: file for layer in layers for file in layer.files}
            self._shared[place] = files, tuple(layer.source for layer in layers), settings
        files, sources, _ = self._shared[place]
        if not is_glossary(path) and path not in files:
            sources = tuple(narrowed(source, path, root) for source in sources)
        return Active(self.merging.of(sources), tuple(files.values()))

    def listed(self, path: str, root: str, settings: Settings) -> Iterator[Listed]:
        """Yield the files that are, or may be, glossaries for a document, in their order, and why."""
        used = self.active(path, root, settings).files
        for file in used:
            yield Listed(file.path, file, self._reason(file), is_used=True)
        seen = {self._files.identity(file.path) for file in used}
        refused = self._sources.refused(settings)
        folder = paths.parent(path) if path else root
        for candidates in self._candidates(folder, root, settings, lambda _: False):
            for each in candidates.paths:
                if (same := self._files.identity(each)) not in seen:
                    seen.add(same)
                    stored = self.store.get(each)
                    reason = "the file does not exist" if candidates.is_named else "it is not a regular file"
                    if self._files.is_folder(each):
                        reason = "it is a folder, not a file"
                    if refused(paths.relative(each, root)):
                        reason = "the setting 'sources' excludes it"
                    elif stored is not None:
                        reason = why_not(stored.file) or why_not_folder(self._pages(candidates).values())
                    yield Listed(each, stored.file if stored else None, reason, is_used=False)

    def _reason(self, file: GlossaryFile) -> str:
        if is_built_in(file.path):
            return "built in"
        if origin := self.elsewhere.origin(file.path):
            return origin
        if self._files.user_folder and paths.is_within(file.path, self._files.user_folder):
            return "in your own folder"
        if is_glossary(file.path):
            return "by its name"
        if self._sources.concerns(file.path):
            return "named by a setting or another glossary"
        return "by its name and contents"

    def is_glossary(self, path: str) -> bool:
        """Return whether a file is a glossary and not a document at the same time."""
        if path not in self.store or is_glossary(path):
            return is_glossary(path)
        stored = self.store.get(path)
        return not is_page(path) and stored is not None and self._is_used(path, stored.file)

    def _is_used(self, path: str, file: GlossaryFile) -> bool:
        return is_recognized(file) or self._sources.concerns(path)

    def concerns(self, path: str) -> bool:
        """Return whether a file is a glossary that counts for some document, or may do so once it exists."""
        return path in self.store or self._sources.concerns(path) or may_be_glossary(path)

    def mark(self, path: str) -> None:
        """Read a file again before its next use."""
        self.store.mark(path)
        self._sources.mark(path)
        scope = scope_of(path)
        for folder in tuple(self._listings):
            if paths.is_within(path, folder) and (folder == scope or not paths.is_within(scope, folder)):
                del self._listings[folder]

    def mark_all(self) -> None:
        """Read all files again, but for those that are gone."""
        opened = set(self._open_paths())
        for path in self.store.paths():
            if path not in opened and self._files.signature(path) is None:
                self.store.forget(path)
            self.store.mark(path)

    def used_files(self) -> Iterator[str]:
        """Yield the paths of the glossary files that are in use."""
        return filter(self.is_glossary, self.store.paths())

    def clear_listings(self) -> None:
        """Search all folders again: the rules about ignored files may have changed, or the folders."""
        self._listings.clear()
        self.ignore_problems.clear()
        self._ignores.clear()
        self._sources.clear()

    def poll(self) -> Iterator[tuple[str, bool]]:
        """Yield each file that has changed on the disk, and whether it exists."""
        yield from tuple(self.store.poll())
        for path in self._sources.missing_files():
            if path not in self.store and self._files.signature(path) is not None:
                yield path, True

    def poll_listings(self, root_of: Callable[[str], str]) -> bool:
        """Return whether files appeared in folders that were searched or disappeared, or copies changed."""
        is_news = self.elsewhere.remote.take_news()
        for folder, listing in tuple(self._listings.items()):
            root = folder if folder == self._files.user_folder else root_of(paths.join(folder, "x"))
            del self._listings[folder]
            is_news = self._listing(folder, root) != listing or is_news
        return is_news

    def _layers(self, folder: str, root: str, settings: Settings) -> Iterator[Layer]:
        seen: set[Identity] = set()
        for candidates in self._candidates(folder, root, settings, self._sources.refused(settings)):
            yield from self._read(candidates, root, seen)
        names = store.pack_names()
        yield from (_pack(name) for name in settings.packs if name in names)

    def _read(self, candidates: Candidates, root: str, seen: set[Identity]) -> Iterator[Layer]:
        """Yield the layers that some files make, each with those that it extends."""
        found = self._pages(candidates, seen)
        if not found or (candidates.is_folder and not candidates.is_named and why_not_folder(found.values())):
            return
        # What makes no layer here may be named in the settings.
        seen.update(found)
        files = tuple(found.values())
        yield Layer(tuple(each.file for each in files), joined(files))
        for each in files:
            yield from self._extended(each.file, root, seen)

    def _pages(self, candidates: Candidates, seen: Container[Identity] = ()) -> dict[Identity, Stored]:
        """Read those of the candidates that are glossaries or pages of one, each file once."""
        found: dict[Identity, Stored] = {}
        for path in candidates.paths:
            if (same := self._files.identity(path)) not in seen and same not in found:
                stored = self.store.get(path, candidates.format)
                if stored is not None and (candidates.is_named or is_recognized(stored.file)):
                    found[same] = stored
        return found

    def _extended(self, file: GlossaryFile, root: str, seen: set[Identity]) -> Iterator[Layer]:
        excluded = frozenset(file.head.exclude)
        for value in file.head.extends:
            if value.text in store.pack_names():
                layers: Iterable[Layer] = (_pack(value.text),)
            else:
                candidates = self._sources.candidates(root, SourceName(value.text), paths.parent(file.path))
                layers = self._read(candidates, root, seen)
            for layer in layers:
                yield layer._replace(source=without(layer.source, excluded))

    def _candidates(
        self, folder: str, root: str, settings: Settings, refused: Callable[[str], bool]
    ) -> Iterator[Candidates]:
        if root:
            for above in paths.ancestors(folder, root):
                listing = self._listing(above, root)
                yield from grouped(each for each in listing if not refused(paths.relative(each, root)))
            for named in settings.sources:
                yield self._sources.candidates(root, named)
        user_folder = self._files.user_folder if settings.user_glossary else ""
        if user_folder:
            yield from grouped(self._listing(user_folder, user_folder))

    def _listing(self, folder: str, root: str) -> Sequence[str]:
        if folder not in self._listings:
            rules = self._ignores.setdefault(root, Ignore(self._files, root))
            found = folder_glossaries(self._files, folder, root, rules)
            if problem := rules.problem(folder):
                self.ignore_problems[paths.join(folder, ignore.NAME)] = problem
            # A file that vanished without notice stays until it is reported as deleted.
            opened = (path for path in self._open_paths() if may_be_glossary(path))
            opened = (path for path in opened if scope_of(path, root) == folder)
            known = (
                path
                for path in (*self.store.paths_for(folder, root), *opened)
                # One that is there and was not found may be ignored by now.
                if self._files.signature(path) is None or not rules.covers(path)
            )
            self._listings[folder] = tuple(dict.fromkeys((*found, *known)))
        return self._listings[folder]


def _pack(name: str) -> Layer:
    return Layer((store.pack(name),), store.pack_source(name))
