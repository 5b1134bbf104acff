"""The workspace: open documents, glossary files and settings; the one place where state changes.

Everything that answers a question reads an immutable `Document` from `snapshot`. A document's glossary is
merged from the files whose folder contains it, nearest first, then those named in the settings, the user's
own and the built-in packs. This module must not know protocols, clients or threads; the command line uses it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.analysis import harvest
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base import paths
from glossary_ls.base.buffer import Buffer
from glossary_ls.base.text import Encoding, Text
from glossary_ls.glossary import store
from glossary_ls.glossary.discovery import folder_glossaries, is_glossary, scope_of
from glossary_ls.glossary.index import Glossary, merged
from glossary_ls.glossary.scope import narrowed
from glossary_ls.glossary.store import Store
from glossary_ls.markup import language_named, language_of
from glossary_ls.markup.documents import is_document
from glossary_ls.settings.config_file import CONFIG_FILES
from glossary_ls.settings.resolver import Preferences
from glossary_ls.vfs.ignore import Ignore
from glossary_ls.workspace.choices import choices
from glossary_ls.workspace.definition_index import Neighbourhood
from glossary_ls.workspace.findings import Findings, check
from glossary_ls.workspace.inspection import Inspection
from glossary_ls.workspace.notebook import Cells
from glossary_ls.workspace.open_document import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.analysis.harvest import Harvest
    from glossary_ls.base.model import Problem
    from glossary_ls.glossary.model import GlossaryFile, Source
    from glossary_ls.settings.schema import Settings
    from glossary_ls.vfs.files import Files
    from glossary_ls.workspace.open_document import Edit

#: How many merged glossaries are kept; documents in one folder share one.
_MOST_MERGED = 16


class Workspace:
    """Roots, open documents, glossaries and settings. Not for use from several threads at once.

    `revision` grows whenever a glossary or a setting changes, which may change the findings of any document.
    """

    def __init__(self, files: Files, roots: Iterable[str] = (), encoding: Encoding = Encoding.UTF16) -> None:
        self.revision = 0
        self._files = files
        self._encoding = encoding
        self._roots: tuple[str, ...] = ()
        self._open: dict[str, Opened] = {}
        self.store = Store(files, self._opened_text)
        self._listings: dict[str, tuple[str, ...]] = {}
        self._ignores: dict[str, Ignore] = {}
        self._merged: dict[tuple[int, ...], Glossary] = {}
        self._inspection = Inspection()
        self._cells = Cells()
        self._preferences = Preferences(files, self._opened_text, choices())
        self.neighbourhood = Neighbourhood(files)
        self.set_roots(roots)

    # --- documents ----------------------------------------------------------------------------------------

    def open(self, uri: str, language: str, version: int | None, source: str, path: str = "") -> None:
        """Take over a document from the editor; `path` is the file that it is a part of.

        Where the editor has no name for the language, the file's name tells it.
        """
        path = path or paths.from_uri(uri)
        language = language_named(language) or language_of(path)
        self._open[paths.key(uri)] = Opened(uri, path, language, version, Buffer(source, self._encoding))
        self._touched(path)

    def change(self, uri: str, version: int | None, edits: Iterable[Edit]) -> bool:
        """Apply edits in order; tell whether the document is open."""
        document = self._open.get(paths.key(uri))
        if document is None:
            return False
        document.change(version, edits)
        self._touched(document.path)
        return True

    def close(self, uri: str) -> bool:
        """Give a document back to the disk; tell whether it was open."""
        document = self._open.pop(paths.key(uri), None)
        if document is None:
            return False
        if document.path in self.store and self._files.signature(document.path) is None:
            # A draft that was never saved is gone with its editor.
            self.store.forget(document.path)
        self._touched(document.path)
        self.neighbourhood.give_back(document.path)
        self.neighbourhood.revision += self._cells.drop(document.path, paths.key(uri))
        return True

    def open_uris(self) -> tuple[str, ...]:
        """Return the URIs of the open documents as the editor writes them, the last opened first."""
        return tuple(document.uri for document in reversed(self._open.values()))

    def open_paths(self) -> tuple[str, ...]:
        """Return the paths of the files that the open documents are, or are parts of, in the same order."""
        return tuple(document.path for document in reversed(self._open.values()))

    def version(self, uri: str) -> int | None:
        """Return the version of an open document as the editor counts them."""
        document = self._open.get(paths.key(uri))
        return document.version if document else None

    def is_open(self, uri: str) -> bool:
        """Tell whether a document is open."""
        return paths.key(uri) in self._open

    def snapshot(self, uri: str) -> Document | None:
        """Return an open document as it is now, or None; the same object until something changes."""
        document = self._open.get(paths.key(uri))
        if document is None:
            return None
        last = document.document
        settings = self.settings_of(document.path, document.language)
        glossary, files = self._in_force(document.path, document.language)
        analysis = document.analysis(glossary)
        key = paths.key(uri)
        if document.path == key:
            self.neighbourhood.take(key, analysis)
        elif document.path:
            self.neighbourhood.revision += self._cells.take(document.path, key, analysis.definitions)
            settings = self._cells.settings(settings, document.path, key)
        neighbours = self._neighbours(document.path, settings)
        cells = self._cells.around(document.path, key)
        seen = analysis, settings, neighbours, cells, files
        if not last or (last.analysis, last.settings, last.neighbours, last.cells, last.files) != seen:
            words = word_lists()
            last = Document(
                document.path, document.language, analysis, settings, words, neighbours, cells, files
            )
            document.document = last
        document.revision = self.revision
        return last

    def reading(self, uri: str) -> Iterator[None] | None:
        """Return what is to be done, in steps, so that `snapshot` is quick; None where it is already."""
        document = self._open.get(paths.key(uri))
        if document is None or document.revision == self.revision:
            return None
        return document.reading(self.glossary_of(document.path, document.language))

    def seen(self, uri: str) -> Document | None:
        """Return an open document as it was looked at last, which costs nothing; None when it never was."""
        document = self._open.get(paths.key(uri))
        return document.document if document else None

    def analyse(self, path: str, language: str, text: Text) -> Document:
        """Return a document that is not open."""
        settings = self.settings_of(path, language)
        glossary, files = self._in_force(path, language)
        analysis = scan(text, language, glossary)
        neighbours = self._neighbours(path, settings)
        return Document(path, language, analysis, settings, word_lists(), neighbours, files=files)

    def warm(self) -> None:
        """Read ahead what the first question will need."""
        word_lists()
        for root in self._roots or ("",):
            self.glossary_of(paths.join(root, "x") if root else "")

    # --- findings -----------------------------------------------------------------------------------------

    def findings(self, uri: str) -> Findings | None:
        """Return what there is to report about an open document or a file of ours; None if it is neither."""
        path = paths.from_uri(uri)
        if path and (own := self._own_findings(path)):
            return own
        entry = self._open.get(paths.key(uri))
        document = self.snapshot(uri)
        if entry is None or document is None:
            return None
        if entry.findings is None or entry.findings[0] is not document:
            entry.findings = (document, check(document))
        return entry.findings[1]

    def own_files(self) -> tuple[str, ...]:
        """Return the paths of the glossary and configuration files that are in use."""
        return (*self.store.paths(), *self._preferences.paths())

    def _own_findings(self, path: str) -> Findings | None:
        if path in self.store or is_glossary(path):
            if (stored := self.store.get(path)) is None:
                return None
            problems = self._inspection.problems(
                stored, self.revision, lambda: (self.glossary_of(path), self.settings_of(path))
            )
            return Findings(stored.file.text, problems)
        if paths.name(path) in CONFIG_FILES:
            found = self._preferences.file(self.root_of(path))
            if found is not None and found.path == path:
                return Findings(found.text, found.problems)
        return None

    # --- glossaries ---------------------------------------------------------------------------------------

    def glossary_of(self, path: str, language: str | None = None) -> Glossary:
        """Return the glossary for a document, merged from all layers.

        Without a path, and for a glossary file itself, no term is left out.
        """
        return self._in_force(path, language)[0]

    def _in_force(self, path: str, language: str | None) -> tuple[Glossary, tuple[GlossaryFile, ...]]:
        """Return the glossary for a document, and the files that it is merged from."""
        root = self.root_of(path)
        layers = tuple(self._layers(path, root, self.settings_of(path, language)))
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
        return found, files

    def _layers(self, path: str, root: str, settings: Settings) -> Iterator[tuple[GlossaryFile, Source]]:
        seen: set[str] = set()
        for candidate in self._glossary_paths(path, root, settings):
            if candidate not in seen and (stored := self.store.get(candidate)):
                seen.add(candidate)
                yield stored.file, stored.source
        names = store.pack_names()
        yield from ((store.pack(name), store.pack_source(name)) for name in settings.packs if name in names)

    def _glossary_paths(self, path: str, root: str, settings: Settings) -> Iterator[str]:
        if root:
            for folder in paths.ancestors(paths.parent(path) if path else root, root):
                yield from self._listing(folder, root)
            for named in settings.glossaries:
                extra = paths.join(root, named.replace("\\", "/"))
                if paths.is_within(self._files.resolve(extra), self._files.resolve(root)):
                    yield extra
        if settings.user_glossary and self._files.user_folder:
            yield from self._listing(self._files.user_folder, self._files.user_folder)

    def _listing(self, folder: str, root: str) -> Sequence[str]:
        if folder not in self._listings:
            ignore = self._ignores.setdefault(root, Ignore(self._files, root))
            found = folder_glossaries(self._files, folder, root, ignore)
            # A file that vanished without a word stays until it is said to be deleted.
            known = (path for path in self.store.paths() if scope_of(path) == folder and is_glossary(path))
            drafts = (
                document.path
                for document in self._open.values()
                if is_glossary(document.path) and scope_of(document.path) == folder
            )
            self._listings[folder] = tuple(dict.fromkeys((*found, *known, *drafts)))
        return self._listings[folder]

    def _opened_text(self, path: str) -> Text | None:
        document = self._open.get(path)
        return document.buffer.text if document else None

    # --- settings -----------------------------------------------------------------------------------------

    def configure(self, *layers: object, root: str = "") -> tuple[Problem, ...]:
        """Take settings from the editor, for one root or for all; return what is wrong with them.

        A later layer is laid over an earlier one, and one root's settings over those for all.
        """
        changed, problems = self._preferences.configure(*layers, root=root)
        self.revision += changed
        return problems

    def settings_of(self, path: str, language: str | None = None) -> Settings:
        """Return the settings for a document; the same object until something changes.

        An open document's language is known; of another one its name tells.
        """
        if language is None:
            opened = self._open.get(path)
            language = opened.language if opened else language_of(path) if path else ""
        return self._preferences.of(self.root_of(path), path, language)

    def _reload_configuration(self, root: str) -> None:
        self._preferences.reload(root)
        self.revision += 1

    # --- neighbours ---------------------------------------------------------------------------------------

    def harvest(self, root: str) -> Harvest:
        """Return the definitions in the documents below a root, as far as they were gathered."""
        return self.neighbourhood.harvest(root)

    def wants_neighbours(self, root: str) -> bool:
        """Tell whether any document below a root is to be compared with the others."""
        return root in self._roots and self._preferences.ever(root, "neighbours")

    def wants_all_reported(self) -> bool:
        """Tell whether documents that are not open are to be reported on anywhere."""
        return any(self._preferences.ever(root, "workspace_diagnostics") for root in self._roots)

    def gather(self) -> bool:
        """Do all work on the harvest at once, for who has nothing else to do; tell whether there was any."""
        return self.neighbourhood.gather(self.wants_neighbours)

    def with_neighbours(self, document: Document) -> Document:
        """Return a document with what the others say by now."""
        return replace(document, neighbours=self._neighbours(document.path, document.settings))

    def _neighbours(self, path: str, settings: Settings) -> Harvest:
        return self.neighbourhood.harvest(self.root_of(path)) if settings.neighbours else harvest.EMPTY

    # --- roots --------------------------------------------------------------------------------------------

    @property
    def roots(self) -> tuple[str, ...]:
        """The workspace folders."""
        return self._roots

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary, or nothing."""
        return self._files.user_folder

    def set_roots(self, roots: Iterable[str]) -> None:
        """Exchange the workspace folders."""
        self._roots = tuple(dict.fromkeys(root.rstrip("/") or "/" for root in roots))
        self._listings.clear()
        self._ignores.clear()
        self._preferences.clear()
        self.neighbourhood.set_roots(self._roots)
        self.revision += 1

    def root_of(self, path: str) -> str:
        """Return the innermost workspace folder around a path.

        A file outside all of them stands alone with its folder; what is no file belongs to the first one.
        """
        if not path:
            return self._roots[0] if self._roots else ""
        around = [root for root in self._roots if paths.is_within(path, root)]
        return max(around, key=len) if around else paths.parent(path)

    # --- changes on the disk ------------------------------------------------------------------------------

    def changed(self, changed: Iterable[str], deleted: Iterable[str] = ()) -> bool:
        """Hear that files were created, changed or deleted; tell whether that may change any findings."""
        before = self.revision
        for path in deleted:
            # A client reports a deleted folder as one path.
            for lost in [lost for lost in self.store.paths() if paths.is_within(lost, path)]:
                self.store.forget(lost)
                self._notice(lost)
            self._notice(path)
            self.neighbourhood.touch(path)
        for path in changed:
            self._notice(path)
            self.neighbourhood.touch(path)
            if not is_document(path) and self._files.is_folder(path):
                # Nobody says what is in a folder that was moved here.
                self._forget_listings()
        return self.revision != before

    def reload(self) -> None:
        """Forget whatever was read from the disk."""
        for path in self.store.paths():
            if path not in self._open and self._files.signature(path) is None:
                self.store.forget(path)
            self.store.mark(path)
        self._preferences.clear()
        self._forget_listings()

    def _forget_listings(self) -> None:
        """Look for glossaries, ignored files and documents anew."""
        self._ignores.clear()
        self._listings.clear()
        self.neighbourhood.look_again()
        self.revision += 1

    def poll(self) -> bool:
        """Look for changes on the disk, for clients that cannot watch files; tell whether there were any."""
        before = self.revision
        for path, exists in tuple(self.store.poll()):
            self.changed([path] if exists else [], [] if exists else [path])
        for root in tuple(self._preferences.poll()):
            self._reload_configuration(root)
        for folder, listing in tuple(self._listings.items()):
            root = folder if folder == self._files.user_folder else self.root_of(paths.join(folder, "x"))
            del self._listings[folder]
            if self._listing(folder, root) != listing:
                self.revision += 1
        return self.revision != before

    def _notice(self, path: str) -> None:
        """Drop what is remembered about a file."""
        name = paths.name(path)
        if path in self.store or is_glossary(path):
            self.store.mark(path)
            self._listings.pop(scope_of(path), None)
            self.revision += 1
        elif name == ".gitignore":
            self._forget_listings()
        elif self._preferences.concerns(path) or (name in CONFIG_FILES and paths.parent(path) in self._roots):
            self._reload_configuration(paths.parent(path))

    def _touched(self, path: str) -> None:
        """Hear that the editor's text of a file is another one now."""
        if path and paths.name(path) != ".gitignore":
            self._notice(path)
