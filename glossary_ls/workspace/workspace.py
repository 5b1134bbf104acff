"""The workspace: open documents, glossary files and settings; the one place where state changes.

Everything that answers a question reads an immutable `Document` from `snapshot`. A document's glossary is
merged from the files whose folder contains it, nearest first, then those named in the settings, the user's
own and the built-in packs. This module must not know protocols, clients or threads; the command line uses it.
"""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.analysis import folder_definitions
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base import paths
from glossary_ls.base.buffer import Buffer
from glossary_ls.base.dataclass import replace
from glossary_ls.base.text import Encoding, Text
from glossary_ls.markup import language_named, language_of
from glossary_ls.markup.languages import is_document
from glossary_ls.settings.config_file import CONFIG_FILES
from glossary_ls.settings.resolver import Resolver
from glossary_ls.workspace import missing_glossaries
from glossary_ls.workspace.applied_edits import AppliedEdits
from glossary_ls.workspace.choices import choices
from glossary_ls.workspace.definition_index import DefinitionIndex
from glossary_ls.workspace.file_index import FileIndex
from glossary_ls.workspace.findings import Findings, GlossaryFindings
from glossary_ls.workspace.glossaries import Glossaries
from glossary_ls.workspace.notebook import NotebookCells
from glossary_ls.workspace.open_document import OpenDocument
from glossary_ls.workspace.roots import Roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.folder_definitions import FolderDefinitions
    from glossary_ls.base.model import Problem
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.settings.schema import Settings
    from glossary_ls.vfs.files import Files, Identity
    from glossary_ls.workspace.glossaries import Active, Listed
    from glossary_ls.workspace.open_document import Edit

#: The schemes of documents that are no files and may be edited: drafts, those of Sublime Text, and cells.
_EDITED = frozenset({"", "untitled", "buffer", "vscode-notebook-cell"})

#: For how many documents their glossary is remembered.
_MOST_KNOWN = 1000


class Workspace:
    """Roots, open documents, glossaries and settings. Not for use from several threads at once.

    `revision` grows whenever a glossary or a setting changes, which may change the findings of any document.
    """

    def __init__(
        self,
        files: Files,
        roots: Iterable[str] = (),
        encoding: Encoding = Encoding.UTF16,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """`now` returns the time in seconds."""
        self.revision = 0
        self.file_index = FileIndex(files, now)
        self.files = files
        self._encoding = encoding
        self._roots = Roots()
        self._open: dict[str, OpenDocument] = {}
        self.glossaries = Glossaries(files, self.opened_text, self.open_paths)
        self.store, self.elsewhere = self.glossaries.store, self.glossaries.elsewhere
        #: The glossaries of the documents that were asked about since `revision` grew.
        self._known: dict[tuple[str, str | None], Active] = {}
        self._known_since = -1
        self.glossary_findings = GlossaryFindings()
        self._cells = NotebookCells()
        self._preferences = Resolver(files, self.opened_text, choices())
        self.definition_index = DefinitionIndex(files, self.file_index)
        self.applied_edits = AppliedEdits()
        self.set_roots(roots)

    # --- documents ----------------------------------------------------------------------------------------

    def open(self, uri: str, language: str, version: int | None, source: str, path: str = "") -> None:
        """Add a document that the editor opened; `path` is the file that it is a part of.

        The name of the file decides on the language where the editor's identifier is unknown.
        """
        path = self._roots.canonical(path) if path else self.path_of(uri)
        language = language_named(language, path or uri.partition("?")[0])
        self._open[self.key(uri)] = OpenDocument(uri, path, language, version, Buffer(source, self._encoding))
        self._touched(path)

    def change(self, uri: str, version: int | None, edits: Iterable[Edit]) -> bool:
        """Apply edits in order; return whether the document is open."""
        document = self._open.get(self.key(uri))
        if document is None:
            return False
        document.change(version, edits)
        self._touched(document.path)
        return True

    def close(self, uri: str) -> bool:
        """Remove a document that the editor closed; return whether it was open."""
        document = self._open.pop(self.key(uri), None)
        if document is None:
            return False
        if document.path in self.store and self.files.signature(document.path) is None:
            # A draft that was never saved is gone with its editor.
            self.store.forget(document.path)
        self._touched(document.path)
        self.definition_index.release(document.path)
        self.definition_index.revision += self._cells.drop(document.path, self.key(uri))
        return True

    def open_uris(self) -> tuple[str, ...]:
        """Return the URIs of the open documents as the editor writes them, the last opened first."""
        return tuple(document.uri for document in reversed(self._open.values()))

    def edited_uris(self) -> Iterator[str]:
        """Yield those of the open documents that somebody may edit, of several paths of a file the first.

        A document of another scheme than files, drafts and cells is a view, such as a revision.
        """
        seen: set[Identity] = set()
        for document in reversed(self._open.values()):
            if document.path or paths.scheme(document.uri) in _EDITED:
                key = self.key(document.uri)
                identity = self.files.identity(key) if key == document.path else key
                if identity not in seen:
                    seen.add(identity)
                    yield document.uri

    def open_paths(self) -> tuple[str, ...]:
        """Return the paths of the open documents, or of the files that they are parts of, in that order."""
        return tuple(document.path for document in reversed(self._open.values()))

    def version(self, uri: str) -> int | None:
        """Return the version that the editor gave to an open document."""
        document = self._open.get(self.key(uri))
        return document.version if document else None

    def is_open(self, uri: str) -> bool:
        """Return whether a document is open."""
        return self.key(uri) in self._open

    def snapshot(self, uri: str) -> Document | None:
        """Return an open document as it is now, or None; the same object until something changes."""
        key = self.key(uri)
        opened = self._open.get(key)
        if opened is None:
            return None
        last = opened.document
        cells = self._cells.defined_by_others(opened.path, key)
        if last is not None and opened.revision == self.revision and last.text is opened.buffer.text:
            neighbors = self.definitions_around(opened.path, last.settings)
            if last.neighbors is neighbors and last.cells == cells:
                return last
        settings = self.settings_of(opened.path, opened.language)
        if not cells.keys() <= settings.accept:
            # What the other cells of a notebook define is accepted.
            settings = replace(settings, accept=settings.accept.union(cells))
        glossary, files = self.active(opened.path, opened.language)
        analysis = opened.analysis(glossary)
        neighbors = self.definitions_around(opened.path, settings)
        seen = analysis, settings, neighbors, cells, files
        if not last or (last.analysis, last.settings, last.neighbors, last.cells, last.files) != seen:
            words = word_lists()
            last = Document(opened.path, opened.language, analysis, settings, words, neighbors, cells, files)
            opened.document = last
        opened.revision = self.revision
        return last

    def record_definitions(self, uri: str) -> None:
        """Make the acronyms that an open document defines known to the other documents.

        `definition_index.revision` grows when these may have other findings now.
        """
        document = self.snapshot(uri)
        key = self.key(uri)
        if document is None or not document.path:
            return
        if document.path == key:
            self.definition_index.record(key, document.analysis)
        else:
            definitions = document.analysis.definitions
            self.definition_index.revision += self._cells.record(document.path, key, definitions)

    def reading(self, uri: str) -> Iterator[Analysis | None] | None:
        """Return the scan of a large document in steps, as `OpenDocument.reading`; None if it is quick."""
        document = self._open.get(self.key(uri))
        if document is None or document.revision == self.revision:
            return None
        return document.reading(self.glossary_of(document.path, document.language))

    def seen(self, uri: str) -> Document | None:
        """Return the last snapshot of an open document, which costs nothing; None if there was none."""
        document = self._open.get(self.key(uri))
        return document.document if document else None

    def analyze(self, path: str, language: str, text: Text, previous: Analysis | None = None) -> Document:
        """Scan a document that is not open, reusing what still holds of an earlier analysis."""
        return self.view(path, scan(text, language, self.glossary_of(path, language), previous))

    def view(self, path: str, analysis: Analysis) -> Document:
        """Return a document that was scanned with its glossary."""
        language = analysis.language
        settings, files = self.settings_of(path, language), self.active(path, language).files
        return self.with_definitions(Document(path, language, analysis, settings, word_lists(), files=files))

    def warm(self) -> None:
        """Load what the first request will need."""
        word_lists()
        for root in self.roots or ("",):
            self.glossary_of(paths.join(root, "x") if root else "")

    # --- findings -----------------------------------------------------------------------------------------

    def findings(self, uri: str) -> Findings | None:
        """Return the findings in an open document, a glossary or a configuration file; else None."""
        path = self.path_of(uri)
        if path and (own := self._own_findings(path)):
            return own
        entry, document = self._open.get(self.key(uri)), self.snapshot(uri)
        return entry.findings(document) if entry and document else None

    def is_prepared(self, uri: str, document: Document) -> bool:
        """Return whether the findings in a snapshot of an open document take no time."""
        return (entry := self._open.get(self.key(uri))) is not None and entry.is_prepared(document)

    def own_files(self) -> tuple[str, ...]:
        """Return the paths of the glossary and other files in use that may have problems."""
        return (*self.glossaries.used_files(), *self._preferences.paths(), *self.glossaries.ignore_problems)

    def _own_findings(self, path: str) -> Findings | None:
        if self.glossaries.is_glossary(path) and (stored := self.store.get(path)) is not None:
            place = self.glossaries.context, stored.file, self.root_of(path)
            unread = partial(missing_glossaries.in_glossary, *place)
            return self.glossary_findings.of(
                stored, self.revision, lambda: (self.glossary_of(path), self.settings_of(path)), unread
            )
        found = self._preferences.file(self.root_of(path)) if paths.name(path) in CONFIG_FILES else None
        if found is not None and found.path == path:
            missing = missing_glossaries.in_file(self.glossaries.context, found)
            return Findings(found.text, (*found.problems, *missing))
        problem = self.glossaries.ignore_problems.get(path)
        return Findings(Text(""), (problem,)) if problem else None

    # --- glossaries ---------------------------------------------------------------------------------------

    def glossary_of(self, path: str, language: str | None = None) -> Glossary:
        """Return the glossary for a document, merged from all layers.

        Without a path, and for a glossary file itself, no term is left out.
        """
        return self.active(path, language).glossary

    def listed_glossaries(self, path: str) -> Iterator[Listed]:
        """Yield the files that are, or may be, glossaries for a document."""
        return self.glossaries.listed(path, self.root_of(path), self.settings_of(path))

    def active(self, path: str, language: str | None) -> Active:
        """Return the glossary for a document and its files; it is remembered until `revision` grows."""
        if self._known_since != self.revision or len(self._known) >= _MOST_KNOWN:
            self._known.clear()
            self._known_since = self.revision
            self.glossaries.start_round()
        path = self._roots.canonical(path)
        if (path, language) not in self._known:
            settings = self.settings_of(path, language)
            self._known[path, language] = self.glossaries.active(path, self.root_of(path), settings)
        return self._known[path, language]

    def opened_text(self, path: str) -> Text | None:
        """Return the text of an open document by its key."""
        return self._open[path].buffer.text if path in self._open else None

    # --- settings -----------------------------------------------------------------------------------------

    def configure(self, *layers: object, root: str = "") -> tuple[Problem, ...]:
        """Set the editor's settings, for one root or for all; return the problems in them.

        A later layer overrides an earlier one, and the settings of one root those for all.
        """
        changed, problems = self._preferences.configure(*layers, root=root)
        self.revision += changed
        missing = missing_glossaries.in_editor(self.glossaries.context, self._preferences, self.roots)
        return (*problems, *missing)

    def settings_of(self, path: str, language: str | None = None) -> Settings:
        """Return the settings for a document; the same object until something changes.

        Without `language`, it is that of the open document, or the one that the file name implies.
        """
        path = self._roots.canonical(path)
        if language is None:
            opened = self._open.get(path)
            language = opened.language if opened else language_of(path) if path else ""
        return self._preferences.of(self.root_of(path), path, language)

    def _reload_configuration(self, root: str) -> None:
        self._preferences.reload(root)
        self.revision += 1

    # --- neighbors ----------------------------------------------------------------------------------------

    def wants_definitions(self, root: str) -> bool:
        """Return whether the definitions of other documents count for any document below a root."""
        return root in self.roots and self._preferences.is_on_anywhere(root, "neighbors")

    def wants_all_reported(self) -> bool:
        """Return whether any root wants diagnostics for documents that are not open."""
        return any(self._preferences.is_on_anywhere(root, "workspace_diagnostics") for root in self.roots)

    def read_definitions(self) -> bool:
        """Read the definitions of all documents now; return whether any were to be read."""
        return self.definition_index.update(self.wants_definitions)

    def with_definitions(self, document: Document) -> Document:
        """Return a document with the current definitions of the others."""
        return replace(document, neighbors=self.definitions_around(document.path, document.settings))

    def definitions_around(self, path: str, settings: Settings) -> FolderDefinitions:
        """Return what the documents around one define, as far as it is known."""
        root = self.root_of(path)
        return self.definition_index.definitions_of(root) if settings.neighbors else folder_definitions.EMPTY

    # --- roots --------------------------------------------------------------------------------------------

    @property
    def roots(self) -> tuple[str, ...]:
        """The workspace folders."""
        return self._roots.folders

    def set_roots(self, roots: Iterable[str]) -> None:
        """Replace the workspace folders."""
        self._roots = Roots.on_disk(self.files, roots)
        self.glossaries.clear_listings()
        self._preferences.set_roots(self.roots)
        self.file_index.clear()
        self.definition_index.set_roots(self.roots)
        self.revision += 1

    def key(self, uri: str) -> str:
        """Return the same key for all spellings of a URI: the path, or the URI of a part of a file."""
        return self._roots.canonical(paths.key(uri))

    def path_of(self, uri: str) -> str:
        """Return the path of a `file:` URI, as a path below its workspace folder; or an empty string."""
        return self._roots.canonical(paths.from_uri(uri))

    def root_of(self, path: str) -> str:
        """Return the workspace folder that decides about a path, as `Roots.of`."""
        return self._roots.of(path)

    # --- changes on the disk ------------------------------------------------------------------------------

    def changed(self, changed: Iterable[str], deleted: Iterable[str] = ()) -> bool:
        """Record that files were created, changed or deleted; return whether that may change any findings."""
        before = self.revision
        changed, deleted = (tuple(map(self._roots.canonical, each)) for each in (changed, deleted))
        self.file_index.changed((*changed, *deleted))
        for path in deleted:
            # A client reports a deleted folder as one path.
            for lost in [lost for lost in self.store.paths() if paths.is_within(lost, path)]:
                self.store.forget(lost)
                self._notice(lost)
        for path in (*deleted, *changed):
            self._notice(path)
            self.definition_index.mark(path)
        for path in changed:
            if not is_document(path) and self.files.is_folder(path):
                # Nobody says what is in a folder that was moved here.
                self._forget_listings()
        return self.revision != before

    def reload(self) -> None:
        """Read everything from the disk again."""
        self.glossaries.mark_all()
        self._preferences.set_roots(self.roots)
        self._forget_listings()

    def _forget_listings(self) -> None:
        """Search for glossaries, ignored files and documents again."""
        self.glossaries.clear_listings()
        self.file_index.clear()
        self.definition_index.invalidate()
        self.revision += 1

    def poll(self) -> bool:
        """Detect changes on the disk, for clients that cannot watch files; return whether there were any."""
        before = self.revision
        for path, exists in self.glossaries.poll():
            self.changed([path] if exists else [], [] if exists else [path])
        for root in tuple(self._preferences.poll()):
            self._reload_configuration(root)
        self.revision += self.glossaries.poll_listings(self.root_of)
        return self.revision != before

    def _notice(self, path: str) -> None:
        """Make stale what was read from a file."""
        name = paths.name(path)
        if self.glossaries.concerns(path):
            self.glossaries.mark(path)
            self.revision += 1
        elif name == ".gitignore":
            self._forget_listings()
        elif self._preferences.concerns(path) or (name in CONFIG_FILES and paths.parent(path) in self.roots):
            self._reload_configuration(paths.parent(path))

    def _touched(self, path: str) -> None:
        """Record that the editor's text of a file has changed."""
        if path and paths.name(path) != ".gitignore":
            self._notice(path)
