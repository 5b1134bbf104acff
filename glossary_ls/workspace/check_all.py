"""Every document and glossary of the workspace in turn: its findings, and which terms it names.

The limits are those of `file_index`. This module remembers nothing and must not know the protocol; its caller
decides when the steps are done.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import Severity
from glossary_ls.base.text import Text
from glossary_ls.features.review import UnknownAcronym, unknown
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup import language_of
from glossary_ls.rules import unknown_acronym
from glossary_ls.vfs.files import read_text
from glossary_ls.workspace import file_index
from glossary_ls.workspace.findings import Findings, check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.vfs.files import Identity, Source
    from glossary_ls.workspace.workspace import Workspace

#: What tells an entry of a glossary from others: its name and its expansion.
EntryKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The findings of one file, the number of its mentions of each entry, and its unknown acronyms."""

    findings: Findings
    uses: Mapping[EntryKey, int]
    unknown: tuple[UnknownAcronym, ...] = ()


def files_below(workspace: Workspace) -> Iterator[str | None]:
    """Yield the documents and glossaries of all workspace folders, each once, and None for pauses.

    A file that is open under another path, such as a link, has that path.
    """
    seen: set[Identity] = set()
    for root in workspace.roots:
        listing = yield from workspace.file_index.listing(root)
        identity = workspace.files.identity
        opened = {identity(path): path for path in map(workspace.path_of, workspace.edited_uris()) if path}
        for path in listing.files:
            if (same := identity(path)) not in seen:
                seen.add(same)
                yield path if workspace.is_open(paths.to_uri(path)) else opened.get(same, path)


def stamp(workspace: Workspace, path: str) -> tuple[object, ...] | None:
    """Return what the findings of a file depend on, or None if it is not checked.

    Compare the parts of two stamps by identity, or numbers by value.
    """
    if is_glossary(path):
        return (workspace.revision,)
    opened = workspace.snapshot(paths.to_uri(path))
    if opened is not None:
        return (opened,)
    signature = workspace.files.signature(path)
    if signature is None or signature[1] > file_index.LARGEST:
        return None
    settings = workspace.settings_of(path)
    definitions = workspace.definition_index.revision if settings.neighbors else 0
    return (*signature, definitions, workspace.glossary_of(path), settings)


def check_file(workspace: Workspace, path: str) -> FileCheck | None:
    """Check one file; return None if it cannot be read."""
    uri = paths.to_uri(path)
    if is_glossary(path):
        own = workspace.findings(uri)
        return FileCheck(own, {}) if own else None
    opened = workspace.snapshot(uri)
    if opened is not None:
        found = workspace.findings(uri)
        return _of(opened, found) if found else None
    source = read_text(workspace.files, path)
    if not source.readable:
        return None
    if source.problems:
        return FileCheck(encoding_findings(workspace, path, source), {})
    document = workspace.analyze(path, language_of(path), Text(source.text))
    return _of(document, check(document))


def _of(document: Document, found: Findings) -> FileCheck:
    return FileCheck(found, uses_in(document), tuple(unknown(document, found.problems)))


def check_with_others(workspace: Workspace, document: Document) -> tuple[Document, Findings]:
    """Check a document that is not open; return it with what the other documents define, and its findings.

    The other documents are read only when this one has an acronym that one of them may define, or define
    differently.
    """
    found = check(document)
    enabled = document.settings.diagnostics and document.settings.neighbors
    has_acronyms = document.analysis.definitions or unknown_acronym.find(document)
    if enabled and has_acronyms and workspace.read_definitions():
        document = workspace.with_definitions(document)
        found = check(document)
    return document, found


def encoding_findings(workspace: Workspace, path: str, source: Source) -> Findings:
    """Return the finding that the encoding of a document is wrong, and no other one.

    Findings about characters that nobody wrote would be noise.
    """
    is_enabled = workspace.settings_of(path).diagnostics
    problems = (replace(problem, severity=Severity.WARNING) for problem in source.problems if is_enabled)
    return Findings(Text(source.text), tuple(problems))


def uses_in_open(workspace: Workspace) -> Counter[EntryKey]:
    """Return the number of mentions of each entry in the last snapshots of the open documents."""
    added: Counter[EntryKey] = Counter()
    for uri in workspace.edited_uris():
        document = workspace.seen(uri)
        added.update(uses_in(document) if document else {})
    return added


def counting(uses: Callable[[], Counter[EntryKey]]) -> Callable[[Term], int]:
    """Return a function that counts the mentions of a term; `uses` is called once, at the first call."""
    known: list[Counter[EntryKey]] = []

    def count(term: Term) -> int:
        if not known:
            known.append(uses())
        return known[0][entry_key(term)]

    return count


def uses_in(document: Document) -> Mapping[EntryKey, int]:
    """Return the number of mentions of each entry in a document, as their best sense."""
    found: Counter[EntryKey] = Counter()
    for _, counts in document.analysis.facts(_counts):
        found.update(counts)
    return found


def _counts(chunk: Chunk, _text: str) -> Counter[EntryKey]:
    mentions = (mention for scanned in chunk.blocks for mention in scanned.mentions)
    return Counter(entry_key(mention.term) for mention in mentions)


def entry_key(term: Term) -> EntryKey:
    """Return the key of the entry of a term."""
    return term.name, term.expansion
