"""The corpus: what the documents of a workspace folder mention, whether they are open or not.

A file is scanned when somebody asks for a term that one of its words may name, and what it mentions is
remembered as long as neither the file nor its glossary changes. What is not read: files larger than `LARGEST`
bytes and those beyond the first `MOST_DOCUMENTS` of a folder. This module must not know the protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from glossary_ls import paths
from glossary_ls.checks import senses
from glossary_ls.discovery import is_document, walk
from glossary_ls.features.library import Source
from glossary_ls.features.references import mentions_any
from glossary_ls.files import data_text, is_built_in, read_text
from glossary_ls.model import Mention
from glossary_ls.regions import language_of, parse
from glossary_ls.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from glossary_ls.document import Document
    from glossary_ls.files import Files, Signature
    from glossary_ls.glossary import Glossary
    from glossary_ls.workspace import Workspace

#: The limits; a document that people write is far below the first.
LARGEST = 1024 * 1024
MOST_DOCUMENTS = 5_000

#: For how many seconds the list of a folder's documents is taken to be right.
_FRESH = 2.0

#: How many texts of files that are not open are kept at hand.
_MOST_TEXTS = 32


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What a file mentioned when it had this signature and was read with this glossary."""

    signature: Signature
    glossary: Glossary
    mentions: tuple[Mention, ...]


class Corpus:
    """The `Library` of the features: all texts of a workspace. Reads files; changes nothing."""

    def __init__(self, workspace: Workspace, files: Files, now: Callable[[], float] = monotonic) -> None:
        """`now` tells the time in seconds."""
        self._workspace = workspace
        self._files = files
        self._now = now
        self._scanned: dict[str, _Scanned] = {}
        self._listings: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._texts: dict[str, tuple[Signature, Text]] = {}

    # --- one file -----------------------------------------------------------------------------------------

    def text(self, path: str) -> Text | None:
        """Return what is in a file: the editor's text when it is open there."""
        document = self._workspace.snapshot(self.uri(path))
        if document is not None:
            return document.text
        signature = self._files.signature(path)
        if signature is None:
            return self._built_in(path) if is_built_in(path) else None
        known = self._texts.pop(path, None)
        if known is None or known[0] != signature:
            source = read_text(self._files, path)
            if not source.readable:
                return None
            known = signature, Text(source.text)
        self._texts[path] = known
        if len(self._texts) > _MOST_TEXTS:
            del self._texts[next(iter(self._texts))]
        return known[1]

    def uri(self, path: str) -> str:
        """Return the URI of a file, as the editor writes it when it is open."""
        opened = next((uri for uri in self._workspace.open_uris() if paths.key(uri) == path), None)
        return opened or paths.to_uri(path)

    def version(self, path: str) -> int | None:
        """Return the version of a file that is open in the editor."""
        return self._workspace.version(self.uri(path))

    def _built_in(self, path: str) -> Text | None:
        known = self._texts.get(path)
        if known is None:
            known = (0, 0), Text(data_text(f"packs/{paths.name(path)}"))
            self._texts[path] = known
        return known[1]

    # --- all files ----------------------------------------------------------------------------------------

    def glossaries(self) -> Collection[str]:
        """Return the paths of the glossary files in use that can be changed: those in YAML."""
        own = self._workspace.own_files()
        return tuple(path for path in own if path.endswith((".yaml", ".yml")))

    def glossary_of(self, path: str) -> Glossary:
        """Return the glossary that is in force for a file."""
        return self._workspace.glossary_of(path)

    def sources(self, document: Document, words: Collection[str]) -> Iterator[Source]:
        """Yield the documents around one, itself first, whose text holds one of `words` in lower case."""
        wanted = frozenset(words)
        own = set(self.glossaries())
        if document.path not in own:
            yield Source(document.path, document.text, senses.mentions(document))
        roots = self._roots(document.path)
        seen = {document.path}
        for uri in self._workspace.open_uris():
            other = self._workspace.snapshot(uri)
            key = paths.key(uri)
            seen.add(key)
            if other is None or other.analysis is document.analysis or key in own:
                continue
            if not other.path or not roots or any(paths.is_within(other.path, root) for root in roots):
                yield Source(key, other.text, senses.mentions(other))
        for root in roots:
            for path in self._listing(root):
                if path not in seen:
                    seen.add(path)
                    yield from self._closed(path, wanted)

    def _roots(self, path: str) -> tuple[str, ...]:
        """Return the folders around a document; for one outside of all folders, all of them."""
        roots = self._workspace.roots
        around = [root for root in roots if path and paths.is_within(path, root)]
        return (max(around, key=len),) if around else roots

    def _listing(self, root: str) -> tuple[str, ...]:
        known = self._listings.get(root)
        now = self._now()
        if known is None or now - known[0] > _FRESH:
            found: list[str] = []
            for path in walk(self._files, root, is_document):
                found.append(path)
                if len(found) == MOST_DOCUMENTS:
                    break
            known = self._listings[root] = self._now(), tuple(found)
        return known[1]

    def _closed(self, path: str, words: frozenset[str]) -> Iterator[Source]:
        signature = self._files.signature(path)
        if signature is None or signature[1] > LARGEST:
            return
        glossary = self._workspace.glossary_of(path)
        known = self._scanned.get(path)
        if known is not None and known.signature == signature and known.glossary is glossary:
            if known.mentions and (text := self.text(path)) is not None:
                yield Source(path, text, known.mentions)
            return
        text = self.text(path)
        if text is None or not mentions_any(text.source, words):
            return
        mentions = tuple(_mentions(text.source, language_of(path), glossary))
        if any(len(mention.senses) > 1 for mention in mentions):
            mentions = senses.mentions(self._workspace.analyse(path, language_of(path), text))
        self._scanned[path] = _Scanned(signature, glossary, mentions)
        yield Source(path, text, mentions)


def _mentions(source: str, language: str, glossary: Glossary) -> Iterator[Mention]:
    """Yield what a document mentions, as a scan does, which would look for acronyms as well."""
    for start, block in parse(source, language):
        for hit in glossary.find(block.prose.text):
            span = block.prose.span(hit.start, hit.end).shifted(start)
            yield Mention(span, glossary.senses_of(hit))
