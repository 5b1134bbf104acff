"""Where the documents of the workspace mention a term, whether they are open or not.

A file is scanned if one of its words may name the term that is searched for; its mentions are remembered as
long as neither the file nor its glossary changes. Files beyond the limits of `file_index`, and those that are
not UTF-8, are reported as left out. This module must not know the protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scanning
from glossary_ls.base import memo, paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Mention
from glossary_ls.base.text import Text
from glossary_ls.features.library import UNREADABLE, LeftOut, Source
from glossary_ls.features.occurrences import (
    by_best_name,
    by_name,
    first_words,
    mentions_any,
    spans_in,
    spans_of,
)
from glossary_ls.markup import language_of, parse
from glossary_ls.vfs.files import data_text, is_built_in, read_text
from glossary_ls.workspace import file_index

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from glossary_ls.base.model import Term
    from glossary_ls.features.library import Step
    from glossary_ls.features.occurrences import Names, OffsetMention
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile, Located
    from glossary_ls.settings.schema import Settings
    from glossary_ls.vfs.files import Files, Identity, Signature
    from glossary_ls.workspace.workspace import Workspace

#: How many texts of files that are not open are kept at hand.
_MOST_TEXTS = 32


@dataclass(frozen=True, slots=True)
class _Scanned:
    """The mentions of a file with this signature, scanned with this glossary."""

    signature: Signature
    glossary: Glossary
    names: Names


@dataclass(eq=False)
class _Texts:
    """The texts of the files that were used last; `garbled` ones have a wrong encoding."""

    files: Files
    garbled: bool
    _known: dict[str, tuple[Signature, Text]] = field(default_factory=dict)

    def get(self, path: str, signature: Signature) -> Text | None:
        """Return the text of a file that has this signature now; None if it cannot be read."""
        known = self._known.pop(path, None)
        if known is None or known[0] != signature:
            source = read_text(self.files, path)
            if not source.readable or (source.problems and not self.garbled):
                return None
            known = signature, Text(source.text)
        self._known[path] = known
        if len(self._known) > _MOST_TEXTS:
            del self._known[next(iter(self._known))]
        return known[1]


@memo.recent(16)
def _built_in(path: str) -> Text:
    return Text(data_text(f"packs/{paths.name(path)}"))


class WorkspaceLibrary:
    """The `Library` of the features: all texts of a workspace. It reads files and changes nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files = files = workspace.files
        self._scanned: dict[str, _Scanned] = {}
        self._texts = _Texts(files, garbled=True)
        #: Apart from the others, so that a walk over many documents does not evict the glossaries. Editing a
        #: document with a wrong encoding would lose characters.
        self._documents = _Texts(files, garbled=False)

    # --- one file -----------------------------------------------------------------------------------------

    def text(self, path: str) -> Text | None:
        """Return the text of a file: the editor's if it is open."""
        document = self._workspace.snapshot(self.uri(path))
        if document is not None:
            return document.text
        signature = self._files.signature(path)
        if signature is None:
            return _built_in(path) if is_built_in(path) else None
        return self._texts.get(path, signature)

    def editable(self, path: str) -> Text | None:
        """Return what `text` does; None if a wrong encoding makes an edit lose characters."""
        text = self.text(path)
        if text is None or "\ufffd" not in text.source or self._workspace.is_open(self.uri(path)):
            return text
        signature = self._files.signature(path)
        return self._documents.get(path, signature) if signature else None

    def is_shared(self, path: str) -> bool:
        """Return whether a glossary is from a package or a URL."""
        return bool(self._workspace.elsewhere.origin(path))

    def locate(self, term: Term) -> Located | None:
        """Return where a term is defined, as its file is now."""
        return self._workspace.store.locate(term)

    def glossary_file(self, path: str) -> GlossaryFile | None:
        """Return a glossary file, whether it is active for any document or not."""
        stored = self._workspace.store.get(path)
        return stored.file if stored else None

    def uri(self, path: str) -> str:
        """Return the URI of a file, as the editor writes it if it is open."""
        opened = next((uri for uri in self._workspace.open_uris() if self._workspace.key(uri) == path), None)
        return opened or paths.to_uri(path)

    # --- all files ----------------------------------------------------------------------------------------

    def glossaries(self) -> Collection[str]:
        """Return the paths of the glossary files in use, ascending, of each file one."""
        # They are in use in the order in which documents wanted them.
        own = sorted(self._workspace.glossaries.used_files())
        return tuple({self._files.identity(path): path for path in reversed(own)}.values())[::-1]

    def glossaries_around(self, document: Document) -> Iterator[str | None]:
        """Yield the paths of glossary files that may refer to the terms of a document, and None for pauses.

        Those in use come first. The others are in folders without an open document; they may still refer to
        terms of the folders above.
        """
        used = self.glossaries()
        yield from used
        seen = set(map(self._files.identity, used))
        for root in self._roots(document.path):
            listing = yield from self._workspace.file_index.listing(root)
            yield from (path for path in listing.glossaries if self._files.identity(path) not in seen)

    def glossary_of(self, path: str) -> Glossary:
        """Return the active glossary of a file."""
        return self._workspace.glossary_of(path)

    def sources(self, document: Document, term: Term) -> Iterator[Step]:
        """Return a walk over the documents in the folders of one that mention a term, itself first.

        Open documents count as they are now, and a file that has several paths once. A view of a document,
        such as a revision, only counts where there are no folders. None is yielded after each block of a file
        that is read, so that no step takes longer than a few milliseconds.
        """
        workspace, identity = self._workspace, self._files.identity
        seen = set(map(identity, self.glossaries()))
        roots = self._roots(document.path)
        opened: dict[str, Document] = {}
        edited = {workspace.key(uri): workspace.snapshot(uri) for uri in workspace.edited_uris()}
        is_edited = (
            document.path
            or not roots
            or any(other is not None and other.analysis is document.analysis for other in edited.values())
        )
        if is_edited and identity(document.path) not in seen:
            opened[document.path] = document
        seen.add(identity(document.path))
        for key, other in edited.items():
            if other is None or other.analysis is document.analysis:
                continue
            if key == other.path:
                if (same := identity(key)) in seen:
                    continue
                seen.add(same)
            if not other.path or not roots or any(paths.is_within(other.path, root) for root in roots):
                opened[key] = other
        return self._walk(term, opened, roots, seen)

    def _walk(
        self, term: Term, opened: Mapping[str, Document], roots: Iterable[str], seen: set[Identity]
    ) -> Iterator[Step]:
        """Yield the mentions in `opened` documents and in files below `roots` that are not in `seen`."""
        for path, other in opened.items():
            spans = spans_in(other, term)
            yield Source(path, other.text, spans, other.language, other.analysis) if spans else None
        words = first_words(term)
        for root in roots:
            for step in self._listed(root):
                if not isinstance(step, str):
                    yield step
                elif (same := self._files.identity(step)) not in seen:
                    seen.add(same)
                    yield from self._closed(step, term, words)

    def _roots(self, path: str) -> tuple[str, ...]:
        """Return the innermost folder of a document; for one outside of all folders, all of them."""
        roots = self._workspace.roots
        root = self._workspace.root_of(path)
        return (root,) if path and root in roots else roots

    def _listed(self, root: str) -> Iterator[str | LeftOut | None]:
        """Yield the paths of a folder's documents, and None for pauses."""
        listing = yield from self._workspace.file_index.listing(root)
        yield from listing.documents
        if not listing.is_whole:
            yield LeftOut(root, f"only its first {file_index.MOST_DOCUMENTS} documents were looked at")

    def _closed(self, path: str, term: Term, words: frozenset[str]) -> Iterator[Step]:
        signature = self._files.signature(path)
        if signature is None:
            return
        if signature[1] > file_index.LARGEST:
            yield LeftOut(path, f"it is larger than {file_index.LARGEST // 1024} KB")
            return
        glossary = self._workspace.glossary_of(path)
        known = self._scanned.get(path)
        if known is None or known.signature != signature or known.glossary is not glossary:
            text = self._documents.get(path, signature)
            if text is None:
                yield LeftOut(path, UNREADABLE)
                return
            yield None
            if not mentions_any(text.source, words):
                return
            yield None
            names: Names = {}
            for step in _scan(path, text, glossary, self._workspace.settings_of(path)):
                names = names if step is None else step
                yield None
            known = _Scanned(signature, glossary, names)
        yield None
        spans = spans_of(term, known.names)
        text = self._documents.get(path, signature) if spans else None
        if self._files.signature(path) != signature:
            yield LeftOut(path, "it was changed while it was read")
            return
        self._scanned[path] = known
        yield Source(path, text, spans, language_of(path)) if text else None


def _scan(path: str, text: Text, glossary: Glossary, settings: Settings) -> Iterator[Names | None]:
    """Yield None after each block of a file that is not open, and at the end its mentions."""
    language = language_of(path)
    found: list[OffsetMention] = []
    is_clear = True
    for start, block in parse(text.source, language):
        # A whole scan would search for acronyms, too.
        for first, last, names in glossary.find(block.prose.text):
            mention = Mention(block.prose.span(first, last), glossary.senses_of(names))
            is_clear = is_clear and len(mention.senses) == 1
            found.append((start, mention))
        yield None
    if is_clear:
        yield by_name(found)
        return
    for analysis in scanning(text, language, glossary):
        if analysis is not None:
            yield by_best_name(Document(path, language, analysis, settings, word_lists()))
        else:
            yield None
