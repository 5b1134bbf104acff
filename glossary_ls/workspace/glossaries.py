"""Which glossary files count for a document, and the glossary that is merged from them.

These are the files in the folders that contain the document, the nearest first, then those that the settings
name, the user's own and the built-in packs. This module must not know which documents are open, or why
something is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.glossary import store
from glossary_ls.glossary.discovery import folder_glossaries, is_glossary, scope_of
from glossary_ls.glossary.index import Glossary, merged
from glossary_ls.glossary.scope import narrowed
from glossary_ls.glossary.store import Store
from glossary_ls.vfs.ignore import Ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile, Source
    from glossary_ls.settings.schema import Settings
    from glossary_ls.vfs.files import Files, Identity

#: How many merged glossaries are kept; documents in one folder share one.
_MOST_MERGED = 16


class Active(NamedTuple):
    """The glossary of a document, and the files that it is merged from, the nearest first."""

    glossary: Glossary
    files: tuple[GlossaryFile, ...]


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
        self._merged: dict[tuple[int, ...], Glossary] = {}
        #: The files that settings name, whether they exist or not.
        self._named: set[str] = set()

    def active(self, path: str, root: str, settings: Settings) -> Active:
        """Return the glossary for a document below `root`.

        Without a path, and for a glossary file itself, no term is left out.
        """
        layers = tuple(self._layers(path, root, settings))
        files = tuple(file for file, _ in layers)
        sources = tuple(source for _, source in layers)
        if not is_glossary(path) and all(file.path != path for file in files):
            sources = tuple(narrowed(source, path, root) for source in sources)
        key = tuple(map(id, sources))
        found = self._merged.pop(key, None) or merged(sources, reversed(self._merged.values()))
        # The glossary holds the layers, so their ids stay taken; the last used one is the last to go.
        self._merged[key] = found
        if len(self._merged) > _MOST_MERGED:
            del self._merged[next(iter(self._merged))]
        return Active(found, files)

    def concerns(self, path: str) -> bool:
        """Return whether a file is a glossary that counts for some document, or may do so once it exists."""
        return path in self.store or path in self._named or is_glossary(path)

    def mark(self, path: str) -> None:
        """Read a file again before its next use."""
        self.store.mark(path)
        self._listings.pop(scope_of(path), None)

    def mark_all(self) -> None:
        """Read all files again, but for those that are gone."""
        opened = set(self._open_paths())
        for path in self.store.paths():
            if path not in opened and self._files.signature(path) is None:
                self.store.forget(path)
            self.store.mark(path)

    def clear_listings(self) -> None:
        """Search all folders again: the rules about ignored files may have changed, or the folders."""
        self._listings.clear()
        self._ignores.clear()

    def poll(self) -> Iterator[tuple[str, bool]]:
        """Yield each file that has changed on the disk, and whether it exists."""
        yield from tuple(self.store.poll())
        for path in tuple(self._named):
            if path not in self.store and self._files.signature(path) is not None:
                yield path, True

    def poll_listings(self, root_of: Callable[[str], str]) -> bool:
        """Return whether files appeared in folders that were searched, or disappeared."""
        is_news = False
        for folder, listing in tuple(self._listings.items()):
            root = folder if folder == self._files.user_folder else root_of(paths.join(folder, "x"))
            del self._listings[folder]
            is_news = self._listing(folder, root) != listing or is_news
        return is_news

    def _layers(self, path: str, root: str, settings: Settings) -> Iterator[tuple[GlossaryFile, Source]]:
        seen: set[Identity] = set()
        for candidate in self._paths(path, root, settings):
            if (same := self._files.identity(candidate)) not in seen and (
                stored := self.store.get(candidate)
            ):
                seen.add(same)
                yield stored.file, stored.source
        names = store.pack_names()
        yield from ((store.pack(name), store.pack_source(name)) for name in settings.packs if name in names)

    def _paths(self, path: str, root: str, settings: Settings) -> Iterator[str]:
        if root:
            for folder in paths.ancestors(paths.parent(path) if path else root, root):
                yield from self._listing(folder, root)
            for named in settings.glossaries:
                extra = paths.join(root, named.replace("\\", "/"))
                self._named.add(extra)
                if paths.is_within(self._files.resolve(extra), self._files.resolve(root)):
                    yield extra
        user_folder = self._files.user_folder if settings.user_glossary else ""
        if user_folder:
            yield from self._listing(user_folder, user_folder)

    def _listing(self, folder: str, root: str) -> Sequence[str]:
        if folder not in self._listings:
            ignore = self._ignores.setdefault(root, Ignore(self._files, root))
            found = folder_glossaries(self._files, folder, root, ignore)
            # A file that vanished without notice stays until it is reported as deleted.
            others = (*self.store.paths(), *self._open_paths())
            known = (path for path in others if is_glossary(path) and scope_of(path) == folder)
            self._listings[folder] = tuple(dict.fromkeys((*found, *known)))
        return self._listings[folder]
